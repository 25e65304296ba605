// The search for somebody by any of his names that one has read.

import { byId, counted, make, named, say } from "./dom.js";
import { folded, lastChapter } from "./data.js";

/** @typedef {import("./state.js").Page} Page */

const FOUND = 12;

/** @param {Page} page */
export function setUpSearch(page) {
  const input = byId("search");
  const found = byId("found");
  let chosen = -1;
  const close = () => {
    found.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const open = (/** @type {number} */ index) => {
    close();
    input.value = "";
    page.select({ kind: "person", person: index });
    byId("card").focus({ preventScroll: true });
  };
  const search = () => {
    const wanted = folded(input.value.trim());
    chosen = -1;
    const hits = wanted ? findNames(page, wanted) : [];
    found.replaceChildren(...hits.map((index, place) =>
      make("li", { id: `found-${place}`, role: "option", "aria-selected": "false", "data-person": index, mousedown: (/** @type {Event} */ event) => event.preventDefault(), click: () => open(index) },
        named(page.name(index)), make("small", {}, ` ${page.book.people[index].kind}, ${counted(page.shown.mentions[index], "mention")}`))));
    found.hidden = !hits.length;
    input.setAttribute("aria-expanded", String(hits.length > 0));
    if (wanted) say(hits.length ? counted(hits.length, "name") : "Nobody is called so.");
  };
  input.addEventListener("input", search);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const options = [...found.children];
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && options.length) open(Number(options[Math.max(0, chosen)].dataset.person));
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
      chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length;
      options.forEach((option, place) => option.setAttribute("aria-selected", String(place === chosen)));
      input.setAttribute("aria-activedescendant", options[chosen].id);
    } else return;
    event.preventDefault();
  });
}

/**
 * Those whose name, or another of their names, has the words; beginnings of names first, then who is mentioned more.
 * @param {Page} page
 * @param {string} wanted folded
 */
function findNames(page, wanted) {
  const { book, shown } = page;
  const all = page.state.until >= lastChapter(book);
  const ranked = [];
  for (const one of book.people) {
    const names = all ? one.heads : folded([page.name(one.index), ...one.aliases.filter(([, first]) => first > 0 && first <= page.state.until).map(([alias]) => alias)].join("\n"));
    if ((!all && !shown.mentions[one.index]) || !names.includes(wanted)) continue;
    ranked.push({ index: one.index, begins: names.startsWith(wanted) || names.includes(`\n${wanted}`), mentions: shown.mentions[one.index] });
  }
  ranked.sort((left, right) => Number(right.begins) - Number(left.begins) || right.mentions - left.mentions || left.index - right.index);
  return ranked.slice(0, FOUND).map((one) => one.index);
}
