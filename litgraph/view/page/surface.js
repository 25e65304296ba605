// What is drawn on: a canvas here, an SVG in svg.js, with the same verbs. So that what is saved is what is seen.

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
export const FONT = "system-ui, sans-serif";
const MEASURED = 5000; // names whose widths are remembered

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

/**
 * @param {string} kind
 * @param {number} x
 * @param {number} y
 * @param {number} radius
 * @returns {number[][] | null} null for a circle
 */
export function cornersOf(kind, x, y, radius) {
  const count = { place: 4, group: 6, organisation: 5, vehicle: 3 }[kind];
  if (!count) return null;
  const start = kind === "place" ? Math.PI / 4 : -Math.PI / 2;
  return Array.from({ length: count }, (_, index) => {
    const angle = start + (2 * Math.PI * index) / count;
    return [x + 1.15 * radius * Math.cos(angle), y + 1.15 * radius * Math.sin(angle)];
  });
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

/** @type {Map<string, number>} */
const widths = new Map();
const measuring = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
measuring.font = `10px ${FONT}`;

/**
 * Pixels that a text takes, whatever its script.
 * @param {string} text
 * @param {number} size
 */
export function widthOf(text, size) {
  let width = widths.get(text);
  if (width === undefined) {
    if (widths.size > MEASURED) widths.clear();
    width = measuring.measureText(text).width;
    widths.set(text, width);
  }
  return (width * size) / 10;
}

/**
 * Paints a canvas of that many pixels, sharp on every screen.
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
