/**
 * The record as the file holds it: entities, relations, evidence, documents and events, and who neighbours whom.
 */

/**
 * @typedef {object} Entity
 * @property {number} i position
 * @property {string} id
 * @property {string} name
 * @property {string} type
 * @property {string} status
 * @property {string[]} aliases
 * @property {string[]} countries
 * @property {string[]} identifiers
 * @property {string} description
 * @property {string} precision
 * @property {number | null} latitude
 * @property {number | null} longitude
 * @property {boolean} far an address that is no nearer than a city
 * @property {number} x
 * @property {number} y
 * @property {number | null} community
 * @property {number[]} pairs
 * @property {number[]} events
 */
/**
 * @typedef {object} Relation
 * @property {number} k position
 * @property {string} id
 * @property {number} source
 * @property {number} target
 * @property {string} type
 * @property {string} start
 * @property {string} end
 * @property {number | null} share
 * @property {string} description
 * @property {number} factor probability that the relation, if true, is a tie at all
 * @property {Evidence[]} evidence
 * @property {number} pair
 */
/**
 * @typedef {object} Evidence
 * @property {string} id
 * @property {Doc} document
 * @property {boolean} supports
 * @property {string} status
 * @property {string} credibility
 * @property {string} locator
 * @property {string} note
 * @property {number} p
 * @property {number} origin
 */
/** @typedef {{d: number, id: string, title: string, publisher: string, kind: string, url: string, archived_url: string,
 *   published: string, accessed: string, reliability: string, origin_group: string}} Doc */
/** @typedef {{id: string, date: string, type: string, summary: string, entities: number[], place: number,
 *   people: number | null, document: Doc}} Happening */
/** @typedef {{q: number, a: number, b: number, relations: number[]}} Pair two entities with all their relations */

/** Characters that steer the direction of text or are not seen at all: shown by their code instead. */
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;

/**
 * Text with unseen characters made visible.
 * @param {string} text
 */
export function seen(text) {
  return text.replace(STEERING, (c) => `\u27e8U+${c.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}\u27e9`);
}

/** @param {string} id */
function parse(id) {
  const text = document.getElementById(id)?.textContent ?? "null";
  // Most records hold nothing unseen, and looking at every string costs a fifth of the start; < > & ' come escaped.
  const clean = text.search(STEERING) < 0 && !/\\(?:[bfnrt]|u(?!003[ce]|002[67]))/u.test(text);
  return clean ? JSON.parse(text) : JSON.parse(text, (_, value) => (typeof value === "string" ? seen(value) : value));
}

/** The document as it was before the script touched it, to save a copy with a view inside. */
export const pristine = /** @type {HTMLElement} */ (document.documentElement.cloneNode(true));

/** @type {any} */
const record = parse("data-record");
/** @type {{id: number, label: string, group: string, x: number, y: number}[]} */
const nodes = parse("data-nodes");
/** @type {{id: number, from: number, to: number}[]} */
const edges = parse("data-edges");
/** A view that was saved into this copy of the file. @type {unknown} */
export const savedView = JSON.parse(document.getElementById("data-view")?.textContent ?? "null");

export const about = record.about;
export const words = record.words;
/** @type {{name: string, label: string, meaning: string, analysis: boolean, colour: string, scale: number, outline: number[][]}[]} */
export const types = record.types;
export const typeOf = new Map(types.map((type) => [type.name, type]));
/** @type {{name: string, label: string, meaning: string, low_is_central: boolean, of: number, value: (number|null)[], rank: (number|null)[], low?: (number|null)[],
 *   high?: (number|null)[], median?: (number|null)[], p_top?: (number|null)[], level?: number, draws?: number, top?: number}[]} */
export const measures = record.measures;
/** @type {{nodes: number[], size: number, missing: number, objective: string, method: string, proven: boolean,
 *   value?: number, bound?: number, gap?: number}[]} */
export const sets = record.sets;
/** More entities than this are folded into communities instead of being drawn at once. @type {number} */
export const foldAbove = record.fold_above;
/** Simplified form of each traditional Chinese character that the search has to know. @type {Map<string, string>} */
export const simplified = new Map();
{
  const signs = [...record.han];
  for (let n = 0; n < signs.length; n += 2) simplified.set(signs[n], signs[n + 1]);
}
/** @type {{id: string, date: string, table: string, row: string, what_changed: string, why: string}[]} */
export const corrections = rows(record.tables.corrections);

