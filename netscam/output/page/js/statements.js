/**
 * A relation as a statement: who, verb with its legal standing, whom, how likely, and the documents for and against.
 */
import { published } from "./belief.js";
import { entities, relations, words } from "./record.js";
import { apart, el, link } from "./dom.js";
import { filtered } from "./filtering.js";
import { state } from "./state.js";
import { chance, clip, firstDay, lastDay } from "./words.js";

/** Verb phrase of a relation in its standing, for example "is alleged to own". @param {number} k */
export function verb(k) {
  const relation = relations[k];
  const status = words.statuses[filtered().belief[k].status];
  if (!status) return `is entered here, with no document that supports it, to ${words.relations[relation.type].infinitive}`;
  const said = status.say[relation.type];
  return said === words.relations[relation.type].verb ? `${said} (${status.phrase})` : said;
}

/** The whole statement as text. @param {number} k */
export function sentence(k) {
  const relation = relations[k];
  return `${clip(entities[relation.source].name, 120)} ${verb(k)} ${clip(entities[relation.target].name, 120)}`;
}

/** How likely, and what weakens it, in words. @param {number} k */
export function likelihood(k) {
  const relation = relations[k];
  const { p, disputed } = filtered().belief[k];
  const parts = [`probability ${chance(p)}`];
  if (relation.factor === 0) parts.push("an address no nearer than a city: no tie");
  else if (relation.factor < 0.5) parts.push(`weak tie: the address is no nearer than a village, so as a shared address it counts ${chance(p * relation.factor)}`);
  else if (relation.factor < 1) parts.push(`as a shared address it counts ${chance(p * relation.factor)}`);
  if (disputed) parts.push("disputed");
  return parts.join("; ");
}

/** Evidence that counts at the date chosen. @param {number} k */
export function evidenceOf(k) {
  return relations[k].evidence.filter((row) => published(row.document, state.knownBy));
}

/** Documents of a relation in one line. @param {number} k */
export function sources(k) {
  const rows = evidenceOf(k);
  const names = rows.map((row) => `${row.supports ? "" : "disputed by "}${clip(row.document.publisher, 80)}${row.document.published ? ` ${row.document.published}` : ""}`);
  return [...new Set(names)].join("; ") || "no document";
}

/** What an empty list says: the record may know more than was published by the date chosen. */
export function noneFound() {
  return state.knownBy === "" ? "none in the record" : "none in documents published by then";
}

/** @param {import("./record.js").Evidence} row */
function card(row) {
  const { document: doc } = row;
  return el(
    "li",
    { class: row.supports ? "supports" : "disputes" },
    el("p", {}, el("strong", {}, apart(clip(doc.title, 400)))),
    el("p", {}, apart(doc.publisher), doc.published ? `, published ${doc.published}` : ", undated", doc.accessed ? `, read ${doc.accessed}` : "", ` (${doc.kind}, ${doc.id})`),
    el("p", {}, el("span", { class: "grade" }, `${doc.reliability}${row.credibility}`),
      ` ${words.reliabilities[doc.reliability] ?? "not graded"}; ${(words.credibilities[row.credibility] ?? "not graded").toLowerCase()}.`),
    el("p", {}, `Standing: ${row.status} `, el("span", { class: "quiet" }, words.statuses[row.status]?.meaning ?? "")),
    row.locator && el("p", {}, "Where: ", apart(row.locator)),
    row.note && el("p", {}, apart(row.note)),
    el("p", { class: "links" },
      doc.url ? link(doc.url, "Original") : el("span", { class: "quiet" }, "no address of the original"),
      doc.archived_url && " ", doc.archived_url && link(doc.archived_url, "Archived copy")),
  );
}

/** Supporting and disputing evidence side by side. @param {number} k */
export function bothSides(k) {
  const rows = evidenceOf(k);
  const side = (/** @type {string} */ title, /** @type {boolean} */ supports) => {
    const mine = rows.filter((row) => row.supports === supports);
    return el("div", {}, el("h4", {}, `${title} (${mine.length})`), mine.length > 0 ? el("ul", { class: "cards" }, mine.map(card)) : el("p", { class: "quiet" }, noneFound()));
  };
  const disputed = rows.some((row) => !row.supports);
  return el("div", { class: disputed ? "sides disputed" : "sides" }, side("Supporting", true), side("Disputing", false));
}

/** A relation, closed to one line, that opens to its evidence. @param {number} k @param {boolean} [open] */
export function statement(k, open = false) {
  const relation = relations[k];
  const passes = filtered().relation[k];
  const ahead = state.knownBy !== "" && relation.end !== "" && firstDay(relation.end) > lastDay(state.knownBy);
  const when = [relation.start && `from ${relation.start}`, relation.end && !ahead && `until ${relation.end}`].filter(Boolean).join(" ");
  const body = el("div", {});
  const fillBody = () => {
    if (body.childElementCount > 0) return;
    body.append(
      el("p", {}, `Relation ${relation.id}: ${words.relations[relation.type].label}. `, el("span", { class: "quiet" }, words.relations[relation.type].meaning)),
      ...(relation.share === null ? [] : [el("p", {}, `Share: ${relation.share} %`)]),
      ...(when ? [el("p", {}, `Valid ${when}`)] : []),
      ...(relation.description && state.knownBy === "" ? [el("p", {}, apart(relation.description))] : []),
      bothSides(k),
    );
  };
  const details = el(
    "details",
    { class: passes ? "statement" : "statement filtered", toggle: fillBody, "data-relation": relation.id },
    el("summary", {},
      apart(clip(entities[relation.source].name, 120)), el("em", {}, ` ${verb(k)} `), apart(clip(entities[relation.target].name, 120)),
      el("span", { class: "quiet" }, ` (${likelihood(k)}${passes ? "" : "; hidden by the filters"})`)),
    body,
  );
  if (open) {
    fillBody();
    details.open = true;
  }
  return details;
}
