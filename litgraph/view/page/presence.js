// Presence: who is mentioned how often in each chapter, those first who are mentioned first.

import { make, short } from "./dom.js";
import { paintOn } from "./matrix.js";
import { colours } from "./surface.js";

/** @typedef {import("./state.js").Page} Page */

const ROW = 18;
const NAMES_WIDTH = 168;
const HEAD = 28;
const MOST_PEOPLE = 80;

export class Presence {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    /** @type {number[]} */
    this.order = [];
    /** @type {import("./data.js").Division[]} */
    this.chapters = [];
    this.cell = 10;
    this.canvas = make("canvas", { role: "img", click: (/** @type {MouseEvent} */ event) => this.onClick(event) });
  }

  /** @param {HTMLElement} parent */
  mount(parent) {
    this.parent = parent;
    parent.replaceChildren(make("div", { class: "scrolled", tabindex: 0, role: "region", "aria-label": "Presence" }, this.canvas));
    this.show();
  }

  show() {
    const { people } = this.page.shown;
    this.order = people.slice(0, MOST_PEOPLE);
    this.chapters = this.page.book.chapters.filter((one) => one.number <= this.page.state.until);
    const room = Math.max(200, (this.parent ? this.parent.clientWidth : 900) - NAMES_WIDTH - 30);
    this.cell = Math.max(6, Math.min(28, room / Math.max(1, this.chapters.length)));
    this.size = [Math.ceil(NAMES_WIDTH + this.cell * this.chapters.length + 10), HEAD + ROW * this.order.length + 10];
    paintOn(this.canvas, this.size[0], this.size[1], (surface) => this.draw(surface));
    this.canvas.setAttribute("aria-label", `How often ${this.order.length} are mentioned in each of ${this.chapters.length} chapters. The cards say it in numbers.`);
  }

  /** @param {import("./surface.js").Surface} surface */
  draw(surface) {
    const look = colours(["ink", "muted", "heat", "grid"]);
    const { chapters, cell } = this;
    chapters.forEach((chapter, column) => {
      if (cell >= 18 || chapter.number % 5 === 0 || column === 0) {
        surface.label(String(chapter.number), NAMES_WIDTH + cell * (column + 0.5), HEAD - 10, 10, look.muted, "", "center");
      }
    });
    this.order.forEach((index, row) => {
      const counts = this.page.presence[index];
      const largest = counts.reduce((one, other) => Math.max(one, other), 1);
      const y = HEAD + ROW * row;
      surface.label(short(this.page.name(index), 24), NAMES_WIDTH - 6, y + ROW / 2, 12, look.ink, "", "right");
      chapters.forEach((_, column) => {
        const count = counts[column];
        surface.box(NAMES_WIDTH + cell * column, y + 1, cell - 1, ROW - 2, count ? look.heat : look.grid, count ? 0.15 + 0.85 * Math.sqrt(count / largest) : 0.35);
      });
    });
  }

  /** @param {MouseEvent} event */
  onClick(event) {
    const person = this.order[Math.floor((event.offsetY - HEAD) / ROW)];
    const chapter = this.chapters[Math.floor((event.offsetX - NAMES_WIDTH) / this.cell)];
    if (person === undefined) return;
    const selection = /** @type {const} */ ({ kind: "person", person });
    if (event.offsetX < NAMES_WIDTH || !chapter) this.page.select({ selection });
    else this.page.set({ selection, view: "text", place: [chapter.start, chapter.start] });
  }
}
