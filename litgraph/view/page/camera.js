// Where the nodes stand, and which part of that is seen.

export class Camera {
  /** @param {[number, number][]} places of the nodes; who drags a node changes them */
  constructor(places) {
    this.places = places;
    this.scale = 1;
    this.left = 0;
    this.top = 0;
  }

  /** @param {number} index */
  at(index) {
    return [this.places[index][0] * this.scale + this.left, this.places[index][1] * this.scale + this.top];
  }

  /**
   * Shows these nodes as large as the window allows.
   * @param {number[]} people
   * @param {number} width
   * @param {number} height
   */
  fit(people, width, height) {
    const places = people.map((index) => this.places[index]);
    const [left, right] = ends(places.map((place) => place[0]));
    const [top, bottom] = ends(places.map((place) => place[1]));
    const size = [right - left || 1, bottom - top || 1];
    this.scale = Math.min((width - 90) / size[0], (height - 70) / size[1]);
    this.left = (width - size[0] * this.scale) / 2 - left * this.scale;
    this.top = (height - size[1] * this.scale) / 2 - top * this.scale;
  }

  /**
   * Around a place of the window.
   * @param {number} by
   * @param {number} x
   * @param {number} y
   */
  zoom(by, x, y) {
    const scale = Math.min(40, Math.max(0.02, this.scale * by));
    this.left = x - ((x - this.left) * scale) / this.scale;
    this.top = y - ((y - this.top) * scale) / this.scale;
    this.scale = scale;
  }

  /**
   * @param {number} across pixels of the window
   * @param {number} down
   */
  move(across, down) {
    this.left += across;
    this.top += down;
  }

  /**
   * Puts a node elsewhere.
   * @param {number} index
   * @param {number} across pixels of the window
   * @param {number} down
   */
  drag(index, across, down) {
    const [x, y] = this.places[index];
    this.places[index] = [x + across / this.scale, y + down / this.scale];
  }
}

/**
 * The least and the greatest of many numbers.
 * @param {number[]} values
 */
function ends(values) {
  return [values.reduce((one, other) => Math.min(one, other), Infinity), values.reduce((one, other) => Math.max(one, other), -Infinity)];
}