/**
 * Rows of a table that is stored by column.
 * @param {Record<string, any[]>} table
 * @returns {any[]}
 */
function rows(table) {
  const names = Object.keys(table);
  return table.id.map((_, n) => Object.fromEntries(names.map((name) => [name, table[name][n]])));
}

/** @type {Doc[]} */
export const documents = rows(record.tables.documents).map((row, d) => ({ ...row, d }));

/** @type {Entity[]} */
export const entities = (() => {
  const table = record.tables.entities;
  const far = new Set(table.far);
  return nodes.map((node, i) => ({
    i,
    id: table.id[i],
    name: node.label,
    type: node.group,
    status: table.status[i],
    aliases: table.aliases[i],
    countries: table.countries[i],
    identifiers: table.identifiers[i],
    description: table.description[i],
    precision: table.coordinate_precision[i],
    latitude: table.latitude[i],
    longitude: table.longitude[i],
    far: far.has(i),
    x: node.x,
    y: node.y,
    community: record.communities[i],
    pairs: [],
    events: [],
  }));
})();

/** @type {Relation[]} */
export const relations = (() => {
  const table = record.tables.relations;
  return edges.map((edge, k) => ({
    k,
    id: table.id[k],
    source: edge.from,
    target: edge.to,
    type: table.relation[k],
    start: table.start[k],
    end: table.end[k],
    share: table.share[k],
    description: table.description[k],
    factor: table.factor[k],
    evidence: [],
    pair: -1,
  }));
})();

for (const row of rows(record.tables.evidence)) {
  relations[row.relation].evidence.push({ ...row, document: documents[row.document], supports: row.stance === "supports" });
}

/** @type {Happening[]} */
export const events = rows(record.tables.events).map((row) => ({ ...row, document: documents[row.document] }));
events.forEach((event, n) => {
  for (const i of new Set([...event.entities, event.place])) entities[i]?.events.push(n);
});

/** Every two entities with a relation between them. @type {Pair[]} */
export const pairs = [];
{
  const size = entities.length;
  /** @type {Map<number, number>} */
  const found = new Map();
  for (const relation of relations) {
    const a = Math.min(relation.source, relation.target);
    const b = Math.max(relation.source, relation.target);
    let q = found.get(a * size + b);
    if (q === undefined) {
      q = pairs.length;
      found.set(a * size + b, q);
      pairs.push({ q, a, b, relations: [] });
      entities[a].pairs.push(q);
      entities[b].pairs.push(q);
    }
    pairs[q].relations.push(relation.k);
    relation.pair = q;
  }
}

/**
 * The other end of a pair.
 * @param {number} q
 * @param {number} i
 */
export function across(q, i) {
  return pairs[q].a === i ? pairs[q].b : pairs[q].a;
}

/** Entity by id. */
export const byId = new Map(entities.map((entity) => [entity.id, entity]));
/** Relation by id. */
export const relationById = new Map(relations.map((relation) => [relation.id, relation]));
/** Highest first: how far ahead an entity is in the first measure, or in neighbours where there is none. */
export const weight = (() => {
  const first = measures.find((measure) => !measure.low_is_central);
  const raw = entities.map((entity) => (first ? (first.value[entity.i] ?? 0) : typeOf.get(entity.type)?.analysis && !entity.far ? entity.pairs.length : 0));
  const top = Math.max(...raw.slice(0, 1), ...chunkMaxima(raw), 1e-12);
  return raw.map((value) => Math.max(0, value) / top);
})();

/**
 * Maxima of pieces of a long list, since a function takes only so many arguments.
 * @param {number[]} list
 */
function chunkMaxima(list) {
  const found = [];
  for (let n = 0; n < list.length; n += 10000) found.push(Math.max(...list.slice(n, n + 10000)));
  return found;
}

/** Entities from the heaviest to the lightest, ties by id. */
export const byWeight = entities.map((entity) => entity.i).sort((i, j) => weight[j] - weight[i] || i - j);
