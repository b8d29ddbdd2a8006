/**
 * The paths pane: shortest paths between two entities told in words, common neighbours, the selection.
 */
import { entities } from "./record.js";
import { apart, at, button, el, field, fill, press, say } from "./dom.js";
import { filtered } from "./filtering.js";
import { fit } from "./graph.js";
import { likeliest, relationsOnShow } from "./lines.js";
import { goButton } from "./evidence.js";
import { toggleChosen } from "./explore.js";
import { commonNeighbours, pairBetween, shortestPaths } from "./routes.js";
import { find, searchField } from "./search.js";
import { bothSides, likelihood, sentence, sources } from "./statements.js";
import { change, listen, state } from "./state.js";
import { chance, clip, count } from "./words.js";

const MOST_PATHS = 40;
const ends = { from: -1, to: -1 };
/** What the results on show were found in; null without any. @type {{network: unknown, ticked: unknown} | null} */
let foundIn = null;

/** One step of a path: every relation between the two that passes. @param {number} i @param {number} j */
function step(i, j) {
  const q = pairBetween(i, j);
  return el("li", {}, relationsOnShow(q).map((k) => el("details", {},
    el("summary", {}, apart(sentence(k)), el("span", { class: "quiet" }, ` (${likelihood(k)}; ${sources(k)})`)),
    bothSides(k))));
}

/** How likely a path is as a whole, and where it is weakest. @param {number[]} path */
function howLikely(path) {
  const steps = path.slice(1).map((j, n) => likeliest(relationsOnShow(pairBetween(path[n], j))));
  const least = Math.min(...steps);
  const n = steps.indexOf(least);
  return `All steps hold with probability ${chance(steps.reduce((product, p) => product * p, 1))}, taken as independent, by the likeliest relation of each. ` +
    `Weakest: step ${n + 1}, ${clip(entities[path[n]].name, 60)} and ${clip(entities[path[n + 1]].name, 60)}, ${chance(least)}.`;
}

/** @param {number[]} path @param {number} n @param {boolean} open */
function tellPath(path, n, open) {
  const through = path.slice(1, -1).map((i) => clip(entities[i].name, 60)).join(", ");
  return el("details", { open, class: "path" },
    el("summary", {}, `Path ${n + 1}: ${count(path.length - 1, "step", "steps")}${through ? `, through ` : ", direct"}`, apart(through)),
    el("p", { class: "quiet" }, howLikely(path)),
    el("ol", {}, path.slice(1).map((j, m) => step(path[m], j))),
    button("Show in the picture", () => showPaths([path])));
}

/** Mark paths in the picture and show their entities. @param {number[][]} list */
function showPaths(list) {
  const nodes = new Set(list.flat());
  const marked = new Set(list.flatMap((path) => path.slice(1).map((j, n) => pairBetween(path[n], j))));
  const scope = state.scope === null ? null : new Set([...state.scope, ...nodes]);
  const called = state.folded ? new Set([...state.called, ...nodes]) : state.called;
  const hidden = new Set([...state.hidden].filter((i) => !nodes.has(i)));
  change({ route: { nodes, pairs: marked }, scope, called, hidden }, "view");
  fit([...nodes]);
}

function remember() {
  foundIn = { network: filtered(), ticked: state.ticked };
}

/** Take away results that are no longer what they say. */
function forget() {
  if (foundIn === null) return;
  foundIn = null;
  fill(at("path-told"));
  fill(at("common-told"));
  change({ route: { nodes: new Set(), pairs: new Set() } }, "view");
}

