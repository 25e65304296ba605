// The card beside the view: of somebody, of two and what is between them, of a mention or a quotation.

import { byId, counted, make, named, short } from "./dom.js";
import { MEETING, SPEECH, inWords, knownNames, weightUntil } from "./data.js";
import { linkTo, list, section, sparkline, swatch } from "./card_parts.js";
import { factForm, personForms } from "./forms.js";
import { proofOf, quote } from "./proofs.js";
import { speakers, whereIs } from "./passages.js";
import { mentionCard, mentionPart, speechCard } from "./spots.js";
import { isNetwork } from "./state.js";

/**
 * @typedef {import("./state.js").Page} Page
 * @typedef {import("./data.js").Edge} Edge
 * @typedef {import("./corrections.js").Corrections | null} Corrector
 */

/**
 * @param {Page} page
 * @param {Corrector} corrections
 */
export function showCard(page, corrections) {
  const selection = page.state.selection;
  const card = byId("card");
  const inside = card.contains(document.activeElement);
  card.hidden = !selection;
  document.body.classList.toggle("with-card", Boolean(selection));
  if (!selection) {
    card.replaceChildren();
    // Who came by the keyboard goes on where he was.
    if (inside) byId("view").querySelector('[tabindex="0"]')?.focus({ preventScroll: true });
    return;
  }
  const close = make("button", { type: "button", class: "close", "aria-label": "Close the card", click: () => page.select(null) }, "×");
  card.replaceChildren(close, ...partsOf(page, selection, corrections));
  card.scrollTop = 0;
  if (inside) card.focus({ preventScroll: true });
}

/**
 * @param {Page} page
 * @param {NonNullable<import("./state.js").Selection>} selection
 * @param {Corrector} corrections
 */
function partsOf(page, selection, corrections) {
  switch (selection.kind) {
    case "person": return personCard(page, selection.person, selection.mention, corrections);
    case "pair": return pairCard(page, selection.one, selection.other, corrections);
    case "mention": return mentionCard(page, selection.mention, corrections);
    default: return speechCard(page, selection.speech, corrections);
  }
}

/**
 * @param {Page} page
 * @param {number} index
 * @param {number | undefined} mention that led to him
 * @param {Corrector} corrections
 */
function personCard(page, index, mention, corrections) {
  const { book, state, limit } = page;
  const one = book.people[index];
  const mentions = page.shown.mentions[index];
  const chapters = book.chapters.filter((chapter, at) => chapter.number <= state.until && page.presence[index][at]);
  const edges = one.edges.map((at) => book.edges[at]).filter((edge) => weightUntil(book, edge, limit) > 0);
  const names = knownNames(book, index, state.until).filter((name) => name !== page.name(index));
  const facts = edges.filter((edge) => !isNetwork(page.familyOf(edge.relation)));
  facts.sort((left, right) => (right.confidence || 0) - (left.confidence || 0) || left.index - right.index);
  const is = [one.kind, one.gender !== "unknown" && one.kind === "character" ? one.gender : "", counted(mentions, "mention")];
  const first = chapters[0]?.number || Math.min(one.first, state.until);
  const last = chapters.at(-1)?.number || Math.min(one.last, state.until);
  return [
    make("h2", {}, named(page.name(index))),
    make("p", { class: "is" }, is.filter(Boolean).join(" · "), first ? ` · chapters ${first} to ${last}` : ""),
    one.ambiguous && make("p", { class: "warning" }, "This name fits several people."),
    names.length > 0 && section("Also called", make("p", {}, ...names.flatMap((name, at) => [at ? ", " : "", named(name)]))),
    corrections && mention !== undefined && mentionPart(page, mention, corrections),
    corrections && personForms(page, index, corrections),
    chapters.length > 0 && section("By chapter", sparkline(page, index)),
    list("Facts", facts, (edge) => factLine(page, edge)),
    list("Strongest ties", ties(page, index, edges), ([other, weight]) => tieLine(page, index, other, counted(weight, "passage"))),
    list("Speaks to", spoken(page, edges.filter((edge) => edge.head === index)), ([edge, weight]) => tieLine(page, index, edge.tail, counted(weight, "time"))),
    list("Is spoken to by", spoken(page, edges.filter((edge) => edge.tail === index)), ([edge, weight]) => tieLine(page, index, edge.head, counted(weight, "time"))),
    list("Places", ties(page, index, edges, "place"), ([other, weight]) => tieLine(page, index, other, counted(weight, "passage"))),
    list("Says", book.speeches.filter((speech) => speech.speaker === index && speech.end <= limit), (speech) => [
      quote(page, [speech.start, speech.end], short(book.text.slice(speech.start, speech.end), 220)),
      make("small", {}, ` ${speakers(page, speech)}, ${whereIs(page, speech.start)}`),
    ], 4),
  ].filter(Boolean);
}

