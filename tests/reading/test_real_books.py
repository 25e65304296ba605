"""Every book of the development data: its facts, and that no letter of it is lost, doubled or moved."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest

from litgraph.reading import read_book
from litgraph.reading.files.decode import decode
from litgraph.types import Book

# file, title, author, identifier, chapters, first chapter, last chapter; counted by hand in the files
ALICE = ("Lewis Carroll", "pg11", 12, "CHAPTER I. Down the Rabbit-Hole")
PRIDE = ("Pride and Prejudice", "Jane Austen", "pg1342", 61, "Chapter 1", "Chapter 61")
FRANKENSTEIN = (
    "Frankenstein, or The Modern Prometheus",
    "Mary Wollstonecraft (Godwin) Shelley",
    "pg84",
    28,
    "Letter 1",
    "Chapter 24",
)
WUTHERING = ("Wuthering Heights", "Emily Bronte", "pg768", 34, "CHAPTER I", "CHAPTER XXXIV")
GUTENBERG = {
    "11/11-0.txt": ("Alice’s Adventures in Wonderland", *ALICE, "CHAPTER XII. Alice’s Evidence"),
    "11/11.txt": ("Alice's Adventures in Wonderland", *ALICE, "CHAPTER XII. Alice's Evidence"),
    "11/11-h.htm": ("Alice's Adventures in Wonderland", *ALICE, "CHAPTER XII. Alice’s Evidence"),
    "1342/1342-0.txt": PRIDE,
    "1342/1342-h.htm": PRIDE,
    "1342/pg1342-images.epub": PRIDE,
    "135/135-0.txt": (
        "Les Misérables: Complete in Five Volumes",
        "Victor Hugo",
        "pg135",
        365,
        "CHAPTER I—M. MYRIEL",
        "CHAPTER VI—THE GRASS COVERS AND THE RAIN EFFACES",
    ),
    "158/158-0.txt": ("Emma", "Jane Austen", "pg158", 55, "CHAPTER I", "CHAPTER XIX"),
    "16/16.txt": (
        "Peter Pan: Peter Pan and Wendy",
        "James M. Barrie",
        "pg16",
        17,
        "Chapter 1 PETER BREAKS THROUGH",
        "Chapter 17 WHEN WENDY GREW UP",
    ),
    "1661/1661-8.txt": (
        "The Adventures of Sherlock Holmes",
        "Arthur Conan Doyle",
        "pg1661",
        12,
        "ADVENTURE I. A SCANDAL IN BOHEMIA",
        "XII. THE ADVENTURE OF THE COPPER BEECHES",
    ),
    "2852/2852-0.txt": (
        "The Hound of the Baskervilles",
        "A. Conan Doyle",
        "pg2852",
        15,
        "Chapter 1. Mr. Sherlock Holmes",
        "Chapter 15. A Retrospection",
    ),
    "76/76-0.txt": (
        "Adventures of Huckleberry Finn, Complete",
        "Mark Twain (Samuel Clemens)",
        "pg76",
        43,
        "CHAPTER I.",
        "CHAPTER THE LAST",
    ),
    "768/768.txt": WUTHERING,
    "768/pg768.epub": WUTHERING,
    "84/84.txt": FRANKENSTEIN,
    "84/84-h.htm": FRANKENSTEIN,
}
MASSEY = {
    "A_Dolls_House_Henrik_Ibsen.txt": ("A Doll's House", "Henrik Ibsen", "pg2542", 3, "ACT I", "ACT III"),
    "A_Midsummer_Nights_Dream_William_Shakespeare.txt": (
        "A Midsummer Night's Dream",
        "William Shakespeare",
        "pg1778",
        9,
        "ACT I. SCENE I. Athens. The palace of THESEUS",
        "ACT V. SCENE I. Athens. The palace of THESEUS",
    ),
    "A_Portrait_of_the_Artist_as_a_Young_Man_James_Joyce.txt": (
        "A Portrait of the Artist as a Young Man",
        "James Joyce",
        "pg4217",
        5,
        "Chapter 1",
        "Chapter 5",
    ),
    "Babbitt_Sinclair_Lewis.txt": ("Babbitt", "Sinclair Lewis", "pg1156", 34, "CHAPTER I", "CHAPTER XXXIV"),
    "Don_Quixote_Miguel_de_Cervantes.txt": (
        "Don Quixote",
        "Miguel de Cervantes Saavedra",
        "pg996",
        126,
        "CHAPTER I. WHICH TREATS OF THE CHARACTER AND PURSUITS OF THE FAMOUS GENTLEMAN DON QUIXOTE OF LA MANCHA",
        "CHAPTER LXXIV. OF HOW DON QUIXOTE FELL SICK, AND OF THE WILL HE MADE, AND HOW HE DIED",
    ),
    "Dracula_Bram_Stoker.txt": (
        "Dracula",
        "Bram Stoker",
        "pg345",
        27,
        "CHAPTER I. JONATHAN HARKER'S JOURNAL",
        "CHAPTER XXVII. MINA HARKER'S JOURNAL",
    ),
    "Ghosts_Henrik_Ibsen.txt": (
        "Ghosts: A Domestic Tragedy in Three Acts",
        "Henrik Ibsen",
        "pg2467",
        3,
        "ACT I",
        "ACT III",
    ),
    "Great_Expectations_Charles_Dickens.txt": (
        "Great Expectations",
        "Charles Dickens",
        "pg1400",
        59,
        "Chapter I",
        "Chapter LIX",
    ),
    "Heart_of_Darkness_Joseph_Conrad.txt": ("Heart of Darkness", "Joseph Conrad", "pg219", 3, "I", "III"),
    "Hedda_Gabler_Henrik_Ibsen.txt": (
        "Hedda Gabler: Play In Four Acts",
        "Henrik Ibsen",
        "pg4093",
        4,
        "ACT FIRST.",
        "ACT FOURTH.",
    ),
    "Henry_VIII_William_Shakespeare.txt": (
        "King Henry the Eighth",
        "William Shakespeare",
        "pg1802",
        19,  # prologue, 17 scenes, epilogue
        "THE PROLOGUE.",
        "THE EPILOGUE.",
    ),
    "Herland_Charlotte_Perkins_Gilman.txt": (
        "Herland",
        "Charlotte Perkins Stetson Gilman",
        "pg32",
        12,
        "CHAPTER 1. A Not Unnatural Enterprise",
        "CHAPTER 12. Expelled",
    ),
    "King_John_William_Shakespeare.txt": (
        "King John",
        "William Shakespeare",
        "pg1511",
        16,
        "SCENE 1. Northampton. A Room of State in the Palace.",
        "SCENE 7. The orchard of Swinstead Abbey.",
    ),
    "Little_Women_Louisa_May_Alcott.txt": (
        "Little Women",
        "Louisa May Alcott",
        "pg514",
        47,
        "CHAPTER ONE. PLAYING PILGRIMS",
        "CHAPTER FORTY-SEVEN. HARVEST TIME",
    ),
}
BOOKS = {f"gutenberg/{file}": facts for file, facts in GUTENBERG.items()}
BOOKS |= {f"massey/books/{file}": facts for file, facts in MASSEY.items()}


@dataclass(frozen=True)
class Case:
    """A book that was read, and the source it was read from ("" for markup, whose readers have their own tests)."""

    file: str
    book: Book
    source: str


@pytest.fixture(scope="module", params=BOOKS)
def case(request: pytest.FixtureRequest, data_folder: Path) -> Case:
    path = data_folder / request.param
    source = decode(path.read_bytes(), path.name)[0] if path.suffix == ".txt" else ""
    return Case(request.param, read_book(path), source)


def test_the_table_is_complete(data_folder: Path) -> None:
    files = [*data_folder.glob("gutenberg/*/*"), *data_folder.glob("massey/books/*")]
    books = {file.relative_to(data_folder).as_posix() for file in files if file.suffix in {".txt", ".htm", ".epub"}}
    assert books == set(BOOKS)


NOTICES = {"pg4093": ['13% of the text is in no chapter and is not read for the graph: front matter "INTRODUCTION."']}


def test_facts(case: Case) -> None:
    book, file = case.book, case.file
    chapters = book.chapters
    facts = (book.title, book.author, book.identifier, len(chapters), chapters[0].title, chapters[-1].title)
    assert facts == BOOKS[file]
    assert [chapter.number for chapter in chapters] == list(range(1, len(chapters) + 1))
    assert book.source == Path(file).name
    said = [notice.partition(" (")[0] for notice in book.notices]
    assert said == NOTICES.get(book.identifier, [])
    if file.startswith("gutenberg/"):
        assert book.language == "en" and re.search(r"\d{4}", book.release)


def test_divisions_and_paragraphs_tile_the_text(case: Case) -> None:
    book = case.book
    assert book.divisions[0].start == 0 and book.divisions[-1].end == len(book.text)
    assert all(left.end == right.start for left, right in pairwise(book.divisions))
    assert "\n\n".join(book.text[span.start : span.end] for span in book.paragraphs) == book.text
    starts = {span.start for span in book.paragraphs}
    assert all(division.start in starts for division in book.divisions)
    assert not re.search(r"[\t\r\f\x00]|  |\n\n\n|(?<!\n)\n(?!\n)", book.text)
    assert unicodedata.is_normalized("NFC", book.text)


def test_no_boilerplate_remains(case: Case) -> None:
    text = case.book.text
    assert "gutenberg" not in text.lower()
    assert not re.search(r"SMALL PRINT|ELECTRONIC VERSION|Produced by (?:Jud|Dav|an anon|Mart|Chuck)|David Price", text)


def letters(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFC", text) if character.isalnum())


def expected_body(text: str) -> str:
    """The body as a person would cut it, for exactly these files."""
    text = text.replace("\r\n", "\n")
    if "World Library" in text[:1000]:
        begin = text.index('["Small Print" V.12.08.93]') + len('["Small Print" V.12.08.93]')
        body = text[begin : text.index("End of this Etext of")]
        return re.sub(r"<<[^>]*>>", "", body)
    if "*END*THE SMALL PRINT!" in text:
        begin = text.index("KING JOHN\n\nby William Shakespeare")
        return text[begin : text.index("End of Project Gutenberg Etext of King John")]
    start = re.search(r"\*\*\* ?START OF TH.*\*\*\*\n", text)
    end = re.search(r"\n(?:End of (?:the )?Project Gutenberg[^*]*)?\*\*\* ?END OF TH", text)
    assert start and end
    body = text[start.end() : end.start()]
    body = re.sub(r"\A\s*(?:Produced by|Transcribed from)(?:[^\n]+\n)+", "", body)
    body = re.sub(r"\[Illustration: colophon\]|\[Project Gutenberg Editor's Note: [^]]+\]", "", body)
    body = re.sub(r"\{pg\s*\d+\}", "", body)  # in the errata of Dracula
    body = unescape(body)  # "&mdash;" in Huckleberry Finn
    return re.sub(r"(?m)^Enlarge$", "", body)


def test_every_letter_comes_back_once_and_in_order(case: Case) -> None:
    if not case.source:
        pytest.skip("markup")
    expected, found = letters(expected_body(case.source)), letters(case.book.text)
    if "Hedda_Gabler" in case.file:  # its notes have moved behind the play, and lost the numbers that lead to them
        assert Counter(filter(str.isalpha, expected)) == Counter(filter(str.isalpha, found))
        return
    # Compared in pieces, so that a failure shows where it is.
    size = 500
    pieces = range(0, max(len(expected), len(found)), size)
    assert [i for i in pieces if expected[i : i + size] != found[i : i + size]][:1] == []


def test_no_marks_of_italics_remain(case: Case) -> None:
    text = re.sub(r"^_+$|C_\{2\}HCl_\{3\}O|H_\{2\}O|KING_HENRY_VIII", "", case.book.text, flags=re.MULTILINE)
    # Two in Dracula, around a letter of several paragraphs: a mark without a partner in its paragraph stays.
    assert text.count("_") == (2 if "Dracula" in case.file else 0)


def test_source_positions(case: Case) -> None:
    if not case.source:
        pytest.skip("markup")
    book, source = case.book, case.source
    for offset in range(0, len(book.text), 97):
        position = book.source_position(offset)
        character = book.text[offset]
        if position is None:
            assert character in " \n—”", (offset, book.text[offset - 20 : offset + 20])
            continue
        assert position.member == ""
        replaced = {" ": " \r\n\t", "—": "—-", "“": "“`", "”": "”'"}.get(character, character)
        assert source[position.offset] in replaced, (offset, book.text[offset - 20 : offset + 20])


def test_parts(case: Case) -> None:
    parts = [chapter.part.rstrip(".") for chapter in case.book.chapters]
    match case.book.identifier:
        case "pg135":
            assert parts[0] == "VOLUME I.—FANTINE. / BOOK FIRST—A JUST MAN"
            assert parts[-1] == "VOLUME V—JEAN VALJEAN / BOOK NINTH.—SUPREME SHADOW, SUPREME DAWN"
            assert len(dict.fromkeys(parts)) == 8 + 8 + 8 + 15 + 9
        case "pg158":
            assert parts == ["VOLUME I"] * 18 + ["VOLUME II"] * 18 + ["VOLUME III"] * 19
        case "pg996":
            assert parts == ["VOLUME I"] * 52 + ["VOLUME II"] * 74
        case "pg1778":
            assert parts == ["ACT I"] * 2 + ["ACT II"] * 2 + ["ACT III"] * 2 + ["ACT IV"] * 2 + ["ACT V"]
        case "pg1511":
            assert parts == ["ACT I", "ACT II"] + ["ACT III"] * 4 + ["ACT IV"] * 3 + ["ACT V"] * 7
        case "pg1802":
            acts = ["ACT I"] * 4 + ["ACT II"] * 4 + ["ACT III"] * 2 + ["ACT IV"] * 2 + ["ACT V"] * 5
            assert parts == ["", *acts, "ACT V"]
        case _:
            assert not any(parts)


PAGES_OF_CONTENTS = {"pg135": 1, "pg16": 1, "pg1661": 1, "pg76": 1, "pg996": 2, "pg345": 1, "pg514": 1}
MARKUP_WITH_CONTENTS = {"pg11", "pg1342", "pg84"}


def test_contents_pages(case: Case) -> None:
    kinds = [division.kind for division in case.book.divisions]
    identifier = case.book.identifier
    expected = PAGES_OF_CONTENTS.get(identifier, int(not case.source and identifier in MARKUP_WITH_CONTENTS))
    assert kinds.count("contents") == expected


def test_back_matter_is_not_read(case: Case) -> None:
    back = [division.title[:19] for division in case.book.divisions if division.kind == "back"]
    match case.book.identifier:
        case "pg345":  # the publisher's advertisements
            assert back == [""]
            last = case.book.chapters[-1]
            assert case.book.text[last.start : last.end].rstrip().endswith("THE END")
        case "pg135":
            assert back == ["LETTER TO M. DAELLI", "FOOTNOTES: 1 (retur"]
        case "pg4093":
            assert back == ["FOOTNOTES."]
        case _:
            assert back == []
