// The matrix: who has how much to do with whom, those who belong together side by side.

import { counted, short } from "./dom.js";
import { Cells } from "./cells.js";
import { colours } from "./surface.js";

/** @typedef {import("./state.js").Page} Page */

const CELL = 15;
const NAMES_ROOM = 130;
const MOST_ROWS = 120;

export class Matrix extends Cells {
  /** @param {Page} page */
  constructor(page) {
    super(page, "Matrix");
    /** @type {number[]} */
    this.order = [];
    /** @type {Map<string, {weight: number, family: string, most: number}>} by the places of both in the order */
    this.pairs = new Map();
  }

  show() {
    const { people, mentions } = this.page.shown;
    const { people: all } = this.page.book;
    this.order = people.slice(0, MOST_ROWS);
    this.order.sort((one, other) => all[one].community - all[other].community || mentions[other] - mentions[one] || one - other);
    this.pairs = this.weights();
    const count = this.order.length;
    this.table = { left: NAMES_ROOM, top: NAMES_ROOM, width: CELL, height: CELL, columns: count, rows: count };
    const side = NAMES_ROOM + CELL * Math.max(1, count) + 10;
    this.size = [side, side];
    this.paint(`Matrix of the ${count} who are most often mentioned, ordered by who belongs together.`);
  }

  weights() {
    const row = new Map(this.order.map((index, place) => [index, place]));
    /** @type {Matrix["pairs"]} */
    const pairs = new Map();
    for (const line of this.page.shown.lines) {
      const [one, other] = [row.get(line.one), row.get(line.other)];
      if (one === undefined || other === undefined) continue;
      const key = `${one} ${other}`;
      const pair = pairs.get(key) || { weight: 0, family: line.family, most: 0 };
      if (line.weight >= pair.most) Object.assign(pair, { family: line.family, most: line.weight });
      pair.weight += line.weight;
      pairs.set(key, pair);
    }
    return pairs;
  }

  /** @param {import("./surface.js").Surface} surface */
  draw(surface) {
    const look = colours(["ink", "grid", ...new Set([...this.pairs.values()].map((pair) => pair.family))]);
    const heaviest = [...this.pairs.values()].reduce((weight, pair) => Math.max(weight, pair.weight), 1);
    const { people } = this.page.book;
    const end = NAMES_ROOM + CELL * this.order.length;
    this.order.forEach((index, place) => {
      const at = NAMES_ROOM + CELL * place;
      surface.segments([NAMES_ROOM, at, end, at, at, NAMES_ROOM, at, end], look.grid, 0.5, 1);
      const name = short(this.page.name(index), 20);
      surface.label(name, NAMES_ROOM - 5, at + CELL / 2, 11, look.ink, "", "right");
      surface.label(name, at + CELL / 2, NAMES_ROOM - 5, 11, look.ink, "", "left", true);
      const before = this.order[place - 1];
      if (before !== undefined && people[before].community !== people[index].community) {
        surface.segments([NAMES_ROOM, at, end, at, at, NAMES_ROOM, at, end], look.ink, 1, 0.6);
      }
    });
    for (const [key, pair] of this.pairs) {
      const [one, other] = key.split(" ").map(Number);
      const alpha = 0.2 + 0.8 * Math.sqrt(pair.weight / heaviest);
      for (const [x, y] of [[one, other], [other, one]]) {
        surface.box(NAMES_ROOM + CELL * x + 1, NAMES_ROOM + CELL * y + 1, CELL - 2, CELL - 2, look[pair.family], alpha);
      }
    }
  }

  /**
   * @param {number} column
   * @param {number} row
   */
  told(column, row) {
    const [one, other] = [this.order[row], this.order[column]].map((index) => short(this.page.name(index), 60));
    if (column === row) return one;
    const pair = this.pairs.get(`${column} ${row}`) || this.pairs.get(`${row} ${column}`);
    return `${one} and ${other}: ${pair ? counted(pair.weight, "passage") : "nothing"}`;
  }

  /**
   * @param {number} column
   * @param {number} row
   */
  open(column, row) {
    const [one, other] = [this.order[row], this.order[column]];
    if (one === undefined || other === undefined || one === other) this.page.select({ kind: "person", person: one ?? other });
    else this.page.select({ kind: "pair", one, other });
  }
}
