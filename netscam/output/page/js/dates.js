/**
 * Two dates: as of (relations valid then) and as known on (documents published by then), each with a player.
 */
import { publicationDays, published } from "./belief.js";
import { entities, events, relations, words } from "./record.js";
import { apart, at, el, field, fill, press, say } from "./dom.js";
import { change, listen, state } from "./state.js";
import { clip, firstDay, lastDay } from "./words.js";

const STEP = 1400;

/** Days on which something began, ended or happened. */
const validDays = [
  ...new Set([
    ...events.map((event) => firstDay(event.date)),
    ...relations.flatMap((relation) => [relation.start ? firstDay(relation.start) : "", relation.end ? lastDay(relation.end) : ""]),
  ]),
].filter((day) => day !== "").sort();

/**
 * @typedef {object} Slider
 * @property {string} id
 * @property {"at" | "knownBy"} name in the state
 * @property {string[]} days
 * @property {string} open what no date means
 * @property {() => string[]} stops days that the player stops at
 */

/** @type {Slider[]} */
const sliders = [
  { id: "at", name: "at", days: validDays, open: "any time", stops: () => [...new Set(events.map((event) => firstDay(event.date)))].sort() },
  {
    id: "known-by",
    name: "knownBy",
    days: publicationDays,
    open: "all documents",
    stops: () => [...new Set(events.filter((event) => event.document.published).map((event) => lastDay(event.document.published)))].sort(),
  },
];

/** A day as text; the 31st of a short month is its last day. @param {string} day */
export function tellDay(day) {
  const [year, month, date] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return `${day.slice(0, 8)}${String(Math.min(date, last)).padStart(2, "0")}`;
}

/** @param {Slider} slider */
function showSlider(slider) {
  const input = field(slider.id);
  const day = state[slider.name];
  const after = slider.days.findIndex((one) => one >= lastDay(day || "9999"));
  const exact = slider.days.indexOf(day);
  input.max = String(slider.days.length);
  input.value = String(day === "" ? slider.days.length : exact >= 0 ? exact : after >= 0 ? after : slider.days.length);
  const text = day === "" ? slider.open : tellDay(day);
  input.setAttribute("aria-valuetext", text);
  at(`${slider.id}-is`).textContent = text;
}

/** What happened on the day that a player or slider stands at. @param {Slider} slider */
function showHappening(slider) {
  const day = state[slider.name];
  const then = day === "" ? [] : events.filter((event) => (slider.name === "at" ? firstDay(event.date) === day : event.document.published && lastDay(event.document.published) === day));
  const box = at("happening");
  box.hidden = day === "";
  const undated = relations.filter((relation) => relation.start === "" && relation.end === "").length;
  fill(
    box,
    el("p", {}, el("strong", {}, day ? tellDay(day) : "")),
    el("ul", {}, then.slice(0, 6).map((event) => el("li", {}, `${event.date} ${event.type}: `, apart(clip(event.summary, 220))))),
    then.length > 6 && el("p", { class: "quiet" }, `and ${then.length - 6} more`),
    slider.name === "at" && el("p", { class: "quiet" }, `${undated} of ${relations.length} relations carry no date and count as valid at any time.`),
  );
  return then;
}

/** @type {Map<string, ReturnType<typeof setInterval>>} */
const playing = new Map();

/** @param {Slider} slider */
function stop(slider) {
  clearInterval(playing.get(slider.id));
  playing.delete(slider.id);
  at(`play-${slider.id}`).textContent = "Play";
}

/** @param {Slider} slider */
function play(slider) {
  if (playing.has(slider.id)) {
    stop(slider);
    return;
  }
  for (const other of sliders) stop(other);
  const stops = slider.stops();
  if (stops.length === 0) return;
  const from = state[slider.name];
  let n = Math.max(0, stops.findIndex((day) => day > from));
  const next = () => {
    if (n >= stops.length) {
      stop(slider);
      return;
    }
    setDay(slider, stops[n]);
    n += 1;
  };
  at(`play-${slider.id}`).textContent = "Pause";
  playing.set(slider.id, setInterval(next, STEP));
  next();
}

/** @param {Slider} slider @param {string} day */
function setDay(slider, day) {
  change({ [slider.name]: day }, "view");
  const then = showHappening(slider);
  const first = then[0];
  say(first ? `${tellDay(day)}: ${first.type}, ${clip(first.summary, 160)}${then.length > 1 ? ` (and ${then.length - 1} more)` : ""}` : "");
}

/** What a date does to the picture, in words above it. */
function showDated() {
  const days = [state.at && `relations valid on ${tellDay(state.at)}`, state.knownBy && `documents published by ${tellDay(state.knownBy)}`].filter(Boolean).join(", ");
  at("dated").hidden = days === "";
  at("dated").textContent = days && `Sizes: number of neighbours (${days}). Ranks, communities and key nodes are of the whole record, so key nodes have no ring now.`;
}

/** Wire sliders and players. */
export function startDates() {
  for (const slider of sliders) {
    showSlider(slider);
    field(slider.id).addEventListener("input", () => {
      stop(slider);
      setDay(slider, slider.days[Number(field(slider.id).value)] ?? "");
    });
    press(`play-${slider.id}`, () => play(slider));
  }
  listen((what) => {
    showDated();
    if (what === "keep") sliders.forEach(stop);
    if (what === "view" || what === "keep") sliders.forEach(showSlider);
    if (state.at === "" && state.knownBy === "") at("happening").hidden = true;
  });
}

/** Events of an entity, oldest first, as a timeline. @param {number} i */
export function timeline(i) {
  const mine = entities[i].events.map((n) => events[n]).filter((event) => published(event.document, state.knownBy));
  mine.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return el("ol", { class: "timeline" }, mine.map((event) =>
    el("li", {},
      el("time", { datetime: event.date }, event.date), " ",
      el("strong", { title: words.event_types[event.type] ?? "" }, event.type.replaceAll("_", " ")), ": ",
      apart(event.summary),
      event.people !== null && el("span", { class: "quiet" }, ` ${event.people.toLocaleString("en")} people.`),
      el("span", { class: "quiet" }, " Source: ", apart(clip(event.document.publisher, 80)), event.document.published ? `, ${event.document.published}` : "", "."))));
}
