"""Layouts of real files that were once read wrong, a small file each: how many chapters, and no heading as title."""

from __future__ import annotations

from pathlib import Path

import pytest

from litgraph.reading import read_book
from litgraph.reading.divisions.headings import parse_heading

CHAPTERS = {
    "01-small-print-at-bottom": 2,
    "02-spelled-numbers-with-space": 34,
    "03-heading-forms": 4,
    "04-page-numbers-as-chapters": 1,
    "17-image-headings": 2,
}
OTHERS = {"bignum.txt": 6, "pn_running.txt": 2, "pn_with_chaps.txt": 2}


@pytest.mark.parametrize("kind", CHAPTERS)
def test_layouts(data_folder: Path, kind: str) -> None:
    files = sorted((data_folder / "faults" / kind).iterdir())
    assert files
    for file in files:
        book = read_book(file)
        assert len(book.chapters) == OTHERS.get(file.name, CHAPTERS[kind]), file.name
        assert parse_heading(book.title) is None, file.name
        assert "small print" not in book.text.lower(), file.name
        assert book.chapters[0].start == 0, file.name  # nothing of page one is lost
        assert book.text.endswith('he has sent for Dr. Pascoe."'), file.name
    if kind == "01-small-print-at-bottom":
        assert (book.title, book.author, book.identifier) == ("The Net-Menders", "A. N. Other", "pg99999")
    if kind == "17-image-headings":
        assert [chapter.title for chapter in book.chapters] == ["Chapter One", "Chapter Two"]
