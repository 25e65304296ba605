// How the network looks: lines by family and weight, nodes by kind and gender, and names that cover no other name.

import { short } from "./dom.js";
import { FAMILIES } from "./data.js";
import { colours, widthOf } from "./surface.js";

/**
 * @typedef {import("./network.js").Network} Network
 * @typedef {import("./network.js").Near} Near
 * @typedef {import("./surface.js").Surface} Surface
 * @typedef {Record<string, string>} Look colours by name
 * @typedef {[number, number, number, number]} Box left, top, right, bottom
 */

const WIDTHS = 6;
const MOST_LINES = 6000; // in one picture: more are a blot, and late. Who zooms in sees the others
const MOST_LABELS = 300;
const MOST_COVERED = 400; // nodes that names keep off
const NAMED = 12; // of the most important are named even if their names must cover nodes
const BACKGROUND = ["speaks_to", "co_occurs_with"];
const BESIDE = 4; // pixels between lines of the same two
const GRID = 48; // pixels of the grid by which boxes that overlap are found

/**
 * @param {Network} network
 * @param {Surface} surface
 */
export function drawNetwork(network, surface) {
  const look = colours(["ink", "paper", "chosen", "female", "male", "unknown", "place-node", "speaks_to", "co_occurs_with", ...FAMILIES]);
  const near = network.near();
  drawLines(network, surface, look, near);
  drawPeople(network, surface, look, near);
  drawNames(network, surface, look, near);
}

/**
 * Lines that look alike are drawn at once: those of networks below those of facts, and what is not near below all.
 * @param {Network} network
 * @param {Surface} surface
 * @param {Look} look
 * @param {Near | null} near
 */
function drawLines(network, surface, look, near) {
  const { lines } = network.page.shown;
  const heaviest = lines.reduce((weight, line) => Math.max(weight, line.weight), 1);
  /** @type {Map<string, {points: number[], family: string, width: number, alpha: number}>} */
  const alike = new Map();
  /** @type {Map<string, number>} */
  const beside = new Map();
  let drawn = 0;
  for (let index = lines.length - 1; index >= 0 && drawn < MOST_LINES; index -= 1) {
    const line = lines[index];
    const [x1, y1] = network.camera.at(line.one);
    const [x2, y2] = network.camera.at(line.other);
    if (Math.max(x1, x2) < 0 || Math.max(y1, y2) < 0 || Math.min(x1, x2) > surface.width || Math.min(y1, y2) > surface.height) continue;
    drawn += 1;
    const dim = near && !near.line(line);
    const step = Math.round((WIDTHS - 1) * Math.sqrt(line.weight / heaviest));
    const behind = BACKGROUND.includes(line.family);
    const key = `${behind ? 0 : 1}${dim ? 0 : 1}${line.family} ${step}`;
    let group = alike.get(key);
    if (!group) {
      group = { points: [], family: line.family, width: (0.8 + step * 1.1) * (behind ? 0.7 : 1), alpha: dim ? 0.14 : behind ? 0.55 : 0.85 };
      alike.set(key, group);
    }
    const pair = `${line.one} ${line.other}`;
    const order = beside.get(pair) || 0;
    beside.set(pair, order + 1);
    const length = Math.hypot(x2 - x1, y2 - y1) || 1;
    const shift = (order % 2 ? 1 : -1) * Math.ceil(order / 2) * BESIDE;
    const [across, down] = [(-(y2 - y1) / length) * shift, ((x2 - x1) / length) * shift];
    group.points.push(x1 + across, y1 + down, x2 + across, y2 + down);
  }
  for (const [, group] of [...alike].sort(([one], [other]) => (one < other ? -1 : 1))) {
    surface.segments(group.points, look[group.family], group.width, group.alpha);
  }
}

/**
 * @param {Network} network
 * @param {Surface} surface
 * @param {Look} look
 * @param {Near | null} near
 */
