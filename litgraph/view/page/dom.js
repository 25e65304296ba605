// Making elements. Text of the book gets into the document here only, and as text.

/**
 * @param {string} tag
 * @param {Record<string, string | number | boolean | ((event: any) => void)>} [attributes]
 *   functions are listeners, false leaves an attribute out
 * @param {...(Node | string | null | false)} children
 * @returns {any}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== false).map((child) => /** @type {any} */ (child)));
  return element;
}

/**
 * A name, kept apart from what stands around it whatever its direction of writing.
 * @param {string} text
 */
export function named(text) {
  return make("bdi", {}, short(text, 200));
}

/**
 * @param {string} id
 * @returns {any}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}.`);
  return element;
}

/**
 * The beginning of a text that may be very long, without characters that turn the direction of writing.
 * @param {string} text
 * @param {number} length
 */
export function short(text, length) {
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, " ");
  return plain.length > length ? `${plain.slice(0, length - 1)}…` : plain;
}

/**
 * @param {number} number
 * @param {string} noun
 */
export function counted(number, noun) {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

const SHOWN = 15_000; // milliseconds
let silence = 0;

/**
 * Says something to those who listen, and shows it for a while.
 * @param {string} text
 */
export function say(text) {
  const status = byId("status");
  status.textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => status.replaceChildren(), SHOWN);
}
