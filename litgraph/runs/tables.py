"""A run as tables: its characters, relations, mentions, quotations and chapters, for pandas, R and spreadsheets."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from litgraph.analysis import measure_chapters, measure_characters
from litgraph.graph import edges_of
from litgraph.runs.loading import load_book, load_graph, load_mentions, load_quotations
from litgraph.speech.conversations import words
from litgraph.types import Book, Mention, Quotation

if TYPE_CHECKING:
    import networkx

Rows = list[dict[str, Any]]


def tables(run: str | os.PathLike[str]) -> dict[str, Any]:
    """The tables of a run folder: pandas DataFrames if pandas is installed, lists of dicts otherwise.

    Returns:
        ``characters``, one row each with all measures of :class:`litgraph.analysis.CharacterMeasures`; ``relations``,
        one row for each edge of the graph with its first sentence; ``mentions`` and ``quotations`` as in their files,
        with the words spoken; ``chapters``, with how large the company is in each and who enters and leaves.
        docs/formats.md names the columns.

    Raises:
        RunFolderError: it is no run folder, or damaged.
    """
    found = table_rows(run)
    if find_spec("pandas") is None:
        return dict(found)
    import pandas

    return {name: pandas.DataFrame(rows) for name, rows in found.items()}


def table_rows(run: str | os.PathLike[str]) -> dict[str, Rows]:
    """The same tables as lists of dicts, which need no pandas. Raises RunFolderError as :func:`tables` does."""
    folder = Path(run)
    graph, book = load_graph(folder), load_book(folder)
    mentions, quotations = load_mentions(folder), load_quotations(folder)
    people = measure_characters(graph, book=book, mentions=mentions, quotations=quotations)
    return {
        "characters": [asdict(row) for row in people],
        "relations": _relations(graph),
        "mentions": [_mention(one) for one in mentions],
        "quotations": [_quotation(one, book) for one in quotations],
        "chapters": _chapters(graph, book, mentions, quotations),
    }


def _relations(graph: networkx.MultiDiGraph) -> Rows:
    rows = []
    for head, tail, key, data in edges_of(graph):
        evidence = data.get("evidence") or [{"text": ""}]
        rows.append(
            {
                "head": head,
                "head_name": graph.nodes[head]["name"],
                "relation": data.get("relation", key),
                "tail": tail,
                "tail_name": graph.nodes[tail]["name"],
                "directed": data["directed"],
                "weight": data["weight"],
                "confidence": data["confidence"],
                "basis": data.get("basis", ""),
                "chapters": data["chapters"],
                "first_sentence": evidence[0]["text"],
            }
        )
    return rows


def _mention(mention: Mention) -> dict[str, Any]:
    names = ("id", "start", "end", "text", "label", "form", "chapter", "sentence", "entity", "certainty")
    return {name: getattr(mention, name) for name in names}


def _quotation(quotation: Quotation, book: Book) -> dict[str, Any]:
    return {
        "id": quotation.id,
        "start": quotation.start,
        "end": quotation.end,
        "text": book.text[quotation.start : quotation.end],
        "words": words(book.text, quotation),
        "chapter": quotation.chapter,
        "speaker": quotation.speaker,
        "addressees": list(quotation.addressees),
        "how": quotation.how,
        "certainty": quotation.certainty,
    }


def _chapters(
    graph: networkx.MultiDiGraph, book: Book, mentions: tuple[Mention, ...], quotations: tuple[Quotation, ...]
) -> Rows:
    measured = measure_chapters(graph, slicing="chapter", top=0, book=book, mentions=mentions)
    mentioned: Mapping[int, int] = Counter(one.chapter for one in mentions if one.entity)
    spoken: Counter[int] = Counter()
    for one in quotations:
        spoken[one.chapter] += words(book.text, one)
    return [
        {
            "chapter": chapter.number,
            "title": chapter.title,
            "part": chapter.part,
            "start": chapter.start,
            "end": chapter.end,
            "words": len(book.text[chapter.start : chapter.end].split()),
            "words_spoken": spoken[chapter.number],
            "mentions": mentioned.get(chapter.number, 0),
            "characters": row.characters,
            "ties": row.ties,
            "density": row.density,
            "change": row.change,
            "enter": list(row.enter),
            "leave": list(row.leave),
        }
        for chapter, row in zip(book.chapters, measured, strict=True)
    ]
