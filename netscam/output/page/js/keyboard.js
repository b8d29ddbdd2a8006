/**
 * The picture by keyboard; the keys count only while the picture has the focus.
 */
import { entities, typeOf } from "./record.js";
import { at, press, say } from "./dom.js";
import { neighbours } from "./filtering.js";
import { bringIn, draw, fit, network, place, point, zoom } from "./graph.js";
import { relationsOnShow } from "./lines.js";
import { collapse, ego, expand, goBack, hide, select, selectPair, shownByWeight, toggleChosen, togglePin, toggleTick } from "./explore.js";
import { openTab } from "./frame.js";
import { likelihood, sentence } from "./statements.js";
import { listen, state } from "./state.js";
import { clip } from "./words.js";

let stepped = -1;
let moving = false;

function current() {
  return state.selected?.kind === "entity" ? state.selected.i : -1;
}

/** Step through the neighbours of the selected entity. @param {number} by */
function stepBy(by) {
  const i = current();
  if (i < 0) {
    const [first] = shownByWeight();
    if (first !== undefined) select(first);
    return;
  }
  const around = neighbours(i);
  if (around.length === 0) {
    say("No neighbours that pass the filters.");
    return;
  }
  stepped = stepped < 0 ? (by > 0 ? 0 : around.length - 1) : (stepped + by + around.length) % around.length;
  const { q, j } = around[stepped];
  const [first, ...more] = relationsOnShow(q);
  point(j);
  bringIn(j);
  say(`${stepped + 1} of ${around.length}: ${clip(entities[j].name, 100)}, ${typeOf.get(entities[j].type)?.label ?? ""}. ${sentence(first)}, ${likelihood(first)}${more.length > 0 ? `, and ${more.length} more` : ""}.`);
}

function follow() {
  const i = current();
  if (i >= 0 && stepped >= 0) select(neighbours(i)[stepped].j);
  else if (i >= 0) {
    openTab("evidence");
    at("pane-evidence").focus();
  } else stepBy(1);
}

function readRelation() {
  const i = current();
  if (i < 0 || stepped < 0) return;
  selectPair(neighbours(i)[stepped].q);
  openTab("evidence");
  at("pane-evidence").focus();
}

/** @param {number} dx @param {number} dy */
function shift(dx, dy) {
  const { x, y } = network.getViewPosition();
  const scale = network.getScale();
  network.moveTo({ position: { x: x + (60 * dx) / scale, y: y + (60 * dy) / scale } });
}

/** @param {number} dx @param {number} dy */
function move(dx, dy) {
  const i = current();
  if (i < 0) return;
  const [x, y] = place(i);
  state.moved = new Map(state.moved).set(i, [x + 20 * dx, y + 20 * dy]);
  draw();
}

/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** @type {Record<string, (i: number) => void>} */
const ON_ENTITY = {
  e: expand,
  c: collapse,
  g: (i) => ego(i, 1),
  h: hide,
  p: togglePin,
  s: toggleChosen,
  x: toggleTick,
  m: () => {
    moving = !moving;
    say(moving ? "Moving: the arrows move the entity, M ends it." : "Moving ended.");
  },
};

/** @type {Record<string, () => void>} */
const ANYWHERE = {
  Enter: follow,
  Backspace: goBack,
  r: readRelation,
  f: () => fit(),
  "+": () => zoom(1.3),
  "=": () => zoom(1.3),
  "-": () => zoom(1 / 1.3),
  "/": () => at("search").focus(),
  "?": () => at("help").click(),
};

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const arrow = ARROWS[name];
  const i = current();
  if (arrow && event.shiftKey) shift(...arrow);
  else if (arrow && moving) move(...arrow);
  else if (arrow) stepBy(name === "ArrowLeft" || name === "ArrowUp" ? -1 : 1);
  else if (ANYWHERE[name]) ANYWHERE[name]();
  else if (ON_ENTITY[name] && i >= 0) ON_ENTITY[name](i);
  else return;
  event.preventDefault();
}

/** Wire the keys. */
export function startKeyboard() {
  at("graph").addEventListener("keydown", onKey);
  press("help", () => /** @type {HTMLDialogElement} */ (at("help-dialog")).showModal());
  listen((what) => {
    if (what !== "select" && what !== "keep") return;
    stepped = -1;
    moving = false;
    point(-1);
  });
}
