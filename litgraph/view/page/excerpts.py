"""The text of a page that has only a graph: the sentences that prove something, chapter by chapter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litgraph.graph import edges_of
from litgraph.types import Chapter, Span
from litgraph.view.page.contents import PageText, contents
from litgraph.view.page.document import document

if TYPE_CHECKING:
    import networkx

Piece = tuple[int, int, str]
"""Chapter, start and text of a piece of evidence."""

REMEMBERED = 20_000
"""Characters of a paragraph that the next piece is compared with."""


def page_of(graph: networkx.Graph) -> str:
    """The page of a graph without its book: the text is the sentences that prove something."""
    return document(contents(*excerpts(graph)))


def excerpts(graph: networkx.Graph) -> tuple[networkx.Graph, PageText]:
    """A copy of the graph whose evidence counts in a text of its own, and that text: all its evidence.

    Pieces that overlap become one paragraph; a piece that was cut short stands as it is.
    """
    pieces = {
        (piece["chapter"], piece["start"], piece["text"])
        for *_, data in edges_of(graph)
        for piece in data.get("evidence", ())
    }
    place: dict[Piece, int] = {}
    parts: list[str] = []
    divisions: list[Chapter] = []
    paragraphs: list[Span] = []
    length, tail, tail_end = 0, "", -1  # the end of the last paragraph, and where that ends in the book
    for chapter, start, words in sorted(pieces, key=lambda piece: (piece[0], piece[1], -len(piece[2]), piece[2])):
        if not divisions or divisions[-1].number != chapter:
            divisions.append(Chapter(chapter, "", length, length))
            tail, tail_end = "", -1
        at = len(tail) - (tail_end - start)
        if 0 <= at < len(tail) and tail.startswith(words[: len(tail) - at], at):
            place[chapter, start, words] = length - (len(tail) - at)
            added = words[len(tail) - at :]
            paragraphs[-1] = Span(paragraphs[-1].start, length + len(added))
        else:
            if parts:
                parts.append("\n\n")
                length += 2
            place[chapter, start, words] = length
            paragraphs.append(Span(length, length + len(words)))
            added, tail, tail_end = words, "", start
        parts.append(added)
        length += len(added)
        tail, tail_end = (tail + added)[-REMEMBERED:], tail_end + len(added)
        divisions[-1] = Chapter(chapter, "", divisions[-1].start, length)
    return _moved(graph, place), PageText("".join(parts), divisions, paragraphs, whole=False)


def _moved(graph: networkx.Graph, place: dict[Piece, int]) -> networkx.Graph:
    copy = graph.__class__()
    copy.graph.update(graph.graph)
    copy.add_nodes_from(graph.nodes(data=True))

    def moved(piece: dict[str, Any]) -> dict[str, Any]:
        start = place[piece["chapter"], piece["start"], piece["text"]]
        return {**piece, "start": start, "end": start + len(piece["text"])}

    for head, tail, key, data in edges_of(graph):
        attributes = {**data, "evidence": [moved(piece) for piece in data.get("evidence", ())]}
        copy.add_edges_from([(head, tail, key, attributes) if copy.is_multigraph() else (head, tail, attributes)])
    return copy