/**
 * @param {Page} page
 * @param {number} one
 * @param {number} other
 * @param {Corrector} corrections
 */
function pairCard(page, one, other, corrections) {
  const { book, limit } = page;
  const edges = book.people[one].edges.map((at) => book.edges[at])
    .filter((edge) => (edge.head === one && edge.tail === other) || (edge.head === other && edge.tail === one))
    .filter((edge) => weightUntil(book, edge, limit) > 0);
  const rank = (/** @type {Edge} */ edge) => [SPEECH, MEETING].indexOf(page.familyOf(edge.relation));
  edges.sort((left, right) => rank(left) - rank(right) || (right.confidence || 0) - (left.confidence || 0) || left.index - right.index);
  return [
    make("h2", {}, linkTo(page, [one], named(page.name(one))), " and ", linkTo(page, [other], named(page.name(other)))),
    !edges.length && make("p", {}, "Nothing is known of these two, as far as you have read."),
    ...edges.map((edge) => proofOf(page, edge, corrections)),
    corrections && factForm(page, one, other, corrections),
  ].filter(Boolean);
}

/**
 * @param {Page} page
 * @param {Edge} edge
 */
function factLine(page, edge) {
  return [
    swatch(page.familyOf(edge.relation)),
    linkTo(page, [edge.head, edge.tail], named(inWords(page.book, edge, page.state.until))),
    make("small", {}, ` ${edge.confidence === null ? "" : edge.confidence.toFixed(2)}${edge.inferred ? " inferred" : ""}`),
  ];
}

/**
 * @param {Page} page
 * @param {number} index
 * @param {number} other
 * @param {string} much
 */
function tieLine(page, index, other, much) {
  return [
    linkTo(page, [index, other], named(page.name(other))),
    make("small", {}, ` ${much}`),
  ];
}

/**
 * With whom somebody has most to do: passages in which both are.
 * @param {Page} page
 * @param {number} index
 * @param {Edge[]} edges
 * @param {string} [kind]
 * @returns {[number, number][]}
 */
function ties(page, index, edges, kind = "character") {
  const { book, limit } = page;
  /** @type {Map<number, number>} */
  const weights = new Map();
  for (const edge of edges) {
    const other = edge.head === index ? edge.tail : edge.head;
    const isPlace = book.people[other].kind === "place";
    if (other === index || isPlace !== (kind === "place")) continue;
    weights.set(other, (weights.get(other) || 0) + weightUntil(book, edge, limit));
  }
  return [...weights].sort((left, right) => right[1] - left[1] || left[0] - right[0]);
}

/**
 * @param {Page} page
 * @param {Edge[]} edges
 * @returns {[Edge, number][]}
 */
function spoken(page, edges) {
  return edges.filter((edge) => page.familyOf(edge.relation) === SPEECH)
    .map((edge) => /** @type {[Edge, number]} */ ([edge, weightUntil(page.book, edge, page.limit)]))
    .sort((left, right) => right[1] - left[1]);
}
