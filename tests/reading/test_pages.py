"""Page numbers: gone from the text wherever they stand, and never taken for chapters; chapters never for pages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.reading.assemble import assemble
from litgraph.reading.files.html import read_html
from litgraph.reading.files.plain import read_plain
from litgraph.types import Book

PROSE = "It was a quiet day, and nobody who lived in the village thought that anything at all could ever happen there."
PAGE = [PROSE, f"{PROSE} {PROSE}", PROSE]


def book_of(*paragraphs: str) -> Book:
    return assemble(read_plain("\n\n".join(paragraphs).encode(), "a-book.txt"), "a-book.txt")


def titles(book: Book) -> list[str]:
    return [chapter.title for chapter in book.chapters]


MARKS = {
    "bare": "{}",
    "dashes": "- {} -",
    "double dashes": "-- {} --",
    "em dashes": "—{}—",
    "brackets": "[{}]",
    "braces": "{{{}}}",
    "parentheses": "({})",
    "tildes": "~ {} ~",
    "word": "Page {}",
    "abbreviation": "p. {}",
    "word in brackets": "[Pg {}]",
    "word in capitals": "PAGE {}",
    "word behind": "{} | Page",
    "of how many": "Page {} of 300",
    "of how many, without a word": "{} of 300",
    "slash": "{}/300",
    "colons": ":{}:",
    "another language": "Seite {}",
    "abbreviated": "S. {}",
    "leaf": "fol. {}",
    "indented": "                              {}",
    "running head, recto": "THE NET-MENDERS                 {}",
    "running head, verso": "{}              THE QUAY",
}


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("first", [1, 199])
def test_numbers_at_the_foot_of_pages(mark: str, first: int) -> None:
    book = book_of(*[text for number in range(first, first + 5) for text in (*PAGE, MARKS[mark].format(number))])
    assert titles(book) == [""]
    assert book.text == "\n\n".join(PAGE * 5)
    assert (book.chapters[0].start, book.chapters[0].end) == (0, len(book.text))


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("chapter", ["CHAPTER {}. The Quay", "LETTER {}", "{}: THE STORM"])
def test_chapters_stay_between_numbered_pages(mark: str, chapter: str) -> None:
    headings = [chapter.format(numeral) for numeral in ("I", "II", "III")]
    pages = [(MARKS[mark].format(number), *PAGE) for number in range(1, 7)]
    chapters = [(heading, *PAGE, *pages[2 * i], *pages[2 * i + 1]) for i, heading in enumerate(headings)]
    book = book_of("A TALE", *[text for chapter_lines in chapters for text in chapter_lines])
    assert titles(book) == headings
    assert MARKS[mark].format(5).strip() not in book.text.split("\n\n")


def test_a_sentence_across_two_pages_is_whole_again() -> None:
    book = book_of(
        PROSE, "She went to the quay, where the boats lay wait-", "12", "ing for the tide; and Mr. Tregarth saw her."
    )
    assert len(book.paragraphs) == 4  # one number is no page
    torn = [PROSE, "She went down to the quay at last, where all of the boats lay waiting"]
    rest = "for the tide; and Mr. Tregarth saw her."
    pages = [text for number in (12, 13, 14) for text in (*torn, str(number), rest)]
    whole = f"{torn[1]} {rest}"
    assert book_of(*pages).text == "\n\n".join([PROSE, whole] * 3)


def test_numbers_without_empty_lines_around() -> None:
    page = PROSE.replace(" the village", "\nthe village").replace(" could", "\n{}\ncould")
    book = book_of(*[page.format(number) for number in range(1, 8)])
    assert book.text == "\n\n".join([PROSE] * 7)


def test_every_kept_character_knows_where_it_stood() -> None:
    lines = [text for number in range(1, 6) for text in (f"{PROSE[:-7]}", str(number), PROSE[-6:])]
    source = "\n\n".join(lines)
    book = assemble(read_plain(source.encode(), "a-book.txt"), "a-book.txt")
    assert book.text == "\n\n".join([PROSE] * 5)
    for offset, character in enumerate(book.text):
        position = book.source_position(offset)
        assert source[position.offset] == character if position else character in " \n"


@pytest.mark.parametrize(
    "lines",
    [
        ["1", PROSE, "2", PROSE, PROSE, "3", PROSE],  # at the top, short: chapters
        ["A TALE", "1", *PAGE, "2", *PAGE * 4, "3", *PAGE, "4", *PAGE * 9],
        ["PREFACE", *PAGE, "1", *PAGE * 2, "2", *PAGE * 9, "3", *PAGE],
        ["A TALE", "1", *PAGE * 40, "2", *PAGE * 40, "3", *PAGE * 40],
        ["A TALE", "I", *PAGE, "II", *PAGE, "III", *PAGE],
        ["1.", *PAGE, "2.", *PAGE, "3.", *PAGE],
        ["1. The Quay", *PAGE, "2. The Storm", *PAGE, "3. The End of It", *PAGE],
        ["ONE", *PAGE, "TWO", *PAGE, "THREE", *PAGE],
        ["§ 1", *PAGE, "§ 2", *PAGE, "§ 3", *PAGE],
    ],
)
def test_numbers_that_are_chapters(lines: list[str]) -> None:
    assert len(titles(book_of(*lines))) == 3 + (lines[1:2] == ["1"] and "4" in lines)


def test_sections_that_begin_again_in_each_chapter_stay_in_the_text() -> None:
    section = ["1", *PAGE, "2", *PAGE, "3", *PAGE]
    book = book_of("CHAPTER I", *section, "CHAPTER II", *section)
    assert titles(book) == ["CHAPTER I", "CHAPTER II"]
    assert book.text.count("\n\n2\n\n") == 2


def test_headings_of_the_markup_are_chapters_whatever_their_length() -> None:
    html = "".join(f"<p>{PROSE}</p><h2>{number}</h2>" for number in range(1, 9)) + f"<p>{PROSE}</p>"
    book = assemble(read_html(f"<html><body>{html}</body></html>".encode(), "a.htm"), "a.htm")
    assert [title for title in titles(book) if title] == [str(number) for number in range(1, 9)]


def test_a_contents_page_is_no_row_of_running_heads() -> None:
    entries = [f"CHAPTER {numeral}          {page}" for numeral, page in (("I", 1), ("II", 3), ("III", 5))]
    body = [text for numeral in ("I", "II", "III") for text in (f"CHAPTER {numeral}", *PAGE)]
    book = book_of("A TALE", "CONTENTS", *entries, *body)
    assert [division.kind for division in book.divisions] == ["front", "contents", *["chapter"] * 3]
    assert "CHAPTER II 3" in book.text


@settings(deadline=None, max_examples=50)
@given(
    st.integers(1, 300),
    st.lists(st.integers(6, 9), min_size=4, max_size=12),
    st.sampled_from(["{}", "- {} -", "[{}]", "Page {}", "                    {}"]),
)
def test_pages_of_about_one_length(first: int, lengths: list[int], mark: str) -> None:
    first = 1 if first == 2 else first
    pages = [[*[PROSE] * length, mark.format(first + index)] for index, length in enumerate(lengths)]
    book = book_of(*[text for page in pages for text in page])
    assert titles(book) == [""]
    assert book.text == "\n\n".join([PROSE] * sum(lengths))
