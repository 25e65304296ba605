// A view as a file: an SVG, or that as PNG.

import { make, say } from "./dom.js";
import { folded } from "./data.js";
import { colour } from "./surface.js";
import { SvgSurface } from "./svg.js";

/** @typedef {import("./state.js").Page} Page */

/**
 * Saves the view as it is seen.
 * @param {Page} page
 * @param {string} format
 */
export async function saveView(page, format) {
  const view = page.view;
  const [width, height] = view.size || [view.canvas.clientWidth, view.canvas.clientHeight];
  const surface = new SvgSurface(width, height, colour("paper"));
  view.draw(surface);
  const name = `${(folded(page.book.raw.title).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "novel").slice(0, 60)}-${page.state.view}`;
  const svg = new Blob([surface.toString()], { type: "image/svg+xml" });
  if (format === "svg") return download(svg, `${name}.svg`);
  const image = new Image();
  const address = URL.createObjectURL(svg);
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  const times = Math.min(2, 8000 / Math.max(width, height));
  canvas.width = Math.round(width * times);
  canvas.height = Math.round(height * times);
  /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")).drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  canvas.toBlob((blob) => blob && download(blob, `${name}.png`), "image/png");
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
function download(blob, name) {
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  say(`${name} is saved.`);
}
