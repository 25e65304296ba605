// The text of the book: mentions by their colours, quotations with their speakers. Only what is near the eye is in the
// document: the rest is empty boxes of about its height.

import { byId, make, named, short } from "./dom.js";
import { countBelow, divisionAt, titleOf } from "./data.js";
import { addressOf } from "./state.js";

/**
 * @typedef {import("./state.js").Page} Page
 * @typedef {{first: number, last: number, division: import("./data.js").Division, element: any, height: number}} Chunk
 *   paragraphs from first to before last
 */

const PARAGRAPHS = 16;
const COLOURS = 12;
const LINE = 27; // pixels
const LETTERS = 72; // on a line

export class Text {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.scroller = make("div", { class: "text", tabindex: 0, role: "region", "aria-label": "Text", lang: page.book.raw.language || false });
    /** @type {Map<Element, Chunk>} */
    this.chunks = new Map();
    this.until = -1;
    /** @type {[number, number] | null} */
    this.shownPlace = null;
  }

  /** @param {HTMLElement} parent */
  mount(parent) {
    this.select = make("select", { "aria-label": "Chapter", change: () => this.goTo(Number(this.select.value)) });
    parent.replaceChildren(make("div", { class: "reading" },
      make("div", { class: "toolbar" },
        make("button", { type: "button", click: () => this.step(-1) }, "← Previous"),
        this.select,
        make("button", { type: "button", click: () => this.step(1) }, "Next →")),
      this.scroller));
    this.until = -1;
    this.shownPlace = null;
    this.show();
  }

  show() {
    const { state } = this.page;
    if (this.until !== state.until) this.lay();
    if (state.place && state.place !== this.shownPlace) {
      this.shownPlace = state.place;
      for (const chunk of this.chunks.values()) if (chunk.element.childNodes.length) this.fill(chunk);
      this.scrollTo(state.place[0]);
    }
  }

  /** Lays out the boxes anew, up to the chapter that was read last. */
  lay() {
    const { book, state, limit } = this.page;
    this.until = state.until;
    if (this.observer) this.observer.disconnect();
    this.chunks.clear();
    const divisions = book.divisions.filter((one) => one.end <= limit && one.kind !== "contents");
    const starts = book.paragraphs.map((one) => one[0]);
    this.observer = new IntersectionObserver((entries) => this.onSeen(entries), { root: this.scroller, rootMargin: "1200px 0px" });
    for (const division of divisions) {
      const first = countBelow(starts, division.start);
      const end = countBelow(starts, division.end);
      for (let at = first; at < end; at += PARAGRAPHS) {
        const last = Math.min(end, at + PARAGRAPHS);
        const letters = book.paragraphs.slice(at, last).reduce((sum, [start, stop]) => sum + Math.ceil((stop - start) / LETTERS) + 1, 0);
        const element = make("div", { class: "chunk" });
        const chunk = { first: at, last, division, element, height: letters * LINE };
        element.style.height = `${chunk.height}px`;
        this.chunks.set(element, chunk);
      }
    }
    this.scroller.replaceChildren(...this.chunks.keys());
    for (const element of this.chunks.keys()) this.observer.observe(element);
    this.select.replaceChildren(...divisions.map((one) => make("option", { value: one.start }, short(`${one.part ? `${one.part}, ` : ""}${titleOf(one)}`, 60))));
  }

  /** @param {IntersectionObserverEntry[]} entries */
  onSeen(entries) {
    for (const entry of entries) {
      const chunk = this.chunks.get(entry.target);
      if (!chunk) continue;
      if (entry.isIntersecting) {
        if (!chunk.element.childNodes.length) this.fill(chunk);
      } else if (chunk.element.childNodes.length) {
        chunk.height = chunk.element.offsetHeight;
        chunk.element.style.height = `${chunk.height}px`;
        chunk.element.replaceChildren();
      }
    }
    this.follow();
  }

  /** The chapter that is at the top of the window is the one that is chosen in the list. */
  follow() {
    const top = this.scroller.getBoundingClientRect().top + 40;
    for (const chunk of this.chunks.values()) {
      if (chunk.element.getBoundingClientRect().bottom > top) {
        this.select.value = String(chunk.division.start);
        return;
      }
    }
  }

  /** @param {Chunk} chunk */
  fill(chunk) {
    const { book, state } = this.page;
    const parts = [];
    for (let index = chunk.first; index < chunk.last; index += 1) {
      const [start, end] = book.paragraphs[index];
      const isHeading = end - start < 200 && start - chunk.division.start < 3 && chunk.division.kind === "chapter" && book.whole;
      parts.push(make(isHeading ? "h2" : "p", {}, passage(this.page, start, end, state.place)));
    }
    chunk.element.style.height = "";
    chunk.element.replaceChildren(...parts);
  }

  /** @param {number} offset */
  scrollTo(offset) {
    const { book } = this.page;
    const starts = book.paragraphs.map((one) => one[0]);
    const paragraph = Math.max(0, countBelow(starts, offset + 1) - 1);
    for (const chunk of this.chunks.values()) {
      if (paragraph < chunk.first || paragraph >= chunk.last) continue;
      this.fill(chunk);
      const target = chunk.element.children[paragraph - chunk.first];
      const mark = target.querySelector(".proof") || target;
      mark.scrollIntoView({ block: mark === target ? "start" : "center" });
      this.follow();
    }
  }

  /** @param {number} offset */
  goTo(offset) {
    this.page.state.place = null;
    this.scrollTo(offset);
  }

  /** @param {number} by */
  step(by) {
    const options = [...this.select.options];
    const next = options[Math.min(options.length - 1, Math.max(0, this.select.selectedIndex + by))];
    if (next) {
      this.select.value = next.value;
      this.goTo(Number(next.value));
    }
  }
}

