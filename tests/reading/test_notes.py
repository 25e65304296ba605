"""Notes are kept, behind the story, and are not read; the story has no trace of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from litgraph.reading import read_book
from litgraph.sentences import segment
from litgraph.types import Book

STORY = "Margaret{} Hollis walked with Edmund in the garden, and nobody spoke to her.{}"


def book_of(folder: Path, *paragraphs: str, name: str = "book.txt") -> Book:
    path = folder / name
    path.write_text("\n\n".join(paragraphs), encoding="utf-8")
    return read_book(path)


def story(book: Book) -> list[str]:
    (chapter,) = book.chapters
    return book.text[chapter.start : chapter.end].strip().split("\n\n")


def notes(book: Book) -> str:
    return " | ".join(book.text[part.start : part.end] for part in book.divisions if part.kind == "back")


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ("[1]", "[Footnote 1: See Lord Byron.]"),
        ("[1]", "[Footnote 1: See Lord Byron [and\nothers].]"),
        ("[A]", "[Footnote A: See Lord Byron.]"),
        ("[*]", "[Footnote *: See Lord Byron.]"),
        ("[1]", "[Note 1: See Lord Byron.]"),
        ("[4]", "[4: See Lord Byron.]"),
        ("[12]", "[12] See Lord Byron."),
        ("{3}", "{3} See Lord Byron."),
        ("<3>", "<3> See Lord Byron."),
        ("[^3]", "[^3]: See Lord Byron."),
        ("[FN#3]", "[FN#3] See Lord Byron."),
        ("[3]", "Footnote 3: See Lord Byron."),
        ("[*]", "[Footnote: See Lord Byron.]"),
        ("", "[Ed. note: See Lord Byron.]"),
        ("[a]", "[a] See Lord Byron."),
        ("*", "* See Lord Byron."),
        ("*", "*See Lord Byron."),
        ("**", "** See Lord Byron."),
        ("†", "† See Lord Byron."),
        ("(1)", "(1) See Lord Byron."),
        ("¹", "¹ See Lord Byron."),
        ("^1", "^1 See Lord Byron."),
        ("[1]", "FOOTNOTES:\n\n1. See Lord Byron."),
        ("[1]", "NOTES\n\n[1] See Lord Byron.\n\n[2] And Scott."),
        ("[1]", "[Footnote 1: See Lord Byron.\n\nAnd Scott.]"),
    ],
)
def test_forms(mark: str, note: str, tmp_path: Path) -> None:
    first, second = STORY.format(mark, ""), STORY.format("", mark)
    book = book_of(tmp_path, "CHAPTER I", first, note, second, note)
    assert story(book) == ["CHAPTER I", STORY.format("", ""), STORY.format("", "")]
    assert notes(book).count("Lord Byron") == 2
    assert all(sentence.end <= book.chapters[0].end for sentence in segment(book))
    position = book.source_position(book.text.index("Lord Byron"))
    assert position and "\n\n".join(["CHAPTER I", first, note, second, note])[position.offset :].startswith("Lord Byr")


def test_a_note_inside_of_a_paragraph(tmp_path: Path) -> None:
    book = book_of(tmp_path, "CHAPTER I", "Edmund came[Footnote 1: So Byron.] and sat.[Footnote: So Scott.] He wept.")
    assert story(book) == ["CHAPTER I", "Edmund came and sat. He wept."]
    assert notes(book) == "[Footnote 1: So Byron.]\n\n[Footnote: So Scott.]"


def test_a_sentence_that_a_note_or_a_page_cut_in_two_is_whole_again(tmp_path: Path) -> None:
    book = book_of(tmp_path, "CHAPTER I", "Edmund* came with a lan-", "* So Byron.", "tern and", "[Pg 13]", "sat down.")
    assert story(book) == ["CHAPTER I", "Edmund came with a lan-tern and sat down."]


@pytest.mark.parametrize(
    "paragraph",
    [
        "[12] Edmund Hollis came along the wall.",  # the number of a page
        "(1) Edmund Hollis came, (2) he sat down.",
        "* * * * *",
        "* a bullet of a list",
        "1. The first rule is to be kind.",
        "[A letter: it lay on the table.]",
        "[Enter the GHOST: he speaks.]",
    ],
)
def test_what_is_no_note(paragraph: str, tmp_path: Path) -> None:
    book = book_of(tmp_path, "CHAPTER I", STORY.format("", ""), paragraph, STORY.format("", ""))
    assert story(book)[2] == paragraph.replace("[12] ", "")
    assert not notes(book)


def test_numbers_that_begin_again_in_each_chapter(tmp_path: Path) -> None:
    chapters = [f"CHAPTER {n}\n\n{STORY.format('[1]', '[2]')}\n\n[1] So Byron.\n\n[2] So Scott." for n in ("I", "II")]
    book = book_of(tmp_path, *chapters)
    assert [chapter.title for chapter in book.chapters] == ["CHAPTER I", "CHAPTER II"]
    assert notes(book).count("Scott") == 2 and "[1]" not in book.text[: book.chapters[-1].end]


@pytest.mark.parametrize(
    "html",
    [
        '<p>Edmund<a href="#f1">[1]</a> came.</p><p class="x"><a href="#ref1">[1]</a> So Lord Byron.</p>',
        '<p>Edmund<a class="fnanchor" href="#f1"><sup>1</sup></a> came.</p>'
        '<div class="footnote"><p>So Lord Byron.</p></div>',
        '<p>Edmund came.</p><aside epub:type="footnote"><p>So Lord Byron.</p></aside>',
        '<p>Edmund<sup>1</sup> came.</p><p class="q"><sup>1</sup> So Lord Byron.</p>',
        "<p>Edmund[1] came.</p><p class='z9'>[1] So Lord Byron.</p>",
        "<p>Edmund<sup>*</sup> came.</p><p>* So Lord Byron.</p>",
        '<p>Edmund<sup><a href="#f1">1</a></sup> came.</p><p id="f1"><a href="#r1">1.</a> So Lord Byron.</p>',
        '<p>Edmund<a epub:type="noteref" href="#f1">1</a> came.</p><aside id="f1"><p>So Lord Byron.</p></aside>',
        '<p>Edmund<a href="#f1">*</a> came.</p><p><a id="f1"></a>So Lord Byron.</p>',
    ],
)
def test_html(html: str, tmp_path: Path) -> None:
    path = tmp_path / "book.html"
    path.write_text(f"<html><body><h2>CHAPTER I</h2>{html}<p>He sat down and wept.</p></body></html>", encoding="utf-8")
    book = read_book(path)
    assert story(book) == ["CHAPTER I", "Edmund came.", "He sat down and wept."]
    assert "Lord Byron" in notes(book)


@pytest.mark.parametrize(
    "number",
    [
        '<span class="pagenum">[Pg 14]</span>',
        '<span class="any">[Pg 14]</span>',
        '<a id="page_14" class="q">14</a>',
        '<span id="Page_14" class="t3">[14]</span>',
        '<span class="calibre_pb2">{14}</span>',
        '<span class="x"><a name="pg14">14</a></span>',
        '<span title="page 14">14</span>',
        '<small class="folio">xiv</small>',
        '<span class="x">14</span>',
        '<a href="#page14">[14]</a>',
    ],
)
def test_page_numbers_in_html_whatever_their_class(number: str, tmp_path: Path) -> None:
    path = tmp_path / "book.html"
    text = f"<p>Edmund came with a lan{number}tern.</p><p>He sat down and wept for H<sub>2</sub>O.</p>"
    path.write_text(f"<html><body><h2>CHAPTER I</h2>{text}</body></html>", encoding="utf-8")
    assert story(read_book(path)) == ["CHAPTER I", "Edmund came with a lantern.", "He sat down and wept for H2O."]


def test_an_unclosed_element_of_notes_does_not_swallow_the_book(tmp_path: Path) -> None:
    path = tmp_path / "book.html"
    path.write_text(
        '<html><body><h2>CHAPTER I</h2><p>He sat down.</p><div class="footnotes"><p>So Byron.</p>'
        + "<h2>CHAPTER II</h2>"
        + "<p>She wept.</p>" * 9,
        encoding="utf-8",
    )
    assert "She wept." in story_of_all(read_book(path))


def story_of_all(book: Book) -> str:
    return "".join(book.text[chapter.start : chapter.end] for chapter in book.chapters)


@pytest.mark.parametrize("unit", ["[Footnote 1: ", "* x*\n\n", "[1] a[1]\n\n", "[Footnote 1: a\n\n", "a[1: [b] "])
def test_hostile_notes_take_linear_time(unit: str, tmp_path: Path) -> None:
    assert book_of(tmp_path, "Edmund came.", unit * (200_000 // len(unit))).text
