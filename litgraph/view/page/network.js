// The network: a canvas that is dragged, zoomed and walked through with the arrow keys.

import { make, say, short } from "./dom.js";
import { FAMILIES } from "./data.js";
import { CanvasSurface, colours } from "./surface.js";

/**
 * @typedef {import("./state.js").Page} Page
 * @typedef {import("./state.js").Line} Line
 * @typedef {import("./surface.js").Surface} Surface
 */

const SLOW = 24; // milliseconds of a picture that is too slow for a gesture: meanwhile the last one is moved
const WIDTHS = 6;
const MOST_LINES = 6000; // in one picture: more are a blot, and late. Who zooms in sees the others
const BACKGROUND_WIDTH = { speaks_to: 0.7, co_occurs_with: 0.5 };

export class Network {
  /**
   * @param {Page} page
   * @param {(one: number, other: number) => void} dropped a person was dragged onto another
   */
  constructor(page, dropped) {
    this.page = page;
    this.dropped = dropped;
    this.scale = 1;
    this.left = 0;
    this.top = 0;
    this.fitted = false;
    this.places = page.book.people.map((one) => [one.x, one.y]);
    this.focus = -1;
    this.frame = 0;
    this.settling = 0;
    this.cost = 0;
    this.canvas = make("canvas", {
      tabindex: 0, role: "application", class: "network",
      "aria-label": "Network. Arrow keys go from one to the next, Enter opens the card, plus and minus zoom, 0 shows all.",
      wheel: (/** @type {WheelEvent} */ event) => this.onWheel(event),
      pointerdown: (/** @type {PointerEvent} */ event) => this.onDown(event),
      pointermove: (/** @type {PointerEvent} */ event) => this.onMove(event),
      pointerup: (/** @type {PointerEvent} */ event) => this.onUp(event),
      pointercancel: (/** @type {PointerEvent} */ event) => this.pointers.delete(event.pointerId),
      keydown: (/** @type {KeyboardEvent} */ event) => this.onKey(event),
    });
    /** @type {Map<number, {x: number, y: number}>} */
    this.pointers = new Map();
    /** @type {{x: number, y: number, person: number, moved: boolean} | null} */
    this.drag = null;
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
    this.settling = setTimeout(() => this.show(), 150);
  }

