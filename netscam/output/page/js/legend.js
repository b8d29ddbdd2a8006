/**
 * The legend, which is the filter: what is ticked is shown.
 */
import { about, entities, relations, typeOf, words } from "./record.js";
import { beliefs } from "./belief.js";
import { at, el, field, fill, press } from "./dom.js";
import { filtered } from "./filtering.js";
import { stretch, symbol } from "./shapes.js";
import { change, FAR, legendEntries, legendOf, listen, openFilters, put, relationTypes, state } from "./state.js";
import { count, country } from "./words.js";

const LINES = [
  ["solid", "solid: convicted, designated, or in a public register"],
  ["dashed", "dashed: charged, indicted, extradited or reported"],
  ["dotted", "dotted: alleged, denied, or since dismissed or withdrawn"],
  ["weak", "long dashes: weak tie, less likely than not (for example an address no nearer than a village)"],
];

/**
 * A box to tick.
 * @param {string} id
 * @param {boolean} on
 * @param {(on: boolean) => void} action
 * @param {(Node | string)[]} label
 */
function tickBox(id, on, action, label) {
  const box = el("input", { type: "checkbox", id, change: () => action(box.checked) });
  box.checked = on;
  return el("label", { for: id }, box, ...label);
}

/** @param {string[]} list */
function tally(list) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const name of list) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function typeBoxes() {
  const counts = tally(entities.map(legendOf));
  return legendEntries.map((name) => {
    const label = name === FAR ? "Address, city or wider" : (typeOf.get(name)?.label ?? name);
    const text = el("span", { title: name === FAR ? "Says nothing about shared premises" : (typeOf.get(name)?.meaning ?? "") }, label);
    const quantity = el("span", { class: "quiet" }, ` ${counts.get(name)}`);
    const action = (/** @type {boolean} */ on) => change({ typesOff: put(state.typesOff, name, !on) }, "view");
    return tickBox(`type-${name.replace(":", "-")}`, !state.typesOff.has(name), action, [symbol(name), text, quantity]);
  });
}

function relationBoxes() {
  const counts = tally(relations.map((relation) => relation.type));
  return relationTypes.map((name) => {
    const text = el("span", { title: words.relations[name].meaning }, words.relations[name].label);
    const action = (/** @type {boolean} */ on) => change({ relationsOff: put(state.relationsOff, name, !on) }, "view");
    return tickBox(`relation-${name}`, !state.relationsOff.has(name), action, [text, el("span", { class: "quiet" }, ` ${counts.get(name)}`)]);
  });
}

function statusBoxes() {
  const counts = tally(beliefs("").map((belief) => belief.status));
  const names = Object.keys(words.statuses).sort((a, b) => words.statuses[a].rank - words.statuses[b].rank);
  return [...names, ""].filter((name) => counts.has(name)).map((name) => {
    const text = el("span", { title: words.statuses[name]?.meaning ?? "No document" }, name || "no document");
    const action = (/** @type {boolean} */ on) => change({ statusesOff: put(state.statusesOff, name, !on) }, "view");
    return tickBox(`status-${name || "none"}`, !state.statusesOff.has(name), action, [
      stretch(words.statuses[name]?.line ?? "dotted"), text, el("span", { class: "quiet" }, ` ${counts.get(name)}`),
    ]);
  });
}

/**
 * @param {string} id
 * @param {string} all
 * @param {[string, string][]} options value and text
 * @param {string} chosen
 */
function selectBox(id, all, options, chosen) {
  const select = /** @type {HTMLSelectElement} */ (at(id));
  fill(select, el("option", { value: "" }, all), options.map(([value, text]) => el("option", { value }, text)));
  select.value = chosen;
}

function countryOptions() {
  const counts = tally(entities.flatMap((entity) => entity.countries));
  return /** @type {[string, string][]} */ ([...counts].map(([code, n]) => [code, `${country(code)} (${n})`]).sort((a, b) => (a[1] < b[1] ? -1 : 1)));
}

function communityOptions() {
  const counts = tally(entities.filter((entity) => entity.community !== null).map((entity) => String(entity.community)));
  return /** @type {[string, string][]} */ ([...counts].sort((a, b) => Number(a[0]) - Number(b[0])).map(([c, n]) => [c, `Community ${c} (${n})`]));
}

/** Put every control to what the state says. */
export function showFilters() {
  fill(at("types"), typeBoxes());
  fill(at("relations"), relationBoxes());
  fill(at("statuses"), statusBoxes());
  fill(at("lines"), LINES.map(([line, text]) => el("p", {}, stretch(line), ` ${text}`)), el("p", {}, "Double outline: key node. Thicker line: likelier. A number on a line: several relations."));
  selectBox("country", "All countries", countryOptions(), state.country);
  selectBox("community", "All communities", communityOptions(), state.community);
  at("community-field").hidden = communityOptions().length === 0;
  field("min-probability").value = String(state.minProbability);
  at("min-probability-is").textContent = state.minProbability.toFixed(2);
  field("loners").checked = state.loners;
}

function summarise() {
  const { node, relation, behind } = filtered();
  const passing = node.reduce((sum, one) => sum + one, 0);
  const related = relation.reduce((sum, one) => sum + one, 0);
  const rest = behind ? ` ${count(behind, "more relation has", "more relations have")} an end that the filters hide.` : "";
  at("filter-summary").textContent = `${count(passing, "entity", "entities")} of ${entities.length} and ${count(related, "relation", "relations")} of ${relations.length} pass.${rest}`;
}

/** Wire the controls. */
export function startLegend() {
  showFilters();
  summarise();
  field("min-probability").addEventListener("input", () => {
    at("min-probability-is").textContent = Number(field("min-probability").value).toFixed(2);
    change({ minProbability: Number(field("min-probability").value) }, "view");
  });
  field("country").addEventListener("change", () => change({ country: field("country").value }, "view"));
  field("community").addEventListener("change", () => change({ community: field("community").value }, "view"));
  field("loners").addEventListener("change", () => change({ loners: field("loners").checked }, "view"));
  press("reset-filters", () => {
    change({ ...openFilters() }, "view");
    change({}, "keep");
  });
  listen((what) => {
    if (what === "view" || what === "keep") summarise();
    if (what === "keep") showFilters();
  });
  if (about.grade) {
    at("standing").append(el("p", { class: "quiet" }, `Evidence graded worse than ${about.grade} is left out of this edition.`));
  }
}
