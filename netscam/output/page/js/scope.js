/**
 * What is on show of that which passes: everything, a part, or communities folded into one symbol each.
 */
import { byWeight, entities, pairs, sets, weight } from "./record.js";
import { filtered, neighbours } from "./filtering.js";
import { state } from "./state.js";

/** Most entities at the start. */
const START_SIZE = 90;
/** Communities after these are folded into one symbol for the rest. */
const MOST_GROUPS = 200;
/** Number of the symbol for entities in small or no communities. */
export const REST = -1;

/** @typedef {{c: number, members: number[], x: number, y: number}} Group */
/** @typedef {{key: string, from: number | string, to: number | string, pair: number, many: number}} Line */

/** The set of key nodes to start from: the largest of at most ten, fragmentation first. */
export function keyNodes() {
  const fit = sets.filter((set) => set.size <= 10 && set.nodes.length > 0);
  const wanted = fit.filter((set) => set.objective === "fragmentation");
  return (wanted.length > 0 ? wanted : fit).reduce((best, set) => (set.size > best.length ? set.nodes : best), /** @type {number[]} */ ([]));
}

/** Key nodes (without any: the heaviest entities) with their neighbours, the heaviest neighbours first. */
export function startScope() {
  const seeds = keyNodes().length > 0 ? keyNodes() : byWeight.slice(0, 5);
  const scope = new Set(seeds);
  const around = [...new Set(seeds.flatMap((i) => neighbours(i).map(({ j }) => j)))];
  for (const j of around.sort((a, b) => weight[b] - weight[a] || a - b)) {
    if (scope.size >= START_SIZE) break;
    scope.add(j);
  }
  return scope;
}

/** Whether an entity is on show (alone or inside a folded community). @param {number} i */
export function visible(i) {
  if (state.hidden.has(i)) return false;
  if (state.pinned.has(i) || state.called.has(i)) return true;
  const { node, degree } = filtered();
  if (!node[i] || (state.scope !== null && !state.scope.has(i))) return false;
  return state.loners || degree[i] > 0;
}

/** Symbol that stands for a community. @param {number | null} community */
function groupOf(community) {
  return community === null || community >= MOST_GROUPS ? REST : community;
}

/** Whether an entity is drawn inside the symbol of its community. @param {number} i */
export function inFold(i) {
  if (!state.folded || state.pinned.has(i) || state.called.has(i)) return false;
  return !state.unfolded.has(groupOf(entities[i].community));
}

/** Everything to draw. */
export function onShow() {
  /** @type {number[]} */
  const nodes = [];
  /** @type {Map<number, Group>} */
  const groups = new Map();
  /** @type {Map<number, number | string>} */
  const drawn = new Map();
  for (const entity of entities) {
    if (!visible(entity.i)) continue;
    if (!inFold(entity.i)) {
      nodes.push(entity.i);
      drawn.set(entity.i, entity.i);
      continue;
    }
    const c = groupOf(entity.community);
    const group = groups.get(c) ?? { c, members: [], x: 0, y: 0 };
    group.members.push(entity.i);
    group.x += entity.x;
    group.y += entity.y;
    groups.set(c, group);
    drawn.set(entity.i, `c${c}`);
  }
  for (const group of groups.values()) {
    group.x /= group.members.length;
    group.y /= group.members.length;
  }
  return { nodes, groups: [...groups.values()], lines: linesBetween(drawn) };
}

/**
 * One line per two symbols with a pair between them.
 * @param {Map<number, number | string>} drawn
 */
function linesBetween(drawn) {
  const { pair } = filtered();
  /** @type {Map<string, Line>} */
  const lines = new Map();
  for (const { q, a, b } of pairs) {
    if (!pair[q]) continue;
    const from = drawn.get(a);
    const to = drawn.get(b);
    if (from === undefined || to === undefined || from === to) continue;
    const between = typeof from === "number" && typeof to === "number";
    const key = between ? `p${q}` : `g${[from, to].sort().join("|")}`;
    const line = lines.get(key);
    if (line) line.many += 1;
    else lines.set(key, { key, from, to, pair: between ? q : -1, many: 1 });
  }
  return [...lines.values()];
}
