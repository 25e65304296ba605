"""Notices about divisions: a long book of one chapter, a text of which much is left out; silence about the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from litgraph.reading.assemble import assemble
from litgraph.reading.files.plain import read_plain
from litgraph.types import Book

PROSE = "It was a quiet day, and nobody who lived in the village thought that anything at all could ever happen there."
LONG = [PROSE] * 400


def book_of(*paragraphs: str) -> Book:
    return assemble(read_plain("\n\n".join(paragraphs).encode(), "a-book.txt"), "a-book.txt")


@pytest.mark.parametrize(
    "front",
    [
        [],
        ["A TALE", "by Ann Other"],
        ["CHAPTER I"],
        ["THE QUAY"],
        ["A TALE", "PREFACE", PROSE, "The quay and the storm"],
    ],
)
def test_a_long_book_of_one_chapter(front: list[str]) -> None:
    (notice,) = book_of(*front, *LONG).notices
    assert notice.startswith("Only one chapter was found in 8,") and "CHAPTER I" in notice and "build again" in notice


@pytest.mark.parametrize(
    "lines",
    [
        ["A TALE", *[PROSE] * 300],  # a short story
        ["CHAPTER I", *LONG, "CHAPTER II", *LONG],
        ["A TALE", "PREFACE", *[PROSE] * 20, "CHAPTER I", *LONG, "CHAPTER II", *LONG, "NOTES", *[PROSE] * 20],
        ["A TALE", "by Ann Other", "CONTENTS", "I", "II", "III", "I", PROSE, "II", PROSE, "III", PROSE],
    ],
)
def test_books_of_which_there_is_nothing_to_say(lines: list[str]) -> None:
    assert book_of(*lines).notices == ()


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["PREFACE", *LONG, "CHAPTER I", *LONG, "CHAPTER II", *LONG], 'front matter "PREFACE" (44,'),
        (["CHAPTER I", *LONG, "CHAPTER II", *LONG, "APPENDIX", *LONG], 'back matter "APPENDIX" (44,'),
        (["CHAPTER I", *LONG, "CHAPTER II", *LONG, "THE END", *[PROSE] * 150], "back matter (16,"),
        (["THE EDITOR'S PREFACE", *LONG, "INTRODUCTION", *LONG, "I", *LONG, "II", *LONG], "50% of the text is in no"),
        (["A TALE", *[PROSE] * 90, "CHAPTER I", *LONG, "CHAPTER II", PROSE], "front matter (9,"),
    ],
)
def test_much_that_is_in_no_chapter(lines: list[str], words: str) -> None:
    (notice,) = book_of(*lines).notices
    assert words in notice and "not read for the graph" in notice and "build again" in notice


def test_more_than_a_licence_beside_the_book() -> None:
    start, end = (f"*** {word} OF THIS PROJECT GUTENBERG EBOOK THE SEA ***" for word in ("START", "END"))
    (notice,) = book_of(start, "CHAPTER I", *LONG, "CHAPTER II", *LONG, end, *LONG).notices
    assert notice.startswith("33% of the file stands outside the lines") and "take those lines out" in notice
    assert book_of(start, "CHAPTER I", *LONG, "CHAPTER II", *LONG, end, *[PROSE] * 170).notices == ()


def test_the_report_says_what_the_terminal_says(tmp_path: Path) -> None:
    from litgraph.config import load_settings
    from litgraph.pipeline import build_run

    path = tmp_path / "a-book.txt"
    path.write_text("\n\n".join(["PREFACE", *[PROSE] * 20, "CHAPTER I", *[PROSE] * 9, "CHAPTER II", PROSE]), "utf-8")
    settings = load_settings({"labeller": "rules"})
    result = build_run(path, tmp_path / "run", settings=settings)
    assert any('front matter "PREFACE"' in notice for notice in result.notices)
    report = json.loads((tmp_path / "run" / "report.json").read_text(encoding="utf-8"))
    assert report["notices"] == list(result.notices)
