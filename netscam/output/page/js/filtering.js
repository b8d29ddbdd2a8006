/**
 * What passes the filters: entities, relations and the pairs they make.
 */
import { beliefs, published } from "./belief.js";
import { byWeight, entities, events, pairs, relations, typeOf, weight } from "./record.js";
import { legendOf, state } from "./state.js";
import { firstDay, lastDay } from "./words.js";

/**
 * @typedef {object} Filtered
 * @property {Uint8Array} known entities that documents published by the date of knowledge name
 * @property {Uint8Array} node
 * @property {Uint8Array} relation
 * @property {Uint8Array} pair
 * @property {number} behind relations that pass but for an end that does not
 * @property {Uint16Array} degree neighbours over pairs that pass
 * @property {import("./belief.js").Belief[]} belief
 * @property {Float64Array | null} size where a date is set: neighbours then, the most being 1
 * @property {number[]} bySize entities from the largest to the smallest
 */

/**
 * Whether a relation held on a date: without a start it counts from ever, without an end until ever.
 * @param {import("./record.js").Relation} relation
 * @param {string} date
 */
export function held(relation, date) {
  if (date === "") return true;
  if (relation.start !== "" && firstDay(relation.start) > lastDay(date)) return false;
  return relation.end === "" || lastDay(relation.end) >= firstDay(date);
}

/** @param {import("./belief.js").Belief[]} belief */
function knownEntities(belief) {
  const known = new Uint8Array(entities.length);
  if (state.knownBy === "") return known.fill(1);
  for (const relation of relations) {
    if (belief[relation.k].known) known[relation.source] = known[relation.target] = 1;
  }
  for (const event of events) {
    if (!published(event.document, state.knownBy)) continue;
    for (const i of event.entities) if (i >= 0) known[i] = 1;
    if (event.place >= 0) known[event.place] = 1;
  }
  return known;
}

/** @returns {Filtered} */
function compute() {
  const belief = beliefs(state.knownBy);
  const known = knownEntities(belief);
  const node = known.slice();
  for (const entity of entities) {
    const passes =
      !state.typesOff.has(legendOf(entity)) &&
      (state.country === "" || entity.countries.includes(state.country)) &&
      (state.community === "" || String(entity.community) === state.community);
    if (!passes) node[entity.i] = 0;
  }
  const relation = new Uint8Array(relations.length);
  const pair = new Uint8Array(pairs.length);
  let behind = 0;
  for (const row of relations) {
    const view = belief[row.k];
    const passes =
      view.known &&
      view.p * row.factor >= state.minProbability &&
      !state.relationsOff.has(row.type) &&
      !state.statusesOff.has(view.status) &&
      held(row, state.at);
    if (!passes) continue;
    if (node[row.source] && node[row.target]) relation[row.k] = pair[row.pair] = 1;
    else behind += 1;
  }
  const degree = new Uint16Array(entities.length);
  for (const { q, a, b } of pairs) {
    if (pair[q]) {
      degree[a] += 1;
      degree[b] += 1;
    }
  }
  return { known, node, relation, pair, behind, degree, belief, ...sizes(degree) };
}

/** Whether a date is set: then whatever was computed on the whole record is hindsight. */
export function dated() {
  return state.at !== "" || state.knownBy !== "";
}

/** @param {Uint16Array} degree */
function sizes(degree) {
  if (!dated()) return { size: null, bySize: byWeight };
  const most = Math.max(1, degree.reduce((top, one) => Math.max(top, one), 0));
  const size = Float64Array.from(degree, (one, i) => (typeOf.get(entities[i].type)?.analysis && !entities[i].far ? one / most : 0));
  return { size, bySize: entities.map((entity) => entity.i).sort((i, j) => size[j] - size[i] || i - j) };
}

/** Size of a symbol, from 0 to 1: its place in the first measure, or its neighbours on the date that is set. @param {number} i */
export function sizeOf(i) {
  return filtered().size?.[i] ?? weight[i];
}

/** Entities from the largest symbol to the smallest. */
export function bySize() {
  return filtered().bySize;
}

/** @type {{key: string, value: Filtered} | null} */
let last = null;

/** What passes the filters now. */
export function filtered() {
  const { typesOff, relationsOff, statusesOff, minProbability, country, community, at, knownBy } = state;
  const key = JSON.stringify([[...typesOff], [...relationsOff], [...statusesOff], minProbability, country, community, at, knownBy]);
  if (last?.key !== key) last = { key, value: compute() };
  return last.value;
}

/**
 * Neighbours of an entity over pairs that pass, the heaviest pair first found first.
 * @param {number} i
 */
export function neighbours(i) {
  const { pair } = filtered();
  return entities[i].pairs.filter((q) => pair[q]).map((q) => ({ q, j: pairs[q].a === i ? pairs[q].b : pairs[q].a }));
}
