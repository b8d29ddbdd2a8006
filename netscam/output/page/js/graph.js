/**
 * The picture: vis-network draws what is on show; nothing moves by itself.
 */
/* global vis */
import { about, entities, pairs, typeOf, weight } from "./record.js";
import { bySize, dated, filtered, sizeOf } from "./filtering.js";
import { at, calm, colour } from "./dom.js";
import { keyNodes, onShow, REST } from "./scope.js";
import { linesFor, setNearness, thickness } from "./lines.js";
import { trace } from "./shapes.js";
import { state } from "./state.js";
import { writeLabels } from "./labels.js";

/** More lines than this keep the width they have. */
const MOST_ADAPTED = 3000;
const key = new Set(keyNodes());
/** Neighbours not on show, by entity. @type {Map<number, number>} */
const beyond = new Map();
/** Entities outside the largest piece of the what-if. @type {Set<number>} */
let cutOff = new Set();
/** Entity under the mouse, or the neighbour stepped to. */
let pointed = -1;
/** @type {ReturnType<typeof onShow>} */
export let scene = { nodes: [], groups: [], lines: [] };
/** Drawn entities. @type {Set<number>} */
export let drawnNodes = new Set();

/** Radius of a symbol in network units: never too small to see, however far the view is. @param {number} i */
export function radius(i) {
  const least = Math.min(4 / network.getScale(), 26);
  return Math.max(8, least) + 13 * Math.sqrt(sizeOf(i));
}

/** @param {number} i @returns {[number, number]} */
export function place(i) {
  return state.moved.get(i) ?? [entities[i].x, entities[i].y];
}

/**
 * One entity, drawn by its type's outline with rings for what the reader did.
 * @param {{ctx: CanvasRenderingContext2D, id: number, x: number, y: number}} spot
 */
function drawEntity({ ctx, id, x, y }) {
  const r = radius(id);
  // Rings keep their width on the screen however far the view is.
  const far = Math.min(8, Math.max(1, 1 / network.getScale()));
  const type = entities[id].type;
  const ring = (/** @type {string} */ name, /** @type {number} */ wide, /** @type {number} */ more) => {
    ctx.lineWidth = wide * far;
    ctx.strokeStyle = colour(name);
    trace(ctx, type, x, y, r + more * far);
    ctx.stroke();
  };
  const drawNode = () => {
    const gone = state.ticked.has(id);
    ctx.globalAlpha = gone ? 0.35 : cutOff.has(id) ? 0.5 : 1;
    if (state.selected?.kind === "entity" && state.selected.i === id) ring("accent", 5, 6);
    else if (pointed === id) ring("accent", 2, 5);
    if (state.route.nodes.has(id)) ring("route", 4, 3);
    if (state.chosen.includes(id)) ring("chosen", 3, 9);
    if (key.has(id) && !dated()) ring("ink", 1.5, 4);
    trace(ctx, type, x, y, r);
    ctx.fillStyle = typeOf.get(type)?.colour ?? "#888888";
    ctx.fill();
    ctx.lineWidth = 1.4;
    ctx.strokeStyle = colour("outline");
    ctx.stroke();
    ctx.globalAlpha = 1;
    if (gone) cross(ctx, x, y, r + 3);
    if (state.pinned.has(id)) dot(ctx, x - r, y - r);
  };
  return { drawNode, nodeDimensions: { width: 2 * r, height: 2 * r } };
}

/** @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} y @param {number} r */
function cross(ctx, x, y, r) {
  ctx.lineWidth = 3.5;
  ctx.strokeStyle = colour("gone");
  ctx.beginPath();
  ctx.moveTo(x - r, y - r);
  ctx.lineTo(x + r, y + r);
  ctx.moveTo(x + r, y - r);
  ctx.lineTo(x - r, y + r);
  ctx.stroke();
}

/** @param {CanvasRenderingContext2D} ctx @param {number} x @param {number} y */
function dot(ctx, x, y) {
  ctx.beginPath();
  ctx.arc(x, y, 4, 0, 2 * Math.PI);
  ctx.fillStyle = colour("accent");
  ctx.fill();
}

