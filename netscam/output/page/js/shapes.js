/**
 * Symbols: one outline for the picture and for the legend.
 */
import { typeOf } from "./record.js";
import { FAR } from "./state.js";

/**
 * Draw the outline of an entity type as the current path.
 * @param {CanvasRenderingContext2D} context
 * @param {string} type
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 */
export function trace(context, type, x, y, radius) {
  const look = typeOf.get(type);
  const size = radius * (look?.scale ?? 1);
  context.beginPath();
  if (!look || look.outline.length === 0) {
    context.arc(x, y, size, 0, 2 * Math.PI);
  } else {
    look.outline.forEach(([px, py], n) => (n === 0 ? context.moveTo(x + px * size, y + py * size) : context.lineTo(x + px * size, y + py * size)));
  }
  context.closePath();
}

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 */
function svg(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

/**
 * The symbol of a legend entry as a small drawing.
 * @param {string} entry
 */
export function symbol(entry) {
  const look = typeOf.get(entry === FAR ? "address" : entry);
  const picture = svg("svg", { viewBox: "-1.35 -1.35 2.7 2.7", class: "symbol", "aria-hidden": "true", width: 18, height: 18 });
  const paint = { fill: look?.colour ?? "#888888", stroke: "currentColor", "stroke-width": 0.16, "fill-opacity": entry === FAR ? 0.3 : 1 };
  const points = (look?.outline ?? []).map(([x, y]) => `${x},${y}`).join(" ");
  picture.append(points ? svg("polygon", { points, ...paint }) : svg("circle", { r: 1, ...paint }));
  return picture;
}

/** Dashes of a line by the name that the schema gives it. @type {Record<string, number[]>} */
export const DASHES = { solid: [], dashed: [7, 4], dotted: [2, 4], weak: [14, 6] };

/**
 * A stretch of line for the legend.
 * @param {string} line
 */
export function stretch(line) {
  const picture = svg("svg", { viewBox: "0 0 44 8", class: "stretch", "aria-hidden": "true", width: 44, height: 8 });
  picture.append(
    svg("line", { x1: 1, y1: 4, x2: 43, y2: 4, "stroke-width": 2, "stroke-dasharray": (DASHES[line] ?? []).join(" "), class: line === "weak" ? "weak" : "" }),
  );
  return picture;
}