function drawPeople(network, surface, look, near) {
  const { page } = network;
  for (const index of [...page.shown.people].reverse()) {
    const [x, y] = network.camera.at(index);
    const radius = network.radius(index);
    if (x < -radius || y < -radius || x > surface.width + radius || y > surface.height + radius) continue;
    const { kind, gender } = page.book.people[index];
    const fill = kind === "character" || kind === "group" ? look[gender] || look.unknown : look["place-node"];
    const chosen = index === network.focus || (near && near.chosen.has(index));
    surface.shape(kind, x, y, radius, fill, chosen ? look.chosen : look.paper, near && !near.people.has(index) ? 0.25 : 1);
    if (chosen) surface.shape(kind, x, y, radius + 2, "transparent", look.chosen, 1);
  }
}

/**
 * Names where they cover no other name and, if it can be, no node, the most important first.
 * @param {Network} network
 * @param {Surface} surface
 * @param {Look} look
 * @param {Near | null} near
 */
function drawNames(network, surface, look, near) {
  const { people } = network.page.shown;
  const taken = new Taken();
  for (const index of near ? near.people : people.slice(0, MOST_COVERED)) {
    const [x, y] = network.camera.at(index);
    const radius = network.radius(index) * 0.8;
    taken.add([x - radius, y - radius, x + radius, y + radius], index);
  }
  const order = near ? [...near.chosen, ...people.filter((index) => near.people.has(index) && !near.chosen.has(index))] : people;
  let written = 0;
  for (const index of order) {
    if (written > MOST_LABELS) break;
    const [x, y] = network.camera.at(index);
    if (x < 0 || y < 0 || x > surface.width || y > surface.height) continue;
    const radius = network.radius(index);
    const size = Math.max(11, Math.min(15, 9 + radius / 2.5));
    const text = short(network.page.name(index), 32);
    const half = [widthOf(text, size) / 2 + 2, size * 0.6];
    const [low, side, slant] = [radius + size * 0.7, radius + half[0] + 2, [radius * 0.7 + half[0], radius * 0.7 + half[1]]];
    const corners = [[1, 1], [-1, -1], [1, -1], [-1, 1]].map(([across, down]) => [across * slant[0], down * slant[1]]);
    const offsets = [[0, low], [0, -low], [side, 0], [-side, 0], ...corners, [0, low + size], [0, -low - size]];
    const boxes = offsets.map(([across, down]) => /** @type {Box} */ ([x + across - half[0], y + down - half[1], x + across + half[0], y + down + half[1]]));
    const free = boxes.find((box) => !taken.covers(box, index))
      || (written < NAMED && boxes.find((box) => !taken.covers(box, index, true)))
      || (near && near.chosen.has(index) && boxes[1]); // whatever it covers
    if (!free) continue;
    taken.add(free, -1);
    surface.label(text, (free[0] + free[2]) / 2, (free[1] + free[3]) / 2, size, look.ink, look.paper, "center");
    written += 1;
  }
}

/** Boxes, found by the cells of a grid that they touch. */
class Taken {
  constructor() {
    /** @type {Map<string, {box: Box, of: number}[]>} */
    this.cells = new Map();
  }

  /**
   * @param {Box} box
   * @param {number} of the node whose box it is, which its own name may touch
   */
  add(box, of) {
    for (const key of cellsOf(box)) this.cells.set(key, [...(this.cells.get(key) || []), { box, of }]);
  }

  /**
   * @param {Box} box
   * @param {number} except
   * @param {boolean} [names] only names count
   */
  covers([left, top, right, bottom], except, names = false) {
    return cellsOf([left, top, right, bottom]).some((key) => (this.cells.get(key) || []).some(({ box, of }) =>
      of !== except && !(names && of >= 0) && left < box[2] && right > box[0] && top < box[3] && bottom > box[1]));
  }
}

/** @param {Box} box */
function cellsOf([left, top, right, bottom]) {
  const keys = [];
  for (let x = Math.floor(left / GRID); x <= right / GRID; x += 1) for (let y = Math.floor(top / GRID); y <= bottom / GRID; y += 1) keys.push(`${x} ${y}`);
  return keys;
}