/** @param {{ctx: CanvasRenderingContext2D, id: string, x: number, y: number}} spot */
function drawGroup({ ctx, id, x, y }) {
  const group = scene.groups.find(({ c }) => `c${c}` === id);
  const r = groupRadius(group?.members.length ?? 1);
  const drawNode = () => {
    ctx.beginPath();
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    ctx.fillStyle = colour("group");
    ctx.fill();
    ctx.lineWidth = state.selected?.kind === "group" && `c${state.selected.c}` === id ? 6 : 2;
    ctx.strokeStyle = colour(ctx.lineWidth === 6 ? "accent" : "outline");
    ctx.stroke();
  };
  return { drawNode, nodeDimensions: { width: 2 * r, height: 2 * r } };
}

/** @param {number} size */
function groupRadius(size) {
  return Math.max(12, Math.min(5 / network.getScale(), 40)) + 5 * Math.sqrt(size);
}

/** Name of a folded community. @param {import("./scope.js").Group} group */
export function groupName(group) {
  const head = group.members.reduce((best, i) => (weight[i] > weight[best] ? i : best), group.members[0]);
  const name = group.c === REST ? "Other small communities" : `Community ${group.c}`;
  return `${name} (${group.members.length}): ${entities[head].name}${group.members.length > 1 ? " and others" : ""}`;
}

const nodeSet = new vis.DataSet();
const edgeSet = new vis.DataSet();
export const network = new vis.Network(
  at("graph"),
  { nodes: nodeSet, edges: edgeSet },
  {
    autoResize: true,
    physics: false,
    layout: { improvedLayout: false, randomSeed: 1 },
    nodes: { shape: "custom", chosen: false },
    edges: { chosen: false, arrows: { to: { scaleFactor: 0.45 }, from: { scaleFactor: 0.45 } }, font: { align: "middle" }, hoverWidth: 0, selectionWidth: 0 },
    interaction: { hover: true, hoverConnectedEdges: false, selectConnectedEdges: false, multiselect: true, keyboard: false, hideEdgesOnDrag: true, tooltipDelay: 1e8 },
  },
);

/** @type {Map<string | number, string>} */
const drawnAs = new Map();

/**
 * Make a vis data set equal to what is wanted, touching only what differs.
 * @param {any} set
 * @param {any[]} wanted
 */
function sync(set, wanted) {
  const ids = new Set(wanted.map((item) => item.id));
  const gone = set.getIds().filter((/** @type {any} */ id) => !ids.has(id));
  if (gone.length > 0) set.remove(gone);
  for (const id of gone) drawnAs.delete(id);
  const fresh = [];
  const differing = [];
  for (const item of wanted) {
    const look = JSON.stringify(item);
    const before = drawnAs.get(item.id);
    if (before === undefined) fresh.push(item);
    else if (before !== look) differing.push(item);
    drawnAs.set(item.id, look);
  }
  if (fresh.length > 0) set.add(fresh);
  if (differing.length > 0) set.update(differing);
}

/** Data sets are half way from one scene to the next. */
let changing = false;

/** Draw what is on show. */
export function draw() {
  changing = true;
  scene = onShow();
  if (scene.lines.length <= MOST_ADAPTED) setNearness(network.getScale());
  drawnNodes = new Set(scene.nodes);
  const nodes = scene.nodes.map((i) => ({ id: i, x: place(i)[0], y: place(i)[1], ctxRenderer: drawEntity, fixed: state.pinned.has(i) }));
  const groups = scene.groups.map((group) => ({ id: `c${group.c}`, x: group.x, y: group.y, ctxRenderer: drawGroup }));
  const font = { color: colour("ink"), strokeColor: colour("paper"), strokeWidth: 3 * thickness(), size: 11 * thickness() };
  sync(nodeSet, [...nodes, ...groups]);
  sync(edgeSet, scene.lines.flatMap(linesFor).map((line) => ({ ...line, font })));
  countBeyond();
  changing = false;
  network.redraw();
}

function countBeyond() {
  const { pair } = filtered();
  beyond.clear();
  if (state.scope === null && state.hidden.size === 0) return;
  for (const i of scene.nodes) {
    const out = entities[i].pairs.filter((q) => pair[q] && !drawnNodes.has(pairs[q].a === i ? pairs[q].b : pairs[q].a)).length;
    if (out > 0) beyond.set(i, out);
  }
}

/** Redraw rings and labels alone. */
export function refresh() {
  network.redraw();
}

/** @param {Set<number>} outside */
export function setCutOff(outside) {
  cutOff = outside;
}

/** Ring an entity without selecting it. @param {number} i */
export function point(i) {
  pointed = i;
  network.redraw();
}

/** Neighbours of an entity that are not on show. @param {number} i */
export function beyondOf(i) {
  return beyond.get(i) ?? 0;
}

