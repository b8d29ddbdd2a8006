/**
 * What the documents say about each relation: probability, legal standing, whether it is disputed. The same arithmetic
 * as netscam.data.evidence, done again here because it depends on the date up to which documents count.
 */
import { documents, relations, words } from "./record.js";
import { lastDay } from "./words.js";

/** Standings that say that a case or listing fell away. */
const FALLEN = new Set(["acquitted", "dismissed", "delisted"]);

/** @typedef {{known: boolean, p: number, status: string, disputed: boolean}} Belief */
/** @typedef {import("./record.js").Evidence} Evidence */

/**
 * Whether a document was published by a date; all are, if there is no date.
 * @param {import("./record.js").Doc} doc
 * @param {string} knownBy
 */
export function published(doc, knownBy) {
  return knownBy === "" || (doc.published !== "" && lastDay(doc.published) <= lastDay(knownBy));
}

/**
 * Probability that at least one origin is right: the best row of each origin counts once.
 * @param {Evidence[]} rows
 */
function combined(rows) {
  /** @type {Map<number, number>} */
  const best = new Map();
  for (const row of rows) best.set(row.origin, Math.max(best.get(row.origin) ?? 0, row.p));
  let miss = 1;
  for (const p of best.values()) miss *= 1 - p;
  return 1 - miss;
}

/**
 * The standing to tell a relation with: the strongest that a supporting row has, unless a later (or undated) row says
 * that the case or listing fell away.
 * @param {Evidence[]} supporting
 * @param {Evidence[]} all
 */
function standing(supporting, all) {
  const order = (/** @type {string} */ status) => words.statuses[status]?.rank ?? 99;
  const [first] = [...supporting].sort((a, b) => order(a.status) - order(b.status));
  if (!first) return "";
  const since = first.document.published;
  const fallen = all.filter(
    (row) => FALLEN.has(row.status) && (!since || !row.document.published || row.document.published >= since),
  );
  return fallen.length > 0 ? fallen[fallen.length - 1].status : first.status;
}

/**
 * Belief in one relation.
 * @param {import("./record.js").Relation} relation
 * @param {string} knownBy
 * @returns {Belief}
 */
function weigh(relation, knownBy) {
  const rows = knownBy === "" ? relation.evidence : relation.evidence.filter((row) => published(row.document, knownBy));
  const supporting = rows.filter((row) => row.supports);
  const disputing = rows.filter((row) => !row.supports);
  const support = supporting.length > 0 ? combined(supporting) : words.no_evidence;
  return {
    known: knownBy === "" || supporting.length > 0,
    p: support * (1 - combined(disputing)),
    status: standing(supporting, rows),
    disputed: disputing.length > 0,
  };
}

/** @type {Map<string, Belief[]>} */
const remembered = new Map();

/**
 * Belief in every relation as the record stood on a date.
 * @param {string} knownBy
 */
export function beliefs(knownBy) {
  let found = remembered.get(knownBy);
  if (!found) {
    found = relations.map((relation) => weigh(relation, knownBy));
    if (remembered.size > 40) remembered.clear();
    remembered.set(knownBy, found);
  }
  return found;
}

/** Dates on which the public record grew, oldest first. */
export const publicationDays = [...new Set(documents.filter((doc) => doc.published).map((doc) => lastDay(doc.published)))].sort();
