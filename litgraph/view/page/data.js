// What the page holds, read once: lists of steps become places in the text, in UTF-16 units.

/**
 * @typedef {{number: number, title: string, part: string, start: number, end: number, kind: string}} Division
 * @typedef {{name: string, family: string, words: string}} Relation
 * @typedef {{
 *   index: number, id: string, name: string, kind: string, gender: string, mentions: number, first: number,
 *   last: number, ambiguous: boolean, aliases: [string, number][], x: number, y: number, community: number,
 *   edges: number[], heads: string,
 * }} Person a node of the graph; aliases with the chapter in which each is first used, 0 if that is not known
 * @typedef {{
 *   index: number, head: number, tail: number, relation: number, directed: boolean, confidence: number | null,
 *   weight: number, inferred: boolean, because: (number | string)[], sources: number[], starts: number[],
 *   ends: number[], known: number,
 * }} Edge known: the offset from which a reader may know of it, for edges without sentences
 * @typedef {{index: number, start: number, end: number, speaker: number, hearers: number[]}} Speech
 * @typedef {{
 *   raw: any, text: string, whole: boolean, served: boolean, divisions: Division[], chapters: Division[],
 *   paragraphs: [number, number][], people: Person[], relations: Relation[], edges: Edge[], speeches: Speech[],
 *   mentionStarts: number[], mentionEnds: number[], mentionOf: number[], byId: Map<string, number>,
 * }} Book mentionOf: -1 for nobody, of whom only a served page speaks
 */

export const FAMILIES = ["kin", "love", "friendship", "conflict", "work", "place", "other"];
export const SPEECH = "speaks_to";
export const MEETING = "co_occurs_with";
/** @type {Record<string, string>} */
const UNNAMED = { group: "some people", place: "a place", organisation: "an organisation", vehicle: "a vehicle" };

/**
 * @param {any} raw
 * @returns {Book}
 */
export function readBook(raw) {
  const divisions = raw.divisions.map((/** @type {any[]} */ [number, title, part, start, end, kind]) => ({
    number, title, part, start, end, kind,
  }));
  const paragraphs = /** @type {[number, number][]} */ (rows(raw.paragraphs, 2).map(([start, length]) => [start, start + length]));
  const people = raw.nodes.map((/** @type {any} */ node, /** @type {number} */ index) => ({
    ...node, index, x: node.at[0], y: node.at[1], edges: [], heads: folded([node.name, ...node.aliases.map((/** @type {any} */ one) => one[0])].join("\n")),
  }));
  const mentions = rows(raw.mentions, 3);
  const book = {
    raw, text: raw.text, whole: raw.whole, served: raw.served, divisions,
    chapters: divisions.filter((/** @type {Division} */ one) => one.kind === "chapter"),
    paragraphs, people, relations: raw.relations, edges: /** @type {Edge[]} */ ([]),
    speeches: raw.quotations.map((/** @type {number[]} */ [start, length, speaker, ...hearers], /** @type {number} */ index) => ({ index, start, end: start + length, speaker, hearers })),
    mentionStarts: mentions.map((row) => row[0]), mentionEnds: mentions.map((row) => row[0] + row[1]),
    mentionOf: mentions.map((row) => row[2]), byId: new Map(people.map((/** @type {Person} */ one) => [one.id, one.index])),
  };
  book.edges = raw.edges.map((/** @type {any} */ edge, /** @type {number} */ index) => {
    const evidence = rows(edge.evidence, 2);
    const [head, relation, tail] = edge.of;
    people[head].edges.push(index);
    if (tail !== head) people[tail].edges.push(index);
    return {
      index, head, relation, tail, directed: edge.directed, confidence: edge.confidence, weight: edge.weight,
      inferred: edge.inferred, because: edge.because, sources: edge.sources,
      starts: evidence.map((row) => row[0]), ends: evidence.map((row) => row[0] + row[1]),
      known: edge.chapters.length ? endOf(book, Math.max(...edge.chapters)) : book.text.length,
    };
  });
  return book;
}

/**
 * @param {number[]} steps
 * @param {number} width
 */
function rows(steps, width) {
  const found = [];
  let first = 0;
  for (let index = 0; index < steps.length; index += width) {
    first += steps[index];
    found.push([first, ...steps.slice(index + 1, index + width)]);
  }
  return found;
}

/**
 * As names are compared: without case and accents.
 * @param {string} text
 */
