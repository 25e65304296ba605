// A stretch of the text as elements: names lead to their cards, quotations say whose they are.

import { byId, make, named, short } from "./dom.js";
import { countBelow, divisionAt, titleOf } from "./data.js";
import { addressOf } from "./state.js";

/**
 * @typedef {import("./state.js").Page} Page
 * @typedef {import("./data.js").Speech} Speech
 */

const COLOURS = 12; // so many of the most named have colours of their own
const LONGEST = 300; // characters of a mention

/**
 * A stretch of the text as elements.
 * @param {Page} page
 * @param {number} start
 * @param {number} end
 * @param {[number, number] | null} proof what is marked as proof
 * @param {number[]} [ends] of whose relation it is proof
 */
export function passage(page, start, end, proof, ends = []) {
  const { book } = page;
  const mentions = mentionsIn(page, start, end);
  const speeches = speechesIn(page, start, end);
  const cuts = new Set([start, end]);
  const cut = (/** @type {number} */ at) => at > start && at < end && cuts.add(at);
  for (const at of mentions) [book.mentionStarts[at], book.mentionEnds[at]].forEach(cut);
  for (const speech of speeches) [speech.start, speech.end].forEach(cut);
  if (proof) proof.forEach(cut);
  const places = [...cuts].sort((one, other) => one - other);
  const fragment = document.createDocumentFragment();
  /** @type {any} */
  let parent = fragment;
  /** @type {Speech | null} */
  let inside = null;
  let speaker = -2;
  const meant = openAt(mentions, (at) => book.mentionStarts[at], (at) => book.mentionEnds[at]);
  const said = openAt(speeches, (speech) => speech.start, (speech) => speech.end);
  for (let at = 0; at + 1 < places.length; at += 1) {
    const [from, to] = [places[at], places[at + 1]];
    const speech = said(from)[0] || null;
    if (speech !== inside) {
      inside = speech;
      parent = fragment;
      if (speech) {
        parent = make("span", { class: "said", title: speakers(page, speech) });
        const label = speech.speaker !== speaker && speakerLabel(page, speech);
        fragment.append(...(label ? [label, " "] : []), parent);
        speaker = speech.speaker;
      }
    }
    const mention = meant(from).at(-1);
    const piece = document.createTextNode(book.text.slice(from, to));
    const linked = mention === undefined ? piece : mentionLink(page, mention, piece, ends);
    const proves = proof && proof[0] <= from && proof[1] >= to && proof[0] < proof[1];
    parent.append(proves ? make("mark", { class: "proof" }, linked) : linked);
  }
  return fragment;
}

/**
 * What is open at a place, outermost first; the places asked for must grow.
 * @template Item
 * @param {Item[]} items in the order of their starts
 * @param {(item: Item) => number} start
 * @param {(item: Item) => number} end
 */
function openAt(items, start, end) {
  let next = 0;
  /** @type {Item[]} */
  let open = [];
  return (/** @type {number} */ place) => {
    while (next < items.length && start(items[next]) <= place) open.push(items[next++]);
    open = open.filter((item) => end(item) > place);
    return open;
  };
}

/**
 * Who says what follows; a page that takes corrections asks where nobody knows.
 * @param {Page} page
 * @param {Speech} speech
 */
function speakerLabel(page, speech) {
  if (speech.speaker < 0 && !page.book.served) return null;
  const who = speech.speaker >= 0 ? page.name(speech.speaker) : "who?";
  return make("button", { type: "button", class: "speaker", tabindex: -1, "aria-label": `Quotation: ${speakers(page, speech)}`, click: () => page.select({ kind: "speech", speech: speech.index }) }, named(who));
}

/**
 * @param {Page} page
 * @param {number} mention
 * @param {Node} words
 * @param {number[]} ends
 */
function mentionLink(page, mention, words, ends) {
  const person = page.book.mentionOf[mention];
  const look = person < 0 ? "nobody" : person < COLOURS ? `c${person}` : "c";
  return make("a", {
    href: person < 0 ? "#" : addressOf(page.book, [person]), tabindex: -1, class: `mention ${look}${ends.includes(person) ? " end" : ""}`,
    title: person < 0 ? "means nobody that is known" : short(page.name(person), 80), "data-mention": page.book.served ? mention : false,
  }, words);
}

/**
 * Mentions that touch a stretch of the text.
 * @param {Page} page
 * @param {number} start
 * @param {number} end
 */
function mentionsIn(page, start, end) {
  const { mentionStarts, mentionEnds } = page.book;
  const found = [];
  for (let at = countBelow(mentionStarts, start - LONGEST); at < mentionStarts.length && mentionStarts[at] < end; at += 1) {
    if (mentionEnds[at] > start) found.push(at);
  }
  return found;
}

/**
 * @param {Page} page
 * @param {number} start
 * @param {number} end
 */
function speechesIn(page, start, end) {
  const { speeches } = page.book;
  let low = 0;
  let high = speeches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (speeches[middle].end <= start) low = middle + 1;
    else high = middle;
  }
  const found = [];
  for (let at = low; at < speeches.length && speeches[at].start < end; at += 1) found.push(speeches[at]);
  return found;
}

/**
 * @param {Page} page
 * @param {import("./data.js").Speech} speech
 */
export function speakers(page, speech) {
  const who = speech.speaker >= 0 ? page.name(speech.speaker) : "somebody";
  const whom = speech.hearers.map((one) => page.name(one)).join(", ");
  return short(`${who}${whom ? ` to ${whom}` : ""}`, 120);
}

/**
 * Where a passage stands, in words.
 * @param {Page} page
 * @param {number} offset
 */
export function whereIs(page, offset) {
  const division = divisionAt(page.book, offset);
  return division ? titleOf(division) : "";
}

/**
 * Shows a passage in the text.
 * @param {Page} page
 * @param {[number, number]} place
 */
export function openText(page, place) {
  page.set({ view: "text", place });
  byId("view").focus({ preventScroll: true });
}
