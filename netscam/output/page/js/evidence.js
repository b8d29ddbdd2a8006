/**
 * The evidence pane: what the record says about the entity or the pair that is selected.
 */
import { about, entities, events, measures, pairs, sets, typeOf, words } from "./record.js";
import { published } from "./belief.js";
import { apart, at, button, el, fill } from "./dom.js";
import { tellDay, timeline } from "./dates.js";
import { beyondOf, groupName, scene } from "./graph.js";
import { weakOnly } from "./lines.js";
import { filtered } from "./filtering.js";
import { collapse, ego, expand, hide, openGroup, select, toggleChosen, toggleFan, togglePin, toggleTick } from "./explore.js";
import { noneFound, statement } from "./statements.js";
import { keyNodes } from "./scope.js";
import { symbol } from "./shapes.js";
import { legendOf, listen, state } from "./state.js";
import { chance, count, country, told } from "./words.js";

const AT_ONCE = 40;

function nothing() {
  const key = keyNodes();
  return [
    el("h2", {}, "Evidence"),
    el("p", {}, "Pick an entity or a line, or search. Every statement shows its legal standing, how likely it is, and the documents for and against."),
    key.length > 0 && el("h3", {}, "Key nodes"),
    key.length > 0 && state.knownBy !== "" && el("p", { class: "warning" }, `Found in the whole record, with hindsight: nobody could know them as key nodes on ${tellDay(state.knownBy)}.`),
    key.length > 0 && el("p", { class: "quiet" }, setNote()),
    key.length > 0 && el("ul", { class: "plain" }, key.map((i) => el("li", {}, goButton(i), !filtered().known[i] && el("span", { class: "quiet" }, " not in any document published by then")))),
    el("p", { class: "quiet" }, "A key node is a position in the recorded network, not a finding about anybody."),
  ];
}

function setNote() {
  const set = sets.find((one) => one.nodes === keyNodes());
  if (!set) return "";
  const proof = set.proven ? "proved best for the network as recorded" : `best found (${set.method}); bound ${told(set.bound)}`;
  return `Set of ${set.size} for ${set.objective}: value ${told(set.value)}, ${proof}.${withheldNote()}`;
}

/** What a public edition must add to whatever was computed before something was left out of it. */
export function withheldNote() {
  return about.withheld ? " Computed on the full record; this edition leaves evidence out." : "";
}

/** A button that selects an entity. @param {number} i */
export function goButton(i) {
  return el("button", { type: "button", class: "go", click: () => select(i) }, symbol(legendOf(entities[i])), apart(entities[i].name));
}

/** @param {string} name @param {...(Node | string | false)} value */
function line(name, ...value) {
  return [el("dt", {}, name), el("dd", {}, ...value)];
}

/** Standing of an entity, unless that would be hindsight. @param {string} status */
function standingLine(status) {
  if (state.knownBy !== "") return [];
  return [status ? line("Standing", `${status}: `, el("span", { class: "quiet" }, words.statuses[status]?.meaning ?? "")) : line("Standing", "none on record")];
}

/** @param {number} i */
function facts(i) {
  const entity = entities[i];
  const spot = entity.latitude !== null && entity.longitude !== null;
  return el("dl", {},
    line("Type", typeOf.get(entity.type)?.label ?? entity.type),
    ...standingLine(entity.status),
    entity.aliases.length > 0 ? line("Also known as", ...entity.aliases.flatMap((alias, n) => [n > 0 ? "; " : "", apart(alias)])) : [],
    entity.countries.length > 0 ? line("Countries", entity.countries.map(country).join(", ")) : [],
    line("Id", el("code", {}, entity.id)),
    entity.identifiers.length > 0 ? line("Identifiers", ...entity.identifiers.flatMap((one, n) => [n > 0 ? "; " : "", el("code", {}, one)])) : [],
    spot ? line("Coordinates", `${entity.latitude}, ${entity.longitude} (${words.precisions[entity.precision] ?? "precision not stated"})`) : [],
    !spot && entity.precision ? line("Precision", words.precisions[entity.precision] ?? entity.precision) : [],
    entity.community === null || state.knownBy !== "" ? [] : line("Community", String(entity.community)),
    weakOnly(i) ? line("Caution", "all its ties here are weak (less likely than not): whatever hangs on this entity is doubtful") : [],
  );
}

