// Corrections, of a page that litgraph serves: each is written to the run folder at once, as a person would have done.

import { byId, counted, make, named, say, short } from "./dom.js";
import { inWords } from "./data.js";

/**
 * @typedef {import("./state.js").Page} Page
 * @typedef {import("./data.js").Edge} Edge
 * @typedef {{version: string, changes: string[], undoable: boolean, building: string, error: string, notices: string[],
 *   built: number}} Answer version: of the files; built: how often it was built since the server began
 */

const POLL = 700; // milliseconds

export class Corrections {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    /** @type {Answer} */
    this.answer = { version: "", changes: [], undoable: false, building: "", error: "", notices: [], built: 0 };
    this.built = -1;
    this.bar = make("div", { id: "corrections", role: "region", "aria-label": "Corrections" });
    byId("chapters").before(this.bar);
    this.ask("state");
    const told = remembered();
    if (told) say(told);
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
      if (answer.message) say(answer.message);
      if (answer.state) this.take(answer.state, answer.message);
      return response.ok;
    } catch {
      say("litgraph does not answer: is `litgraph view` still running?");
      return false;
    }
  }

  /**
   * @param {Answer} answer
   * @param {string} [message] what the page is told besides
   */
  take(answer, message = "") {
    this.answer = answer;
    if (this.built >= 0 && answer.built > this.built) {
      remember(message || "This is the new graph.");
      return location.reload();
    }
    this.built = answer.built;
    this.show();
    if (answer.building) setTimeout(() => this.ask("state"), POLL);
  }

  show() {
    const { changes, building, undoable, error, notices } = this.answer;
    const last = changes.at(-1);
    this.bar.replaceChildren(
      make("span", { class: "what" }, building || (last ? `${counted(changes.length, "correction")} to be built in. Last: ` : "No corrections that are not built in."), !building && last ? named(last) : ""),
      error ? make("span", { class: "warning" }, short(error, 400)) : "",
      notices.length ? make("details", {}, make("summary", {}, counted(notices.length, "notice")), ...notices.map((notice) => make("p", {}, short(notice, 400)))) : "",
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
 * Said by the page that takes the place of this one.
 * @param {string} text
 */
function remember(text) {
  sessionStorage.setItem("litgraph", text);
}

function remembered() {
  const text = sessionStorage.getItem("litgraph");
  sessionStorage.removeItem("litgraph");
  return text;
}
