"""Three chapters of Pride and Prejudice with the mentions of three people, and their graph."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import networkx
from graphs import edge, piece, pride

import litgraph
from litgraph.types import Book, Mention, Sentence

TEXT = Path(__file__).parents[1] / "data" / "pride-chapters-1-3.txt"
MEANT = {"Elizabeth": "elizabeth-bennet", "Lizzy": "elizabeth-bennet", "Jane": "jane-bennet", "Darcy": "mr-darcy"}


class Told(NamedTuple):
    graph: networkx.MultiDiGraph
    book: Book
    sentences: tuple[Sentence, ...]
    mentions: list[Mention]
    """the last of them means nobody of the graph"""


def told_pride(identifier: str) -> Told:
    """With a relation whose evidence is the sentence that begins with the first "Lizzy"."""
    book = litgraph.read_book(TEXT)
    sentences = litgraph.segment(book)
    mentions = []
    for match in re.finditer("|".join(MEANT), book.text):
        (one,) = [one for one in sentences if one.start <= match.start() < one.end] or [None]
        if one:
            name, number = match.group(), f"m{len(mentions)}"
            mentions.append(Mention(number, *match.span(), name, "PER", "name", one.index, one.chapter, MEANT[name]))
    first = mentions[0]
    nobody = Mention("m999", first.start, first.end, "it", "PER", "pronoun", 0, 1, "nobody")
    graph = pride()
    graph.graph["identifier"] = identifier
    at = book.text.index("Lizzy")
    said = piece(1, at, book.text[at : book.text.index(".", at)])
    graph.add_edge("elizabeth-bennet", "jane-bennet", "friend_of", **edge("friend_of", said))
    return Told(graph, book, sentences, [*mentions, nobody])