/** @param {number} i */
function ranks(i) {
  const mine = measures.filter((measure) => measure.value[i] !== null);
  if (mine.length === 0 || state.knownBy !== "") return [];
  const drawn = mine.find((measure) => measure.low);
  const rows = mine.map((measure) => el("tr", {},
    el("th", { scope: "row", title: measure.meaning }, measure.label), el("td", {}, told(measure.value[i])), el("td", {}, `${told(measure.rank[i])} of ${measure.of}`),
    drawn && el("td", {}, (measure.low?.[i] ?? null) === null ? "not computed" : `${told(measure.low?.[i])} to ${told(measure.high?.[i])}, median ${told(measure.median?.[i])}`),
    drawn && el("td", {}, (measure.p_top?.[i] ?? null) === null ? "not computed" : chance(measure.p_top?.[i] ?? 0))));
  const heads = ["Measure", "Value", "Rank", ...(drawn ? [`Rank in ${Math.round(100 * (drawn.level ?? 0.9))} % of draws`, `P(top ${drawn.top})`] : [])];
  return [
    el("h3", {}, "Position in the recorded network"),
    el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Measures" }, el("table", {},
      el("thead", {}, el("tr", {}, heads.map((name) => el("th", { scope: "col" }, name)))), el("tbody", {}, rows))),
    el("p", { class: "quiet" }, drawn ? `${told(drawn.draws)} networks drawn by the probabilities of the relations.` : "No intervals were computed for this page.", state.at ? ` Of the whole record, not of ${tellDay(state.at)}.` : "", withheldNote()),
  ];
}

/** @param {number} i */
function actions(i) {
  const name = entities[i].name;
  const act = (/** @type {string} */ text, /** @type {() => void} */ action, /** @type {Record<string, unknown>} */ more = {}) => button(text, action, { "aria-label": `${text}: ${name.slice(0, 80)}`, ...more });
  const more = beyondOf(i);
  return el("div", { class: "row", role: "group", "aria-label": "Explore" },
    act(more > 0 ? `Expand (+${more})` : "Expand", () => expand(i)), act("Collapse", () => collapse(i)),
    act("Only 1 step", () => ego(i, 1)), act("Only 2 steps", () => ego(i, 2)), act("Only 3 steps", () => ego(i, 3)),
    act("Hide", () => hide(i)), act(state.pinned.has(i) ? "Unpin" : "Pin", () => togglePin(i), { "aria-pressed": state.pinned.has(i) ? "true" : "false" }),
    act(state.chosen.includes(i) ? "Deselect" : "Select", () => toggleChosen(i), { "aria-pressed": state.chosen.includes(i) ? "true" : "false" }),
    act(state.ticked.has(i) ? "Put back" : "Remove (what if)", () => toggleTick(i), { "aria-pressed": state.ticked.has(i) ? "true" : "false" }));
}

/** @param {number} i */
function note(i) {
  const text = el("textarea", { id: "note", rows: 3, input: () => {
    const notes = new Map(state.notes);
    if (text.value) notes.set(i, text.value);
    else notes.delete(i);
    state.notes = notes;
  } });
  text.value = state.notes.get(i) ?? "";
  return el("div", { class: "field" }, el("label", { for: "note" }, "Your note (kept with the view)"), text);
}

/** Statements, the passing and likeliest first, a part at a time. @param {number[]} list */
function statements(list) {
  const { relation, belief } = filtered();
  const order = [...list].sort((a, b) => relation[b] - relation[a] || belief[b].p - belief[a].p || a - b);
  const box = el("div", {});
  let shown = 0;
  const more = button("", () => {
    const next = order.slice(shown, shown + AT_ONCE);
    box.append(...next.map((k) => statement(k)));
    shown += next.length;
    more.textContent = `Show ${Math.min(AT_ONCE, order.length - shown)} more of ${order.length - shown}`;
    more.hidden = shown >= order.length;
  });
  more.click();
  const toggle = (/** @type {boolean} */ open) => {
    for (const details of box.querySelectorAll("details")) details.open = open;
  };
  return [el("div", { class: "row" }, button("Open all", () => toggle(true)), button("Close all", () => toggle(false))), box, more];
}

