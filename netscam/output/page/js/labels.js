/**
 * Names in the picture: as many as fit, the most prominent first, always at a readable size.
 */
import { colour } from "./dom.js";
import { clip } from "./words.js";

const SIZE = 12.5;
const CELL = 24;
/** The most prominent, whose names may cover the symbols of lesser ones. */
const FIRST = 16;
/** Symbols, the most prominent first, that names keep clear of. */
const MOST_SYMBOLS = 400;

/** @typedef {{x: number, y: number, below: number, text: string, strong: boolean}} Label */

/** Where names stand already, in squares of the screen. */
class Occupied {
  /** @param {number[]} frame */
  constructor(frame) {
    this.frame = frame;
    /** @type {Map<string, number[][]>} */
    this.boxes = new Map();
  }

  /** Whether a box is seen in full. @param {number[]} box */
  seen(box) {
    return box[0] >= this.frame[0] && box[1] >= this.frame[1] && box[2] <= this.frame[2] && box[3] <= this.frame[3];
  }

  /**
   * Take a box if it is free, or in any case.
   * @param {number[]} box left, top, right, bottom
   * @param {boolean} [always]
   */
  take(box, always = false) {
    const cells = [];
    for (let x = Math.floor(box[0] / CELL); x <= Math.floor(box[2] / CELL); x += 1) {
      for (let y = Math.floor(box[1] / CELL); y <= Math.floor(box[3] / CELL); y += 1) cells.push(`${x},${y}`);
    }
    const meets = (/** @type {number[]} */ other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3];
    if (!always && cells.some((name) => this.boxes.get(name)?.some(meets))) return false;
    for (const name of cells) this.boxes.set(name, [...(this.boxes.get(name) ?? []), box]);
    return true;
  }
}

/** @type {Map<string, number>} */
const widths = new Map();

/**
 * Write names beside their symbols; one that would cover another name or a symbol is left out unless it is strong.
 * @param {CanvasRenderingContext2D} context in network coordinates
 * @param {number} scale pixels per unit
 * @param {Label[]} labels most prominent first
 * @param {number[]} frame left, top, right, bottom of what is seen, in pixels: names are not cut by it
 */
export function writeLabels(context, scale, labels, frame) {
  const taken = new Occupied(frame);
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  context.lineWidth = 3.5 / scale;
  context.font = `${SIZE / scale}px system-ui, sans-serif`;
  context.strokeStyle = colour("paper");
  context.fillStyle = colour("ink");
  const keepClear = (/** @type {Label[]} */ some) => {
    for (const { x, y, below } of some) {
      const [cx, cy, r] = [x * scale, y * scale, below * scale * 0.8];
      taken.take([cx - r, cy - r, cx + r, cy + r], true);
    }
  };
  keepClear(labels.slice(0, FIRST));
  for (const label of labels.slice(0, FIRST)) writeOne(context, scale, taken, label);
  keepClear(labels.slice(FIRST, MOST_SYMBOLS));
  for (const label of labels.slice(FIRST)) writeOne(context, scale, taken, label);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} scale
 * @param {Occupied} taken
 * @param {Label} label
 */
function writeOne(context, scale, taken, { x, y, below, text, strong }) {
  const short = clip(text, strong ? 60 : 34);
  const wide = widthOf(context, short, scale);
  const [cx, cy, r] = [x * scale, y * scale, below * scale + 1];
  const spots = [[cx, cy + r], [cx, cy - r - SIZE - 2], [cx + r + wide / 2, cy - SIZE / 2], [cx - r - wide / 2, cy - SIZE / 2]];
  const box = (/** @type {number[]} */ [left, top]) => [left - wide / 2 - 2, top, left + wide / 2 + 2, top + SIZE + 2];
  const whole = spots.filter((one) => taken.seen(box(one)));
  const spot = whole.find((one) => taken.take(box(one))) ?? (strong ? (whole[0] ?? spots[0]) : null);
  if (!spot) return;
  context.strokeText(short, spot[0] / scale, spot[1] / scale);
  context.fillText(short, spot[0] / scale, spot[1] / scale);
}

/** @param {CanvasRenderingContext2D} context @param {string} text @param {number} scale */
function widthOf(context, text, scale) {
  let wide = widths.get(text);
  if (wide === undefined) {
    wide = context.measureText(text).width * scale;
    widths.set(text, wide);
  }
  return wide;
}
