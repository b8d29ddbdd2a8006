/**
 * Elements built from text alone: nothing here, or anywhere else in the page, reads a text as HTML.
 */

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * An element with attributes, listeners (a function under the name of its event) and children.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, /** @type {EventListener} */ (value));
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  fill(element, ...children);
  return element;
}

/**
 * Replace the children of an element.
 * @param {Element} element
 * @param {...(Child | Child[])} children
 */
export function fill(element, ...children) {
  const kept = children.flat().filter((child) => child !== null && child !== undefined && child !== false);
  element.replaceChildren(...kept.map((child) => (child instanceof Node ? child : document.createTextNode(String(child)))));
}

/**
 * Text from the data, kept apart from its surroundings whatever its script.
 * @param {string} text
 */
export function apart(text) {
  return el("bdi", {}, text);
}

/**
 * A link if the address is http or https, else the address as text.
 * @param {string} address
 * @param {string} text
 */
export function link(address, text) {
  if (!/^https?:\/\/[^\s]+$/iu.test(address)) return el("span", {}, `${text}: ${address}`);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text);
}

/**
 * @param {string} text
 * @param {(event: Event) => void} action
 * @param {Record<string, unknown>} [attributes]
 */
export function button(text, action, attributes = {}) {
  return el("button", { type: "button", click: action, ...attributes }, text);
}

/**
 * An element of the template.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function at(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the template has no #${id}`);
  return element;
}

/**
 * A field of the template.
 * @param {string} id
 * @returns {HTMLInputElement}
 */
export function field(id) {
  return /** @type {HTMLInputElement} */ (at(id));
}

/**
 * Do something when a template's button is pressed.
 * @param {string} id
 * @param {() => void} action
 */
export function press(id, action) {
  at(id).addEventListener("click", action);
}

/**
 * Say something in the line under the picture; screen readers read it out.
 * @param {string} text
 */
export function say(text) {
  const line = at("live");
  line.textContent = "";
  line.textContent = text;
}

/** Whether the reader asked for less motion. */
export function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** @type {Map<string, string>} */
const colours = new Map();

/**
 * Value of a colour variable of the style; asked for so often that it is remembered.
 * @param {string} name
 */
export function colour(name) {
  let value = colours.get(name);
  if (value === undefined) {
    value = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
    colours.set(name, value);
  }
  return value;
}

/** Ask for the colours again, since the theme or the medium has changed. */
export function forgetColours() {
  colours.clear();
}

/**
 * Hand a file to the reader.
 * @param {string} name
 * @param {Blob} blob
 */
export function download(name, blob) {
  const address = URL.createObjectURL(blob);
  const anchor = el("a", { href: address, download: name, hidden: true });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
