// Puts the page together.

import { byId, say } from "./dom.js";
import { readBook } from "./data.js";
import { Page, decoded, readAddress, selectionOf } from "./state.js";
import { Network } from "./network.js";
import { Matrix } from "./matrix.js";
import { Presence } from "./presence.js";
import { Storyline } from "./storyline.js";
import { Text } from "./text.js";
import { Corrections } from "./corrections.js";
import { showCard } from "./cards.js";
import { setUpControls } from "./controls.js";

function start() {
  const page = new Page(readBook(JSON.parse(byId("contents").textContent)));
  readAddress(page);
  const corrections = page.book.served ? new Corrections(page) : null;
  /** @type {Record<string, any>} */
  const views = {
    network: new Network(page, (one, other) => (corrections ? corrections.offerMerge(one, other) : undefined)),
    matrix: new Matrix(page),
    storyline: new Storyline(page),
    presence: new Presence(page),
    text: new Text(page),
  };
  const showControls = setUpControls(page);
  let mounted = "";
  /** @type {import("./state.js").Selection} */
  let selection = null;
  let until = 0;
  const show = () => {
    const { state } = page;
    showControls();
    if (state.selection !== selection || state.until !== until || !mounted) showCard(page, corrections);
    selection = state.selection;
    until = state.until;
    page.view = views[state.view];
    if (mounted === state.view) page.view.show();
    else page.view.mount(byId("view"));
    mounted = state.view;
  };
  page.listeners.push(show);
  // In a frame of a notebook the address is the notebook's: links between cards are followed here.
  addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const mention = link.getAttribute("data-mention");
    const selection = selectionOf(page.book, decoded(link.getAttribute("href") || ""));
    // Of a page that takes corrections a name is also a place in the text, which may mean somebody else.
    if (mention === null) page.select(selection);
    else page.select(selection && selection.kind === "person" ? { ...selection, mention: Number(mention) } : { kind: "mention", mention: Number(mention) });
  });
  addEventListener("hashchange", () => {
    readAddress(page);
    page.set({});
  });
  addEventListener("resize", () => page.view.show());
  addEventListener("beforeprint", () => page.view === views.text && views.text.unfold());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => page.view.show());
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !(event.target instanceof HTMLInputElement && event.target.type !== "range" && event.target.type !== "checkbox")) {
      event.preventDefault();
      byId("search").focus();
    } else if (event.key === "Escape" && page.state.selection) page.select(null);
  });
  show();
  document.documentElement.dataset.ready = "true";
  if (!page.book.people.length) say("Nobody was found in this book.");
}

start();
