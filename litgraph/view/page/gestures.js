// What a hand does with the network: a pointer or two fingers, the wheel, the keyboard.

import { byId, say, short } from "./dom.js";

/** @typedef {import("./network.js").Network} Network */

const STILL = 4; // pixels that a click may move

export class Gestures {
  /**
   * @param {Network} network
   * @param {(one: number, other: number) => void} dropped a person was dragged onto another
   */
  constructor(network, dropped) {
    this.network = network;
    this.dropped = dropped;
    /** @type {Map<number, {x: number, y: number}>} where each pointer that is down was last seen */
    this.pointers = new Map();
    /** @type {{x: number, y: number, person: number, moved: boolean} | null} */
    this.drag = null;
    const { canvas } = network;
    canvas.addEventListener("wheel", (/** @type {WheelEvent} */ event) => this.onWheel(event));
    canvas.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => this.onDown(event));
    canvas.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => this.onMove(event));
    canvas.addEventListener("pointerup", (/** @type {PointerEvent} */ event) => this.onUp(event));
    canvas.addEventListener("pointercancel", (/** @type {PointerEvent} */ event) => this.pointers.delete(event.pointerId));
    canvas.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.onKey(event));
  }

  /** @param {WheelEvent} event */
  onWheel(event) {
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.03 : 0.0015)), event.offsetX, event.offsetY);
  }

  /**
   * @param {number} by
   * @param {number} x
   * @param {number} y
   */
  zoom(by, x, y) {
    this.network.camera.zoom(by, x, y);
    this.network.glide();
  }

  /** @param {PointerEvent} event */
  onDown(event) {
    this.network.canvas.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    const person = this.pointers.size === 1 ? this.network.personAt(event.offsetX, event.offsetY) : undefined;
    this.drag = { x: event.offsetX, y: event.offsetY, person: person ?? -1, moved: this.pointers.size > 1 };
  }

  /** @param {PointerEvent} event */
  onMove(event) {
    const { network } = this;
    const here = { x: event.offsetX, y: event.offsetY };
    const before = this.pointers.get(event.pointerId);
    if (!before || !this.drag) {
      network.canvas.classList.toggle("over", network.personAt(here.x, here.y) !== undefined);
      return;
    }
    const others = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
    if (others.length) {
      const [other] = others;
      const by = Math.hypot(here.x - other.x, here.y - other.y) / (Math.hypot(before.x - other.x, before.y - other.y) || 1);
      this.zoom(by, (here.x + other.x) / 2, (here.y + other.y) / 2);
    } else if (this.drag.moved || Math.hypot(here.x - this.drag.x, here.y - this.drag.y) > STILL) {
      this.drag.moved = true;
      if (this.drag.person >= 0) {
        network.camera.drag(this.drag.person, here.x - before.x, here.y - before.y);
        network.show();
      } else {
        network.camera.move(here.x - before.x, here.y - before.y);
        network.glide();
      }
    } else return;
    this.pointers.set(event.pointerId, here);
  }

  /** @param {PointerEvent} event */
  onUp(event) {
    this.pointers.delete(event.pointerId);
    const { drag, network } = this;
    if (!drag || this.pointers.size) return;
    this.drag = null;
    const [x, y] = [event.offsetX, event.offsetY];
    if (drag.moved) {
      const onto = drag.person >= 0 ? network.personAt(x, y, drag.person) : undefined;
      if (onto !== undefined) this.dropped(drag.person, onto);
      return;
    }
    const person = network.personAt(x, y);
    const line = person === undefined ? network.lineAt(x, y) : null;
    if (person !== undefined) network.page.select({ kind: "person", person });
    else network.page.select(line && { kind: "pair", one: line.one, other: line.other });
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const { network } = this;
    const turn = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const middle = [network.canvas.clientWidth / 2, network.canvas.clientHeight / 2];
    if (turn && event.shiftKey) {
      network.camera.move(-60 * turn[0], -60 * turn[1]);
      network.glide();
    } else if (turn) this.walk(turn[0], turn[1]);
    else if (event.key === "+" || event.key === "=") this.zoom(1.25, middle[0], middle[1]);
    else if (event.key === "-") this.zoom(0.8, middle[0], middle[1]);
    else if (event.key === "0") {
      network.fitted = false;
      network.show();
    } else if (event.key === "Enter" && network.focus >= 0) {
      network.page.select({ kind: "person", person: network.focus });
      byId("card").focus({ preventScroll: true });
    } else return;
    event.preventDefault();
  }

  /**
   * To the nearest that stands in that direction.
   * @param {number} across
   * @param {number} down
   */
  walk(across, down) {
    const { network } = this;
    const { page } = network;
    const { people } = page.shown;
    if (!people.length) return;
    const next = people.includes(network.focus) ? this.neighbour(network.focus, across, down) : people[0];
    network.focus = next;
    this.reveal(next);
    const ties = page.shown.lines.filter((line) => line.one === next || line.other === next).length;
    say(`${short(page.name(next), 80)}, ${page.book.people[next].kind}, ${ties} ${ties === 1 ? "line" : "lines"}`);
    network.show();
  }

  /**
   * Moves the picture so that a node is in it.
   * @param {number} index
   */
  reveal(index) {
    const { camera, canvas } = this.network;
    const [x, y] = camera.at(index);
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (x < 0 || y < 0 || x > width || y > height) camera.move(width / 2 - x, height / 2 - y);
  }

  /**
   * @param {number} from
   * @param {number} across
   * @param {number} down
   */
  neighbour(from, across, down) {
    const { places } = this.network.camera;
    const [x, y] = places[from];
    let next = from;
    let nearest = Infinity;
    for (const index of this.network.page.shown.people) {
      const along = (places[index][0] - x) * across + (places[index][1] - y) * down;
      const aside = Math.abs((places[index][0] - x) * down) + Math.abs((places[index][1] - y) * across);
      if (index !== from && along > 0 && along + 2 * aside < nearest) {
        nearest = along + 2 * aside;
        next = index;
      }
    }
    return next;
  }
}
