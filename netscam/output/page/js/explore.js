/**
 * Moving through the network: select, expand, collapse, keep only what is near, hide, pin, fold.
 */
import { entities, foldAbove, pairs, typeOf, weight } from "./record.js";
import { at, press, say } from "./dom.js";
import { filtered, neighbours } from "./filtering.js";
import { bringIn, drawnNodes, fit, scene, zoom } from "./graph.js";
import { inFold, startScope, visible } from "./scope.js";
import { change, put, state } from "./state.js";
import { clip, count } from "./words.js";

/** Entities looked at before, to go back to. @type {number[]} */
const trail = [];
/** Neighbours that come along with an entity from outside what is on show. */
const MOST_AROUND = 15;

/** Select an entity and show it, whatever hides it. @param {number} i @param {boolean} [remember] */
export function select(i, remember = true) {
  if (remember && state.selected?.kind === "entity" && state.selected.i !== i) trail.push(state.selected.i);
  const entity = entities[i];
  if (!visible(i) || inFold(i)) {
    change({ scope: scopeWith(i), called: put(state.called, i, true), hidden: put(state.hidden, i, false) }, "view");
  }
  change({ selected: { kind: "entity", i } }, "select");
  bringIn(i);
  const around = filtered().degree[i];
  say(`${clip(entity.name, 120)}, ${typeOf.get(entity.type)?.label ?? entity.type}, ${count(around, "neighbour", "neighbours")} that pass the filters.`);
}

/** The part on show with the heaviest neighbours of an entity that is outside it, lest it stand alone. @param {number} i */
function scopeWith(i) {
  if (state.scope === null || state.scope.has(i)) return state.scope;
  const around = neighbours(i).map(({ j }) => j).sort((a, b) => weight[b] - weight[a] || a - b);
  return new Set([...state.scope, i, ...around.slice(0, MOST_AROUND)]);
}

/** Select a pair and so its relations. @param {number} q */
export function selectPair(q) {
  if (state.selected?.kind === "entity") trail.push(state.selected.i);
  change({ selected: { kind: "pair", q } }, "select");
  const { a, b, relations } = pairs[q];
  say(`${count(relations.length, "relation", "relations")} between ${clip(entities[a].name, 80)} and ${clip(entities[b].name, 80)}.`);
}

/** Go back to the entity looked at before. */
export function goBack() {
  const i = trail.pop();
  if (i !== undefined) select(i, false);
}

/** What the picture shows, as a set that can be changed. */
function currentScope() {
  return new Set(state.scope ?? entities.map((entity) => entity.i));
}

/** Show all neighbours of an entity. @param {number} i */
export function expand(i) {
  const scope = currentScope();
  let hidden = state.hidden;
  let added = 0;
  for (const { j } of neighbours(i)) {
    if (!visible(j)) added += 1;
    scope.add(j);
    hidden = put(hidden, j, false);
  }
  scope.add(i);
  change({ scope: state.scope === null ? null : scope, hidden }, "view");
  say(added > 0 ? `${count(added, "neighbour", "neighbours")} added.` : "All its neighbours that pass the filters are on show.");
}

/** Take out neighbours of an entity that hang on nothing else on show. @param {number} i */
export function collapse(i) {
  const scope = currentScope();
  let taken = 0;
  for (const { j } of neighbours(i)) {
    const held = neighbours(j).some(({ j: other }) => other !== i && visible(other));
    if (held || state.pinned.has(j) || !visible(j)) continue;
    scope.delete(j);
    state.called.delete(j);
    taken += 1;
  }
  change({ scope }, "view");
  say(`${count(taken, "neighbour", "neighbours")} taken out; those with other ties on show stay.`);
}

/** Show only what is within so many steps of an entity. @param {number} i @param {number} depth */
export function ego(i, depth) {
  const scope = new Set([i]);
  let ring = [i];
  for (let step = 0; step < depth; step += 1) {
    const next = [];
    for (const one of ring) {
      for (const { j } of neighbours(one)) {
        if (!scope.has(j)) next.push(j);
        scope.add(j);
      }
    }
    ring = next;
  }
  change({ scope, called: new Set([i]), hidden: new Set() }, "view");
  fit();
  say(`${count(scope.size, "entity", "entities")} within ${count(depth, "step", "steps")} of ${clip(entities[i].name, 80)}.`);
}