  /** @param {boolean} whole */
  paint(whole) {
    this.frame = 0;
    const { canvas } = this;
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
      const by = this.scale / this.pictureAt.scale;
      context.globalAlpha = 1;
      context.setTransform(by, 0, 0, by, (this.left - this.pictureAt.left * by) * ratio, (this.top - this.pictureAt.top * by) * ratio);
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
      this.pictureAt = { scale: this.scale, left: this.left, top: this.top };
    }
  }

  /**
   * @param {number} width
   * @param {number} height
   */
  fit(width, height) {
    this.fitted = true;
    const shown = this.page.shown.people;
    const places = (shown.length ? shown : this.places.map((_, index) => index)).map((index) => this.places[index]);
    const across = places.map((place) => place[0]);
    const down = places.map((place) => place[1]);
    const low = [least(across), least(down)];
    const size = [most(across) - low[0] || 1, most(down) - low[1] || 1];
    this.scale = Math.min((width - 90) / size[0], (height - 70) / size[1]);
    this.left = (width - size[0] * this.scale) / 2 - low[0] * this.scale;
    this.top = (height - size[1] * this.scale) / 2 - low[1] * this.scale;
  }

  /** @param {number} index */
  at(index) {
    return [this.places[index][0] * this.scale + this.left, this.places[index][1] * this.scale + this.top];
  }

  /** @param {number} index */
  radius(index) {
    const { mentions, people } = this.page.shown;
    const largest = people.length ? mentions[people[0]] : 1;
    const room = Math.min(1, 9 / Math.sqrt(people.length || 1) + 0.25);
    return (3 + 15 * Math.sqrt(mentions[index] / Math.max(1, largest)) * room) * Math.min(1.6, Math.max(0.5, this.scale));
  }

  /** @param {Surface} surface */
  draw(surface) {
    const { people, lines } = this.page.shown;
    const look = colours(["ink", "paper", "muted", "chosen", "female", "male", "unknown", "place-node", "speaks_to", "co_occurs_with", ...FAMILIES]);
    const near = this.neighbours();
    const heaviest = lines.reduce((weight, line) => Math.max(weight, line.weight), 1);
    /** @type {Map<string, {points: number[], family: string, width: number, alpha: number}>} */
    const buckets = new Map();
    /** @type {Map<string, number>} */
    const beside = new Map();
    let drawn = 0;
    for (let index = lines.length - 1; index >= 0 && drawn < MOST_LINES; index -= 1) {
      const line = lines[index];
      const [x1, y1] = this.at(line.one);
      const [x2, y2] = this.at(line.other);
      if (Math.max(x1, x2) < 0 || Math.max(y1, y2) < 0 || Math.min(x1, x2) > surface.width || Math.min(y1, y2) > surface.height) continue;
      drawn += 1;
      const dim = near && !near.line(line);
      const step = Math.round((WIDTHS - 1) * Math.sqrt(line.weight / heaviest));
      const network = line.family in BACKGROUND_WIDTH;
      const key = `${network ? 0 : 1}${dim ? 0 : 1}${line.family} ${step}`;
      let bucket = buckets.get(key);
      if (!bucket) {
        const width = (0.8 + step * 1.1) * (network ? 0.7 : 1);
        bucket = { points: [], family: line.family, width, alpha: dim ? 0.14 : network ? 0.55 : 0.85 };
        buckets.set(key, bucket);
      }
      const pair = `${line.one} ${line.other}`;
      const order = beside.get(pair) || 0;
      beside.set(pair, order + 1);
      const length = Math.hypot(x2 - x1, y2 - y1) || 1;
      const shift = order ? (order % 2 ? 1 : -1) * Math.ceil(order / 2) * 4 : 0;
      const [aside, along] = [(-(y2 - y1) / length) * shift, ((x2 - x1) / length) * shift];
      bucket.points.push(x1 + aside, y1 + along, x2 + aside, y2 + along);
    }
    for (const [, bucket] of [...buckets].sort(([one], [other]) => (one < other ? -1 : 1))) {
      surface.segments(bucket.points, look[bucket.family], bucket.width, bucket.alpha);
    }
    for (const index of [...people].reverse()) {
      const [x, y] = this.at(index);
      const radius = this.radius(index);
      if (x < -radius || y < -radius || x > surface.width + radius || y > surface.height + radius) continue;
      const one = this.page.book.people[index];
      const fill = one.kind === "character" || one.kind === "group" ? look[one.gender] || look.unknown : look["place-node"];
      const chosen = near && near.chosen.has(index);
      surface.shape(one.kind, x, y, radius, fill, chosen || index === this.focus ? look.chosen : look.paper, near && !near.people.has(index) ? 0.25 : 1);
      if (chosen || index === this.focus) surface.shape(one.kind, x, y, radius + 2, "transparent", look.chosen, 1);
    }
    this.labels(surface, look, near);
  }

  /**
   * Names where they cover no other name, the most important first.
   * @param {Surface} surface
   * @param {Record<string, string>} look
   * @param {ReturnType<Network["neighbours"]>} near
   */
  labels(surface, look, near) {
    const cell = 48;
    /** @type {Map<string, number[][]>} */
    const taken = new Map();
    const cells = (/** @type {number[]} */ [left, top, right, bottom]) => {
      const keys = [];
      for (let x = Math.floor(left / cell); x <= right / cell; x += 1) for (let y = Math.floor(top / cell); y <= bottom / cell; y += 1) keys.push(`${x} ${y}`);
      return keys;
    };
    const people = this.page.shown.people;
    for (const index of near ? near.people : people.slice(0, 400)) {
      const [x, y] = this.at(index);
      const radius = this.radius(index) * 0.8;
      const box = [x - radius, y - radius, x + radius, y + radius, index];
      for (const key of cells(box)) taken.set(key, [...(taken.get(key) || []), box]);
    }
    const order = near ? [...near.chosen, ...people.filter((index) => near.people.has(index) && !near.chosen.has(index))] : people;
    let written = 0;
    for (const index of order) {
      if (written > 300) break;
      const [x, y] = this.at(index);
      if (x < 0 || y < 0 || x > surface.width || y > surface.height) continue;
      const radius = this.radius(index);
      const size = Math.max(11, Math.min(15, 9 + radius / 2.5));
      const text = short(this.page.name(index), 32);
      const width = text.length * size * 0.55;
      for (const [across, down] of [[0, radius + size * 0.7], [0, -radius - size * 0.7], [radius + width / 2 + 4, 0], [-radius - width / 2 - 4, 0], [radius * 0.7 + width / 2, radius * 0.7 + size * 0.6], [-radius * 0.7 - width / 2, -radius * 0.7 - size * 0.6]]) {
        const box = [x + across - width / 2, y + down - size * 0.6, x + across + width / 2, y + down + size * 0.6];
        const keys = cells(box);
        const covers = keys.some((key) => (taken.get(key) || []).some((other) => other[4] !== index && box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]));
        if (covers && !(near && near.chosen.has(index) && across === 0 && down < 0)) continue;
        for (const key of keys) taken.set(key, [...(taken.get(key) || []), box]);
        surface.label(text, x + across, y + down, size, look.ink, look.paper, "center");
        written += 1;
        break;
      }
    }
  }

  /** Who is chosen, and whom lines connect with him. */
  neighbours() {
    const selection = this.page.state.selection;
    if (!selection) return null;
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
      const [across, down] = this.at(index);
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
      const [x1, y1] = this.at(line.one);
      const [x2, y2] = this.at(line.other);
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

  /**
   * @param {number} by
   * @param {number} x
   * @param {number} y
   */
  zoom(by, x, y) {
    const scale = Math.min(40, Math.max(0.02, this.scale * by));
    this.left = x - ((x - this.left) * scale) / this.scale;
    this.top = y - ((y - this.top) * scale) / this.scale;
    this.scale = scale;
    this.glide();
  }

  /** @param {WheelEvent} event */
  onWheel(event) {
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.03 : 0.0015)), event.offsetX, event.offsetY);
  }

  /** @param {PointerEvent} event */
  onDown(event) {
    this.canvas.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    const person = this.pointers.size === 1 ? this.personAt(event.offsetX, event.offsetY) : undefined;
    this.drag = { x: event.offsetX, y: event.offsetY, person: person ?? -1, moved: this.pointers.size > 1 };
  }

  /** @param {PointerEvent} event */
  onMove(event) {
    const here = { x: event.offsetX, y: event.offsetY };
    const before = this.pointers.get(event.pointerId);
    if (!before || !this.drag) {
      this.canvas.classList.toggle("over", this.personAt(here.x, here.y) !== undefined);
      return;
    }
    const others = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
    if (others.length) {
      const [other] = others;
      const by = Math.hypot(here.x - other.x, here.y - other.y) / (Math.hypot(before.x - other.x, before.y - other.y) || 1);
      this.zoom(by, (here.x + other.x) / 2, (here.y + other.y) / 2);
    } else if (this.drag.moved || Math.hypot(here.x - this.drag.x, here.y - this.drag.y) > 4) {
      this.drag.moved = true;
      if (this.drag.person >= 0) {
        const [x, y] = this.places[this.drag.person];
        this.places[this.drag.person] = [x + (here.x - before.x) / this.scale, y + (here.y - before.y) / this.scale];
        this.show();
      } else {
        this.left += here.x - before.x;
        this.top += here.y - before.y;
        this.glide();
      }
    }
    if (!others.length && !this.drag.moved) return;
    this.pointers.set(event.pointerId, here);
  }

  /** @param {PointerEvent} event */
  onUp(event) {
    this.pointers.delete(event.pointerId);
    const { drag } = this;
    if (!drag || this.pointers.size) return;
    this.drag = null;
    if (drag.moved) {
      const onto = drag.person >= 0 ? this.personAt(event.offsetX, event.offsetY, drag.person) : undefined;
      if (onto !== undefined) this.dropped(drag.person, onto);
      return;
    }
    const person = this.personAt(event.offsetX, event.offsetY);
    const line = person === undefined ? this.lineAt(event.offsetX, event.offsetY) : null;
    if (person !== undefined) this.page.select({ selection: { kind: "person", person } });
    else this.page.select({ selection: line && { kind: "pair", one: line.one, other: line.other } });
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const turn = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const middle = [this.canvas.clientWidth / 2, this.canvas.clientHeight / 2];
    if (turn && event.shiftKey) {
      this.left -= turn[0] * 60;
      this.top -= turn[1] * 60;
      this.glide();
    } else if (turn) this.walk(turn[0], turn[1]);
    else if (event.key === "+" || event.key === "=") this.zoom(1.25, middle[0], middle[1]);
    else if (event.key === "-") this.zoom(0.8, middle[0], middle[1]);
    else if (event.key === "0") {
      this.fitted = false;
      this.show();
    } else if (event.key === "Enter" && this.focus >= 0) this.page.select({ selection: { kind: "person", person: this.focus } });
    else if (event.key === "Escape") this.page.select({ selection: null });
    else return;
    event.preventDefault();
  }

  /**
   * To the nearest that stands in that direction.
   * @param {number} across
   * @param {number} down
   */
  walk(across, down) {
    const { people } = this.page.shown;
    if (!people.length) return;
    let next = people[0];
    if (people.includes(this.focus)) {
      const [x, y] = this.places[this.focus];
      let nearest = Infinity;
      for (const index of people) {
        const along = (this.places[index][0] - x) * across + (this.places[index][1] - y) * down;
        const aside = Math.abs((this.places[index][0] - x) * down) + Math.abs((this.places[index][1] - y) * across);
        if (index !== this.focus && along > 0 && along + 2 * aside < nearest) {
          nearest = along + 2 * aside;
          next = index;
        }
      }
      if (nearest === Infinity) next = this.focus;
    }
    this.focus = next;
    const ties = this.page.shown.lines.filter((line) => line.one === next || line.other === next).length;
    say(`${short(this.page.name(next), 80)}, ${this.page.book.people[next].kind}, ${ties} lines`);
    this.show();
  }
}

/** @param {number[]} values */
function least(values) {
  return values.reduce((one, other) => Math.min(one, other), Infinity);
}

/** @param {number[]} values */
function most(values) {
  return values.reduce((one, other) => Math.max(one, other), -Infinity);
}