export function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/’/g, "'").toLowerCase();
}

/**
 * How many of the sorted numbers are below the limit.
 * @param {number[]} sorted
 * @param {number} limit
 */
export function countBelow(sorted, limit) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Where a chapter ends, by its number.
 * @param {{chapters: Division[], text: string}} book
 * @param {number} number
 */
export function endOf(book, number) {
  const chapter = book.chapters.filter((one) => one.number <= number).at(-1);
  return chapter ? chapter.end : 0;
}

/**
 * @param {Book} book
 * @param {number} offset
 * @returns {Division | undefined}
 */
export function divisionAt(book, offset) {
  return book.divisions[Math.max(0, countBelow(book.divisions.map((one) => one.start), offset + 1) - 1)];
}

/** @param {Division} division */
export function titleOf(division) {
  if (division.kind !== "chapter") return division.title || { front: "Front matter", contents: "Contents", back: "Back matter" }[division.kind] || "";
  const plain = `Chapter ${division.number}`;
  return !division.title || folded(division.title) === folded(plain) ? plain : division.title;
}

/**
 * What a reader who has come so far calls somebody: a name of later chapters would tell what happens.
 * @param {Book} book
 * @param {number} index
 * @param {number} until number of the last chapter that was read
 */
export function nameOf(book, index, until) {
  const one = book.people[index];
  if (!book.mentionStarts.length || until >= lastChapter(book)) return one.name;
  const names = knownNames(book, index, until);
  const own = one.aliases.some(([alias]) => alias === one.name);
  return !own || names.includes(one.name) ? one.name : names[0] || UNNAMED[one.kind] || "somebody";
}

/**
 * @param {Book} book
 * @param {number} index
 * @param {number} until
 */
export function knownNames(book, index, until) {
  const all = !book.mentionStarts.length || until >= lastChapter(book);
  return book.people[index].aliases.filter(([, first]) => all || (first > 0 && first <= until)).map(([alias]) => alias);
}

/** @param {Book} book */
export function lastChapter(book) {
  return book.chapters.length ? book.chapters[book.chapters.length - 1].number : 0;
}

/**
 * @param {Book} book
 * @param {Edge} edge
 * @param {number} until
 */
export function inWords(book, edge, until) {
  return book.relations[edge.relation].words.replace(/\{(head|tail)\}/g, (_, end) => short80(nameOf(book, end === "head" ? edge.head : edge.tail, until)));
}

/** @param {string} name */
function short80(name) {
  return name.length > 80 ? `${name.slice(0, 79)}…` : name;
}

/**
 * How much of the evidence for an edge stands before an offset; 0 if a reader who has come there knows nothing of it.
 * @param {Book} book
 * @param {Edge} edge
 * @param {number} limit
 * @returns {number}
 */
export function weightUntil(book, edge, limit) {
  if (limit >= book.text.length) return edge.weight;
  for (const reason of edge.because) {
    // What follows is known when all is known that it follows from.
    if (edge.inferred && typeof reason === "number" && !directlyKnown(book.edges[reason], limit)) return 0;
    if (edge.inferred && typeof reason === "string" && limit < edge.known) return 0;
  }
  if (edge.starts.length) return countBelow(edge.starts, limit);
  return edge.known <= limit ? edge.weight : 0;
}

/**
 * @param {Edge} edge
 * @param {number} limit
 */
function directlyKnown(edge, limit) {
  return edge.starts.length ? edge.starts[0] < limit : edge.known <= limit;
}

/**
 * Mentions of somebody in each chapter; of a graph without its text, evidence that concerns him.
 * @param {Book} book
 * @returns {Uint32Array[]} for each node one number a chapter
 */
export function presence(book) {
  const counts = book.people.map(() => new Uint32Array(book.chapters.length));
  const ends = book.chapters.map((one) => one.end);
  const add = (/** @type {number} */ person, /** @type {number} */ offset) => {
    const chapter = countBelow(ends, offset + 1);
    if (chapter < ends.length && offset >= book.chapters[chapter].start) counts[person][chapter] += 1;
  };
  if (book.mentionStarts.length) book.mentionStarts.forEach((start, index) => book.mentionOf[index] >= 0 && add(book.mentionOf[index], start));
  else {
    for (const edge of book.edges) {
      for (const start of edge.starts) {
        add(edge.head, start);
        add(edge.tail, start);
      }
    }
  }
  return counts;
}
