/**
 * Start: wire everything, draw the first view, say that it is ready.
 */
import { entities, pairs, relations } from "./record.js";
import { at, say } from "./dom.js";
import { searchField } from "./search.js";
import { startDates } from "./dates.js";
import { startEvidence } from "./evidence.js";
import { countShown, expand, openGroup, select, selectPair, startExplore, toggleChosen } from "./explore.js";
import { startExports } from "./exports.js";
import { openTab, startFrame } from "./frame.js";
import { draw, fit, inFrame, network, point, refresh } from "./graph.js";
import { restore, startKeep } from "./keep.js";
import { startKeyboard } from "./keyboard.js";
import { startLegend } from "./legend.js";
import { startPaths } from "./paths.js";
import { startPicture } from "./picture.js";
import { startRemoval } from "./removal.js";
import { startScope } from "./scope.js";
import { change, listen, state } from "./state.js";
import { startTable } from "./table.js";
import { count } from "./words.js";

/** @param {any} event */
function onClick(event) {
  const many = event.event.srcEvent?.shiftKey || event.event.srcEvent?.ctrlKey;
  const node = network.getNodeAt(event.pointer.DOM);
  if (typeof node === "number" && many) toggleChosen(node);
  else if (typeof node === "number") select(node);
  else if (typeof node === "string") change({ selected: { kind: "group", c: Number(node.slice(1)) } }, "select");
  else {
    const q = Number(/^p(\d+)/u.exec(String(network.getEdgeAt(event.pointer.DOM)))?.[1] ?? -1);
    if (q >= 0 && pairs[q]) selectPair(q);
    else if (state.selected) change({ selected: null }, "select");
  }
  network.unselectAll();
  if (node !== undefined) openTab("evidence");
}

/** @param {any} event */
function onDrop(event) {
  const moved = new Map(state.moved);
  for (const i of event.nodes) {
    if (typeof i !== "number") continue;
    const { x, y } = network.getPosition(i);
    moved.set(i, [x, y]);
  }
  state.moved = moved;
}

function startPointer() {
  network.on("click", onClick);
  network.on("doubleClick", (/** @type {any} */ event) => {
    const node = network.getNodeAt(event.pointer.DOM);
    if (typeof node === "number") expand(node);
    else if (typeof node === "string") openGroup(Number(node.slice(1)));
  });
  network.on("dragEnd", onDrop);
  network.on("hoverNode", (/** @type {any} */ event) => typeof event.node === "number" && point(event.node));
  network.on("blurNode", () => point(-1));
}

listen((what) => {
  if (what === "select" || what === "choose") refresh();
  if (what === "select" && state.selected?.kind === "pair") openTab("evidence");
});
startFrame();
startLegend();
startDates();
startExplore();
startEvidence();
startPaths();
startRemoval();
startTable();
startExports();
startPicture();
startKeep();
startKeyboard();
startPointer();
searchField("search", (i) => {
  select(i);
  openTab("evidence");
  if (matchMedia("(max-width: 60rem)").matches) at("panel").scrollIntoView({ block: "start" });
});
// Last, so that everything the drawing depends on has been brought up to date before it.
listen((what) => {
  if (what !== "select" && what !== "choose") {
    const before = what === "view" ? inFrame() : 0;
    draw();
    countShown();
    // When a filter leaves next to nothing of what the reader was looking at, the rest is brought into view.
    if (before > 4 * inFrame()) fit();
  }
});
if (relations.length === 0) say(`${count(entities.length, "entity is", "entities are")} on show; the record has no relation between entities.`);
else if (!state.folded) state.scope = startScope();
draw();
countShown();
if (!restore()) fit(undefined, true);
draw();
document.documentElement.setAttribute("data-ready", performance.now().toFixed(0));
