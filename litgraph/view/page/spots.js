// The card of one place in the text: a mention, or a quotation.

import { make, named } from "./dom.js";
import { linkTo, section } from "./card_parts.js";
import { mentionForm, speakerForm } from "./forms.js";
import { inParagraph } from "./proofs.js";

/**
 * @typedef {import("./state.js").Page} Page
 * @typedef {import("./corrections.js").Corrections | null} Corrector
 */

/**
 * The card of a mention that means nobody.
 * @param {Page} page
 * @param {number} mention
 * @param {Corrector} corrections
 */
export function mentionCard(page, mention, corrections) {
  const { book, limit } = page;
  if (book.mentionStarts[mention] >= limit || !corrections) return unread();
  return [
    make("h2", {}, named(`“${book.text.slice(book.mentionStarts[mention], book.mentionEnds[mention])}”`)),
    make("p", { class: "is" }, "means nobody that is known"),
    mentionPart(page, mention, corrections),
  ];
}

/**
 * The mention by which one came to somebody, in its paragraph.
 * @param {Page} page
 * @param {number} mention
 * @param {NonNullable<Corrector>} corrections
 */
export function mentionPart(page, mention, corrections) {
  const { mentionStarts, mentionEnds } = page.book;
  if (mentionStarts[mention] >= page.limit) return null;
  return section("This mention", ...inParagraph(page, mentionStarts[mention], mentionEnds[mention], []), mentionForm(page, mention, corrections));
}

/**
 * @param {Page} page
 * @param {number} index
 * @param {Corrector} corrections
 */
export function speechCard(page, index, corrections) {
  const speech = page.book.speeches[index];
  if (speech.start >= page.limit) return unread();
  const name = (/** @type {number} */ one) => linkTo(page, [one], named(page.name(one)));
  return [
    make("h2", {}, "Said by ", speech.speaker >= 0 ? name(speech.speaker) : "somebody"),
    make("p", { class: "is" }, speech.hearers.length ? "to " : "", ...speech.hearers.flatMap((one, at) => [at ? ", " : "", name(one)])),
    ...inParagraph(page, speech.start, speech.end, []),
    corrections && speakerForm(page, index, corrections),
  ].filter(Boolean);
}

function unread() {
  return [make("p", {}, "You have not read so far.")];
}
