// What is shown: one state, told to whoever listens, kept in the address.

import { FAMILIES, MEETING, SPEECH, endOf, lastChapter, nameOf, presence, weightUntil } from "./data.js";

/**
 * @typedef {import("./data.js").Book} Book
 * @typedef {{kind: "person", person: number, mention?: number} | {kind: "pair", one: number, other: number}
 *   | {kind: "mention", mention: number} | {kind: "speech", speech: number} | null} Selection
 *   somebody, and perhaps the mention that led to him; two; a mention of nobody; a quotation
 * @typedef {{
 *   view: string, until: number, facts: boolean, speech: boolean, meetings: boolean, alone: boolean,
 *   kinds: Set<string>, families: Set<string>, relation: string, confidence: number, evidence: number,
 *   selection: Selection, place: [number, number] | null,
 * }} State place: a passage of the text that is shown
 * @typedef {{one: number, other: number, family: string, weight: number, directed: boolean}} Line
 * @typedef {{people: number[], lines: Line[], mentions: number[], limit: number}} Shown
 */

export const VIEWS = ["network", "matrix", "storyline", "presence", "text"];

export class Page {
  /** @param {Book} book */
  constructor(book) {
    this.book = book;
    /** @type {(() => void)[]} */
    this.listeners = [];
    this.presence = presence(book);
    const stated = book.edges.some((edge) => !isNetwork(this.familyOf(edge.relation)));
    const spoken = book.edges.some((edge) => this.familyOf(edge.relation) === SPEECH);
    /** @type {State} */
    this.state = {
      view: "network", until: lastChapter(book), facts: true, speech: spoken && !stated, meetings: !stated && !spoken,
      alone: false, kinds: new Set(book.people.map((one) => one.kind)), families: new Set(FAMILIES), relation: "",
      confidence: 0, evidence: 1, selection: null, place: null,
    };
    /** @type {any} the view that is seen */
    this.view = null;
    /** @type {Shown | null} */
    this.cached = null;
  }

  /** @param {number} relation */
  familyOf(relation) {
    return this.book.relations[relation].family;
  }

  /** @param {Partial<State>} change */
  set(change) {
    Object.assign(this.state, change);
    this.cached = null;
    for (const listener of this.listeners) listener();
    writeAddress(this);
  }

  /** @param {number} index */
  name(index) {
    return nameOf(this.book, index, this.state.until);
  }

  /** @param {Selection} selection */
  select(selection) {
    this.set({ selection });
  }

  /** Chapters as far as one has read. */
  get readChapters() {
    return this.book.chapters.filter((one) => one.number <= this.state.until);
  }

  /** The offset behind which nothing is shown. */
  get limit() {
    return this.state.until >= lastChapter(this.book) ? this.book.text.length + 1 : endOf(this.book, this.state.until);
  }

  /** @param {import("./data.js").Edge} edge */
  isWanted(edge) {
    const state = this.state;
    const relation = this.book.relations[edge.relation];
    if (relation.family === MEETING) return state.meetings && !state.relation;
    if (state.relation && relation.name !== state.relation) return false;
    if (relation.family === SPEECH) {
      if (!state.speech) return false;
    } else if (!state.facts || !state.families.has(relation.family)) return false;
    return edge.confidence === null || edge.confidence >= state.confidence;
  }

  /** @returns {Shown} */
  get shown() {
    if (this.cached) return this.cached;
    const { book, state, limit } = this;
    const upTo = this.readChapters.length;
    const all = state.until >= lastChapter(book);
    const mentions = book.people.map((one, index) =>
      all ? one.mentions : this.presence[index].subarray(0, upTo).reduce((sum, count) => sum + count, 0));
    const here = book.people.map((one, index) => state.kinds.has(one.kind) && (all || mentions[index] > 0));
    /** @type {Map<string, Line>} */
    const lines = new Map();
    for (const edge of book.edges) {
      if (!here[edge.head] || !here[edge.tail] || edge.head === edge.tail || !this.isWanted(edge)) continue;
      const weight = weightUntil(book, edge, limit);
      if (weight < state.evidence || weight === 0) continue;
      const one = Math.min(edge.head, edge.tail);
      const other = Math.max(edge.head, edge.tail);
      const family = this.familyOf(edge.relation);
      const key = `${one} ${other} ${family}`;
      const line = lines.get(key);
      if (line) line.weight += weight;
      else lines.set(key, { one, other, family, weight, directed: edge.directed });
    }
    const connected = new Set([...lines.values()].flatMap((line) => [line.one, line.other]));
    const people = book.people.map((one) => one.index).filter((index) => here[index] && (state.alone || connected.has(index)));
    people.sort((one, other) => mentions[other] - mentions[one] || one - other);
    this.cached = { people, lines: [...lines.values()].sort((one, other) => one.weight - other.weight), mentions, limit };
    return this.cached;
  }
}

/** @param {string} family */
export function isNetwork(family) {
  return family === SPEECH || family === MEETING;
}

/**
 * The address says who is selected, how far one has read, and what is looked at: #elizabeth-bennet--mr-darcy,
 * ?until=20, ?view=text.
 * @param {Page} page
 */
export function readAddress(page) {
  const { book } = page;
  const wanted = new URLSearchParams(location.search);
  const until = Number(wanted.get("until"));
  const state = page.state;
  if (Number.isInteger(until) && until >= 1) state.until = Math.min(until, lastChapter(book));
  const view = wanted.get("view") || "";
  if (VIEWS.includes(view)) state.view = view;
  const at = Number(wanted.get("at") || NaN);
  if (Number.isInteger(at) && at >= 0 && at < page.limit) state.place = [at, at];
  state.selection = selectionOf(book, decoded(location.hash));
}

/**
 * What stands behind # in an address.
 * @param {string} hash
 */
export function decoded(hash) {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return hash.slice(1);
  }
}

/**
 * @param {Book} book
 * @param {string} hash
 * @returns {Selection}
 */
export function selectionOf(book, hash) {
  const person = book.byId.get(hash);
  if (person !== undefined) return { kind: "person", person };
  for (let at = hash.indexOf("--"); at > 0; at = hash.indexOf("--", at + 1)) {
    const one = book.byId.get(hash.slice(0, at));
    const other = book.byId.get(hash.slice(at + 2));
    if (one !== undefined && other !== undefined) return { kind: "pair", one, other };
  }
  return null;
}

/** @param {Page} page */
function writeAddress(page) {
  const { book, state } = page;
  const selection = state.selection;
  const ids = !selection ? [] : selection.kind === "person" ? [selection.person] : selection.kind === "pair" ? [selection.one, selection.other] : [];
  const hash = addressOf(book, ids).slice(1);
  const wanted = new URLSearchParams();
  if (state.until < lastChapter(book)) wanted.set("until", String(state.until));
  if (state.view !== "network") wanted.set("view", state.view);
  if (state.view === "text" && state.place) wanted.set("at", String(state.place[0]));
  const query = String(wanted) && `?${wanted}`;
  try {
    history.replaceState(null, "", `${location.pathname}${query}${hash ? `#${hash}` : ""}`);
  } catch {
    // A page inside another, as in a notebook, has no address of its own.
  }
}

/**
 * Where the card of somebody is, or of two: half a surrogate pair can stand in no address.
 * @param {Book} book
 * @param {number[]} people
 */
export function addressOf(book, people) {
  const whole = (/** @type {string} */ id) => id.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
  return `#${people.map((index) => encodeURIComponent(whole(book.people[index].id))).join("--")}`;
}
