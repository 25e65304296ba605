// The storyline: each main character a line through the chapters, beside those with whom he or she is, and where.

import { counted, make, short } from "./dom.js";
import { titleOf } from "./data.js";
import { addressOf } from "./state.js";
import { colours, widthOf } from "./surface.js";
import { SvgSurface, tenths } from "./svg.js";

/**
 * @typedef {import("./state.js").Page} Page
 * @typedef {[number, number]} Member the number of a node, and how high its line runs
 * @typedef {{at: number, chapter: import("./data.js").Division, place: number, members: Member[]}} Group who stands together in
 *   the chapter that is ``at`` among those of the book, and where (-1: nobody knows)
 * @typedef {{at: number, chapter: import("./data.js").Division, level: number, there: boolean}} Stop of one line; there: mentioned
 */

const LINES = 12; // colours that the eye keeps apart, in the style sheet
const LINE_ROW = 22; // pixels from a line to the next that runs beside it
const NAME_LETTERS = 22;
const LEFT = 160;
const TOP = 24;
const PLACES = 96; // pixels for the names of places, below
const DOT = 3.4;

export class Storyline {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.size = [0, 0];
    this.box = make("div", { class: "scrolled", tabindex: 0, role: "region", "aria-label": "Storyline", click: (/** @type {MouseEvent} */ event) => this.onClick(event) });
  }

  /** @param {HTMLElement} parent */
  mount(parent) {
    parent.replaceChildren(this.box);
    this.show();
  }

  show() {
    const groups = this.groups();
    const levels = groups.flatMap((group) => group.members.map(([, level]) => level));
    this.highest = levels.reduce((one, other) => Math.max(one, other), 0);
    const lowest = levels.reduce((one, other) => Math.min(one, other), 0);
    const { step } = this.page.book.raw.storyline;
    this.bottom = TOP + LINE_ROW * (this.highest - lowest + 1);
    this.size = [LEFT + step * this.page.readChapters.length + LEFT, this.bottom + PLACES];
    const surface = new SvgSurface(this.size[0], this.size[1], colours(["paper"]).paper);
    this.draw(surface);
    const lines = new Set(groups.flatMap((group) => group.members.map(([person]) => person))).size;
    surface.element.setAttribute("role", "group");
    surface.element.setAttribute("aria-label", `Storyline of ${lines} main characters through ${counted(this.page.readChapters.length, "chapter")}: those whose lines run together are together.`);
    this.box.replaceChildren(surface.element);
  }

  /**
   * Who stands together, as far as one has read and of the kinds that are shown.
   * @returns {Group[]}
   */
  groups() {
    const { book, readChapters, state } = this.page;
    const at = new Map(readChapters.map((chapter, index) => [chapter.number, index]));
    return book.raw.storyline.columns.flatMap((/** @type {any} */ [number, groups]) => {
      const index = at.get(number);
      if (index === undefined) return [];
      return groups.map((/** @type {any} */ [place, ...members]) => ({
        at: index, chapter: readChapters[index], place, members: members.filter((/** @type {Member} */ [person]) => state.kinds.has(book.people[person].kind) && this.goesOn(person, index)),
      })).filter((/** @type {Group} */ group) => group.members.length);
    });
  }

  /**
   * That a line goes on behind the last mention of which one has read would tell that there is another.
   * @param {number} person
   * @param {number} at
   */
  goesOn(person, at) {
    return this.page.presence[person].subarray(at, this.page.readChapters.length).some(Boolean);
  }

  /** @param {SvgSurface} surface */
  draw(surface) {
    const look = colours(["ink", "paper", "muted", "grid", ...Array.from({ length: LINES }, (_, place) => `line-${place}`)]);
    const groups = this.groups();
    this.drawChapters(surface, groups, look);
    for (const group of groups) if (group.members.length > 1) this.drawGroup(surface, group, look);
    /** @type {[number, number, number, number][]} */
    const names = [];
    this.page.book.raw.storyline.people.forEach((/** @type {number} */ person, /** @type {number} */ place) => {
      const stops = groups.flatMap((group) => group.members.filter(([member]) => member === person).map(([, level]) => ({
        at: group.at, chapter: group.chapter, level, there: this.page.presence[person][group.at] > 0,
      })));
      if (!stops.length) return;
      this.drawLine(surface, person, stops, look[`line-${place % LINES}`], look);
      this.drawNames(surface, person, stops, names, look);
    });
  }

  /** @param {number} at */
  x(at) {
    return LEFT + this.page.book.raw.storyline.step * (at + 0.5);
  }

  /** @param {number} level */
  y(level) {
    return TOP + LINE_ROW * ((this.highest || 0) - level + 0.5);
  }

  /**
   * Numbers above, and below the place of those who are most together.
   * @param {SvgSurface} surface
   * @param {Group[]} groups
   * @param {Record<string, string>} look
   */
  drawChapters(surface, groups, look) {
    this.page.readChapters.forEach((chapter, at) => {
      surface.label(String(chapter.number), this.x(at), TOP - 10, 10, look.muted, "", "center");
      const here = groups.filter((group) => group.at === at && group.place >= 0);
      here.sort((one, other) => other.members.length - one.members.length);
      if (here.length) surface.label(short(this.page.name(here[0].place), 16), this.x(at), (this.bottom || 0) + 6, 10, look.muted, "", "right", true);
    });
  }

  /**
   * @param {SvgSurface} surface
   * @param {Group} group
   * @param {Record<string, string>} look
   */
  drawGroup(surface, group, look) {
    const levels = group.members.map(([, level]) => level);
    const [top, bottom] = [this.y(Math.max(...levels)), this.y(Math.min(...levels))];
    const names = group.members.map(([person]) => short(this.page.name(person), 40)).join(", ");
    const where = group.place >= 0 ? `, ${short(this.page.name(group.place), 40)}` : "";
    surface.group("g", { role: "img" }, `${short(titleOf(group.chapter), 60)}: ${names}${where}`, () => {
      surface.path(`M${tenths(this.x(group.at))} ${tenths(top)}V${tenths(bottom)}`, look.grid, 10, 1);
    });
  }

  /**
   * Thin where somebody is not mentioned.
   * @param {SvgSurface} surface
   * @param {number} person
   * @param {Stop[]} stops
   * @param {string} colour
   * @param {Record<string, string>} look
   */
  drawLine(surface, person, stops, colour, look) {
    const flat = this.page.book.raw.storyline.step * 0.3;
    stops.forEach((stop, index) => {
      const [x, y] = [this.x(stop.at), this.y(stop.level)].map(tenths);
      const next = stops[index + 1];
      const [width, alpha] = stop.there ? [2.4, 1] : [1, 0.5];
      surface.path(`M${tenths(x - flat)} ${y}H${tenths(x + flat)}`, colour, width, alpha);
      if (next) {
        const [end, height] = [this.x(next.at) - flat, this.y(next.level)].map(tenths);
        const middle = tenths((x + flat + end) / 2);
        const both = stop.there && next.there;
        surface.path(`M${tenths(x + flat)} ${y}C${middle} ${y} ${middle} ${height} ${end} ${height}`, colour, both ? 2.4 : 1, both ? 1 : 0.5);
      }
      if (!stop.there) return;
      surface.group("g", { class: "stop", "data-person": person, "data-chapter": stop.at }, `${short(this.page.name(person), 60)}, ${short(titleOf(stop.chapter), 60)}: ${counted(this.page.presence[person][stop.at], "mention")}`, () => {
        surface.add("circle", { cx: x, cy: y, r: DOT, fill: colour, stroke: look.paper });
      });
    });
  }

  /**
   * Before the beginning of a line, where it covers no other name, and behind the end of one that lasts.
   * @param {SvgSurface} surface
   * @param {number} person
   * @param {Stop[]} stops
   * @param {[number, number, number, number][]} taken
   * @param {Record<string, string>} look
   */
  drawNames(surface, person, stops, taken, look) {
    const name = short(this.page.name(person), NAME_LETTERS);
    const [first, last] = [stops[0], stops[stops.length - 1]];
    const right = this.x(first.at) - this.page.book.raw.storyline.step * 0.4;
    const left = right - widthOf(name, 12);
    const overlap = (/** @type {number} */ y) => taken.reduce((sum, box) => sum + Math.max(0, Math.min(right, box[2]) - Math.max(left, box[0])) * Math.max(0, 14 - Math.abs(y - box[1])), 0);
    const rows = [0, -12, 12, -24, 24].map((aside) => this.y(first.level) + aside);
    const y = rows.reduce((best, row) => (overlap(row) < overlap(best) ? row : best));
    taken.push([left, y, right, y]);
    surface.group("a", { href: addressOf(this.page.book, [person]) }, "", () => surface.label(name, right, y, 12, look.ink, look.paper, "right"));
    if (last.at === this.page.readChapters.length - 1) {
      surface.label(name, this.x(last.at) + this.page.book.raw.storyline.step * 0.4, this.y(last.level), 12, look.ink, look.paper, "left");
    }
  }

  /** @param {MouseEvent} event */
  onClick(event) {
    const stop = event.target instanceof Element ? event.target.closest(".stop") : null;
    if (!stop) return;
    const chapter = this.page.readChapters[Number(stop.getAttribute("data-chapter"))];
    this.page.set({ selection: { kind: "person", person: Number(stop.getAttribute("data-person")) }, view: "text", place: [chapter.start, chapter.start] });
  }
}