/**
 * A stretch of the text as elements: names lead to their cards, quotations say whose they are.
 * @param {Page} page
 * @param {number} start
 * @param {number} end
 * @param {[number, number] | null} proof what is marked as proof
 * @param {number[]} [ends] of whose relation it is proof
 */
export function passage(page, start, end, proof, ends = []) {
  const { book } = page;
  const cuts = new Set([start, end]);
  const cut = (/** @type {number} */ at) => at > start && at < end && cuts.add(at);
  const mentions = [];
  for (let at = countBelow(book.mentionStarts, start - 300); at < book.mentionStarts.length && book.mentionStarts[at] < end; at += 1) {
    if (book.mentionEnds[at] <= start) continue;
    mentions.push(at);
    cut(book.mentionStarts[at]);
    cut(book.mentionEnds[at]);
  }
  const speeches = speechesIn(page, start, end);
  for (const speech of speeches) {
    cut(speech.start);
    cut(speech.end);
  }
  if (proof) proof.forEach(cut);
  const places = [...cuts].sort((one, other) => one - other);
  const fragment = document.createDocumentFragment();
  /** @type {any} */
  let parent = fragment;
  let inside = null;
  let speaker = -1;
  for (let at = 0; at + 1 < places.length; at += 1) {
    const [from, to] = [places[at], places[at + 1]];
    const speech = speeches.find((one) => one.start <= from && one.end >= to) || null;
    if (speech !== inside) {
      inside = speech;
      parent = fragment;
      if (speech) {
        parent = make("span", { class: "said", title: speakers(page, speech) });
        if (speech.speaker >= 0 && speech.speaker !== speaker) {
          fragment.append(make("small", { class: "speaker" }, named(page.name(speech.speaker)), " "));
        }
        speaker = speech.speaker;
        fragment.append(parent);
      }
    }
    const mention = mentions.filter((one) => book.mentionStarts[one] <= from && book.mentionEnds[one] >= to).at(-1);
    let piece = /** @type {any} */ (document.createTextNode(book.text.slice(from, to)));
    if (mention !== undefined) {
      const person = book.mentionOf[mention];
      const coloured = person < COLOURS ? `c${person}` : "c";
      piece = make("a", { href: addressOf(book, [person]), tabindex: -1, class: `${coloured}${ends.includes(person) ? " end" : ""}`, title: short(page.name(person), 80) }, piece);
    }
    const proves = proof && proof[0] <= from && proof[1] >= to && proof[0] < proof[1];
    parent.append(proves ? make("mark", { class: "proof" }, piece) : piece);
  }
  return fragment;
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
