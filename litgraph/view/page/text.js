// The text of the book: mentions by their colours, quotations with their speakers. Only what is near the eye is in the
// document: the rest is empty boxes of about its height.

import { make, short } from "./dom.js";
import { countBelow, titleOf } from "./data.js";
import { passage } from "./passages.js";

/**
 * @typedef {import("./state.js").Page} Page
 * @typedef {{first: number, last: number, division: import("./data.js").Division, element: any, height: number}} Chunk
 *   paragraphs from first to before last
 */

const PARAGRAPHS = 16;
const LINE = 27; // pixels
const LETTERS = 72; // on a line

export class Text {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.scroller = make("div", { class: "text", tabindex: 0, role: "region", "aria-label": "Text", lang: page.book.raw.language || false,
      keydown: (/** @type {KeyboardEvent} */ event) => this.onKey(event) });
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

  /** All of the chapter that is read, which is what is printed. */
  unfold() {
    for (const chunk of this.chunks.values()) if (String(chunk.division.start) === this.select.value && !chunk.element.childNodes.length) this.fill(chunk);
    for (const chunk of this.chunks.values()) chunk.element.classList.toggle("elsewhere", String(chunk.division.start) !== this.select.value);
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
      parts.push(make(isHeading ? "h2" : "p", { dir: "auto" }, passage(this.page, start, end, state.place)));
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

  /**
   * From name to name: thousands of them would be too many for Tab.
   * @param {KeyboardEvent} event
   */
  onKey(event) {
    const by = { n: 1, p: -1 }[event.key];
    if (!by || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = [...this.scroller.querySelectorAll("a.mention, button.speaker")];
    const top = this.scroller.getBoundingClientRect().top;
    const at = all.indexOf(document.activeElement);
    const next = at >= 0 ? all[at + by] : all.find((one) => one.getBoundingClientRect().top >= top);
    if (next) next.focus();
    event.preventDefault();
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
