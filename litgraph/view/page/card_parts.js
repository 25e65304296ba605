// What cards are put together from: links, lists that grow, bars.

import { counted, make } from "./dom.js";
import { addressOf } from "./state.js";
import { openText, whereIs } from "./passages.js";

/** @typedef {import("./state.js").Page} Page */

const FIRST = 8;

/**
 * @param {Page} page
 * @param {number[]} people one, or two for what is between them
 * @param {Node} child
 */
export function linkTo(page, people, child) {
  return make("a", { href: addressOf(page.book, people) }, child);
}

/** @param {string} family */
export function swatch(family) {
  return make("span", { class: `swatch ${family}`, "aria-hidden": "true" });
}

/**
 * @param {string} title
 * @param {...any} children
 */
export function section(title, ...children) {
  return make("section", {}, make("h3", {}, title), ...children);
}

/**
 * A list of which the first few are shown, and the rest on demand.
 * @template Item
 * @param {string} title
 * @param {Item[]} items
 * @param {(item: Item) => any[]} line
 * @param {number} [first]
 */
export function list(title, items, line, first = FIRST) {
  if (!items.length) return null;
  const rows = make("ul", {});
  let shown = 0;
  const more = make("button", { type: "button", class: "more", click: () => grow(50) });
  const grow = (/** @type {number} */ by) => {
    rows.append(...items.slice(shown, shown + by).map((item) => make("li", {}, ...line(item))));
    shown = Math.min(items.length, shown + by);
    more.textContent = `${(items.length - shown).toLocaleString("en")} more`;
    more.hidden = shown >= items.length;
  };
  grow(first);
  return title ? section(title, rows, more) : make("div", {}, rows, more);
}

/**
 * @param {Page} page
 * @param {number} index
 */
export function sparkline(page, index) {
  const chapters = page.readChapters;
  const counts = page.presence[index].subarray(0, chapters.length);
  const most = counts.reduce((one, other) => Math.max(one, other), 1);
  const bars = chapters.map((chapter, at) => {
    const bar = make("i", {
      title: `${whereIs(page, chapter.start)}: ${counted(counts[at], "mention")}`,
      click: () => openText(page, [chapter.start, chapter.start]),
    });
    bar.style.height = `${counts[at] ? Math.max(6, Math.round((100 * counts[at]) / most)) : 0}%`;
    return make("span", {}, bar);
  });
  const present = chapters.filter((_, at) => counts[at]).length;
  return make("div", { class: "bars", role: "img", "aria-label": `In ${present} of ${counted(chapters.length, "chapter")}, at most ${counted(most, "mention")}.` }, ...bars);
}
