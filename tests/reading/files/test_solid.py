"""Text without empty lines between its paragraphs: indents or short last lines tell where they begin."""

from __future__ import annotations

import textwrap
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.reading import read_book
from litgraph.reading.assemble import assemble
from litgraph.reading.files.plain import read_plain
from litgraph.reading.files.solid import paragraph_starts
from litgraph.types import Book


@cache
def alice() -> tuple[str, ...]:
    book = read_book("pg11")
    return tuple(book.text[span.start : span.end] for span in book.paragraphs)


def solid(paragraphs: tuple[str, ...], *, first: str = "", others: str = "", line_end: str = "\n") -> Book:
    wrapped = (textwrap.fill(text, 70, initial_indent=first, subsequent_indent=others) for text in paragraphs)
    data = "\n".join(wrapped).replace("\n", line_end).encode()
    return assemble(read_plain(data, "solid.txt"), "solid.txt")


def letters(text: str) -> list[str]:
    return [character for character in text if character.isalnum()]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("first", "others"), [("   ", ""), ("\t", ""), ("", "    ")])
def test_indents_tell_the_paragraphs_of_a_whole_book(first: str, others: str, line_end: str) -> None:
    book = solid(alice(), first=first, others=others, line_end=line_end)
    found = [book.text[span.start : span.end] for span in book.paragraphs]
    assert len(found) == len(alice())
    assert len(set(found) & set(alice())) > 0.98 * len(set(alice()))
    assert [chapter.title for chapter in book.chapters] == [text for text in alice() if text.startswith("CHAPTER")]


def test_short_last_lines_tell_most_paragraphs_and_all_chapters() -> None:
    book = solid(alice())
    assert len(book.paragraphs) > 0.7 * len(alice())
    assert len(book.chapters) == 12
    assert letters(book.text) == letters("".join(alice()))


VERSE = [
    "    Of man's first disobedience, and the fruit",
    "Of that forbidden tree, whose mortal taste",
    "    Brought death into the world, and all our woe,",
    "With loss of Eden, till one greater Man",
]


def test_the_indents_of_verse_are_no_paragraphs() -> None:
    assert paragraph_starts(VERSE * 30) == [0]


def test_a_stretch_as_long_as_a_paragraph_is_left_alone() -> None:
    assert paragraph_starts(["   An opening line.", "Another line."] * 20) == [0]


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(["", "  ", "\t", "        "]).flatmap(
            lambda indent: st.sampled_from(
                ["A line.", "CHAPTER I", "so on and so on and so on and so on and so on", "x"]
            ).map(lambda text: indent + text)
        ),
        min_size=1,
        max_size=150,
    )
)
def test_no_line_is_lost_or_doubled(lines: list[str]) -> None:
    starts = paragraph_starts(lines)
    assert starts[0] == 0 and starts == sorted(set(starts)) and starts[-1] < len(lines)
    book = assemble(read_plain("\n".join(lines).encode(), "x.txt"), "x.txt")
    assert book.text.split() == "\n".join(lines).split()
