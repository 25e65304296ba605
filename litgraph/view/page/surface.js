// Two things to draw on, with the same verbs: a canvas, and an SVG that is saved. So that what is saved is what is seen.

import { short } from "./dom.js";

/**
 * @typedef {{
 *   width: number, height: number,
 *   segments(points: number[], colour: string, width: number, alpha: number): void,
 *   shape(kind: string, x: number, y: number, radius: number, fill: string, edge: string, alpha: number): void,
 *   box(x: number, y: number, width: number, height: number, fill: string, alpha: number): void,
 *   label(text: string, x: number, y: number, size: number, colour: string, halo: string, anchor: CanvasTextAlign, turned?: boolean): void,
 * }} Surface points: x1, y1, x2, y2 of each segment
 */

const AT_ONCE = 30; // segments: a path of thousands, many of which cross, takes a canvas seconds
const FONT = "system-ui, sans-serif";

/** @implements {Surface} */
export class CanvasSurface {
  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} width
   * @param {number} height
   */
  constructor(context, width, height) {
    this.context = context;
    this.width = width;
    this.height = height;
  }

  /** @type {Surface["segments"]} */
  segments(points, colour, width, alpha) {
    const { context } = this;
    context.globalAlpha = alpha;
    context.strokeStyle = colour;
    context.lineWidth = width;
    for (let from = 0; from < points.length; from += 4 * AT_ONCE) {
      context.beginPath();
      for (let index = from; index < Math.min(points.length, from + 4 * AT_ONCE); index += 4) {
        context.moveTo(points[index], points[index + 1]);
        context.lineTo(points[index + 2], points[index + 3]);
      }
      context.stroke();
    }
  }

  /** @type {Surface["shape"]} */
  shape(kind, x, y, radius, fill, edge, alpha) {
    const { context } = this;
    context.globalAlpha = alpha;
    context.beginPath();
    const corners = cornersOf(kind, x, y, radius);
    if (corners) {
      corners.forEach(([across, down], index) => (index ? context.lineTo(across, down) : context.moveTo(across, down)));
      context.closePath();
    } else context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = fill;
    context.fill();
    context.strokeStyle = edge;
    context.lineWidth = 1.5;
    context.stroke();
  }

  /** @type {Surface["box"]} */
  box(x, y, width, height, fill, alpha) {
    this.context.globalAlpha = alpha;
    this.context.fillStyle = fill;
    this.context.fillRect(x, y, width, height);
  }

  /** @type {Surface["label"]} */
  label(text, x, y, size, colour, halo, anchor, turned = false) {
    const { context } = this;
    context.save();
    context.globalAlpha = 1;
    context.font = `${size}px ${FONT}`;
    context.textAlign = anchor;
    context.textBaseline = "middle";
    context.translate(x, y);
    if (turned) context.rotate(-Math.PI / 2);
    if (halo) {
      context.lineJoin = "round";
      context.lineWidth = 3;
      context.strokeStyle = halo;
      context.strokeText(text, 0, 0);
    }
    context.fillStyle = colour;
    context.fillText(text, 0, 0);
    context.restore();
  }
}

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
    this.parts = [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif">`,
      `<rect width="100%" height="100%" fill="${escaped(background)}"/>`,
    ];
  }

  /** @type {Surface["segments"]} */
  segments(points, colour, width, alpha) {
    if (!points.length) return;
    const path = [];
    for (let index = 0; index < points.length; index += 4) {
      const [x1, y1, x2, y2] = points.slice(index, index + 4).map(tenths);
      path.push(`M${x1} ${y1}L${x2} ${y2}`);
    }
    this.parts.push(`<path d="${path.join("")}" fill="none" stroke="${escaped(colour)}" stroke-width="${tenths(width)}" stroke-opacity="${alpha}"/>`);
  }

  /** @type {Surface["shape"]} */
  shape(kind, x, y, radius, fill, edge, alpha) {
    const look = `fill="${escaped(fill)}" stroke="${escaped(edge)}" stroke-width="1.5" opacity="${alpha}"`;
    const corners = cornersOf(kind, x, y, radius);
    this.parts.push(corners
      ? `<polygon points="${corners.map((corner) => corner.map(tenths).join(",")).join(" ")}" ${look}/>`
      : `<circle cx="${tenths(x)}" cy="${tenths(y)}" r="${tenths(radius)}" ${look}/>`);
  }

  /** @type {Surface["box"]} */
  box(x, y, width, height, fill, alpha) {
    this.parts.push(`<rect x="${tenths(x)}" y="${tenths(y)}" width="${tenths(width)}" height="${tenths(height)}" fill="${escaped(fill)}" fill-opacity="${alpha.toFixed(2)}"/>`);
  }

  /** @type {Surface["label"]} */
  label(text, x, y, size, colour, halo, anchor, turned = false) {
    const side = anchor === "center" ? "middle" : anchor === "right" || anchor === "end" ? "end" : "start";
    const turn = turned ? ` transform="rotate(-90 ${tenths(x)} ${tenths(y)})"` : "";
    const outline = halo ? ` stroke="${escaped(halo)}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"` : "";
    this.parts.push(`<text x="${tenths(x)}" y="${tenths(y)}" dy="0.35em" font-size="${size}" fill="${escaped(colour)}" text-anchor="${side}"${outline}${turn}>${escaped(text)}</text>`);
  }

  toString() {
    return `${this.parts.join("\n")}\n</svg>\n`;
  }
}

/**
 * @param {string} kind
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @returns {number[][] | null} null for a circle
 */
function cornersOf(kind, x, y, radius) {
  const count = { place: 4, group: 6, organisation: 5, vehicle: 3 }[kind];
  if (!count) return null;
  const start = kind === "place" ? Math.PI / 4 : -Math.PI / 2;
  return Array.from({ length: count }, (_, index) => {
    const angle = start + (2 * Math.PI * index) / count;
    return [x + 1.15 * radius * Math.cos(angle), y + 1.15 * radius * Math.sin(angle)];
  });
}

/** @param {number} value */
function tenths(value) {
  return Math.round(value * 10) / 10;
}

/** @param {string} text */
function escaped(text) {
  return short(text, 500)
    .replace(/[\ud800-\udfff\ufffe\uffff]/g, (unit, at, whole) => (isHalf(whole, at) ? "\ufffd" : unit))
    .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

/**
 * Whether a unit is no character of XML: half a pair, or no character at all.
 * @param {string} text
 * @param {number} at
 */
function isHalf(text, at) {
  const unit = text.charCodeAt(at);
  if (unit < 0xdc00) return !/[\udc00-\udfff]/.test(text.charAt(at + 1));
  return unit >= 0xfffe || !/[\ud800-\udbff]/.test(text.charAt(at - 1));
}

/**
 * Colours of the style sheet, light or dark as the page is.
 * @param {string} name
 */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim() || "#888";
}

/** @param {string[]} names */
export function colours(names) {
  return Object.fromEntries(names.map((name) => [name, colour(name)]));
}
