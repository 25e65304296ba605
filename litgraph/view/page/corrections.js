// Corrections, of a page that litgraph serves: each is written to cast.toml at once, as a person would have written it.

import { byId, counted, make, named, say, short } from "./dom.js";
import { inWords } from "./data.js";

/**
 * @typedef {import("./state.js").Page} Page
 * @typedef {import("./data.js").Edge} Edge
 * @typedef {{version: string, changes: string[], undoable: boolean, building: string, error: string, built: number}} Answer
 *   version: of the file; built: how often it was built since the server began
 */

const KINDS = ["character", "group", "place", "organisation", "vehicle"];
const GENDERS = ["female", "male", "unknown"];
const POLL = 700; // milliseconds

export class Corrections {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    /** @type {Answer} */
    this.answer = { version: "", changes: [], undoable: false, building: "", error: "", built: 0 };
    this.built = -1;
    this.bar = make("div", { id: "corrections", role: "region", "aria-label": "Corrections" });
    byId("chapters").before(this.bar);
    this.ask("state");
  }

  /**
   * @param {string} verb
   * @param {Record<string, unknown>} [what]
   */
  async ask(verb, what) {
    try {
      const response = await fetch(`api/${verb}`, what
        ? { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ version: this.answer.version, ...what }) }
        : {});
      const answer = await response.json();
      if (answer.state) this.take(answer.state);
      if (answer.message) say(answer.message);
      return response.ok;
    } catch {
      say("litgraph does not answer: is `litgraph view` still running?");
      return false;
    }
  }

  /** @param {Answer} answer */
  take(answer) {
    this.answer = answer;
    if (this.built >= 0 && answer.built > this.built) return location.reload();
    this.built = answer.built;
    this.show();
    if (answer.building) setTimeout(() => this.ask("state"), POLL);
  }

  show() {
    const { changes, building, undoable, error } = this.answer;
    const last = changes.at(-1);
    this.bar.replaceChildren(
      make("span", { class: "what" }, building || (last ? `${counted(changes.length, "correction")} to be built in. Last: ` : "No corrections that are not built in."), !building && last ? named(last) : ""),
      error ? make("span", { class: "warning" }, short(error, 400)) : "",
      make("button", { type: "button", disabled: !undoable || Boolean(building), click: () => this.ask("undo", {}) }, "Undo"),
      make("button", { type: "button", disabled: Boolean(building), click: () => this.ask("rebuild", {}) }, "Rebuild"));
  }

  /** @param {Record<string, unknown>} change */
  change(change) {
    return this.ask("change", change);
  }

  /**
   * @param {number} one
   * @param {number} other
   */
  async offerMerge(one, other) {
    const { page } = this;
    const [row, into] = [page.book.people[one].id, page.book.people[other].id];
    const dialog = make("dialog", { "aria-label": "Merge" },
      make("p", {}, "Is ", named(page.name(one)), " the same as ", named(page.name(other)), "?"),
      make("button", { type: "button", click: () => this.answerDialog(dialog, { verb: "merge", row, value: into }) }, "Yes, merge them"),
      make("button", { type: "button", click: () => this.answerDialog(dialog, null) }, "No"));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  /**
   * @param {any} dialog
   * @param {Record<string, unknown> | null} change
   */
  answerDialog(dialog, change) {
    dialog.close();
    if (change) this.change(change);
  }

  /**
   * @param {Page} page
   * @param {Edge} edge
   */
  denyButton(page, edge) {
    const fact = { head: page.book.people[edge.head].id, relation: page.book.relations[edge.relation].name, tail: page.book.people[edge.tail].id };
    return make("p", { class: "correct" },
      make("button", { type: "button", "aria-label": `Wrong: ${short(inWords(page.book, edge, page.state.until), 120)}`, click: () => this.change({ verb: "deny", ...fact }) }, "This is wrong"),
      make("button", { type: "button", "aria-label": `Right: ${short(inWords(page.book, edge, page.state.until), 120)}`, click: () => this.change({ verb: "assert", ...fact }) }, "This is right"));
  }
}

/**
 * What can be corrected of somebody.
 * @param {Page} page
 * @param {number} index
 * @param {Corrections} corrections
 */
export function personForms(page, index, corrections) {
  const one = page.book.people[index];
  const row = one.id;
  const aliases = one.aliases.map(([alias]) => alias);
  return make("details", { class: "correct" },
    make("summary", {}, "Correct"),
    form("Name", make("input", { name: "value", value: one.name, required: true, maxlength: 500 }), "Rename", (value) => corrections.change({ verb: "rename", row, value })),
    form("Is the same as", make("input", { name: "value", list: "everybody", required: true, autocomplete: "off" }), "Merge", (value) => corrections.change({ verb: "merge", row, value })),
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

/** @param {Page} page */
function everybody(page) {
  return make("datalist", { id: "everybody" }, ...page.shown.people.slice(0, 400).map((index) => make("option", { value: page.book.people[index].id }, short(page.name(index), 80))));
}
