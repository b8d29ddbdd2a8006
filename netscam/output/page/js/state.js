/**
 * What the reader has chosen; every change goes through here and is told to whoever draws.
 */
import { entities, foldAbove, relations, types, words } from "./record.js";

/** @typedef {{kind: "entity", i: number} | {kind: "pair", q: number} | {kind: "group", c: number} | null} Selected */

/** Legend entry of addresses that are no nearer than a city: they tell nothing about shared premises. */
export const FAR = "address:far";

/** Legend entry that an entity belongs to. @param {import("./record.js").Entity} entity */
export function legendOf(entity) {
  return entity.far ? FAR : entity.type;
}

/** Legend entries that are off at the start. */
export const offAtStart = [...types.filter((type) => !type.analysis).map((type) => type.name), FAR];

/** Filters that let everything of the analysis through. */
export function openFilters() {
  return {
    typesOff: new Set(offAtStart),
    /** @type {Set<string>} */
    relationsOff: new Set(),
    /** @type {Set<string>} */
    statusesOff: new Set(),
    minProbability: 0,
    country: "",
    community: "",
    at: "",
    knownBy: "",
    // A record without relations has nothing else to show.
    loners: relations.length === 0,
  };
}

export const state = {
  ...openFilters(),
  /** Entities to show, or null for all. @type {Set<number> | null} */
  scope: null,
  folded: entities.length > foldAbove,
  /** Communities opened although the rest is folded. @type {Set<number>} */
  unfolded: new Set(),
  /** Shown whatever the filters say. @type {Set<number>} */
  called: new Set(),
  /** @type {Set<number>} */
  hidden: new Set(),
  /** @type {Set<number>} */
  pinned: new Set(),
  /** Removed in the what-if. @type {Set<number>} */
  ticked: new Set(),
  /** Chosen for paths, common neighbours and the list of ids, in order. @type {number[]} */
  chosen: [],
  /** Pairs drawn as one line per relation. @type {Set<number>} */
  fanned: new Set(),
  /** @type {Map<number, [number, number]>} */
  moved: new Map(),
  /** @type {Map<number, string>} */
  notes: new Map(),
  /** @type {Selected} */
  selected: null,
  /** Path on show. @type {{nodes: Set<number>, pairs: Set<number>}} */
  route: { nodes: new Set(), pairs: new Set() },
  theme: "auto",
};

/** @typedef {Partial<typeof state>} Patch */
/** @typedef {"view" | "select" | "tick" | "choose" | "theme" | "keep"} What */

/** @type {((what: What) => void)[]} */
const listeners = [];

/**
 * Be told of changes.
 * @param {(what: What) => void} listener
 */
export function listen(listener) {
  listeners.push(listener);
}

/**
 * Change the state and tell everybody.
 * @param {Patch} patch
 * @param {What} what
 */
export function change(patch, what) {
  Object.assign(state, patch);
  for (const listener of listeners) listener(what);
}

/**
 * A set with one member put in or out.
 * @template T
 * @param {Set<T>} set
 * @param {T} item
 * @param {boolean} inside
 */
export function put(set, item, inside = !set.has(item)) {
  const next = new Set(set);
  if (inside) next.add(item);
  else next.delete(item);
  return next;
}

/** Relation types in the record, by label. */
export const relationTypes = [...new Set(relations.map((relation) => relation.type))].sort((a, b) =>
  words.relations[a].label < words.relations[b].label ? -1 : 1,
);
/** Legend entries in the record, in the schema's order. */
export const legendEntries = (() => {
  const used = new Set(entities.map(legendOf));
  return [...types.map((type) => type.name), FAR].filter((name) => used.has(name));
})();
