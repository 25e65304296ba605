// The controls around the view: search, views, what is shown, and how far one has read.

import { byId, counted, make, named, short } from "./dom.js";
import { MEETING, lastChapter, titleOf } from "./data.js";
import { setUpFilters } from "./filters.js";
import { setUpSearch } from "./search.js";
import { VIEWS } from "./state.js";

/** @typedef {import("./state.js").Page} Page */

/** @param {Page} page */
export function setUpControls(page) {
  const { book } = page;
  byId("title").replaceChildren(named(book.raw.title || "A novel"), book.raw.author ? make("small", {}, " ", named(book.raw.author)) : "");
  setUpSearch(page);
  byId("views").replaceChildren(...VIEWS.map((view) =>
    make("button", { type: "button", "data-view": view, click: () => page.set({ view }) }, `${view[0].toUpperCase()}${view.slice(1)}`)));
  const follow = [setUpFilters(page), setUpChapters(page)];
  return () => {
    for (const button of byId("views").children) button.setAttribute("aria-pressed", String(button.dataset.view === page.state.view));
    for (const one of follow) one();
  };
}

/** @param {Page} page */
function setUpChapters(page) {
  const { book } = page;
  const last = lastChapter(book);
  const footer = byId("chapters");
  if (last < 2) {
    footer.hidden = true;
    return () => {};
  }
  const events = book.chapters.map(() => 0);
  const ends = book.chapters.map((one) => one.end);
  for (const edge of book.edges) {
    if (page.familyOf(edge.relation) === MEETING) continue;
    for (const start of edge.starts) {
      const at = ends.findIndex((end) => start < end);
      if (at >= 0) events[at] += 1;
    }
  }
  const most = events.reduce((one, other) => Math.max(one, other), 1);
  const bars = make("div", { class: "bars", "aria-hidden": "true" }, ...book.chapters.map((_, at) => {
    const bar = make("i", {});
    bar.style.height = `${Math.round((100 * events[at]) / most)}%`;
    return make("span", {}, bar);
  }));
  const slider = make("input", { type: "range", id: "until", min: 1, max: last, value: page.state.until, input: () => page.set({ until: Number(slider.value) }) });
  const told = make("output", { for: "until" });
  footer.replaceChildren(make("label", { for: "until" }, "Up to chapter"), make("div", { class: "track" }, bars, slider), told);
  return () => {
    const { until } = page.state;
    slider.value = String(until);
    const at = book.chapters.findIndex((one) => one.number === until);
    told.textContent = until >= last ? `${last}, the whole book` : `${until}${at >= 0 ? `: ${counted(events[at], "event")}` : ""}`;
    slider.setAttribute("aria-valuetext", told.textContent);
    [...bars.children].forEach((bar, place) => {
      const chapter = book.chapters[place];
      const later = chapter.number > until;
      bar.classList.toggle("later", later); // whose title may tell what happens in it
      bar.title = `${later ? `Chapter ${chapter.number}` : short(titleOf(chapter), 60)}: ${counted(events[place], "event")}`;
    });
  };
}
