// The proof: a fact in words, how sure it is and why, and its sentences in their paragraphs.

import { counted, make, named, short } from "./dom.js";
import { MEETING, SPEECH, inWords, weightUntil } from "./data.js";
import { list, swatch } from "./card_parts.js";
import { isNetwork } from "./state.js";
import { openText, passage, whereIs } from "./passages.js";

/**
 * @typedef {import("./state.js").Page} Page
 * @typedef {import("./data.js").Edge} Edge
 * @typedef {import("./corrections.js").Corrections | null} Corrector
 */

const AROUND = 160; // characters of the paragraph before and behind the sentence

/**
 * @param {Page} page
 * @param {Edge} edge
 * @param {Corrector} corrections
 */
export function proofOf(page, edge, corrections) {
  const { book, limit } = page;
  const family = page.familyOf(edge.relation);
  const weight = weightUntil(book, edge, limit);
  const sure = edge.confidence === null || family === MEETING ? "" : ` · confidence ${edge.confidence.toFixed(2)}`;
  const how = isNetwork(family) ? counted(weight, family === SPEECH ? "speech" : "passage").replace("speechs", "speeches") : edge.inferred ? "inferred" : "stated";
  const reasons = edge.because.map((reason) => (typeof reason === "number" ? inWords(book, book.edges[reason], page.state.until) : reason));
  const known = edge.starts.filter((start) => start < limit).map((start, at) => /** @type {[number, number]} */ ([start, edge.ends[at]]));
  const by = edge.sources.map((at) => book.raw.sources[at]).join(", ");
  return make("section", { class: `proofs ${family}` },
    make("h3", {}, swatch(family), named(inWords(book, edge, page.state.until))),
    make("p", { class: "is", title: by ? `From: ${short(by, 200)}` : false }, `${how}${sure}`),
    reasons.length > 0 && make("p", { class: "because" }, "Follows from: ", ...reasons.flatMap((reason, at) => [at ? "; " : "", named(reason)]), "."),
    corrections && !isNetwork(family) && corrections.denyButton(page, edge),
    list("", known, ([start, end]) => inParagraph(page, start, end, [edge.head, edge.tail]), 4));
}

/**
 * A sentence in its paragraph, or in what stands near it, and the way to it.
 * @param {Page} page
 * @param {number} start
 * @param {number} end
 * @param {number[]} marked whose mentions are marked
 */
export function inParagraph(page, start, end, marked) {
  const { book } = page;
  const paragraph = book.paragraphs.find(([from, to]) => from <= start && to > start) || [start, end];
  const before = book.text.indexOf(" ", Math.max(0, start - AROUND));
  const after = book.text.lastIndexOf(" ", end + AROUND);
  const from = start - AROUND <= paragraph[0] ? paragraph[0] : Math.min(start, before + 1 || start);
  const to = end + AROUND >= paragraph[1] ? Math.max(paragraph[1], end) : Math.max(end, after);
  return [
    make("blockquote", { lang: book.raw.language || false, dir: "auto" }, from > paragraph[0] && "…", passage(page, from, to, [start, end], marked), to < paragraph[1] && "…"),
    make("button", { type: "button", class: "link", click: () => openText(page, [start, end]) }, `${whereIs(page, start)}: read it there`),
  ];
}

/**
 * @param {Page} page
 * @param {[number, number]} place
 * @param {string} text
 */
export function quote(page, place, text) {
  return make("button", { type: "button", class: "link quote", click: () => openText(page, place) }, named(text));
}
