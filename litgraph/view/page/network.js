// The network: a canvas that shows what the camera sees, and what stands where on it.

import { make } from "./dom.js";
import { Camera } from "./camera.js";
import { drawNetwork } from "./network_drawing.js";
import { Gestures } from "./gestures.js";
import { CanvasSurface } from "./surface.js";

/**
 * @typedef {import("./state.js").Page} Page
 * @typedef {import("./state.js").Line} Line
 * @typedef {{chosen: Set<number>, people: Set<number>, line: (one: Line) => boolean}} Near
 *   who is chosen, whom lines connect with him, and which lines
 */

const SLOW = 24; // milliseconds of a picture that is too slow for a gesture: meanwhile the last one is moved
const SETTLING = 150; // milliseconds without a gesture, after which the whole picture is drawn

export class Network {
  /**
   * @param {Page} page
   * @param {(one: number, other: number) => void} dropped a person was dragged onto another
   */
  constructor(page, dropped) {
    this.page = page;
    this.camera = new Camera(page.book.people.map((one) => /** @type {[number, number]} */ ([one.x, one.y])));
    this.fitted = false;
    this.focus = -1; // whom the keyboard has come to
    this.frame = 0;
    this.settling = 0;
    this.cost = 0;
    this.canvas = make("canvas", {
      tabindex: 0, role: "application", class: "network",
      "aria-label": "Network. Arrow keys go from one to the next, Enter opens the card, plus and minus zoom, 0 shows all.",
    });
    this.gestures = new Gestures(this, dropped);
    this.picture = document.createElement("canvas");
    this.pictureAt = { scale: 1, left: 0, top: 0 };
    this.observer = new ResizeObserver(() => this.show());
    this.observer.observe(this.canvas);
  }

  /** @param {HTMLElement} parent */
  mount(parent) {
    parent.replaceChildren(this.canvas);
    this.show();
  }

  /** Draws anew with the next frame. */
  show() {
    if (!this.frame) this.frame = requestAnimationFrame(() => this.paint(true));
  }

  /** Draws with the next frame, quickly if the whole picture would be late. */
  glide() {
    if (this.cost <= SLOW) return this.show();
    if (!this.frame) this.frame = requestAnimationFrame(() => this.paint(false));
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.show(), SETTLING);
  }

  /** @param {boolean} whole */
  paint(whole) {
    this.frame = 0;
    const { canvas, camera, pictureAt } = this;
    const ratio = Math.min(devicePixelRatio || 1, 2);
    const width = canvas.clientWidth;
    const height = canvas.clientHeight;
    if (!width || !height) return;
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
      whole = true;
    }
    if (!this.fitted) this.fit(width, height);
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (!whole) {
      const by = camera.scale / pictureAt.scale;
      context.globalAlpha = 1;
      context.setTransform(by, 0, 0, by, (camera.left - pictureAt.left * by) * ratio, (camera.top - pictureAt.top * by) * ratio);
      context.drawImage(this.picture, 0, 0);
      return;
    }
    const started = performance.now();
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.draw(new CanvasSurface(context, width, height));
    this.cost = performance.now() - started;
    if (this.cost > SLOW) {
      this.picture.width = canvas.width;
      this.picture.height = canvas.height;
      /** @type {CanvasRenderingContext2D} */ (this.picture.getContext("2d")).drawImage(canvas, 0, 0);
      this.pictureAt = { scale: camera.scale, left: camera.left, top: camera.top };
    }
  }

  /**
   * @param {number} width
   * @param {number} height
   */
  fit(width, height) {
    this.fitted = true;
    const { people } = this.page.shown;
    this.camera.fit(people.length ? people : this.page.book.people.map((one) => one.index), width, height);
  }

  /** @param {import("./surface.js").Surface} surface */
  draw(surface) {
    drawNetwork(this, surface);
  }

  /** @param {number} index */
  radius(index) {
    const { mentions, people } = this.page.shown;
    const largest = people.length ? mentions[people[0]] : 1;
    const room = Math.min(1, 9 / Math.sqrt(people.length || 1) + 0.25);
    return (3 + 15 * Math.sqrt(mentions[index] / Math.max(1, largest)) * room) * Math.min(1.6, Math.max(0.5, this.camera.scale));
  }

  /**
   * Who is chosen, and whom lines connect with him.
   * @returns {Near | null}
   */
  near() {
    const selection = this.page.state.selection;
    if (!selection || (selection.kind !== "person" && selection.kind !== "pair")) return null;
    const chosen = new Set(selection.kind === "person" ? [selection.person] : [selection.one, selection.other]);
    const line = (/** @type {Line} */ one) =>
      selection.kind === "person" ? chosen.has(one.one) || chosen.has(one.other) : chosen.has(one.one) && chosen.has(one.other);
    const people = new Set(chosen);
    for (const one of this.page.shown.lines) {
      if (line(one)) people.add(one.one).add(one.other);
    }
    return { chosen, people, line };
  }

  /**
   * @param {number} x
   * @param {number} y
   * @param {number} [except]
   */
  personAt(x, y, except = -1) {
    return this.page.shown.people.find((index) => {
      const [across, down] = this.camera.at(index);
      return index !== except && Math.hypot(across - x, down - y) <= this.radius(index) + 4;
    });
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  lineAt(x, y) {
    let best = null;
    let nearest = 7;
    for (const line of this.page.shown.lines) {
      const [x1, y1] = this.camera.at(line.one);
      const [x2, y2] = this.camera.at(line.other);
      const squared = (x2 - x1) ** 2 + (y2 - y1) ** 2 || 1;
      const share = Math.min(1, Math.max(0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / squared));
      const distance = Math.hypot(x - x1 - share * (x2 - x1), y - y1 - share * (y2 - y1));
      if (distance <= nearest) {
        nearest = distance;
        best = line;
      }
    }
    return best;
  }
}
