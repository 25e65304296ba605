// What is shown: kinds of lines, families of relations, kinds of nodes, and how sure and how frequent a thing must be.

import { byId, counted, make } from "./dom.js";
import { FAMILIES, MEETING, SPEECH, weightUntil } from "./data.js";
import { isNetwork } from "./state.js";
import { swatch } from "./card_parts.js";
import { saveView } from "./saving.js";

/** @typedef {import("./state.js").Page} Page */

/** @param {Page} page */
export function setUpFilters(page) {
  const { book, state } = page;
  const families = [...FAMILIES].filter((family) => book.relations.some((one) => one.family === family));
  const kinds = [...new Set(book.people.map((one) => one.kind))];
  const box = (/** @type {string} */ label, /** @type {boolean} */ checked, /** @type {(checked: boolean) => void} */ act, /** @type {Node | null} */ mark = null) =>
    make("label", { class: "box" }, make("input", { type: "checkbox", checked, change: (/** @type {any} */ event) => act(event.target.checked) }), mark, ` ${label}`);
  const toggle = (/** @type {Set<string>} */ set, /** @type {string} */ value, /** @type {boolean} */ on) => {
    if (on) set.add(value);
    else set.delete(value);
    page.set({});
  };
  const heaviest = book.edges.reduce((weight, edge) => Math.max(weight, edge.weight), 1);
  const relations = [...new Set(book.relations.filter((one) => !isNetwork(one.family)).map((one) => one.name))].sort();
  const relation = make("select", { change: (/** @type {any} */ event) => page.set({ relation: event.target.value }) },
    make("option", { value: "" }, "all"), ...relations.map((name) => make("option", { value: name }, name.replace(/_/g, " "))));
  const amount = make("output", {});
  const slider = (/** @type {string} */ label, /** @type {Record<string, number>} */ range, /** @type {(value: number) => void} */ act) => {
    const shown = make("output", {}, String(range.value));
    return make("label", { class: "slider" }, `${label} `, make("input", { type: "range", ...range, input: (/** @type {any} */ event) => {
      shown.textContent = event.target.value;
      act(Number(event.target.value));
    } }), shown);
  };
  const details = make("details", { open: innerWidth > 1000 && innerHeight > 900 },
    make("summary", {}, "What is shown: ", amount),
    make("div", { class: "boxes" },
      group("Lines",
        families.length > 0 && box("stated facts", state.facts, (facts) => page.set({ facts })),
        book.relations.some((one) => one.family === SPEECH) && box("who speaks to whom", state.speech, (speech) => page.set({ speech }), swatch(SPEECH)),
        book.relations.some((one) => one.family === MEETING) && box("who meets whom", state.meetings, (meetings) => page.set({ meetings }), swatch(MEETING))),
      families.length > 0 && group("Facts", ...families.map((family) => box(family, true, (on) => toggle(state.families, family, on), swatch(family)))),
      group("Who and what", ...kinds.map((kind) => box(kind, true, (on) => toggle(state.kinds, kind, on))), box("without a line, too", false, (alone) => page.set({ alone }))),
      group("How much",
        slider("confidence from", { min: 0, max: 1, step: 0.05, value: 0 }, (confidence) => page.set({ confidence })),
        slider("passages from", { min: 1, max: Math.min(50, heaviest), step: 1, value: 1 }, (evidence) => page.set({ evidence })),
        relations.length > 0 && make("label", {}, "relation ", relation))));
  const saving = make("div", { class: "saving" },
    make("button", { type: "button", "data-save": "svg", click: () => saveView(page, "svg") }, "Save SVG"),
    make("button", { type: "button", "data-save": "png", click: () => saveView(page, "png") }, "Save PNG"));
  byId("filters").replaceChildren(details, saving);
  return () => {
    amount.textContent = `${page.shown.people.length.toLocaleString("en")} names, ${counted(page.shown.lines.length, "line")}`;
    saving.hidden = page.state.view === "text";
    // That two will marry tells the word alone.
    const known = new Set(book.edges.filter((edge) => weightUntil(book, edge, page.limit) > 0).map((edge) => book.relations[edge.relation].name));
    for (const option of relation.options) option.hidden = option.disabled = Boolean(option.value) && !known.has(option.value);
  };
}

/**
 * @param {string} title
 * @param {...any} children
 */
function group(title, ...children) {
  return make("fieldset", {}, make("legend", {}, title), ...children);
}
