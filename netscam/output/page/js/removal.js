/**
 * What if removed: tick entities, see the pieces change at once, beside the certified set of the same size.
 */
import { entities, sets } from "./record.js";
import { apart, at, button, el, fill, say } from "./dom.js";
import { setCutOff } from "./graph.js";
import { weakOnly } from "./lines.js";
import { goButton, withheldNote } from "./evidence.js";
import { toggleTick } from "./explore.js";
import { pieces, tied } from "./routes.js";
import { change, listen, openFilters, state } from "./state.js";
import { clip, count, told } from "./words.js";

/** @typedef {ReturnType<typeof pieces>} Pieces */

/** Whether the filters let all of the analysis through, as the certificate assumes. */
function unfiltered() {
  const open = openFilters();
  return [...open.typesOff].every((name) => state.typesOff.has(name)) && state.typesOff.size === open.typesOff.size &&
    state.relationsOff.size === 0 && state.statusesOff.size === 0 && state.minProbability === 0 && !state.country && !state.community && !state.at && !state.knownBy;
}

/** The certified set of a size. @param {number} size */
export function certified(size) {
  return sets.find((set) => set.size === size && set.objective === "fragmentation") ?? sets.find((set) => set.size === size);
}

/** @param {string} name @param {(number | null)[]} numbers */
function row(name, numbers) {
  return el("tr", {}, el("th", { scope: "row" }, name), numbers.map((value) => el("td", {}, value === null ? "none" : told(value))));
}

/** @param {Pieces} before @param {Pieces} after @param {Pieces | null} best */
function comparison(before, after, best) {
  const all = [before, after, ...(best ? [best] : [])];
  const share = (/** @type {Pieces} */ one) => (before.connected > 0 ? Math.round((1000 * one.connected) / before.connected) / 10 : null);
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Comparison" }, el("table", { id: "removal-table" },
    el("caption", { class: "hidden" }, "Effect of the removal"),
    el("thead", {}, el("tr", {}, el("td", {}), ["Before", "Your set", ...(best ? ["Certified set"] : [])].map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, row("Largest piece", all.map((one) => one.largest)), row("Pieces", all.map((one) => one.count)),
      row("Connected pairs", all.map((one) => one.connected)), row("Connected pairs, %", all.map(share)))));
}

/** @param {ReturnType<typeof certified>} set */
function certificate(set) {
  if (!set) return el("p", { class: "quiet" }, sets.length > 0 ? `No certified set of this size is in this file (sizes: ${[...new Set(sets.map((one) => one.size))].join(", ")}).` : "No certified sets are in this file.");
  const proof = set.proven
    ? `proved best for the network as recorded (${set.objective}, value ${told(set.value)})`
    : `best found, not proved (${set.objective}, value ${told(set.value)}, bound ${told(set.bound)})`;
  return el("div", {},
    el("p", {}, `Certified set of ${set.size}: ${proof}.`, !unfiltered() && " The certificate is for the unfiltered network; the numbers beside it are for what passes now.", withheldNote(),
      set.missing > 0 && ` ${count(set.missing, "of its nodes is", "of its nodes are")} not in this edition.`),
    el("ul", { class: "plain" }, set.nodes.map((i) => el("li", {}, goButton(i), weakOnly(i) && el("span", { class: "quiet" }, " all its ties are weak: doubtful")))),
    button("Tick the certified set", () => change({ ticked: new Set(set.nodes) }, "tick"), { id: "tick-certified" }));
}

/** @param {Pieces} after */
function pieceList(after) {
  const sizes = after.list.slice(0, 8).filter((piece) => piece.length > 1);
  return el("ol", { class: "pieces" }, sizes.map((piece) => {
    const heads = [...piece].sort((i, j) => entities[j].pairs.length - entities[i].pairs.length || i - j).slice(0, 3);
    return el("li", {}, `${piece.length}: `, apart(heads.map((i) => clip(entities[i].name, 40)).join(", ")), piece.length > 3 ? " and others" : "");
  }));
}

/** The ticked that have a tie among what passes. */
function effective() {
  return new Set([...state.ticked].filter(tied));
}

/** Name the ticked that have no tie among what passes. */
function idleNote() {
  const idle = [...state.ticked].filter((i) => !tied(i));
  return idle.length > 0 && el("p", { class: "quiet" }, "Without a tie that passes the filters, so not counted: ", apart(idle.map((i) => clip(entities[i].name, 60)).join(", ")), ".");
}

function showRemoval() {
  if (state.ticked.size === 0) setCutOff(new Set());
  if (state.ticked.size === 0 && at("pane-removal").hidden) return;
  const counted = effective();
  const before = pieces(new Set());
  const after = pieces(counted);
  const set = certified(counted.size);
  const best = set ? pieces(new Set(set.nodes)) : null;
  const main = new Set(state.ticked.size > 0 ? before.list[0] : []);
  setCutOff(new Set(after.list.slice(1).flat().filter((i) => main.has(i))));
  if (!at("pane-removal").hidden) fill(
    at("pane-removal"),
    el("h2", {}, "What if removed"),
    el("p", {}, "Tick entities in the evidence pane, with X in the picture, or here. The numbers are for what passes the filters; nothing is said about what would grow back."),
    el("h3", {}, `Your set (${counted.size})`),
    idleNote(),
    el("ul", { class: "plain removed" }, [...state.ticked].map((i) => el("li", {}, goButton(i), weakOnly(i) && el("span", { class: "quiet" }, "all its ties are weak"), button("Put back", () => toggleTick(i), { "aria-label": `Put back: ${clip(entities[i].name, 80)}` })))),
    el("div", { class: "row" },
      state.chosen.length > 0 && button("Tick the selection", () => change({ ticked: new Set([...state.ticked, ...state.chosen]) }, "tick")),
      state.ticked.size > 0 && button("Put all back", () => change({ ticked: new Set() }, "tick"))),
    comparison(before, after, best),
    state.ticked.size > 0 && certificate(set),
    state.ticked.size === 0 && sets.length > 0 && el("div", {}, el("h3", {}, "Certified sets"), el("div", { class: "row" }, sets.map((one) =>
      button(`${one.size} (${one.objective}${one.proven ? ", proved" : ""})`, () => change({ ticked: new Set(one.nodes) }, "tick"))))),
    state.ticked.size > 0 && el("h3", {}, "Largest pieces left"),
    state.ticked.size > 0 && pieceList(after),
  );
}

/** Wire the pane. */
export function startRemoval() {
  showRemoval();
  listen((what) => {
    if (what === "select" || what === "theme") return;
    showRemoval();
    if (what !== "tick") return;
    const counted = effective();
    const [before, after] = [pieces(new Set()), pieces(counted)];
    say(`${count(counted.size, "entity", "entities")} removed: largest piece ${before.largest} to ${after.largest}, ${after.count} pieces, connected pairs ${told(before.connected)} to ${told(after.connected)}.${counted.size < state.ticked.size ? ` ${state.ticked.size - counted.size} without a tie that passes not counted.` : ""}`);
  });
  at("tab-removal").addEventListener("click", showRemoval);
}
