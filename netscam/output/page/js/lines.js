/**
 * Lines: pattern by legal standing, width by probability, colour and long dashes where a tie is weak.
 */
import { entities, pairs, relations, words } from "./record.js";
import { colour } from "./dom.js";
import { filtered } from "./filtering.js";
import { DASHES } from "./shapes.js";
import { state } from "./state.js";

/** A tie below this is less likely than not; the same as netscam.graph.weak. */
const WEAK_BELOW = 0.5;

let times = 1;
/** How much nearer than life size the view is, in powers of two. */
let near = 1;

/** Factor on widths and dashes, larger the farther the view is. */
export function thickness() {
  return times;
}

/** Take note of the zoom; true if lines should be drawn anew for it. @param {number} scale pixels per unit */
export function setNearness(scale) {
  const wanted = scale >= 0.75 ? 1 : Math.min(5, 2 ** Math.round(Math.log2(1 / scale)));
  const nearer = scale < 2 ? 1 : Math.min(4, 2 ** Math.floor(Math.log2(scale)));
  if (wanted === times && nearer === near) return false;
  times = wanted;
  near = nearer;
  return true;
}

/** A pattern as vis wants it, at the size for the zoom. @param {number[]} dashes */
function pattern(dashes) {
  return dashes.length > 0 ? dashes.map((length) => length * times) : false;
}

/** @param {import("./scope.js").Line} line */
function lineStyle(line) {
  const touched = state.ticked.has(Number(line.from)) || state.ticked.has(Number(line.to));
  if (line.pair < 0) return { dashes: false, width: Math.min(1 + Math.sqrt(line.many), 9) * times, label: line.many > 1 ? String(line.many) : undefined, color: { color: colour("line"), opacity: 0.6 } };
  const shown = relationsOnShow(line.pair);
  const look = relationLook(shown);
  const route = state.route.pairs.has(line.pair);
  return {
    dashes: pattern(touched ? [1, 7] : look.dashes),
    width: (route ? 4.5 : look.width) * times,
    label: caption(line.pair, shown.length, look.disputed),
    color: { color: colour(route ? "route" : look.weak ? "weak" : "line"), opacity: touched ? 0.35 : 1 },
    arrows: arrowsOf(line.pair, shown),
  };
}

/**
 * What is written on a line that is long enough for it: how many relations it stands for, and that one is disputed.
 * @param {number} q
 * @param {number} many
 * @param {boolean} disputed
 */
function caption(q, many, disputed) {
  const [a, b] = [pairs[q].a, pairs[q].b].map((i) => state.moved.get(i) ?? [entities[i].x, entities[i].y]);
  const long = (Math.hypot(a[0] - b[0], a[1] - b[1]) * near) / times;
  const said = [many > 1 && times <= 2 && long > 45 ? `${many}` : "", disputed && times === 1 && long > 110 ? "disputed" : ""];
  return said.filter(Boolean).join(" ") || undefined;
}

/** Relations of a pair that pass the filters. @param {number} q */
export function relationsOnShow(q) {
  const { relation } = filtered();
  return pairs[q].relations.filter((k) => relation[k]);
}

/** The most that any of some relations counts as a tie. @param {number[]} shown */
export function likeliest(shown) {
  return Math.max(...shown.map((k) => filtered().belief[k].p * relations[k].factor));
}

/** Whether all ties of an entity that pass are less likely than not. @param {number} i */
export function weakOnly(i) {
  const mine = entities[i].pairs.filter((q) => filtered().pair[q]);
  return mine.length > 0 && mine.every((q) => likeliest(relationsOnShow(q)) < WEAK_BELOW);
}

/**
 * Line of one or several relations: that of the likeliest, so that pattern and width tell of the same one.
 * @param {number[]} shown
 */
function relationLook(shown) {
  const { belief } = filtered();
  const likely = likeliest(shown);
  const told = shown.filter((k) => belief[k].p * relations[k].factor === likely).map((k) => words.statuses[belief[k].status]).filter(Boolean);
  const strongest = told.reduce((best, status) => (status.rank < best.rank ? status : best), { rank: 99, line: "dotted" });
  const weak = likely < WEAK_BELOW;
  return { weak, dashes: DASHES[weak ? "weak" : strongest.line] ?? [], width: 0.7 + 1.3 * likely, disputed: shown.some((k) => belief[k].disputed) };
}

/** @param {number} q @param {number[]} shown */
function arrowsOf(q, shown) {
  const directed = shown.filter((k) => words.relations[relations[k].type].directed);
  const forth = directed.some((k) => relations[k].source === pairs[q].a);
  const back = directed.some((k) => relations[k].source !== pairs[q].a);
  return forth === back ? "" : forth ? "to" : "from";
}

/**
 * What vis draws for a line: one, or one per relation when it is fanned.
 * @param {import("./scope.js").Line} line
 * @returns {any[]}
 */
export function linesFor(line) {
  if (!state.fanned.has(line.pair)) return [{ id: line.key, from: line.from, to: line.to, smooth: false, ...lineStyle(line) }];
  const shown = relationsOnShow(line.pair);
  return shown.map((k, n) => {
    const look = relationLook([k]);
    const bend = (n - (shown.length - 1) / 2) * 0.22;
    const forth = relations[k].source === line.from;
    return {
      id: `${line.key}r${k}`,
      from: line.from,
      to: line.to,
      smooth: { enabled: true, type: bend < 0 ? "curvedCCW" : "curvedCW", roundness: Math.abs(bend) },
      dashes: pattern(look.dashes),
      width: look.width * times,
      label: words.relations[relations[k].type].label + (look.disputed ? ", disputed" : ""),
      color: { color: colour(look.weak ? "weak" : "line") },
      arrows: words.relations[relations[k].type].directed ? (forth ? "to" : "from") : "",
    };
  });
}
