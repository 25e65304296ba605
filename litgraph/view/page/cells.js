// A table of cells on a canvas, with names above or beside it: pointed at, or walked through with the arrow keys.

import { byId, make, say } from "./dom.js";
import { CanvasSurface, paintOn } from "./surface.js";

/** @typedef {{left: number, top: number, width: number, height: number, columns: number, rows: number}} Table in pixels */

export class Cells {
  /**
   * @param {import("./state.js").Page} page
   * @param {string} title
   */
  constructor(page, title) {
    this.page = page;
    this.title = title;
    /** @type {Table} */
    this.table = { left: 0, top: 0, width: 1, height: 1, columns: 0, rows: 0 };
    this.size = [0, 0];
    this.at = [-1, -1]; // column and row that the keyboard has come to
    this.canvas = make("canvas", {
      tabindex: 0, role: "application", class: "cells",
      click: (/** @type {MouseEvent} */ event) => this.onClick(event),
      keydown: (/** @type {KeyboardEvent} */ event) => this.onKey(event),
      focus: () => this.show(),
      blur: () => this.show(),
    });
  }

  /** @param {HTMLElement} parent */
  mount(parent) {
    this.parent = parent;
    parent.replaceChildren(make("div", { class: "scrolled" }, this.canvas));
    this.show();
  }

  /** What is shown now, laid out. */
  show() {}

  /** @param {import("./surface.js").Surface} surface */
  draw(surface) {
    void surface;
  }

  /**
   * What a cell says, in words.
   * @param {number} column
   * @param {number} row
   * @returns {string}
   */
  told(column, row) {
    return `${column} ${row}`;
  }

  /**
   * A cell was chosen, or the name of a column or a row (then the other is -1).
   * @param {number} column
   * @param {number} row
   */
  open(column, row) {
    void [column, row];
  }

  /** @param {string} label what the table is, to those who do not see it */
  paint(label) {
    this.canvas.setAttribute("aria-label", `${label} Arrow keys go from cell to cell, Enter opens one.`);
    paintOn(this.canvas, this.size[0], this.size[1], (surface) => {
      this.draw(surface);
      this.frame(surface);
    });
  }

  /**
   * Frames the cell that the keyboard has come to.
   * @param {CanvasSurface} surface
   */
  frame(surface) {
    const [column, row] = this.at;
    const { left, top, width, height, columns, rows } = this.table;
    if (document.activeElement !== this.canvas || column < 0 || column >= columns || row >= rows) return;
    const [x, y] = [left + column * width, top + row * height];
    const chosen = getComputedStyle(document.documentElement).getPropertyValue("--chosen");
    surface.segments([x, y, x + width, y, x, y + height, x + width, y + height, x, y, x, y + height, x + width, y, x + width, y + height], chosen, 2, 1);
  }

  /** @param {MouseEvent} event */
  onClick(event) {
    const { left, top, width, height, columns, rows } = this.table;
    const place = (/** @type {number} */ at, /** @type {number} */ count) => (at >= 0 && at < count ? at : -1);
    const column = place(Math.floor((event.offsetX - left) / width), columns);
    const row = place(Math.floor((event.offsetY - top) / height), rows);
    if (column >= 0 || row >= 0) this.open(column, row);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const turn = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const { columns, rows } = this.table;
    if (event.key === "Enter" && this.at[0] >= 0) {
      this.open(this.at[0], this.at[1]);
      if (this.page.view === this) byId("card").focus({ preventScroll: true });
    } else if (turn && columns && rows) {
      const step = this.at[0] < 0 ? [0, 0] : [this.at[0] + turn[0], this.at[1] + turn[1]];
      this.at = [Math.min(columns - 1, Math.max(0, step[0])), Math.min(rows - 1, Math.max(0, step[1]))];
      this.show();
      this.reveal();
      say(this.told(this.at[0], this.at[1]));
    } else return;
    event.preventDefault();
  }

  /** Scrolls to the cell that the keyboard has come to, with the names beside it where there is room. */
  reveal() {
    const box = this.canvas.parentElement;
    const { left, top, width, height } = this.table;
    const [x, y] = [left + this.at[0] * width, top + this.at[1] * height];
    if (x - left < box.scrollLeft || x + 2 * width > box.scrollLeft + box.clientWidth) box.scrollLeft = x - box.clientWidth / 2;
    if (y - top < box.scrollTop || y + 2 * height > box.scrollTop + box.clientHeight) box.scrollTop = y - box.clientHeight / 2;
  }
}