/** @param {number} i */
export function hide(i) {
  state.called.delete(i);
  change({ hidden: put(state.hidden, i, true), pinned: put(state.pinned, i, false), selected: null }, "view");
  change({}, "select");
  say(`${clip(entities[i].name, 80)} is hidden. ${at("view-start").textContent} or Everything brings it back.`);
}

/** @param {number} i */
export function togglePin(i) {
  const on = !state.pinned.has(i);
  change({ pinned: put(state.pinned, i, on) }, "view");
  say(on ? `${clip(entities[i].name, 80)} is pinned: it stays where it is and in view.` : `${clip(entities[i].name, 80)} is no longer pinned.`);
}

/** Put an entity into the selection or take it out. @param {number} i */
export function toggleChosen(i) {
  const inside = state.chosen.includes(i);
  change({ chosen: inside ? state.chosen.filter((one) => one !== i) : [...state.chosen, i] }, "choose");
  say(`${clip(entities[i].name, 80)} ${inside ? "taken out of" : "added to"} the selection of ${state.chosen.length}.`);
}

/** Remove an entity in the what-if, or put it back. @param {number} i */
export function toggleTick(i) {
  change({ ticked: put(state.ticked, i) }, "tick");
}

/** One line per relation of a pair, or one for all. @param {number} q */
export function toggleFan(q) {
  change({ fanned: put(state.fanned, q) }, "view");
}

/** Draw a folded community by its entities. @param {number} c */
export function openGroup(c) {
  const inside = scene.groups.find((group) => group.c === c)?.members ?? [];
  change({ unfolded: put(state.unfolded, c, true), selected: null }, "view");
  change({}, "select");
  fit(inside);
  say(`${count(inside.length, "entity", "entities")} unfolded.`);
}

/** Key nodes and their neighbours. */
export function showStart() {
  change({ scope: startScope(), hidden: new Set(), called: new Set(), folded: false, unfolded: new Set() }, "view");
  fit();
}

/** Everything that passes, folded if it is too much to draw at once. */
export function showAll() {
  const passing = filtered().node.reduce((sum, one) => sum + one, 0);
  const folded = passing > foldAbove;
  change({ scope: null, hidden: new Set(), called: new Set(), folded, unfolded: new Set() }, "view");
  fit();
  if (folded) say(`${passing.toLocaleString("en")} entities pass, too many to draw one by one: they are folded into communities.`);
}

/** Fold communities into one symbol each, or unfold them. */
export function toggleFold() {
  change({ folded: !state.folded, unfolded: new Set(), scope: null }, "view");
  fit();
}

/** Entities on show, the heaviest first. */
export function shownByWeight() {
  return [...drawnNodes].sort((i, j) => weight[j] - weight[i] || i - j);
}

/** Wire the buttons above the picture. */
export function startExplore() {
  press("view-start", showStart);
  press("view-all", showAll);
  press("view-fold", toggleFold);
  press("fit", () => fit());
  press("zoom-in", () => zoom(1.3));
  press("zoom-out", () => zoom(1 / 1.3));
  at("view-fold").hidden = entities.every((entity) => entity.community === null);
}

/** Say how much is on show. */
export function countShown() {
  const folded = scene.groups.reduce((sum, group) => sum + group.members.length, 0);
  at("shown-count").textContent = `${count(scene.nodes.length, "entity", "entities")}${folded ? ` and ${scene.groups.length} folded communities` : ""}, ${count(scene.lines.length, "line", "lines")}`;
  at("view-fold").setAttribute("aria-pressed", String(state.folded));
  const passing = filtered().relation.reduce((sum, one) => sum + one, 0);
  if (scene.nodes.length + folded > 0 || passing === 0) return;
  const elsewhere = `${count(passing, "relation passes", "relations pass")} the filters outside this view: press Everything`;
  at("shown-count").textContent += `; ${elsewhere}`;
  say(`Nothing is on show. ${elsewhere}.`);
}
