// Presence: who is mentioned how often in each chapter, those first who are mentioned most.

import { counted, short } from "./dom.js";
import { Cells } from "./cells.js";
import { titleOf } from "./data.js";
import { colours } from "./surface.js";

/** @typedef {import("./state.js").Page} Page */

const ROW = 18;
const NAMES_WIDTH = 168;
const HEAD = 28;
const MOST_PEOPLE = 80;

export class Presence extends Cells {
  /** @param {Page} page */
  constructor(page) {
    super(page, "Presence");
    /** @type {number[]} */
    this.order = [];
    /** @type {import("./data.js").Division[]} */
    this.chapters = [];
  }

  show() {
    this.order = this.page.shown.people.slice(0, MOST_PEOPLE);
    this.chapters = this.page.readChapters;
    const [columns, rows] = [this.chapters.length, this.order.length];
    const room = Math.max(200, (this.parent ? this.parent.clientWidth : 900) - NAMES_WIDTH - 30);
    const width = Math.max(6, Math.min(28, room / Math.max(1, columns)));
    this.table = { left: NAMES_WIDTH, top: HEAD, width, height: ROW, columns, rows };
    this.size = [Math.ceil(NAMES_WIDTH + width * columns + 10), HEAD + ROW * rows + 10];
    this.paint(`How often ${rows} are mentioned in each of ${counted(columns, "chapter")}.`);
  }

  /** @param {import("./surface.js").Surface} surface */
  draw(surface) {
    const look = colours(["ink", "muted", "heat", "grid"]);
    const { width } = this.table;
    this.chapters.forEach((chapter, column) => {
      if (width >= 18 || chapter.number % 5 === 0 || column === 0) {
        surface.label(String(chapter.number), NAMES_WIDTH + width * (column + 0.5), HEAD - 10, 10, look.muted, "", "center");
      }
    });
    this.order.forEach((index, row) => {
      const counts = this.page.presence[index].subarray(0, this.chapters.length);
      const largest = counts.reduce((one, other) => Math.max(one, other), 1);
      const y = HEAD + ROW * row;
      surface.label(short(this.page.name(index), 24), NAMES_WIDTH - 6, y + ROW / 2, 12, look.ink, "", "right");
      counts.forEach((count, column) => {
        surface.box(NAMES_WIDTH + width * column, y + 1, width - 1, ROW - 2, count ? look.heat : look.grid, count ? 0.15 + 0.85 * Math.sqrt(count / largest) : 0.35);
      });
    });
  }

  /**
   * @param {number} column
   * @param {number} row
   */
  told(column, row) {
    const person = this.order[row];
    return `${short(this.page.name(person), 60)}, ${short(titleOf(this.chapters[column]), 60)}: ${counted(this.page.presence[person][column], "mention")}`;
  }

  /**
   * @param {number} column
   * @param {number} row
   */
  open(column, row) {
    const person = this.order[row];
    const chapter = this.chapters[column];
    /** @type {Partial<import("./state.js").State>} */
    const change = person === undefined ? {} : { selection: { kind: "person", person } };
    this.page.set(chapter ? { ...change, view: "text", place: [chapter.start, chapter.start] } : change);
  }
}
