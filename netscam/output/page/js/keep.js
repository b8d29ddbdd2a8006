/**
 * Keeping the working view: in a copy of this page, in a file of its own, or in the address.
 */
import { about, byId, entities, pristine, savedView } from "./record.js";
import { at, download, field, press, say } from "./dom.js";
import { fileStem } from "./exports.js";
import { network } from "./graph.js";
import { change, legendEntries, openFilters, relationTypes, state } from "./state.js";

const FORMAT = "netscam-view-1";

/** @param {Iterable<number>} list */
function ids(list) {
  return [...list].map((i) => entities[i].id);
}

/** The view as plain values, entities by id. */
export function viewNow() {
  const { x, y } = network.getViewPosition();
  return {
    format: FORMAT,
    data: about.hash,
    typesOff: [...state.typesOff],
    relationsOff: [...state.relationsOff],
    statusesOff: [...state.statusesOff],
    minProbability: state.minProbability,
    country: state.country,
    community: state.community,
    at: state.at,
    knownBy: state.knownBy,
    loners: state.loners,
    folded: state.folded,
    unfolded: [...state.unfolded],
    scope: state.scope === null ? null : ids(state.scope),
    called: ids(state.called),
    hidden: ids(state.hidden),
    pinned: ids(state.pinned),
    ticked: ids(state.ticked),
    chosen: ids(state.chosen),
    moved: [...state.moved].map(([i, [mx, my]]) => [entities[i].id, Math.round(mx), Math.round(my)]),
    notes: [...state.notes].map(([i, text]) => [entities[i].id, text]),
    selected: state.selected?.kind === "entity" ? entities[state.selected.i].id : null,
    camera: [Math.round(x), Math.round(y), Number(network.getScale().toPrecision(4))],
  };
}

/** @param {unknown} value @returns {string[]} */
function texts(value) {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

/** @param {unknown} value @returns {number[]} */
function places(value) {
  return texts(value).map((id) => byId.get(id)?.i ?? -1).filter((i) => i >= 0);
}

/** @param {unknown} value */
function dateText(value) {
  return typeof value === "string" && /^\d{4}(-\d\d(-\d\d)?)?$/u.test(value) ? value : "";
}

/** @param {unknown} value @returns {[number, unknown[]][]} */
function byEntity(value) {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one) => {
    const entity = Array.isArray(one) && typeof one[0] === "string" ? byId.get(one[0]) : undefined;
    return entity ? [/** @type {[number, unknown[]]} */ ([entity.i, one.slice(1)])] : [];
  });
}

/**
 * Take over a view from outside; whatever in it is not what it should be is left out.
 * @param {any} saved
 */
export function takeView(saved) {
  if (typeof saved !== "object" || saved === null || saved.format !== FORMAT) {
    say("This is not a saved view.");
    return false;
  }
  const known = (/** @type {unknown} */ list, /** @type {string[]} */ names) => new Set(texts(list).filter((name) => names.includes(name)));
  const probability = Number(saved.minProbability);
  const selected = byId.get(saved.selected);
  change(
    {
      ...openFilters(),
      typesOff: known(saved.typesOff, legendEntries),
      relationsOff: known(saved.relationsOff, relationTypes),
      statusesOff: new Set(texts(saved.statusesOff)),
      minProbability: probability >= 0 && probability <= 1 ? probability : 0,
      country: /^[A-Z]{2}$/u.test(saved.country) ? saved.country : "",
      community: /^\d+$/u.test(saved.community) ? saved.community : "",
      at: dateText(saved.at),
      knownBy: dateText(saved.knownBy),
      loners: saved.loners === true,
      folded: saved.folded === true,
      unfolded: new Set((Array.isArray(saved.unfolded) ? saved.unfolded : []).filter(Number.isInteger)),
      scope: Array.isArray(saved.scope) ? new Set(places(saved.scope)) : null,
      called: new Set(places(saved.called)),
      hidden: new Set(places(saved.hidden)),
      pinned: new Set(places(saved.pinned)),
      ticked: new Set(places(saved.ticked)),
      chosen: places(saved.chosen),
      moved: new Map(byEntity(saved.moved).filter(([, spot]) => spot.length === 2 && spot.every(Number.isFinite)).map(([i, spot]) => [i, /** @type {[number, number]} */ (spot)])),
      notes: new Map(byEntity(saved.notes).filter(([, [text]]) => typeof text === "string").map(([i, [text]]) => [i, String(text)])),
      selected: selected ? { kind: "entity", i: selected.i } : null,
      route: { nodes: new Set(), pairs: new Set() },
    },
    "keep",
  );
  const [x, y, scale] = Array.isArray(saved.camera) ? saved.camera : [];
  if ([x, y, scale].every(Number.isFinite) && scale > 0) network.moveTo({ position: { x, y }, scale });
  say(saved.data === about.hash ? "View restored." : "View restored, but it was saved with other data: what no longer exists is left out.");
  return true;
}

/** @param {string} text */
function pack(text) {
  const bytes = new TextEncoder().encode(text);
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/u, "");
}

/** @param {string} packed */
function unpack(packed) {
  const binary = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder().decode(Uint8Array.from(binary, (c) => c.charCodeAt(0)));
}

/** This page as it came, with the view inside. */
export function pageWithView() {
  const copy = /** @type {HTMLElement} */ (pristine.cloneNode(true));
  const holder = copy.querySelector("#data-view");
  if (holder) holder.textContent = JSON.stringify(viewNow()).replaceAll("<", "\\u003c");
  // Reading only: the copy is written out, nothing is put in.
  // eslint-disable-next-line no-restricted-properties
  return `<!DOCTYPE html>\n${copy.outerHTML}\n`;
}

/** Restore what the address or this copy of the file holds. */
export function restore() {
  const packed = /^#view=([\w-]+)$/u.exec(location.hash)?.[1];
  if (packed) {
    try {
      return takeView(JSON.parse(unpack(packed)));
    } catch {
      say("The view in the address cannot be read.");
      return false;
    }
  }
  return savedView === null ? false : takeView(savedView);
}

/** Wire the buttons. */
export function startKeep() {
  press("save-page", () => download(`${fileStem()}-with-view.html`, new Blob([pageWithView()], { type: "text/html;charset=utf-8" })));
  press("save-view", () => download(`${fileStem()}-view.json`, new Blob([`${JSON.stringify(viewNow(), null, 1)}\n`], { type: "application/json" })));
  press("copy-link", () => {
    // Not by location.hash, which would have the view restored over itself.
    window.history.replaceState(null, "", `#view=${pack(JSON.stringify(viewNow()))}`);
    say(`The view is in the address now (${location.href.length.toLocaleString("en")} characters): bookmark or copy it.`);
  });
  field("open-view").addEventListener("change", async () => {
    const file = field("open-view").files?.[0];
    if (!file) return;
    try {
      takeView(JSON.parse(await file.text()));
    } catch {
      say("This file cannot be read as a saved view.");
    }
    field("open-view").value = "";
    at("open-view").focus();
  });
  window.addEventListener("hashchange", restore);
}
