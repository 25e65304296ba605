"""The list of chosen books, as ``litgraph corpus build`` takes it: a row for each, Gutenberg's number first."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from litgraph.corpus.selection.choosing import SelectedBook

COLUMNS = "id title author author_born author_died language issued subjects part other_editions".split()


def as_csv(books: Iterable[SelectedBook]) -> str:
    """The list as CSV with a header; several values in one cell are joined by "; ".

    Years are those of the first author; ``issued`` is the day on which Project Gutenberg issued the book.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(_row, books))
    return text.getvalue()


def _row(book: SelectedBook) -> list[Any]:
    entry = book.entry
    first = entry.authors[0] if entry.authors else None
    return [
        entry.identifier,
        " ".join(entry.title.split()),
        "; ".join(one.name for one in entry.authors),
        first.born if first else None,
        first.died if first else None,
        "; ".join(entry.languages),
        entry.issued,
        "; ".join(entry.subjects),
        book.part,
        "; ".join(other.identifier for other in book.other_editions),
    ]
