"""The text beside the graph, laid out as neo4j-graphrag does with what it reads itself (its "lexical graph").

- ``(:Document {id, book, title, path})-[:TEXT_OF]->(:Book)``.
- ``(:Chapter {id, book, number, title, part, start, end})-[:PART_OF]->(:Document)``.
- ``(:Chunk {id, book, index, text, chapter, start, end})``: a sentence, a paragraph, or a window of sentences;
  ``(:Chunk)-[:FROM_DOCUMENT]->(:Document)``, ``(:Chunk)-[:IN_CHAPTER]->(:Chapter)``,
  ``(:Chunk)-[:NEXT_CHUNK]->(:Chunk)``.
- ``(:Entity)-[:FROM_CHUNK {mentions, starts, ends, forms}]->(:Chunk)``: the mentions that begin in a chunk, in text
  order, as lists of one length.

Offsets are those of the evidence of relations, so that evidence can be walked to.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from litgraph.stores.model import Properties, book_record, entity_ids, short_id, storable_text
from litgraph.types import Book, Mention, Sentence

if TYPE_CHECKING:
    import networkx

ChunkKind = Literal["sentence", "paragraph", "window"]
CHUNK_KINDS: tuple[ChunkKind, ...] = get_args(ChunkKind)

WINDOW = 1_500
"""Characters of a window at most, unless a single sentence is longer: about a page's third."""


class Link(NamedTuple):
    """A relationship between two nodes of known ids."""

    head: str
    tail: str
    properties: Properties


class LexicalGraph(NamedTuple):
    """The text of a book as nodes and relationships; the chapter of each chunk is in ``chapter_of_chunk``."""

    document: Properties
    chapters: list[Properties]
    chunks: list[Properties]
    chapter_of_chunk: list[str]
    mentions: list[Link]


def lexical_graph(
    graph: networkx.MultiDiGraph,
    book: Book,
    sentences: Sequence[Sentence],
    mentions: Iterable[Mention],
    chunk: ChunkKind = "sentence",
) -> LexicalGraph:
    """The text of a book.

    Args:
        graph: whose nodes the mentions mean.
        book: the text and its chapters.
        sentences: in text order.
        mentions: in text order, with their entities; one that means no node of the graph is left out.
        chunk: what a chunk is.
    """
    name = book_record(graph).id
    document: Properties = {
        "id": short_id(f"{name}:text"), "book": name, "title": storable_text(book.title or name),
        "path": storable_text(book.source),
    }  # fmt: skip
    chapter_ids = {one.start: short_id(f"{name}:chapter:{index}") for index, one in enumerate(book.chapters)}
    chapters: list[Properties] = [
        {
            "id": chapter_ids[one.start], "book": name, "number": one.number, "title": storable_text(one.title),
            "part": storable_text(one.part), "start": one.start, "end": one.end,
        }
        for one in book.chapters
    ]  # fmt: skip
    chapter_starts = list(chapter_ids)
    spans = list(_spans(sentences, chunk))
    chunks: list[Properties] = [
        {
            "id": short_id(f"{name}:chunk:{index}"), "book": name, "index": index,
            "text": storable_text(book.text[start:end]), "chapter": chapter, "start": start, "end": end,
        }
        for index, (start, end, chapter) in enumerate(spans)
    ]  # fmt: skip
    where = [chapter_ids[chapter_starts[bisect_right(chapter_starts, start) - 1]] for start, _, _ in spans]
    return LexicalGraph(document, chapters, chunks, where, list(_links(graph, chunks, mentions)))


def _spans(sentences: Sequence[Sentence], chunk: ChunkKind) -> Iterator[tuple[int, int, int]]:
    """Start, end and number of the chapter of each chunk."""
    held: list[Sentence] = []
    for sentence in sentences:
        if held and not _together(held[0], sentence, chunk):
            yield held[0].start, held[-1].end, held[0].chapter
            held = []
        held.append(sentence)
    if held:
        yield held[0].start, held[-1].end, held[0].chapter


def _together(first: Sentence, sentence: Sentence, chunk: ChunkKind) -> bool:
    if chunk == "sentence" or sentence.chapter != first.chapter:
        return False
    return sentence.paragraph == first.paragraph if chunk == "paragraph" else sentence.end - first.start <= WINDOW


def _links(graph: networkx.MultiDiGraph, chunks: list[Properties], mentions: Iterable[Mention]) -> Iterator[Link]:
    ids = entity_ids(graph)
    starts = [chunk["start"] for chunk in chunks]
    found: dict[tuple[str, str], list[Mention]] = {}
    for mention in mentions:
        index = bisect_right(starts, mention.start) - 1
        if mention.entity in ids and index >= 0 and mention.start < chunks[index]["end"]:
            found.setdefault((ids[mention.entity], chunks[index]["id"]), []).append(mention)
    for (entity, chunk), meant in found.items():
        yield Link(
            entity,
            chunk,
            {
                "mentions": len(meant),
                "starts": [mention.start for mention in meant],
                "ends": [mention.end for mention in meant],
                "forms": [mention.form for mention in meant],
            },
        )
