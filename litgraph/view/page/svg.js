// An SVG with the verbs of a canvas: the storyline is one, and every view is saved as one.

import { short } from "./dom.js";
import { FONT, cornersOf } from "./surface.js";

/** @typedef {import("./surface.js").Surface} Surface */

const NAMESPACE = "http://www.w3.org/2000/svg";

/** @implements {Surface} */
export class SvgSurface {
  /**
   * @param {number} width
   * @param {number} height
   * @param {string} background
   */
  constructor(width, height, background) {
    this.width = width;
    this.height = height;
    this.element = element("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FONT });
    this.inside = this.element;
    this.add("rect", { width: "100%", height: "100%", fill: background });
  }

  /**
   * @param {string} tag
   * @param {Record<string, string | number>} attributes
   * @param {string} [text]
   */
  add(tag, attributes, text = "") {
    const added = element(tag, attributes);
    if (text) added.textContent = printable(text);
    this.inside.append(added);
    return added;
  }

  /**
   * What is drawn meanwhile belongs together, and says when it is pointed at or read aloud what it is.
   * @param {string} tag g, or a for what leads somewhere
   * @param {Record<string, string | number>} attributes
   * @param {string} title
   * @param {() => void} draw
   */
  group(tag, attributes, title, draw) {
    const outside = this.inside;
    this.inside = this.add(tag, attributes);
    if (title) this.add("title", {}, title);
    draw();
    this.inside = outside;
  }

  /**
   * @param {string} shape of the line, as SVG describes paths
   * @param {string} colour
   * @param {number} width
   * @param {number} alpha
   */
  path(shape, colour, width, alpha) {
    this.add("path", { d: shape, fill: "none", stroke: colour, "stroke-width": tenths(width), "stroke-opacity": alpha, "stroke-linecap": "round", "stroke-linejoin": "round" });
  }

  /** @type {Surface["segments"]} */
  segments(points, colour, width, alpha) {
    if (!points.length) return;
    const parts = [];
    for (let index = 0; index < points.length; index += 4) {
      const [x1, y1, x2, y2] = points.slice(index, index + 4).map(tenths);
      parts.push(`M${x1} ${y1}L${x2} ${y2}`);
    }
    this.add("path", { d: parts.join(""), fill: "none", stroke: colour, "stroke-width": tenths(width), "stroke-opacity": alpha });
  }

  /** @type {Surface["shape"]} */
  shape(kind, x, y, radius, fill, edge, alpha) {
    const look = { fill, stroke: edge, "stroke-width": 1.5, opacity: alpha };
    const corners = cornersOf(kind, x, y, radius);
    if (corners) this.add("polygon", { points: corners.map((corner) => corner.map(tenths).join(",")).join(" "), ...look });
    else this.add("circle", { cx: tenths(x), cy: tenths(y), r: tenths(radius), ...look });
  }

  /** @type {Surface["box"]} */
  box(x, y, width, height, fill, alpha) {
    this.add("rect", { x: tenths(x), y: tenths(y), width: tenths(width), height: tenths(height), fill, "fill-opacity": alpha.toFixed(2) });
  }

  /** @type {Surface["label"]} */
  label(text, x, y, size, colour, halo, anchor, turned = false) {
    const side = anchor === "center" ? "middle" : anchor === "right" || anchor === "end" ? "end" : "start";
    this.add("text", {
      x: tenths(x), y: tenths(y), dy: "0.35em", "font-size": size, fill: colour, "text-anchor": side,
      ...(halo ? { stroke: halo, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" } : {}),
      ...(turned ? { transform: `rotate(-90 ${tenths(x)} ${tenths(y)})` } : {}),
    }, text);
  }

  /** The file. */
  toString() {
    return `${new XMLSerializer().serializeToString(this.element)}\n`;
  }
}

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @returns {any}
 */
function element(tag, attributes) {
  const made = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

/** @param {number} value */
export function tenths(value) {
  return Math.round(value * 10) / 10;
}

/**
 * Without what no XML file can hold: control characters, halves of surrogate pairs, and two code points that are none.
 * @param {string} text
 */
function printable(text) {
  return short(text, 500).replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufffe\uffff]/g, "\ufffd");
}
