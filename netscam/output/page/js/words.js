/**
 * Words, dates and numbers.
 */
import { simplified } from "./record.js";

const MARKS = /[\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/**
 * Text for comparing: case, width, Latin accents and traditional or simplified Chinese do not count. Vowel signs of
 * Khmer or Thai are letters and stay.
 * @param {string} text
 */
export function plain(text) {
  return text.normalize("NFKD").replace(MARKS, "").normalize("NFC").toLowerCase().replace(/[đð]/gu, "d").replace(/ł/gu, "l")
    .replace(/ø/gu, "o").replace(/\s+/gu, " ").trim()
    .replace(/\p{Script=Han}/gu, (sign) => simplified.get(sign) ?? sign);
}

/**
 * At most so many characters.
 * @param {string} text
 * @param {number} most
 */
export function clip(text, most) {
  if (text.length <= most) return text;
  return [...text.slice(0, 2 * most)].slice(0, most - 1).join("") + "…";
}

/**
 * First day of a date that may lack its month or day.
 * @param {string} date
 */
export function firstDay(date) {
  return (date.length === 4 ? `${date}-01-01` : `${date}-01`).slice(0, 10);
}

/**
 * Last day of a date that may lack its month or day; sorts after every day in it.
 * @param {string} date
 */
export function lastDay(date) {
  return (date.length === 4 ? `${date}-12-31` : `${date}-31`).slice(0, 10);
}

/**
 * A number for people: three significant digits, thousands apart.
 * @param {number | null | undefined} value
 */
export function told(value) {
  if (value === null || value === undefined) return "not defined";
  if (Number.isInteger(value)) return value.toLocaleString("en");
  return Math.abs(value) < 0.001 ? value.toExponential(2) : value.toLocaleString("en", { maximumSignificantDigits: 3 });
}

/**
 * A probability for people; never rounded to certainty.
 * @param {number} p
 */
export function chance(p) {
  if (p > 0.995 && p < 1) return "above 0.99";
  if (p > 0 && p < 0.005) return "below 0.01";
  return p.toFixed(2);
}

/**
 * A count with its noun.
 * @param {number} n
 * @param {string} one
 * @param {string} many
 */
export function count(n, one, many) {
  return `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
}

const regions = (() => {
  try {
    return new Intl.DisplayNames(["en"], { type: "region" });
  } catch {
    return null;
  }
})();

/**
 * Name of a country by its two letters.
 * @param {string} code
 */
export function country(code) {
  try {
    return regions?.of(code) ?? code;
  } catch {
    return code;
  }
}

/**
 * A cell that a spreadsheet takes for text, quoted where CSV needs it.
 * @param {string | number | null | undefined} value
 */
export function cell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const guarded = /^\s*[=+\-@\t\r\n＝＋－＠]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

/**
 * CSV text of rows, with the mark by which Excel knows UTF-8.
 * @param {(string | number | null | undefined)[][]} lines
 */
export function csv(lines) {
  return "\ufeff" + lines.map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}
