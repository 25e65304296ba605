"""Divisions: which lines are headings, at which level, and which only look like it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from litgraph.reading.assemble import assemble
from litgraph.reading.divisions.headings import parse_heading
from litgraph.reading.divisions.numerals import LAST
from litgraph.reading.files.plain import read_plain
from litgraph.types import Book

PROSE = "It was a quiet day, and nobody who lived in the village thought that anything at all could ever happen there."


def book_of(*paragraphs: str, name: str = "a-book.txt") -> Book:
    return assemble(read_plain("\n\n".join(paragraphs).encode(), name), name)


def titles(book: Book) -> list[str]:
    return [chapter.title for chapter in book.chapters]


def outline(book: Book) -> list[tuple[str, str]]:
    return [(division.kind, division.title) for division in book.divisions]


@pytest.mark.parametrize(
    ("line", "family", "number"),
    [
        ("Chapter 1", "chapter", 1),
        ("CHAPTER I. Down the Rabbit-Hole", "chapter", 1),
        ("CHAPTER XLII—M. MYRIEL", "chapter", 42),
        ("CHAPTER FORTY-SIX", "chapter", 46),
        ("CHAPTER THE LAST", "chapter", LAST),
        ("Chapter the Twenty-First", "chapter", 21),
        ("Letter 4", "letter", 4),
        ("ADVENTURE IX. THE ENGINEER'S THUMB", "adventure", 9),
        ('Chapter 15 "HOOK OR ME THIS TIME"', "chapter", 15),
        ("Book the Second—the Golden Thread", "book", 2),
        ("THE FIRST PART", "part", 1),
        ("PART TWO", "part", 2),
        ("Vol. III", "volume", 3),
        ("ACT FIRST.", "act", 1),
        ("ACT III.SCENE 2.", "scene", 2),
        ("SCENE 2.The same. A Room", "scene", 2),
        ("STAVE ONE: MARLEY'S GHOST", "stave", 1),
        ("IV", "roman", 4),
        ("[12]", "arabic", 12),
        ("—III—", "roman", 3),
        ("ONE", "spelled", 1),
        ("VII. The Adventure of the Blue Carbuncle", "roman", 7),
        ("PREFACE", "named", 0),
        ("The Author's Preface.", "named", 0),
        ("Epilogue", "named", 0),
        ("DRAMATIS PERSONÆ", "named", 0),
        ("CHAPITRE PREMIER", "chapter", 1),
        ("DEUXIÈME PARTIE", "part", 2),
        ("Erstes Kapitel", "chapter", 1),
        ("Tome II", "volume", 2),
    ],
)
def test_headings(line: str, family: str, number: int) -> None:
    heading = parse_heading(line)
    assert heading is not None
    assert (heading.family, heading.number) == (family, number)


@pytest.mark.parametrize(
    "line",
    [
        "Part of her meaning was to conceal some favourite thoughts of her own",
        "letter?”",
        "Part I am sure he never told her.",
        "Chapter and verse.",
        "Book of the natural law",
        "Act as you please",
        "Scene before him.",
        "Partly. Partly—I almost think.",
        "Section by section",
        "CHAPTER IIX",
        "I",  # only its neighbours can make this one
        "PROLOGUE. If we offend, it is with our good will.",
        "The letter which Basque had brought was of this sort.",
        "Civil",
        "",
    ],
)
def test_lines_that_are_no_headings_of_chapters(line: str) -> None:
    heading = parse_heading(line)
    assert heading is None or (line == "I" and heading.rank == "bare")


def test_a_contents_page_is_not_chapters() -> None:
    entries = [f"Chapter {number} {title}" for number, title in enumerate(["A WIND", "A SEA", "A SHORE"], 1)]
    body = [part for entry in entries for part in (entry, PROSE)]
    book = book_of("A VOYAGE", "by Ann Other", "Contents:", *entries, *body)
    assert [kind for kind, _ in outline(book)] == ["front", "contents", "chapter", "chapter", "chapter"]
    assert titles(book) == entries
    assert (book.title, book.author, book.identifier) == ("A Voyage", "Ann Other", "a-book")


def test_a_contents_page_set_solid_and_without_a_name() -> None:
    page = "   I. The Wind\n  II. The Sea\n III. The Shore"
    body = ("TALE I. THE WIND", PROSE, "TALE II. THE SEA", PROSE, "TALE III. THE SHORE", PROSE)
    book = book_of("TALES", page, *(line.replace("TALE", "ADVENTURE") for line in body))
    assert [kind for kind, _ in outline(book)] == ["front", "contents", "chapter", "chapter", "chapter"]


def test_chapters_without_numbers_are_known_from_the_contents() -> None:
    names = ["The Dead", "A Little Cloud", "Clay"]
    book = book_of("STORIES", "CONTENTS", *names, "The Dead", PROSE, "A Little Cloud", PROSE, "Clay", PROSE)
    assert titles(book) == names


def test_levels() -> None:
    book = book_of(
        "PART ONE",
        "CHAPTER I",
        "I",
        PROSE,
        "II",
        PROSE,
        "CHAPTER II",
        PROSE,
        "PART TWO",
        "CHAPTER I",
        PROSE,
        "EPILOGUE",
        PROSE,
    )
    assert [(chapter.title, chapter.part) for chapter in book.chapters] == [
        ("CHAPTER I", "PART ONE"),
        ("CHAPTER II", "PART ONE"),
        ("CHAPTER I", "PART TWO"),
        ("EPILOGUE", "PART TWO"),
    ]


def test_bare_numbers_count_where_nothing_better_does() -> None:
    assert titles(book_of("A TALE", "I", PROSE, "II", PROSE, "III", PROSE)) == ["I", "II", "III"]
    assert titles(book_of("A TALE", PROSE, "1984", PROSE)) == [""]


def test_parts_alone_are_chapters() -> None:
    assert titles(book_of("PART I", PROSE, "PART II", PROSE)) == ["PART I", "PART II"]


def test_a_part_without_chapters_among_parts_with() -> None:
    book = book_of(
        "PART I", "CHAPTER I", PROSE, "CHAPTER II", PROSE, "PART II", PROSE, "PART III", "CHAPTER III", PROSE
    )
    assert titles(book) == ["CHAPTER I", "CHAPTER II", "PART II", "CHAPTER III"]


def test_titles_below_the_number() -> None:
    book = book_of(
        "CHAPTER ONE", "PLAYING PILGRIMS", PROSE, "CHAPTER TWO", "The Laurence Boy", PROSE, "CHAPTER THREE", PROSE
    )
    assert titles(book) == ["CHAPTER ONE. PLAYING PILGRIMS", "CHAPTER TWO. The Laurence Boy", "CHAPTER THREE"]


def test_speech_below_the_number_is_no_title() -> None:
    book = book_of("CHAPTER I", "“Who is there?”", PROSE, "CHAPTER II", "St. Petersburgh, Dec. 11th.", PROSE)
    assert titles(book) == ["CHAPTER I", "CHAPTER II"]


def test_no_headings_make_one_chapter() -> None:
    book = book_of("THE LOTTERY", "by Ann Other", PROSE, PROSE)
    assert outline(book) == [("front", ""), ("chapter", "")]
    assert book.text[book.chapters[0].start :].startswith("It was")
    assert outline(book_of("One line only")) == [("chapter", "")]


def test_an_opening_without_heading_is_read() -> None:
    book = book_of("A TALE", *[PROSE] * 25, "CHAPTER II", PROSE, "CHAPTER III", PROSE)
    assert titles(book) == ["", "CHAPTER II", "CHAPTER III"]


def test_a_list_inside_a_story_is_not_chapters() -> None:
    points = ["1. Take a large fish.", "2. Take a small pot.", "3. Give up."]
    book = book_of("A TALE", *[PROSE] * 5, *points, *[PROSE] * 5)
    assert outline(book) == [("front", ""), ("chapter", "")]


def test_notes_below_a_story_without_chapters() -> None:
    book = book_of("A TALE", *[PROSE] * 9, "FOOTNOTES", "[1] A fish.")
    assert outline(book) == [("front", ""), ("chapter", ""), ("back", "FOOTNOTES")]


def test_a_story_told_before_its_first_heading() -> None:
    book = book_of("A TALE", *[PROSE] * 5, "I", PROSE, "II", PROSE)
    assert titles(book) == ["", "I", "II"]


def test_front_and_back() -> None:
    book = book_of("A TALE", "PREFACE", PROSE, "CHAPTER I", *[PROSE] * 9, "THE END", "Other books of this author.")
    assert outline(book) == [("front", ""), ("front", "PREFACE"), ("chapter", "CHAPTER I"), ("back", "")]


def test_a_reference_to_a_chapter_is_no_heading() -> None:
    book = book_of("CHAPTER I", PROSE, "CHAPTER II", PROSE, "Chapter 14: Of Eels", PROSE, "CHAPTER III", PROSE)
    assert titles(book) == ["CHAPTER I", "CHAPTER II", "CHAPTER III"]


def test_lines_of_an_unwrapped_text_are_paragraphs() -> None:
    data = "\n".join(["CHAPTER I", PROSE * 2, PROSE * 3, "CHAPTER II", PROSE * 2]).encode()
    book = assemble(read_plain(data, "x.txt"), "x.txt")
    assert (len(book.paragraphs), titles(book)) == (5, ["CHAPTER I", "CHAPTER II"])


def test_the_only_sentence_of_a_book_is_not_its_title() -> None:
    assert book_of("Mr. Darcy met Elizabeth.", name="short.txt").title == "short"


def test_a_french_book() -> None:
    lines = ("LES MISÉRABLES", "Par Victor Hugo", "PREMIÈRE PARTIE", "CHAPITRE PREMIER", PROSE, "CHAPITRE II", PROSE)
    book = book_of(*lines)
    assert (book.title, book.author) == ("Les Misérables", "Victor Hugo")
    assert [(chapter.title, chapter.part) for chapter in book.chapters] == [
        ("CHAPITRE PREMIER", "PREMIÈRE PARTIE"),
        ("CHAPITRE II", "PREMIÈRE PARTIE"),
    ]


def test_the_title_of_an_unknown_text() -> None:
    assert book_of(PROSE, name="my_little_book.txt").title == "my little book"


NUMERALS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]
STYLES = [
    lambda n: f"CHAPTER {NUMERALS[n - 1]}",
    lambda n: f"Chapter {n}. A Title",
    lambda n: f"CHAPTER {NUMERALS[n - 1]}.—A TITLE",
    lambda n: NUMERALS[n - 1],
    lambda n: f"{n}.",
    lambda n: f"STAVE {NUMERALS[n - 1]}: THE GHOST",
]


@settings(deadline=None, max_examples=150)
@given(
    style=st.sampled_from(STYLES),
    lengths=st.lists(st.integers(1, 4), min_size=2, max_size=10),
    contents=st.booleans(),
    preface=st.booleans(),
)
def test_chapters_are_found_whatever_the_style(style, lengths, contents, preface) -> None:  # type: ignore[no-untyped-def]
    headings = [style(number) for number in range(1, len(lengths) + 1)]
    pages = ["CONTENTS", *headings] if contents and len(headings) >= 3 else []
    front = ["PREFACE", PROSE] if preface else []
    body = [text for heading, length in zip(headings, lengths, strict=True) for text in (heading, *[PROSE] * length)]
    book = book_of("A TALE", *pages, *front, *body)
    assert titles(book) == headings
    assert [(c.end - c.start) // len(PROSE) for c in book.chapters] == lengths


LINES = (
    "CHAPTER I,CHAPTER II,CHAPTER THE LAST,Letter 1,PART I,PART II.,BOOK FIRST,VOLUME I,ACT I. SCENE I.,SCENE II.,I,II,"
    "1.,2. A Title,ONE,PREFACE,EPILOGUE,CONTENTS,NOTES,FOOTNOTES: 1,THE END,A TITLE,A Title 12,THE ILLUSTRATIONS"
).split(",")


@settings(deadline=None, max_examples=400)
@example(["CONTENTS", "CHAPTER I", "PART I", "CHAPTER I", "CHAPTER II"])
@given(st.lists(st.one_of(st.sampled_from(LINES), st.just(PROSE)), min_size=1, max_size=25))
def test_divisions_tile_any_order_of_headings(lines: list[str]) -> None:
    book = book_of(*lines)
    starts = [division.start for division in book.divisions]
    assert starts == sorted(set(starts)) and starts[0] == 0
    assert [division.end for division in book.divisions] == [*starts[1:], len(book.text)]
    assert [chapter.number for chapter in book.chapters] == list(range(1, len(book.chapters) + 1))
    assert book.chapters
