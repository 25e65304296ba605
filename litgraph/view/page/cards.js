// The card beside the view: of somebody, or of two and what is between them, with the proof.

import { byId, counted, make, named, short } from "./dom.js";
import { MEETING, SPEECH, inWords, knownNames, weightUntil } from "./data.js";
import { factForm, personForms } from "./corrections.js";
import { addressOf, isNetwork } from "./state.js";
import { openText, passage, speakers, whereIs } from "./text.js";

/**
 * @typedef {import("./state.js").Page} Page
 * @typedef {import("./data.js").Edge} Edge
 * @typedef {import("./corrections.js").Corrections | null} Corrector
 */

const FIRST = 8;
const AROUND = 160;

/**
 * @param {Page} page
 * @param {Corrector} corrections
 */
export function showCard(page, corrections) {
  const selection = page.state.selection;
  const card = byId("card");
  card.hidden = !selection;
  document.body.classList.toggle("with-card", Boolean(selection));
  if (!selection) return card.replaceChildren();
  const close = make("button", { type: "button", class: "close", "aria-label": "Close the card", click: () => page.select({ selection: null }) }, "×");
  const parts = selection.kind === "person" ? personCard(page, selection.person, corrections) : pairCard(page, selection.one, selection.other, corrections);
  card.replaceChildren(close, ...parts);
  card.scrollTop = 0;
}

/**
 * @param {Page} page
 * @param {number} index
 * @param {Corrector} corrections
 */
function personCard(page, index, corrections) {
  const { book, state, limit } = page;
  const one = book.people[index];
  const mentions = page.shown.mentions[index];
  const chapters = book.chapters.filter((chapter, at) => chapter.number <= state.until && page.presence[index][at]);
  const edges = one.edges.map((at) => book.edges[at]).filter((edge) => weightUntil(book, edge, limit) > 0);
  const names = knownNames(book, index, state.until).filter((name) => name !== page.name(index));
  const facts = edges.filter((edge) => !isNetwork(page.familyOf(edge.relation)));
  facts.sort((left, right) => (right.confidence || 0) - (left.confidence || 0) || left.index - right.index);
  const is = [one.kind, one.gender !== "unknown" && one.kind === "character" ? one.gender : "", counted(mentions, "mention")];
  const first = chapters[0]?.number || one.first;
  const last = chapters.at(-1)?.number || one.last;
  return [
    make("h2", {}, named(page.name(index))),
    make("p", { class: "is" }, is.filter(Boolean).join(" · "), first ? ` · chapters ${first} to ${last}` : ""),
    one.ambiguous && make("p", { class: "warning" }, "This name fits several people."),
    names.length > 0 && section("Also called", make("p", {}, ...names.flatMap((name, at) => [at ? ", " : "", named(name)]))),
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
 * @param {Corrector} corrections
 */
function proofOf(page, edge, corrections) {
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
    list("", known, ([start, end]) => proof(page, edge, start, end), 4));
}

/**
 * A sentence in its paragraph, with head and tail marked.
 * @param {Page} page
 * @param {Edge} edge
 * @param {number} start
 * @param {number} end
 */
function proof(page, edge, start, end) {
  const { book } = page;
  const paragraph = book.paragraphs.find(([from, to]) => from <= start && to > start) || [start, end];
  const before = book.text.indexOf(" ", Math.max(0, start - AROUND));
  const after = book.text.lastIndexOf(" ", end + AROUND);
  const from = start - AROUND <= paragraph[0] ? paragraph[0] : Math.min(start, before + 1 || start);
  const to = end + AROUND >= paragraph[1] ? Math.max(paragraph[1], end) : Math.max(end, after);
  return [
    make("blockquote", { lang: book.raw.language || false }, from > paragraph[0] && "…", passage(page, from, to, [start, end], [edge.head, edge.tail]), to < paragraph[1] && "…"),
    make("button", { type: "button", class: "link", click: () => openText(page, [start, end]) }, `${whereIs(page, start)}: read it there`),
  ];
}

/**
 * @param {Page} page
 * @param {[number, number]} place
 * @param {string} text
 */
function quote(page, place, text) {
  return make("button", { type: "button", class: "link quote", click: () => openText(page, place) }, named(text));
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

/**
 * @param {Page} page
 * @param {number[]} people one, or two for what is between them
 * @param {Node} child
 */
function linkTo(page, people, child) {
  return make("a", { href: addressOf(page.book, people) }, child);
}

/** @param {string} family */
export function swatch(family) {
  return make("span", { class: `swatch ${family}`, "aria-hidden": "true" });
}

/**
 * @param {string} title
 * @param {...any} children
 */
function section(title, ...children) {
  return make("section", {}, make("h3", {}, title), ...children);
}

/**
 * A list of which the first few are shown, and the rest on demand.
 * @template Item
 * @param {string} title
 * @param {Item[]} items
 * @param {(item: Item) => any[]} line
 * @param {number} [first]
 */
function list(title, items, line, first = FIRST) {
  if (!items.length) return null;
  const rows = make("ul", {});
  let shown = 0;
  const more = make("button", { type: "button", class: "more", click: () => grow(50) });
  const grow = (/** @type {number} */ by) => {
    rows.append(...items.slice(shown, shown + by).map((item) => make("li", {}, ...line(item))));
    shown = Math.min(items.length, shown + by);
    more.textContent = `${(items.length - shown).toLocaleString("en")} more`;
    more.hidden = shown >= items.length;
  };
  grow(first);
  return title ? section(title, rows, more) : make("div", {}, rows, more);
}

/**
 * @param {Page} page
 * @param {number} index
 */
function sparkline(page, index) {
  const { book, state } = page;
  const chapters = book.chapters.filter((one) => one.number <= state.until);
  const counts = page.presence[index];
  const most = counts.reduce((one, other) => Math.max(one, other), 1);
  const bars = chapters.map((chapter, at) => {
    const bar = make("i", {
      title: `${whereIs(page, chapter.start)}: ${counted(counts[at], "mention")}`,
      click: () => openText(page, [chapter.start, chapter.start]),
    });
    bar.style.height = `${counts[at] ? Math.max(6, Math.round((100 * counts[at]) / most)) : 0}%`;
    return make("span", {}, bar);
  });
  const present = chapters.filter((_, at) => counts[at]).length;
  return make("div", { class: "bars", role: "img", "aria-label": `In ${present} of ${counted(chapters.length, "chapter")}, at most ${counted(most, "mention")}.` }, ...bars);
}
