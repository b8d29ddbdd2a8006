/**
 * Shortest paths and pieces of the network that passes the filters, without what is removed in the what-if.
 */
import { entities, pairs, relations } from "./record.js";
import { filtered, neighbours } from "./filtering.js";
import { state } from "./state.js";

/**
 * Steps from an entity to every other, and the entities before each on a shortest path.
 * @param {number} from
 */
function search(from) {
  const steps = new Map([[from, 0]]);
  /** @type {Map<number, number[]>} */
  const before = new Map();
  /** Number of shortest paths. */
  const ways = new Map([[from, 1]]);
  let ring = [from];
  while (ring.length > 0) {
    const next = [];
    for (const i of ring) {
      const far = (steps.get(i) ?? 0) + 1;
      for (const { j } of neighbours(i)) {
        if (state.ticked.has(j)) continue;
        if (!steps.has(j)) {
          steps.set(j, far);
          before.set(j, []);
          next.push(j);
        }
        if (steps.get(j) === far && !before.get(j)?.includes(i)) {
          before.get(j)?.push(i);
          ways.set(j, (ways.get(j) ?? 0) + (ways.get(i) ?? 0));
        }
      }
    }
    ring = next;
  }
  return { before, ways, steps };
}

/**
 * Shortest paths between two entities, in order of ids, at most so many, with how many there are.
 * @param {number} from
 * @param {number} to
 * @param {number} most
 * @returns {{total: number, list: number[][]}}
 */
export function shortestPaths(from, to, most) {
  const { node } = filtered();
  if (!node[from] || !node[to] || state.ticked.has(from) || state.ticked.has(to)) return { total: 0, list: [] };
  // From the end, so that walking forth along "before" gives the paths in the order of their ids.
  const { before, ways } = search(to);
  const total = ways.get(from) ?? 0;
  /** @type {number[][]} */
  const list = [];
  const walk = (/** @type {number[]} */ path) => {
    if (list.length >= most) return;
    const last = path[path.length - 1];
    if (last === to) list.push(path);
    else for (const next of [...(before.get(last) ?? [])].sort((a, b) => a - b)) walk([...path, next]);
  };
  if (total > 0) walk([from]);
  return { total, list };
}

/** The pair between two neighbours. @param {number} i @param {number} j */
export function pairBetween(i, j) {
  return entities[i].pairs.find((q) => pairs[q].a === j || pairs[q].b === j) ?? -1;
}

/**
 * Neighbours that all of some entities have.
 * @param {number[]} list
 */
export function commonNeighbours(list) {
  const [first, ...others] = list.map((i) => new Set(neighbours(i).map(({ j }) => j)));
  if (!first) return [];
  return [...first].filter((j) => !list.includes(j) && others.every((set) => set.has(j))).sort((a, b) => a - b);
}

/**
 * Pieces of the network without some entities, the largest first. A relation that is no tie (an address no nearer than a
 * city) joins nothing.
 * @param {Set<number>} without
 */
export function pieces(without) {
  const { node, pair } = filtered();
  const root = Int32Array.from(entities, (_, i) => i);
  const find = (/** @type {number} */ i) => {
    let top = i;
    while (root[top] !== top) top = root[top] = root[root[top]];
    return top;
  };
  for (const { q, a, b } of pairs) {
    if (pair[q] && !without.has(a) && !without.has(b) && isTie(q)) root[find(a)] = find(b);
  }
  /** @type {Map<number, number[]>} */
  const found = new Map();
  for (const { i } of entities) {
    if (!node[i] || without.has(i)) continue;
    const top = find(i);
    const piece = found.get(top);
    if (piece) piece.push(i);
    else found.set(top, [i]);
  }
  const list = [...found.values()].sort((a, b) => b.length - a.length || a[0] - b[0]);
  const connected = list.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
  return { list, largest: list[0]?.length ?? 0, count: list.length, connected };
}

/** Whether an entity has a tie that passes the filters: without one, removing it changes nothing. @param {number} i */
export function tied(i) {
  return entities[i].pairs.some((q) => filtered().pair[q] && isTie(q));
}

/** Whether any passing relation of a pair is a tie at all. @param {number} q */
function isTie(q) {
  return pairs[q].relations.some((k) => filtered().relation[k] && relations[k].factor > 0);
}
