// The controls around the view: search, views, what is shown, and how far one has read.

import { byId, counted, make, named, say, short } from "./dom.js";
import { FAMILIES, MEETING, SPEECH, folded, lastChapter, titleOf } from "./data.js";
import { isNetwork } from "./state.js";
import { SvgSurface, colour } from "./surface.js";
import { swatch } from "./cards.js";

/** @typedef {import("./state.js").Page} Page */

const VIEWS = { network: "Network", matrix: "Matrix", presence: "Presence", text: "Text" };
const FOUND = 12;

/** @param {Page} page */
export function setUpControls(page) {
  const { book } = page;
  byId("title").replaceChildren(named(book.raw.title || "A novel"), book.raw.author ? make("small", {}, " ", named(book.raw.author)) : "");
  setUpSearch(page);
  byId("views").replaceChildren(...Object.entries(VIEWS).map(([view, title]) =>
    make("button", { type: "button", "data-view": view, click: () => page.set({ view }) }, title)));
  const follow = [setUpFilters(page), setUpChapters(page)];
  return () => {
    for (const button of byId("views").children) button.setAttribute("aria-pressed", String(button.dataset.view === page.state.view));
    for (const one of follow) one();
  };
}

/** @param {Page} page */
function setUpSearch(page) {
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
    page.select({ selection: { kind: "person", person: index } });
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

/** @param {Page} page */
function setUpFilters(page) {
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
        relations.length > 0 && make("label", {}, "relation ", make("select", { change: (/** @type {any} */ event) => page.set({ relation: event.target.value }) },
          make("option", { value: "" }, "all"), ...relations.map((name) => make("option", { value: name }, name.replace(/_/g, " "))))))));
  const saving = make("div", { class: "saving" },
    make("button", { type: "button", "data-save": "svg", click: () => save(page, "svg") }, "Save SVG"),
    make("button", { type: "button", "data-save": "png", click: () => save(page, "png") }, "Save PNG"));
  byId("filters").replaceChildren(details, saving);
  return () => {
    amount.textContent = `${page.shown.people.length.toLocaleString("en")} names, ${counted(page.shown.lines.length, "line")}`;
    saving.hidden = page.state.view === "text";
  };
}

/**
 * @param {string} title
 * @param {...any} children
 */
function group(title, ...children) {
  return make("fieldset", {}, make("legend", {}, title), ...children);
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
  const bars = make("div", { class: "bars", "aria-hidden": "true" }, ...book.chapters.map((chapter, at) => {
    const bar = make("i", { title: `${short(titleOf(chapter), 60)}: ${counted(events[at], "event")}` });
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
    [...bars.children].forEach((bar, place) => bar.classList.toggle("later", book.chapters[place].number > until));
  };
}

/**
 * Saves the view as it is seen.
 * @param {Page} page
 * @param {string} format
 */
async function save(page, format) {
  const view = page.view;
  const [width, height] = view.size || [view.canvas.clientWidth, view.canvas.clientHeight];
  const surface = new SvgSurface(width, height, colour("paper"));
  view.draw(surface);
  const name = `${(folded(page.book.raw.title).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "") || "novel").slice(0, 60)}-${page.state.view}`;
  const svg = new Blob([surface.toString()], { type: "image/svg+xml" });
  if (format === "svg") return download(svg, `${name}.svg`);
  const image = new Image();
  const address = URL.createObjectURL(svg);
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  const times = Math.min(2, 8000 / Math.max(width, height));
  canvas.width = Math.round(width * times);
  canvas.height = Math.round(height * times);
  /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")).drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  canvas.toBlob((blob) => blob && download(blob, `${name}.png`), "image/png");
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
function download(blob, name) {
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  say(`${name} is saved.`);
}