/** @param {number} i */
function aboutEntity(i) {
  const entity = entities[i];
  const all = entity.pairs.flatMap((q) => pairs[q].relations);
  const mine = all.filter((k) => filtered().belief[k].known);
  const happened = entity.events.filter((n) => published(events[n].document, state.knownBy));
  return [
    el("h2", {}, symbol(legendOf(entity)), apart(entity.name)),
    later(all.length - mine.length),
    state.knownBy === "" && entity.description && el("p", {}, apart(entity.description)),
    facts(i), actions(i), ranks(i),
    el("h3", {}, `Relations (${mine.length})`),
    mine.length > 0 ? statements(mine) : el("p", { class: "quiet" }, noneFound()),
    happened.length > 0 && el("h3", {}, `Events (${happened.length})`),
    happened.length > 0 && timeline(i),
    note(i),
  ];
}

/** What a date of knowledge does and does not cut. @param {number} left relations that no document supported by then */
function later(left) {
  if (state.knownBy === "") return null;
  return el("p", { class: "warning" }, `As known on ${tellDay(state.knownBy)}: `, left > 0 ? `${count(left, "relation rests", "relations rest")} on later documents and ${left === 1 ? "is" : "are"} left out. ` : "",
    "Statements, evidence and events are those of documents published by then; descriptions, standings of entities, measures and communities are of the whole record and are not shown.");
}

/** @param {number} q */
function aboutPair(q) {
  const { a, b } = pairs[q];
  const all = pairs[q].relations.filter((k) => filtered().belief[k].known);
  return [
    el("h2", {}, apart(entities[a].name), " and ", apart(entities[b].name)),
    later(pairs[q].relations.length - all.length),
    el("p", {}, `${count(all.length, "relation", "relations")} between them.`),
    el("div", { class: "row" }, goButton(a), goButton(b),
      all.length > 1 && button(state.fanned.has(q) ? "Draw as one line" : "Draw each relation", () => toggleFan(q), { "aria-pressed": state.fanned.has(q) ? "true" : "false" })),
    all.map((k) => statement(k, all.length <= 3)),
  ];
}

/** @param {number} c */
function aboutGroup(c) {
  const group = scene.groups.find((one) => one.c === c);
  if (!group) return nothing();
  const first = [...group.members].sort((i, j) => filtered().degree[j] - filtered().degree[i] || i - j).slice(0, 30);
  return [
    el("h2", {}, apart(groupName(group))),
    el("p", {}, count(group.members.length, "entity is", "entities are"), " folded into this symbol."),
    el("div", { class: "row" }, button("Unfold", () => openGroup(c))),
    el("h3", {}, "With most neighbours"),
    el("ul", { class: "plain" }, first.map((i) => el("li", {}, goButton(i)))),
  ];
}

/** Fill the pane. */
export function showEvidence() {
  const { selected } = state;
  const pane = at("pane-evidence");
  const content = selected === null ? nothing() : selected.kind === "entity" ? aboutEntity(selected.i) : selected.kind === "pair" ? aboutPair(selected.q) : aboutGroup(selected.c);
  fill(pane, ...content);
  pane.scrollTop = 0;
}

/** Wire the pane. */
export function startEvidence() {
  showEvidence();
  listen((what) => {
    if (what === "select" || what === "keep") showEvidence();
    else if (what === "view" || what === "tick" || what === "choose") keepPlace();
  });
}

/** Fill the pane anew without losing what is open, where it stands and which button has the focus. */
function keepPlace() {
  const pane = at("pane-evidence");
  const open = [...pane.querySelectorAll("details[open]")].map((one) => one.getAttribute("data-relation"));
  const top = pane.scrollTop;
  const held = pane.contains(document.activeElement) ? [...pane.querySelectorAll("button, summary, textarea")].indexOf(/** @type {Element} */ (document.activeElement)) : -1;
  showEvidence();
  for (const details of pane.querySelectorAll("details")) details.open = open.includes(details.getAttribute("data-relation"));
  pane.scrollTop = top;
  if (held >= 0) /** @type {HTMLElement | undefined} */ ([...pane.querySelectorAll("button, summary, textarea")][held])?.focus();
}

