// What a card of a served page asks for: forms that send one correction each.

import { make, short } from "./dom.js";
import { knownNames } from "./data.js";

/**
 * @typedef {import("./state.js").Page} Page
 * @typedef {import("./corrections.js").Corrections} Corrections
 */

const KINDS = ["character", "group", "place", "organisation", "vehicle"];
const GENDERS = ["female", "male", "unknown"];
const MOST_NAMES = 400; // in a list of everybody

/**
 * What can be corrected of somebody.
 * @param {Page} page
 * @param {number} index
 * @param {Corrections} corrections
 */
export function personForms(page, index, corrections) {
  const one = page.book.people[index];
  const row = one.id;
  const aliases = knownNames(page.book, index, page.state.until);
  return make("details", { class: "correct" },
    make("summary", {}, "Correct"),
    form("Name", make("input", { name: "value", value: page.name(index), required: true, maxlength: 500 }), "Rename", (value) => corrections.change({ verb: "rename", row, value })),
    form("Is the same as", somebody(), "Merge", (value) => corrections.change({ verb: "merge", row, value })),
    aliases.length > 1 && form("Is somebody else", choice(aliases, ""), "Split off", (value) => corrections.change({ verb: "split", row, value })),
    form("Kind", choice(KINDS, one.kind), "Set", (value) => corrections.change({ verb: "kind", row, value })),
    one.kind === "character" && form("Gender", choice(GENDERS, one.gender), "Set", (value) => corrections.change({ verb: "gender", row, value })),
    form("Is nobody at all", "", "Leave out of the graph", () => corrections.change({ verb: "drop", row, value: "" })),
    everybody(page));
}

/**
 * What can be asserted of two.
 * @param {Page} page
 * @param {number} one
 * @param {number} other
 * @param {Corrections} corrections
 */
export function factForm(page, one, other, corrections) {
  const ids = [page.book.people[one].id, page.book.people[other].id];
  const relation = choice(page.book.raw.vocabulary || [], "");
  const direction = make("select", { "aria-label": "Direction" },
    make("option", { value: 0 }, `${short(page.name(one), 40)} … ${short(page.name(other), 40)}`),
    make("option", { value: 1 }, `${short(page.name(other), 40)} … ${short(page.name(one), 40)}`));
  return make("details", { class: "correct" },
    make("summary", {}, "Say how they are related"),
    form("Relation", relation, "Assert", (value) => {
      const [head, tail] = direction.value === "1" ? [ids[1], ids[0]] : ids;
      return corrections.change({ verb: "assert", head, relation: value, tail });
    }, direction));
}

/**
 * Who a mention means.
 * @param {Page} page
 * @param {number} mention
 * @param {Corrections} corrections
 */
export function mentionForm(page, mention, corrections) {
  const row = page.book.raw.ids.mentions[mention];
  const means = (/** @type {string} */ value) => corrections.change({ verb: "mention", row, value });
  return make("div", { class: "correct" },
    form("Here it means", somebody(), "Set", means),
    page.book.mentionOf[mention] >= 0 && form("It means nobody of these", "", "Nobody", () => means("")),
    everybody(page));
}

/**
 * Who says a quotation.
 * @param {Page} page
 * @param {number} speech
 * @param {Corrections} corrections
 */
export function speakerForm(page, speech, corrections) {
  const row = page.book.raw.ids.quotations[speech];
  const says = (/** @type {string} */ value) => corrections.change({ verb: "speaker", row, value });
  return make("div", { class: "correct" },
    form("It is said by", somebody(), "Set", says),
    page.book.speeches[speech].speaker >= 0 && form("Who says it is not known", "", "Nobody knows", () => says("")),
    everybody(page));
}

/**
 * @param {string} label
 * @param {any} field
 * @param {string} verb
 * @param {(value: string) => unknown} act
 * @param {Node | null} [before]
 */
function form(label, field, verb, act, before = null) {
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    act(field ? field.value : "");
  };
  return make("form", { submit, "aria-label": label }, before, make("label", {}, `${label} `, field), make("button", { type: "submit" }, verb));
}

/**
 * @param {string[]} values
 * @param {string} chosen
 */
function choice(values, chosen) {
  return make("select", { name: "value" }, ...values.map((value) => make("option", { value, selected: value === chosen }, short(value.replace(/_/g, " "), 80))));
}

/** Where somebody is named, by id, name or alias. */
function somebody() {
  return make("input", { name: "value", list: "everybody", required: true, autocomplete: "off" });
}

/** @param {Page} page */
function everybody(page) {
  const known = page.book.people.map((one) => one.index).filter((index) => page.shown.mentions[index]);
  return make("datalist", { id: "everybody" }, ...known.slice(0, MOST_NAMES).map((index) => make("option", { value: page.book.people[index].id }, short(page.name(index), 80))));
}
