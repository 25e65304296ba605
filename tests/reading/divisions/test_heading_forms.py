"""Forms of headings: of one chapter in many guises, and of what only looks like one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.reading.assemble import assemble
from litgraph.reading.divisions.headings import bare_heading, parse_heading
from litgraph.reading.files.plain import read_plain
from litgraph.types import Book

PROSE = "It was a quiet day, and nobody who lived in the village thought that anything at all could ever happen there."
ROMAN = ["I", "II", "III", "IV"]


def book_of(*paragraphs: str) -> Book:
    return assemble(read_plain("\n\n".join(paragraphs).encode(), "a-book.txt"), "a-book.txt")


def titles(book: Book) -> list[str]:
    return [chapter.title for chapter in book.chapters]


@pytest.mark.parametrize(
    "form",
    [
        "• CHAPTER {} •",
        "~ Chapter {} ~",
        "=== CHAPTER {} ===",
        "--- CHAPTER {} ---",
        "*** CHAPTER {} ***",
        "* CHAPTER {} *",
        "**CHAPTER {}**",
        "__CHAPTER {}__",
        "❦ CHAPTER {} ❦",
        "[CHAPTER {}]",
        "(CHAPTER {})",
        "<CHAPTER {}>",
        "+ CHAPTER {} +",
        "CHAPTER {}[1]",
        "CHAPTER {} [a]",
        "CHAPTER {}*",
        "CHAPTER {}.†",
        "CHAPTER {}^1",
        "{{CHAPTER {}}}",
        "[[CHAPTER {}]]",
        "🌊 CHAPTER {} 🌊",
        "C H A P T E R {}",
        "CHAPTER {}¹",
        "CHAPTER: {}",
        "CHAPTER—{}",
        "CHAPTER - {}",
        "CHAPTER, {}",
        "CHAPTER ({})",
        "CHAPTER [{}]",
        "CHAPTER No. {}",
        "CHAPTER NO {}",
        "Chapter number {}",
        "CHAPTER NUMBER {}.",
        "Chapter Nº {}",
        "CHAPTER # {}",
        "CHAPTER {} OF IV",
        "Chapter {}/4",
        "chapter {}",
        "chapter {}.",
        "Chapter the {}",
        "CAP. {}",
        "CHAP. {}",
        "Chapt. {}",
        "Ch. {}",
        "CAPUT {}",
        "CHAPTER {}, in which Margaret goes to the quay",
        "CHAPTER {}, In which Margaret goes to the quay.",
        "CHAPTER {} in which Margaret goes to the quay.",
        "CHAPTER {}, Wherein Margaret goes to the quay",
        "CHAPTER {}, The Quay",
        "CHAPTER {} (Margaret goes)",
        "CHAPTER {} - The Quay",
        "Chapter {}; or, The Quay",
        "Chapter {}: the quay",
        "{}. CHAPTER",
    ],
)
@pytest.mark.parametrize("numbers", [ROMAN, ["1", "2", "3", "4"], ["One", "Two", "Three", "Four"]])
def test_chapters_in_many_guises(form: str, numbers: list[str]) -> None:
    if form.startswith("{}"):
        numbers = ["1", "2", "3", "4"]
    book = book_of(*[text for number in numbers for text in (form.format(number), PROSE, PROSE)])
    assert len(titles(book)) == 4
    assert titles(book) == [bare_heading(form.format(number)) for number in numbers]
    assert book.title == "a-book"  # and no heading


@pytest.mark.parametrize(
    ("form", "numbers"),
    [
        ("CHAPITRE {}", "premier deuxième troisième quatrième treizième".split()),
        ("{} Kapitel", "Erstes Zweites Drittes Viertes Dreizehntes".split()),
        ("CAPITOLO {}", "PRIMO SECONDO TERZO QUARTO TREDICESIMO".split()),
        ("Capítulo {}", "primero segundo tercero cuarto décimo".split()),
        ("{} HOOFDSTUK", "EERSTE TWEEDE DERDE VIERDE DERTIENDE".split()),
        ("{} luku", "Ensimmäinen Toinen Kolmas Neljäs Kymmenes".split()),
        ("{} kapitlet", "Första Andra Tredje Fjärde Tionde".split()),
        ("{} LUKU", "I II III IV V".split()),
        ("CHAPTER {}", "Ⅰ Ⅱ Ⅲ Ⅳ Ⅻ".split()),
        ("CHAPTER {}", "TWENTYONE TWENTY–TWO THIRTYTHREE FORTYFOUR FIFTYFIVE".split()),
    ],
)
def test_numbers_of_other_languages_and_printers(form: str, numbers: list[str]) -> None:
    book = book_of("THE QUAY", *[text for number in numbers for text in (form.format(number), PROSE, PROSE)])
    assert (book.title, len(titles(book))) == ("The Quay", 5)


@pytest.mark.parametrize(
    "form",
    [
        "DAY {}",
        "Night the {}",
        "ENTRY {}.",
        "FIT {}: The Quay",
        "Fytte {}",
        "PAPER No. {}",
        "STORY {} — THE QUAY",
        "Tableau {}",
        "The {} Tale",
        "THE {} VIGIL.",
        "{} QUARTER",
        "Knot {} (The Quay)",
        "No. {}",
        "No. {}. The Quay",
        "§ {}",
        "§{}.",
        "§§ {}",
        "№ {}",
        "*** DAY {} ***",
        "Record {}",
        "Log-Book {}",
    ],
)
@pytest.mark.parametrize("numbers", [ROMAN, ["1", "2", "3", "4"], ["First", "Second", "Third", "Fourth"]])
def test_words_that_only_one_book_numbers_its_divisions_with(form: str, numbers: list[str]) -> None:
    if form.upper().startswith(("{}", "THE {}")):
        numbers = ["First", "Second", "Third", "Fourth"]
    lines = [text for number in numbers for text in (form.format(number), PROSE, PROSE)]
    book = book_of(*lines)
    assert len(titles(book)) == 4
    assert titles(book)[0] == bare_heading(lines[0])
    assert book.title == "a-book"
    with_title = book_of("THE NET-MENDERS", "by A. N. Other", *lines)
    assert (with_title.title, len(with_title.chapters)) == ("The Net-menders", 4)


@pytest.mark.parametrize(
    "lines",
    [
        ["Henry VIII", PROSE, "Henry IV", PROSE, "Louis XIV", PROSE],  # kings that do not count
        ["Plate 1", PROSE, "Plate 2", PROSE, "Plate 3", PROSE],
        ["Fig. 1", PROSE, "Fig. 2", PROSE, "Fig. 3", PROSE],
        [PROSE, "Note 1", "Note 2", "Note 3", PROSE],  # no text between
        ["Day 1", "Day 2", "Day 3", PROSE, PROSE, PROSE],
        ["Room 101", PROSE, "Room 12", PROSE, "Room 7", PROSE],
        ["It was day two and he wept.", PROSE, "It was day three and he wept.", PROSE],
        ["Number one.", PROSE],
        ["DAY II", PROSE, "DAY III", PROSE],  # two lines are too few if they do not begin at one
    ],
)
def test_lines_with_numbers_that_divide_nothing(lines: list[str]) -> None:
    assert len(titles(book_of("A TALE", PROSE, *lines))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Chapter 4, he said, was the dullest of them all.",
        "Chapter and verse, said the curate, were all he asked.",
        "Chapter two, and still no murder!",
        "chapter one of the book that he had written at sea",
        "Part one of the plan was carried out that very night.",
        "Book two rooms, she said, and a table for three.",
        "Act one way or the other, but act.",
        "Section 8 of the act says nothing of the kind, sir.",
        "Letter 3 lay open on the table.",
        "“Chapter One!” cried the boy.",
        "Cap in hand he stood there.",
        "Period.",
        "One hundred and one!",
        "Twenty one of them were left.",
        "First come, first served.",
        "— Two, said he.",
        "Terza.",
        "A second chapter of accidents was to follow.",
        "C H A P E L",
    ],
)
def test_sentences_are_no_headings(line: str) -> None:
    heading = parse_heading(line)
    assert heading is None or heading.rank == "bare"
    assert titles(book_of("A TALE", "CHAPTER I", PROSE, line, PROSE, "CHAPTER II", PROSE)) == [
        "CHAPTER I",
        "CHAPTER II",
    ]


def test_a_heading_that_every_page_repeats_is_one() -> None:
    pages = ["CHAPTER I", PROSE, "CHAPTER I", PROSE, "CHAPTER I 3", PROSE, "CHAPTER II", PROSE, "CHAPTER II", PROSE]
    assert titles(book_of(*pages)) == ["CHAPTER I", "CHAPTER II"]


def test_a_first_chapter_in_each_part_is_a_chapter() -> None:
    book = book_of("PART I", "CHAPTER I", PROSE, "PART II", "CHAPTER I", PROSE)
    assert [(chapter.title, chapter.part) for chapter in book.chapters] == [
        ("CHAPTER I", "PART I"),
        ("CHAPTER I", "PART II"),
    ]


def test_chapters_that_count_on_through_phases() -> None:
    lines = [
        "Phase the First: The Quay",
        "I",
        PROSE,
        "II",
        PROSE,
        "Phase the Second: The Storm",
        "III",
        PROSE,
        "IV",
        PROSE,
    ]
    assert [(chapter.title, chapter.part) for chapter in book_of("A TALE", *lines).chapters] == [
        ("I", "Phase the First: The Quay"),
        ("II", "Phase the First: The Quay"),
        ("III", "Phase the Second: The Storm"),
        ("IV", "Phase the Second: The Storm"),
    ]


def test_numbered_sections_below_a_word_of_the_book() -> None:
    tale = ["I", PROSE, "II", PROSE, "III", PROSE]
    assert titles(book_of("TALE I", *tale, "TALE II", *tale, "TALE III", *tale)) == ["TALE I", "TALE II", "TALE III"]


def test_a_second_volume() -> None:
    assert titles(book_of("THE NET-MENDERS", "XX", PROSE, "XXI", PROSE, "XXII", PROSE)) == ["XX", "XXI", "XXII"]


def test_chapter_zero() -> None:
    assert titles(book_of("Chapter 0", PROSE, "Chapter 1", PROSE, "Chapter 2", PROSE))[0] == "Chapter 0"


def test_a_contents_page_of_words_of_the_book() -> None:
    names = ["TALE I. THE QUAY", "TALE II. THE STORM", "TALE III. THE END"]
    book = book_of("TALES", "CONTENTS", *names, *[text for name in names for text in (name, PROSE)])
    assert [division.kind for division in book.divisions] == ["front", "contents", *["chapter"] * 3]
    assert titles(book) == names


def test_the_title_is_no_heading_and_no_heading_the_title() -> None:
    for first in ("I. I.", "1. The Quay", "DAY I", "• CHAPTER I •", "No. 1"):
        second = first.replace("I", "II").replace("1", "2") if "I." not in first else "II. II."
        assert book_of(first, PROSE, second, PROSE).title == "a-book"
    assert titles(book_of("THE FIRST VIOLIN", "by A. N. Other", "I", PROSE, "II", PROSE)) == ["I", "II"]


words = st.sampled_from(["CHAPTER", "Chapter", "DAY", "Letter", "Tale", "SECTION", "§"])
marks = st.sampled_from(["{}", "*** {} ***", "## {}", "[{}]", "• {}", "_{}_", "{}[2]", "{}*"])


@settings(deadline=None, max_examples=150)
@given(words, marks, st.integers(3, 9), st.sampled_from(["", ".", ": The Quay", "—THE QUAY"]), st.booleans())
def test_any_word_in_any_ornament_counts(word: str, mark: str, count: int, title: str, digits: bool) -> None:
    roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"]
    numbers = [str(n) for n in range(1, count + 1)] if digits else roman[:count]
    lines = [mark.format(f"{word} {number}{title}") for number in numbers]
    book = book_of("A TALE", *[text for line in lines for text in (line, PROSE)])
    assert titles(book) == [f"{word} {number}{title}" for number in numbers]
    assert book.title == "A Tale"


@pytest.mark.parametrize(
    "line",
    ["Part I, " * 35, "Chapter " + "twenty " * 40, "one hundred and " * 18, "[1]" * 95, "- " * 145, "Day the " * 36],
)
def test_no_line_takes_long(line: str) -> None:
    begin = time.process_time()
    for _ in range(100):
        parse_heading(line[:300])
    assert time.process_time() - begin < 2
