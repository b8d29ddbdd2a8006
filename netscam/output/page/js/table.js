/**
 * The same data as a table: everything the picture shows, sortable, without the picture.
 */
import { entities, measures, relations, typeOf, words } from "./record.js";
import { apart, at, button, el, fill, press } from "./dom.js";
import { filtered } from "./filtering.js";
import { scene } from "./graph.js";
import { select, selectPair } from "./explore.js";
import { verb } from "./statements.js";
import { listen, state } from "./state.js";
import { chance, clip, count, country, told } from "./words.js";

const AT_ONCE_ROWS = 100;

/** @typedef {{name: string, key: (i: number) => string | number, cell: (i: number) => Node | string}} Column */

/** Entities on show, folded ones included. */
export function shownEntities() {
  return [...scene.nodes, ...scene.groups.flatMap((group) => group.members)].sort((a, b) => a - b);
}

/** Relations that pass between entities on show. */
export function shownRelations() {
  const shown = new Set(shownEntities());
  const { relation } = filtered();
  return relations.filter((one) => relation[one.k] && shown.has(one.source) && shown.has(one.target)).map((one) => one.k);
}

/** @type {Column[]} */
const entityColumns = [
  { name: "Name", key: (i) => entities[i].name.toLowerCase(), cell: (i) => el("button", { type: "button", class: "go", click: () => select(i) }, apart(clip(entities[i].name, 90))) },
  { name: "Type", key: (i) => entities[i].type, cell: (i) => typeOf.get(entities[i].type)?.label ?? entities[i].type },
  { name: "Standing", key: (i) => words.statuses[entities[i].status]?.rank ?? 99, cell: (i) => (state.knownBy ? "not shown" : entities[i].status || "none") },
  { name: "Countries", key: (i) => entities[i].countries.join(), cell: (i) => entities[i].countries.map(country).join(", ") },
  { name: "Neighbours", key: (i) => filtered().degree[i], cell: (i) => String(filtered().degree[i]) },
  ...measures.map((measure) => ({ name: measure.label, key: (/** @type {number} */ i) => measure.value[i] ?? -1, cell: (/** @type {number} */ i) => (measure.value[i] === null || state.knownBy ? "" : told(measure.value[i])) })),
];

/** @type {Column[]} */
const relationColumns = [
  { name: "From", key: (k) => entities[relations[k].source].name.toLowerCase(), cell: (k) => apart(clip(entities[relations[k].source].name, 60)) },
  { name: "Statement", key: (k) => relations[k].type, cell: (k) => el("button", { type: "button", class: "go", click: () => selectPair(relations[k].pair) }, verb(k)) },
  { name: "To", key: (k) => entities[relations[k].target].name.toLowerCase(), cell: (k) => apart(clip(entities[relations[k].target].name, 60)) },
  { name: "Standing", key: (k) => words.statuses[filtered().belief[k].status]?.rank ?? 99, cell: (k) => filtered().belief[k].status || "none" },
  { name: "Probability", key: (k) => filtered().belief[k].p, cell: (k) => chance(filtered().belief[k].p) },
  { name: "Documents", key: (k) => relations[k].evidence.length, cell: (k) => String(relations[k].evidence.length) },
];

const ranked = measures.find((measure) => !measure.low_is_central);
const view = { relations: false, column: ranked?.label ?? "Neighbours", up: false, most: AT_ONCE_ROWS };

/** @param {Column[]} columns @param {number[]} list */
function sorted(columns, list) {
  const column = columns.find((one) => one.name === view.column);
  if (!column) return list;
  const way = view.up ? 1 : -1;
  return [...list].sort((a, b) => {
    const [x, y] = [column.key(a), column.key(b)];
    return x < y ? -way : x > y ? way : a - b;
  });
}

/** @param {Column} column */
function head(column) {
  const now = view.column === column.name;
  const sort = () => {
    Object.assign(view, { column: column.name, up: now ? !view.up : true });
    showTable();
    /** @type {HTMLElement | null} */ (at("pane-table").querySelector(`th[data-column="${CSS.escape(column.name)}"] button`))?.focus();
  };
  return el("th", { scope: "col", "data-column": column.name, "aria-sort": now ? (view.up ? "ascending" : "descending") : "none" }, button(column.name + (now ? (view.up ? " ▲" : " ▼") : ""), sort));
}

/** Fill the pane, if it is open. */
export function showTable() {
  const pane = at("pane-table");
  if (pane.hidden) return;
  const columns = view.relations ? relationColumns : entityColumns;
  const list = view.relations ? shownRelations() : shownEntities();
  const shown = sorted(columns, list).slice(0, view.most);
  const kind = (/** @type {string} */ text, /** @type {boolean} */ on) => button(text, () => {
    Object.assign(view, { relations: on, column: on ? "" : (ranked?.label ?? "Neighbours"), up: false, most: AT_ONCE_ROWS });
    showTable();
  }, { "aria-pressed": String(view.relations === on) });
  fill(pane,
    el("h2", {}, "What is on show, as a table"),
    el("div", { class: "row" }, kind("Entities", false), kind("Relations", true)),
    el("p", { class: "quiet" }, view.relations ? count(list.length, "relation", "relations") : count(list.length, "entity", "entities"), list.length > shown.length ? `, ${shown.length} listed` : ""),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of what is on show" }, el("table", { class: "data" },
      el("thead", {}, el("tr", {}, columns.map(head))),
      el("tbody", {}, shown.map((one) => el("tr", {}, columns.map((column) => el("td", {}, column.cell(one)))))))),
    list.length > shown.length && button("Show more", () => {
      view.most += 5 * AT_ONCE_ROWS;
      showTable();
    }));
}

/** Wire the pane. */
export function startTable() {
  press("tab-table", showTable);
  listen((what) => {
    if (what === "view" || what === "keep") showTable();
  });
}
