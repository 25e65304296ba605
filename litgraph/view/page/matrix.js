// The matrix: who has how much to do with whom, those who belong together side by side.

import { make, short } from "./dom.js";
import { CanvasSurface, colours } from "./surface.js";

/** @typedef {import("./state.js").Page} Page */

const CELL = 15;
const NAMES_ROOM = 130;
const MOST_ROWS = 120;

export class Matrix {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    /** @type {number[]} */
    this.order = [];
    this.canvas = make("canvas", {
      role: "img",
      click: (/** @type {MouseEvent} */ event) => this.onClick(event),
    });
  }

  /** @param {HTMLElement} parent */
  mount(parent) {
    parent.replaceChildren(make("div", { class: "scrolled", tabindex: 0, role: "region", "aria-label": "Matrix" }, this.canvas));
    this.show();
  }

  show() {
    const people = this.page.shown.people.slice(0, MOST_ROWS);
    const { people: all } = this.page.book;
    this.order = people.sort((one, other) => all[one].community - all[other].community || this.page.shown.mentions[other] - this.page.shown.mentions[one] || one - other);
    const side = NAMES_ROOM + CELL * Math.max(1, this.order.length) + 10;
    this.size = [side, side];
    paintOn(this.canvas, side, side, (surface) => this.draw(surface));
    this.canvas.setAttribute("aria-label", `Matrix of ${this.order.length} who are most often mentioned, ordered by who belongs together.`);
  }

  /** @param {import("./surface.js").Surface} surface */
  draw(surface) {
    const look = colours(["ink", "paper", "grid", "chosen"]);
    const row = new Map(this.order.map((index, place) => [index, place]));
    const { lines } = this.page.shown;
    /** @type {Map<string, {weight: number, family: string, most: number}>} */
    const cells = new Map();
    for (const line of lines) {
      const [one, other] = [row.get(line.one), row.get(line.other)];
      if (one === undefined || other === undefined) continue;
      const key = `${one} ${other}`;
      const cell = cells.get(key) || { weight: 0, family: line.family, most: 0 };
      if (line.weight >= cell.most) Object.assign(cell, { family: line.family, most: line.weight });
      cell.weight += line.weight;
      cells.set(key, cell);
    }
    const heaviest = [...cells.values()].reduce((weight, cell) => Math.max(weight, cell.weight), 1);
    const families = colours([...new Set([...cells.values()].map((cell) => cell.family))]);
    const end = NAMES_ROOM + CELL * this.order.length;
    this.order.forEach((index, place) => {
      const at = NAMES_ROOM + CELL * place;
      surface.segments([NAMES_ROOM, at, end, at, at, NAMES_ROOM, at, end], look.grid, 0.5, 1);
      const name = short(this.page.name(index), 20);
      surface.label(name, NAMES_ROOM - 5, at + CELL / 2, 11, look.ink, "", "right");
      surface.label(name, at + CELL / 2, NAMES_ROOM - 5, 11, look.ink, "", "left", true);
      const before = this.order[place - 1];
      if (before !== undefined && this.page.book.people[before].community !== this.page.book.people[index].community) {
        surface.segments([NAMES_ROOM, at, end, at, at, NAMES_ROOM, at, end], look.ink, 1, 0.6);
      }
    });
    for (const [key, cell] of cells) {
      const [one, other] = key.split(" ").map(Number);
      const alpha = 0.2 + 0.8 * Math.sqrt(cell.weight / heaviest);
      for (const [x, y] of [[one, other], [other, one]]) {
        surface.box(NAMES_ROOM + CELL * x + 1, NAMES_ROOM + CELL * y + 1, CELL - 2, CELL - 2, families[cell.family], alpha);
      }
    }
  }

  /** @param {MouseEvent} event */
  onClick(event) {
    const [x, y] = [event.offsetX, event.offsetY].map((at) => Math.floor((at - NAMES_ROOM) / CELL));
    const [one, other] = [this.order[x], this.order[y]];
    if (one !== undefined && other !== undefined && one !== other) this.page.select({ selection: { kind: "pair", one, other } });
    else if ((one ?? other) !== undefined) this.page.select({ selection: { kind: "person", person: one ?? other } });
  }
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 * @param {(surface: CanvasSurface) => void} draw
 */
export function paintOn(canvas, width, height, draw) {
  const ratio = Math.min(devicePixelRatio || 1, 2);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  draw(new CanvasSurface(context, width, height));
}
