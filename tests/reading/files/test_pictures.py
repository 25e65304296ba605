"""Headings that are pictures: read by their alternative texts, and never twice."""

from __future__ import annotations

import pytest

from litgraph.reading.assemble import assemble
from litgraph.reading.files.html import read_html
from litgraph.types import Book

PROSE = "It was a quiet day, and nobody who lived in the village thought that anything at all could ever happen there."


def book_of(*parts: str, title: str = "The Net-Menders") -> Book:
    page = f"<html><head><title>{title}</title></head><body>{''.join(parts)}</body></html>"
    return assemble(read_html(page.encode(), "a-book.htm"), "a-book.htm")


def titles(book: Book) -> list[str]:
    return [chapter.title for chapter in book.chapters]


@pytest.mark.parametrize(
    "heading",
    [
        '<h2><img src="x.png" alt="{}"/></h2>',
        "<h2><img src=x.png alt='{}'></h2>",
        '<h2 class="c"><a id="c1"></a><span><img alt="{}" src="x.png"/></span></h2>',
        '<h3><div class="figcenter"><img alt=" {} " src="x.png"/></div></h3>',
        '<h2><img src="x.png" alt="" title="{}"/></h2>',
        '<h2><img src="ornament.png" alt="ornament"/><img src="x.png" alt="{}"/></h2>',
        '<h2 title="{}"><img src="x.png" alt="[Illustration]"/></h2>',
        '<h2 aria-label="{}"><svg><path d="M0"/></svg></h2>',
        '<div class="figcenter"><img src="x.png" alt="{}"/></div>',
        '<p><img src="x.png" alt="{}"/></p>',
        '<figure><img src="x.png" alt="{}"/></figure>',
        '<h2><img src="x.png" alt="Heading: {}"/></h2>',
        '<p><img src="x.png" alt="[Illustration: {}]"/></p>',
        '<h2><svg><title>{}</title><path d="M0 0"/></svg></h2>',
        '<h2><span role="img" aria-label="{}"></span></h2>',
        '<h2><object data="x.svg">{}</object></h2>',
        '<div role="heading" aria-level="2"><img src="x.png" alt="{}"/></div>',
    ],
)
@pytest.mark.parametrize("words", ["Chapter {}", "CHAPTER {}: THE QUAY"])
def test_pictures_of_headings(heading: str, words: str) -> None:
    names = [words.format(number) for number in ("One", "Two", "Three")]
    book = book_of(*[part for name in names for part in (heading.format(name), f"<p>{PROSE}</p>")])
    assert titles(book) == names
    assert book.notices == ()
    assert all(book.text.count(name) == 1 for name in names)


def test_titles_without_numbers_are_read_where_the_markup_says_heading() -> None:
    names = ["The Quay", "The Storm", "The End of It"]
    book = book_of(*[part for name in names for part in (f'<h2><img alt="{name}"></h2>', f"<p>{PROSE}</p>")])
    assert titles(book) == names
    elsewhere = book_of(*[part for name in names for part in (f'<p><img alt="{name}"></p>', f"<p>{PROSE}</p>")])
    assert "The Storm" not in elsewhere.text


@pytest.mark.parametrize(
    "heading",
    [
        '<h2><img alt="Chapter {0}"/><br/>CHAPTER {0}</h2>',
        '<h2>CHAPTER {0}</h2><div><img alt="Chapter {0}"/></div>',
        '<div><img alt="Chapter {0}: headpiece"/></div><h2>CHAPTER {0}</h2>',
        '<h2>CHAPTER {0} <img alt="ornament"/></h2>',
    ],
)
def test_a_picture_beside_a_heading_adds_nothing(heading: str) -> None:
    book = book_of(*[part for number in ("I", "II") for part in (heading.format(number), f"<p>{PROSE}</p>")])
    assert titles(book) == ["CHAPTER I", "CHAPTER II"]
    assert "headpiece" not in book.text and "Chapter" not in book.text


@pytest.mark.parametrize(
    "alt", ["", "[Illustration]", "decoration", "chapter1.png", "headpiece", "Chapter heading", "* * *", "image 12"]
)
def test_pictures_without_words_are_told(alt: str) -> None:
    book = book_of(*[f'<h2><img src="x.png" alt="{alt}"/></h2><p>{PROSE}</p>'] * 3)
    assert titles(book) == [""]
    assert [notice for notice in book.notices if "3 headings are pictures" in notice and "alt=" in notice]
    assert len(book.paragraphs) == 3


def test_words_of_a_picture_know_where_they_stand() -> None:
    source = f'<html><body><h2><img src="x.png" alt="Chapter One"/></h2><p>{PROSE}</p></body></html>'
    document = read_html(source.encode(), "a.htm")
    start = document.blocks[0].content.offsets[0]
    assert source[start : start + 11] == document.blocks[0].content.text == "Chapter One"
