/**
 * The picture as a PNG, with caveat, version, dates and filters burnt in.
 */
import { about } from "./record.js";
import { at, colour, download, press, say } from "./dom.js";
import { fileStem } from "./exports.js";
import { dated } from "./filtering.js";
import { inFrame, network, scene } from "./graph.js";
import { legendEntries, offAtStart, state } from "./state.js";
import { country } from "./words.js";

/** Pixels per CSS pixel in the file. */
const FINE = 2.5;

/**
 * Text in lines that fit a width.
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {number} width
 */
function wrap(context, text, width) {
  const lines = [""];
  for (const word of text.split(/\s+/u)) {
    const longer = `${lines[lines.length - 1]} ${word}`.trim();
    if (context.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** @param {string} what @param {string[]} names */
function offList(what, names) {
  return names.length > 0 ? [`${what}: ${names.join(", ")}`] : [];
}

/** How many symbols the picture has inside its frame, of how many on show. */
function framed() {
  const inside = inFrame();
  const all = scene.nodes.length + scene.groups.length;
  return `${at("shown-count").textContent}${inside < all ? `, ${inside} of the symbols inside the frame` : ""}`;
}

/** What the picture is of, line by line. */
export function imprint() {
  const shown = [
    ...offList("entity types left out", legendEntries.filter((name) => state.typesOff.has(name) && !offAtStart.includes(name))),
    ...offList("also shown", legendEntries.filter((name) => !state.typesOff.has(name) && offAtStart.includes(name))),
    ...offList("relations left out", [...state.relationsOff]),
    ...offList("standings left out", [...state.statusesOff].map((name) => name || "no document")),
    state.country ? `country ${country(state.country)}` : "",
    state.community ? `community ${state.community}` : "",
    state.at ? `relations valid on ${state.at}` : "",
    state.knownBy ? `documents published by ${state.knownBy}` : "",
    dated() ? "sizes by neighbours then" : "",
    state.minProbability > 0 ? `probability at least ${state.minProbability}` : "",
    state.ticked.size > 0 ? `${state.ticked.size} removed in a what-if` : "",
    state.hidden.size > 0 ? `${state.hidden.size} hidden by hand` : "",
    framed(),
  ].filter(Boolean);
  return [
    `${about.title}. Version ${about.version}, data ${about.hash.slice(0, 12)}, record as of ${about.as_of}${about.profile ? `, ${about.profile} edition` : ""}${about.cut ? `, a part of the record (${about.cut})` : ""}. Shown: ${shown.join("; ")}.`,
    "Lines: solid convicted, designated or registered; dashed charged or reported; dotted alleged, denied or withdrawn; long dashes weak tie, less likely than not (for example through a village-level address).",
    about.caveat + (about.caveat.toLowerCase().includes(about.contact.toLowerCase()) ? "" : ` Corrections: ${about.contact}.`) + (about.watermark ? ` ${about.watermark}.` : ""),
  ];
}

/**
 * A copy of the picture with more pixels than the screen shows. vis-network asks for the screen's ratio when its size is
 * set, so it is told another one for that moment.
 */
function finePicture() {
  const frame = at("graph");
  const size = [`${frame.clientWidth}px`, `${frame.clientHeight}px`];
  const source = /** @type {HTMLCanvasElement} */ (frame.querySelector("canvas"));
  const copy = document.createElement("canvas");
  const view = { position: network.getViewPosition(), scale: network.getScale() };
  try {
    Object.defineProperty(window, "devicePixelRatio", { value: FINE, configurable: true });
    network.setSize(...size);
    network.moveTo(view);
    network.redraw();
    [copy.width, copy.height] = [source.width, source.height];
    copy.getContext("2d")?.drawImage(source, 0, 0);
  } finally {
    Reflect.deleteProperty(window, "devicePixelRatio");
    network.setSize("100%", "100%");
    network.moveTo(view);
    network.redraw();
  }
  return copy;
}

/** Canvas with the picture and its imprint. */
export function pictureCanvas() {
  const source = finePicture();
  const scale = Math.max(1, source.width / Math.max(1, at("graph").clientWidth));
  const canvas = document.createElement("canvas");
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const font = `${12 * scale}px system-ui, sans-serif`;
  const margin = 12 * scale;
  context.font = font;
  const lines = imprint().flatMap((text) => wrap(context, text, source.width - 2 * margin));
  canvas.width = source.width;
  canvas.height = source.height + lines.length * 16 * scale + 2 * margin;
  context.fillStyle = colour("paper");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, 0);
  context.font = font;
  context.fillStyle = colour("ink");
  context.textBaseline = "top";
  lines.forEach((text, n) => context.fillText(text, margin, source.height + margin + n * 16 * scale));
  return canvas;
}

/** Wire the button. */
export function startPicture() {
  press("save-png", () => {
    pictureCanvas().toBlob((blob) => {
      if (!blob) return;
      download(`${fileStem()}.png`, blob);
      say("Picture saved, with the caveat in it.");
    }, "image/png");
  });
}