/** @param {number} most */
function findPaths(most) {
  const told = at("path-told");
  forget();
  for (const end of /** @type {const} */ (["from", "to"])) {
    const exact = ends[end] < 0 ? find(field(`path-${end}`).value).filter((hit) => hit.rank <= 1) : [];
    if (exact.length === 1) setEnd(end, exact[0].i);
  }
  if (ends.from < 0 || ends.to < 0 || ends.from === ends.to) {
    fill(told, el("p", {}, "Choose two different entities first."));
    say("Choose two different entities first.");
    return;
  }
  const between = `From ${clip(entities[ends.from].name, 80)} to ${clip(entities[ends.to].name, 80)}`;
  const { total, list } = shortestPaths(ends.from, ends.to, most);
  if (total === 0) {
    fill(told, el("p", {}, `${between}: no path through what passes the filters.`));
    say(`${between}: no path through what passes the filters.`);
    remember();
    return;
  }
  showPaths(list);
  remember();
  const shown = most === 1 ? `${between}: ${count(total, "shortest path", "shortest paths")} of ${count(list[0].length - 1, "step", "steps")}; the first by id` : `${between}: ${count(total, "shortest path", "shortest paths")}${total > list.length ? `, ${list.length} listed` : ""}`;
  fill(told, el("p", {}, `${shown}.`), list.map((path, n) => tellPath(path, n, n === 0)));
  say(`${shown}. ${list[0].slice(1).map((j, n) => relationsOnShow(pairBetween(list[0][n], j)).slice(0, 1).map(sentence).join()).join(". Then ")}.`);
}

/** Take an entity as an end of the path. @param {"from" | "to"} end @param {number} i */
export function setEnd(end, i) {
  ends[end] = i;
  field(`path-${end}`).value = i < 0 ? "" : entities[i].name;
}

function showSelection() {
  fill(at("selection"), state.chosen.length === 0
    ? el("p", { class: "quiet" }, "Nothing is selected. Use Select in the evidence pane, S in the picture, or Shift and click.")
    : el("ul", { class: "plain" }, state.chosen.map((i) => el("li", {}, goButton(i), button("Take out", () => toggleChosen(i), { "aria-label": `Take out of the selection: ${clip(entities[i].name, 80)}` })))));
  field("ids").value = state.chosen.map((i) => entities[i].id).join("\n");
}

function showCommon() {
  const told = at("common-told");
  if (state.chosen.length < 2) {
    fill(told, el("p", {}, "Select at least two entities first."));
    return;
  }
  forget();
  const common = commonNeighbours(state.chosen);
  const marked = common.flatMap((j) => state.chosen.map((i) => pairBetween(i, j)));
  const nodes = new Set([...state.chosen, ...common]);
  change({ route: { nodes, pairs: new Set(marked) }, scope: state.scope === null ? null : new Set([...state.scope, ...nodes]) }, "view");
  remember();
  fill(told, el("p", {}, `${count(common.length, "neighbour", "neighbours")} in common.`), el("ul", { class: "plain" }, common.map((j) => el("li", {}, goButton(j),
    el("ul", {}, state.chosen.flatMap((i) => relationsOnShow(pairBetween(i, j))).map((k) => el("li", {}, apart(sentence(k)), el("span", { class: "quiet" }, ` (${likelihood(k)}; ${sources(k)})`))))))));
  say(`${count(common.length, "neighbour", "neighbours")} in common${common.length > 0 ? `: ${common.slice(0, 5).map((j) => clip(entities[j].name, 60)).join(", ")}` : ""}.`);
}

/** Wire the pane. */
export function startPaths() {
  for (const end of /** @type {const} */ (["from", "to"])) {
    searchField(`path-${end}`, (i) => {
      forget();
      setEnd(end, i);
    });
    field(`path-${end}`).addEventListener("input", () => {
      ends[end] = -1;
      forget();
    });
  }
  press("path-one", () => findPaths(1));
  press("path-all", () => findPaths(MOST_PATHS));
  press("path-clear", () => {
    setEnd("from", -1);
    setEnd("to", -1);
    fill(at("path-told"));
    change({ route: { nodes: new Set(), pairs: new Set() } }, "view");
  });
  press("common", showCommon);
  press("selection-clear", () => change({ chosen: [] }, "choose"));
  showSelection();
  listen((what) => {
    const stale = foundIn !== null && (foundIn.network !== filtered() || foundIn.ticked !== state.ticked);
    if (stale || what === "choose" || what === "keep") forget();
    if (what !== "choose" && what !== "keep") return;
    showSelection();
    const [a, b] = state.chosen.slice(-2);
    if (b !== undefined) {
      setEnd("from", a);
      setEnd("to", b);
    }
  });
}