network.on("afterDrawing", (/** @type {CanvasRenderingContext2D} */ context) => {
  if (changing) return;
  adaptLines();
  const scale = network.getScale();
  const strong = (/** @type {number} */ i) => i === pointed || (state.selected?.kind === "entity" && state.selected.i === i) || state.route.nodes.has(i);
  const first = [...drawnNodes].filter((i) => strong(i) || state.ticked.has(i) || (key.has(i) && !dated()));
  const order = [...new Set([...first.filter(strong), ...first, ...bySize().filter((i) => drawnNodes.has(i))])];
  const frame = at("graph");
  const corner = network.DOMtoCanvas({ x: -60, y: -30 });
  const end = network.DOMtoCanvas({ x: frame.clientWidth + 60, y: frame.clientHeight + 30 });
  const labels = scene.groups
    .slice()
    .sort((a, b) => b.members.length - a.members.length)
    .map((group) => ({ x: group.x, y: group.y, below: groupRadius(group.members.length), text: groupName(group), strong: false }));
  for (const i of order) {
    const { x, y } = network.getPosition(i);
    if (x < corner.x || y < corner.y || x > end.x || y > end.y) continue;
    const more = beyond.get(i);
    labels.push({ x, y, below: radius(i) * 1.1 + 1, text: entities[i].name + (more && scale > 0.45 ? ` +${more}` : ""), strong: strong(i) });
  }
  const [near, opposite] = [network.DOMtoCanvas({ x: 0, y: 0 }), network.DOMtoCanvas({ x: frame.clientWidth, y: frame.clientHeight })];
  writeLabels(context, scale, labels, [near.x, near.y, opposite.x, opposite.y].map((side) => side * scale));
  if (about.watermark) writeWatermark(context);
});

/** Keep lines readable at any zoom: when the view has come much nearer or gone much farther, draw them anew. */
function adaptLines() {
  if (scene.lines.length > MOST_ADAPTED || !setNearness(network.getScale())) return;
  setTimeout(draw, 0);
}

/** @param {CanvasRenderingContext2D} context */
function writeWatermark(context) {
  const size = at("graph");
  const middle = network.DOMtoCanvas({ x: size.clientWidth / 2, y: size.clientHeight / 2 });
  context.save();
  context.translate(middle.x, middle.y);
  context.rotate(-Math.PI / 9);
  context.globalAlpha = 0.16;
  context.fillStyle = colour("ink");
  context.textAlign = "center";
  context.font = `bold ${Math.min(46, size.clientWidth / 16) / network.getScale()}px system-ui, sans-serif`;
  context.fillText(about.watermark, 0, 0);
  context.restore();
}

/** Show all of what is drawn, or some entities, with room for names at the edges. @param {number[]} [some] @param {boolean} [still] */
export function fit(some, still = calm() || drawnNodes.size > 1500) {
  const nodes = some?.filter((i) => drawnNodes.has(i)) ?? [];
  const before = { position: network.getViewPosition(), scale: network.getScale() };
  network.fit({ ...(nodes.length > 0 ? { nodes } : {}), maxZoomLevel: 1.5, animation: false });
  const after = { position: network.getViewPosition(), scale: network.getScale() * 0.9 };
  if (!still) network.moveTo(before);
  network.moveTo({ ...after, animation: still ? false : { duration: 250, easingFunction: "easeInOutQuad" } });
}

/** Bring an entity into view if it is outside. @param {number} i */
export function bringIn(i) {
  if (!drawnNodes.has(i)) return;
  const { x, y } = network.canvasToDOM(network.getPosition(i));
  const size = at("graph");
  if (x > 30 && y > 30 && x < size.clientWidth - 30 && y < size.clientHeight - 30 && network.getScale() > 0.35) return;
  network.focus(i, { scale: Math.max(network.getScale(), 0.7), animation: calm() ? false : { duration: 250 } });
}

/** Drawn symbols that are inside the frame. */
export function inFrame() {
  const frame = at("graph");
  return [...scene.nodes, ...scene.groups.map((group) => `c${group.c}`)].filter((id) => {
    const { x, y } = network.canvasToDOM(network.getPosition(id));
    return x >= 0 && y >= 0 && x <= frame.clientWidth && y <= frame.clientHeight;
  }).length;
}

/** @param {number} factor */
export function zoom(factor) {
  network.moveTo({ scale: Math.min(4, Math.max(0.02, network.getScale() * factor)) });
}
