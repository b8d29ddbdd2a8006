/**
 * Finding an entity: a field with a list of matches, used for the search and for the ends of a path.
 */
import { entities, typeOf, weight } from "./record.js";
import { at, apart, el, field, fill } from "./dom.js";
import { clip, count, plain } from "./words.js";
import { symbol } from "./shapes.js";
import { legendOf } from "./state.js";

const MOST_LISTED = 50;

/** @typedef {{i: number, how: string, rank: number}} Hit */

/** @type {{i: number, name: string, fields: [string, string, string][]}[] | null} */
let index = null;

/** Comparable text of everything an entity can be found by. */
function searchable() {
  index ??= entities.map((entity) => ({
    i: entity.i,
    name: plain(entity.name),
    fields: [
      ["", plain(entity.name), entity.name],
      ...entity.aliases.map((alias) => /** @type {[string, string, string]} */ (["also known as", plain(alias), alias])),
      ["id", plain(entity.id), entity.id],
      ...entity.identifiers.map((one) => /** @type {[string, string, string]} */ (["identifier", plain(one), one])),
    ],
  }));
  return index;
}

/**
 * Entities that a text finds: every word of it in one name, alias, id or identifier. Best first.
 * @param {string} text
 * @returns {Hit[]}
 */
export function find(text) {
  const wanted = plain(text);
  if (wanted === "") return [];
  const parts = wanted.split(" ");
  const joined = parts.join("");
  /** @type {Hit[]} */
  const found = [];
  for (const { i, fields } of searchable()) {
    /** @type {Hit | null} */
    let best = null;
    for (const [n, [what, simple, original]] of fields.entries()) {
      const whole = simple === wanted ? 0 : simple.startsWith(wanted) ? 1 : simple.includes(wanted) ? 2 : 3;
      if (whole === 3 && !parts.every((part) => simple.includes(part)) && !simple.replaceAll(" ", "").includes(joined)) continue;
      const rank = whole * 2 + (n === 0 ? 0 : 1);
      if (best === null || rank < best.rank) best = { i, rank, how: what ? `${what} ${original}` : "" };
    }
    if (best) found.push(best);
  }
  return found.sort((a, b) => a.rank - b.rank || weight[b.i] - weight[a.i] || a.i - b.i);
}

/**
 * Turn a field of the template into a search with a list.
 * @param {string} id of the field; its list is `<id>-list`, its count `<id>-count`
 * @param {(i: number) => void} choose
 * @param {boolean} [clear] empty the field after a choice
 */
export function searchField(id, choose, clear = false) {
  const input = field(id);
  const list = at(`${id}-list`);
  /** @type {Hit[]} */
  let hits = [];
  let active = -1;

  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (/** @type {Hit} */ hit) => {
    input.value = clear ? "" : entities[hit.i].name;
    if (clear) at(`${id}-count`).textContent = "";
    close();
    choose(hit.i);
  };
  const mark = (/** @type {number} */ n) => {
    active = n;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === n)));
    if (n >= 0) {
      input.setAttribute("aria-activedescendant", `${id}-hit-${n}`);
      list.children[n]?.scrollIntoView({ block: "nearest" });
    }
  };
  const show = () => {
    hits = find(input.value);
    const listed = hits.slice(0, MOST_LISTED);
    const more = hits.length > MOST_LISTED ? `, first ${MOST_LISTED} listed` : "";
    at(`${id}-count`).textContent = input.value.trim() === "" ? "" : `${count(hits.length, "match", "matches")}${more}`;
    fill(list, listed.map((hit, n) => option(hit, `${id}-hit-${n}`, () => take(hit))));
    list.hidden = listed.length === 0;
    input.setAttribute("aria-expanded", String(listed.length > 0));
    mark(-1);
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.value.trim() !== "" && show());
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", (event) => {
    const listed = Math.min(hits.length, MOST_LISTED);
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && hits.length > 0) take(hits[Math.max(active, 0)]);
    else if (event.key === "ArrowDown" && listed > 0) mark((active + 1) % listed);
    else if (event.key === "ArrowUp" && listed > 0) mark((active - 1 + listed) % listed);
    else return;
    event.preventDefault();
  });
}

/**
 * @param {Hit} hit
 * @param {string} id
 * @param {() => void} take
 */
function option(hit, id, take) {
  const entity = entities[hit.i];
  const item = el(
    "li",
    { id, role: "option", "aria-selected": "false", mousedown: (/** @type {Event} */ event) => event.preventDefault(), click: take },
    symbol(legendOf(entity)),
    apart(clip(entity.name, 80)),
    el("span", { class: "quiet" }, ` ${typeOf.get(entity.type)?.label ?? entity.type}, ${entity.id}${hit.how ? "; " : ""}`, apart(clip(hit.how, 80))),
  );
  return item;
}
