/**
 * The frame round the picture: tabs, theme, what the file is.
 */
import { about, corrections, documents, entities, events, relations } from "./record.js";
import { apart, at, el, fill, forgetColours, press } from "./dom.js";
import { change, state } from "./state.js";

const TABS = ["evidence", "paths", "removal", "table", "keep", "about"];
const THEMES = ["auto", "light", "dark"];

/** Show one of the panes. @param {string} name */
export function openTab(name) {
  for (const one of TABS) {
    const tab = at(`tab-${one}`);
    tab.setAttribute("aria-selected", String(one === name));
    tab.tabIndex = one === name ? 0 : -1;
    at(`pane-${one}`).hidden = one !== name;
  }
}

/** @param {KeyboardEvent} event */
function onTabKey(event) {
  const here = TABS.findIndex((name) => at(`tab-${name}`) === event.target);
  const there = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: TABS.length - 1 }[event.key];
  if (here < 0 || there === undefined) return;
  const next = at(`tab-${TABS[(there + TABS.length) % TABS.length]}`);
  next.click();
  next.focus();
  event.preventDefault();
}

/** @param {string} theme */
export function setTheme(theme) {
  document.documentElement.setAttribute("data-theme", theme);
  at("theme").textContent = `Theme: ${theme}`;
  forgetColours();
  change({ theme }, "theme");
}

function showAbout() {
  fill(at("pane-about"),
    el("h2", {}, "About this file"),
    el("p", {}, apart(about.caveat)),
    el("dl", {},
      [["Dataset", `${about.title} (${about.name})`], ["Version", about.version], [about.withheld ? "SHA-256 of the data in this edition" : "SHA-256 of the data", about.hash], ...(about.cut ? [["Part of the record", about.cut]] : []), ["Record as of", about.as_of], ["Licence", about.licence || "not stated"],
        ["Corrections", about.contact], ["Edition", about.profile || "complete"], ["Made with", `netscam ${about.netscam}, pyvis 0.3.2, vis-network 9.1.2 (Apache-2.0 or MIT)`]]
        .flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, apart(value))])),
    el("p", {}, `${entities.length} entities, ${relations.length} relations, ${documents.length} documents, ${events.length} events.`),
    el("h3", {}, "How to read it"),
    el("p", {}, "Each statement names its legal standing: an allegation is worded and drawn as one. The probability comes from the grades of the documents (reliability A to F, credibility 1 to 6); documents of one origin count once; disputing documents lower it. A rank is a position in the recorded network, not a finding of guilt. An address no nearer than a village is a weak tie."),
    about.profile === "public" && el("p", {}, "Public edition: persons without a public legal status have pseudonyms, and evidence graded worse than ", about.grade, " is left out. Ranks and certified sets were computed on the full record. Whoever holds the full record can tell by the pattern of relations who is meant: a pseudonym keeps a name from readers who do not, and no more."),
    el("p", {}, "This page makes no request to anywhere. Links to documents open only when you follow them; that tells the site that you did."),
    el("h3", {}, `Corrections made (${corrections.length})`),
    corrections.length === 0 ? el("p", { class: "quiet" }, "none so far") : el("ul", {}, corrections.map((one) => el("li", {}, `${one.date} ${one.table} ${one.row}: `, apart(one.what_changed), " Why: ", apart(one.why)))));
}

/** Wire the frame. */
export function startFrame() {
  for (const name of TABS) press(`tab-${name}`, () => openTab(name));
  at("tab-evidence").parentElement?.addEventListener("keydown", onTabKey);
  press("theme", () => setTheme(THEMES[(THEMES.indexOf(state.theme) + 1) % THEMES.length]));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => setTheme(state.theme));
  matchMedia("print").addEventListener("change", () => {
    forgetColours();
    change({}, "theme");
  });
  let opened = /** @type {HTMLDetailsElement[]} */ ([]);
  window.addEventListener("beforeprint", () => {
    opened = [...at("panel").querySelectorAll("details")].filter((one) => !one.open);
    for (const details of opened) {
      details.open = true;
      details.dispatchEvent(new window.Event("toggle"));
    }
  });
  window.addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
  const narrow = matchMedia("(max-width: 60rem)");
  const foldLegend = () => {
    /** @type {HTMLDetailsElement} */ (at("filter-fold")).open = !narrow.matches;
  };
  narrow.addEventListener("change", foldLegend);
  foldLegend();
  showAbout();
}
