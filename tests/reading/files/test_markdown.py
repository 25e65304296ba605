"""Markdown: its headings are the book's, and its metadata are read and gone."""

from __future__ import annotations

import time

import pytest

from litgraph.reading.assemble import assemble
from litgraph.reading.files.plain import read_plain
from litgraph.types import Book

PROSE = "It was a quiet day, and nobody who lived in the village thought that anything at all could ever happen there."


def book_of(text: str) -> Book:
    return assemble(read_plain(text.encode(), "a-book.md"), "a-book.md")


HEADINGS = {
    "one mark": "# {}",
    "three marks": "### {}",
    "closed": "## {} ##",
    "underlined": "{}\n=======",
    "underlined once": "{}\n---",
    "attribute": "## {} {{#here}}",
    "bold": "## **{}**",
    "indented": "  ## {}",
}


@pytest.mark.parametrize("form", HEADINGS)
@pytest.mark.parametrize("title", ["The {}", "Chapter {}", "{}", "Chapter {}: the quay"])
@pytest.mark.parametrize("width", [200, 60])
def test_headings(form: str, title: str, width: int) -> None:
    titles = [title.format(number) for number in ("One", "Two", "Three")]
    prose = PROSE if width > len(PROSE) else PROSE.replace(" thought", "\nthought")
    book = book_of("\n\n".join(part for line in titles for part in (HEADINGS[form].format(line), prose)))
    assert [chapter.title for chapter in book.chapters] == titles
    assert "#" not in book.text.replace("{#here}", "") and "==" not in book.text
    assert book.text.count(PROSE) == 3


def test_a_title_above_chapters_without_numbers() -> None:
    parts = ["# The Net-Menders", "by A. N. Other", "## The Quay", PROSE, "## The Storm", PROSE]
    book = book_of("\n\n".join(parts))
    assert (book.title, book.author) == ("The Net-Menders", "A. N. Other")
    assert [chapter.title for chapter in book.chapters] == ["The Quay", "The Storm"]


def test_text_right_below_a_heading() -> None:
    book = book_of(f"# Chapter 1\n{PROSE}\n\n# Chapter 2\n{PROSE}")
    assert [chapter.title for chapter in book.chapters] == ["Chapter 1", "Chapter 2"]
    assert len(book.paragraphs) == 4


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_metadata(line_end: str) -> None:
    fields = ["---", 'title: "The Net-Menders"', "author: A. N. Other", "lang: en-GB", "tags: [sea]", "---"]
    book = book_of(line_end.join([*fields, "", "# One", "", PROSE, "", "# Two", "", PROSE]))
    assert (book.title, book.author, book.language) == ("The Net-Menders", "A. N. Other", "en")
    assert book.text.startswith("One\n\nIt was")


@pytest.mark.parametrize(
    "text",
    [
        f"---\n\n{PROSE}\n\n---\n\n{PROSE}",
        f"#hashtag\n\n{PROSE}",
        f"# # #\n\n{PROSE}",
        f"{PROSE}\n\n-----\n\n{PROSE}",
        f"---\n\n{PROSE}\n---\n",
    ],
)
def test_lines_that_are_no_markdown_stay(text: str) -> None:
    book = book_of(text)
    assert len(book.chapters) == 1
    assert [character for character in book.text if character.isalnum()] == [c for c in text if c.isalnum()]


@pytest.mark.parametrize("text", ["# " + "a " * 50_000, "#" * 99_000, "---\n" * 20_000, "a\n---\n" * 15_000])
def test_hostile_text_takes_linear_time(text: str) -> None:
    begin = time.process_time()
    book_of(text + "\n\n" + PROSE)
    assert time.process_time() - begin < 5
