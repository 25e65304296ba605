"""Boilerplate: every variant of the markers goes, and no line of a book that resembles them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from litgraph.reading import read_book
from litgraph.reading.assemble import assemble
from litgraph.reading.files.html import read_html
from litgraph.reading.files.plain import read_plain
from litgraph.types import Book

LICENCE = (
    "***** This file should be named 99.txt or 99.zip *****\n\n*** START: FULL LICENSE ***\n\n"
    "THE FULL PROJECT GUTENBERG LICENSE\nPLEASE READ THIS BEFORE YOU DISTRIBUTE OR USE THIS WORK\n\n"
    "Section 1.  General Terms of Use"
)
HEADER = (
    "The Project Gutenberg EBook of The Sea, by Ann Other\n\nThis eBook is for the use of anyone anywhere.\n\n"
    "Title: The Sea\n       A Romance\n\nAuthor: Ann Other\n\nRelease Date: May 3, 2004 [EBook #99]\n\nLanguage: French"
)
SMALL_PRINT = (
    "Project Gutenberg Etext of The Sea by Ann Other\n\nThe Sea\n\nby Ann Other\n\nMay, 1994 [Etext #99]\n\n"
    "***START**THE SMALL PRINT!**FOR PUBLIC DOMAIN ETEXTS**START***\nWhy is this here?  You know: lawyers.\n\n"
    "*END*THE SMALL PRINT! FOR PUBLIC DOMAIN ETEXTS*Ver.04.29.93*END*"
)
STARTS = {
    "this": HEADER + "\n\n*** START OF THIS PROJECT GUTENBERG EBOOK THE SEA ***",
    "the": HEADER + "\n\n*** START OF THE PROJECT GUTENBERG EBOOK THE SEA ***",
    "unspaced": HEADER + "\n\n***START OF THE PROJECT GUTENBERG EBOOK THE SEA***",
    "wrapped": HEADER + "\n\n*** START OF THIS PROJECT GUTENBERG EBOOK THE SEA,\nOR, WHAT THE WAVES\nSAID ***",
    "unclosed": HEADER + "\n\n*** START OF THE PROJECT GUTENBERG EBOOK, THE SEA",
    "credited": HEADER + "\n\n*** START OF THE PROJECT GUTENBERG EBOOK THE SEA ***\n\n\nProduced by A. Nonymous,\n"
    "and the Online Distributed Proofreading Team\n\n[This file was produced from images]\n\nHTML version by B. Kind",
    "transcribed": HEADER + "\n\n*** START OF THE PROJECT GUTENBERG EBOOK THE SEA ***\n\nTranscribed from the 1910 "
    "edition by David Price, email\nccx074@pglaf.org\n\n[Transcriber's Note: Errors\n\nwere kept.]",
    "small print": SMALL_PRINT,
    "small print, credited": SMALL_PRINT + "\n\nThis etext was prepared by A. Nonymous, of Alameda.",
}  # fmt: skip
ENDS = {
    "this": "*** END OF THIS PROJECT GUTENBERG EBOOK THE SEA ***\n\n" + LICENCE,
    "unspaced": "***END OF THE PROJECT GUTENBERG EBOOK THE SEA***\n\n" + LICENCE,
    "wrapped": "*** END OF THE PROJECT GUTENBERG EBOOK THE SEA,\nOR, WHAT THE WAVES SAID ***\n\n" + LICENCE,
    "end line": "End of the Project Gutenberg EBook of The Sea, by\nAnn Other\n\n"
    "*** END OF THIS PROJECT GUTENBERG EBOOK THE SEA ***\n\n" + LICENCE,
    "end line, possessive": "End of Project Gutenberg's The Sea, by Ann Other\n\n"
    "*** END OF THIS PROJECT GUTENBERG EBOOK THE SEA ***\n\n" + LICENCE,
    "only an end line": "End of The Project Gutenberg Etext of The Sea by Ann Other",
}  # fmt: skip
LOOKALIKES = [
    "Produced by nothing but chance, the meeting pleased them both.",
    "Transcribed from the wall it read well enough, said the colonel.",
    "She had it from Project Gutenberg, she told him, and he believed it.",
    "End of the line, cried the guard, and they got out at the Project.",
    "*** a row of stars, and then START OF everything, he thought.",
    "This file was produced by the clerk, who laid it on the desk.",
    "The end of this Project Gutenberg begins with a press in Mainz.",
    "Prepared by his uncle for the law, he fled to sea at sixteen.",
    "*END* said the card, and THE SMALL PRINT said nothing else at all.",
    "The eBook was created by a wizard for the wizard's daughter.",
    "Title: Duke; Author: his own misfortunes, as the bishop put it.",
]
BODY = ["CHAPTER I", "It was a cold day by the sea.", "CHAPTER II", "Nobody came. That is all there is to tell."]


def book_of(text: str, name: str = "sea.txt") -> Book:
    return assemble(read_plain(text.encode(), name), name)


def paragraphs(book: Book) -> list[str]:
    return [book.text[span.start : span.end] for span in book.paragraphs]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("end", ENDS)
def test_all_variants(start: str, end: str) -> None:
    if "small print" in start and end != "only an end line":
        pytest.skip("the small print is older than the END marker")
    book = book_of("\n\n".join([STARTS[start], *BODY, ENDS[end]]))
    assert paragraphs(book) == BODY
    assert (book.author, book.identifier, len(book.chapters)) == ("Ann Other", "pg99", 2)
    if "small" in start:
        assert (book.title, book.release) == ("The Sea", "May, 1994")
    else:
        assert (book.title, book.release, book.language) == ("The Sea: A Romance", "May 3, 2004", "fr")


BOTTOM_HEADER = """Project Gutenberg's The Sea, by Ann Other

Copyright laws are changing all over the world. Be sure to check the
laws for your country.

This header should be the first thing seen when viewing this file.

Please read the "legal small print," and other information about the
eBook and Project Gutenberg at the bottom of this file.


**Welcome To The World of Free Plain Vanilla Electronic Texts**

*****These eBooks Were Prepared By Thousands of Volunteers!*****


Title: The Sea
       A Romance

Author: Ann Other

Release Date: May, 2004  [EBook #99]
[This file was first posted on May 1, 2002]

Edition: 10

Language: French

Character set encoding: ASCII"""
BOTTOM = (
    "This file should be named thsea10.txt or thsea10.zip\nCorrected EDITIONS of our eBooks get a new NUMBER\n\n"
    "Project Gutenberg eBooks are often created from several printed\neditions.\n\n"
    "Most people start at our Web sites at:\nhttp://gutenberg.net\n\n**The Legal Small Print**\n\n\n(Three Pages)\n\n"
    '***START**THE SMALL PRINT!**FOR PUBLIC DOMAIN EBOOKS**START***\nWhy is this "Small Print!" statement here?\n\n'
    "[Portions of this eBook's header and trailer may be reprinted.]\n\n"
    "*END THE SMALL PRINT! FOR PUBLIC DOMAIN EBOOKS*Ver.02/11/02*END*"
)
TOPS = {
    "no marker": BOTTOM_HEADER,
    "marker": BOTTOM_HEADER + "\n\n*** START OF THE PROJECT GUTENBERG EBOOK, THE SEA ***",
    "credited": BOTTOM_HEADER + "\n\n*** START OF THE PROJECT GUTENBERG EBOOK, THE SEA ***\n\n\nProduced by A. N.",
    "credited, no marker": BOTTOM_HEADER + "\n\n\nThis eBook was produced by A. Nonymous.",
    "not announced": BOTTOM_HEADER.replace("at the bottom of this file", "elsewhere"),
}
BOTTOMS = {
    "marker": "*** END OF THE PROJECT GUTENBERG EBOOK, THE SEA ***\n\n\n" + BOTTOM,
    "end line and marker": "End of the Project Gutenberg EBook of The Sea, by Ann Other\n\n"
    "*** END OF THE PROJECT GUTENBERG EBOOK, THE SEA ***\n\n" + BOTTOM,
    "end line": "End of Project Gutenberg's The Sea, by Ann Other\n\n" + BOTTOM,
    "neither": BOTTOM,
    "only the small print": BOTTOM[BOTTOM.index("***START") :],
    "with stars": BOTTOM.replace("This file should", "*****This file should"),
    "something below": BOTTOM + "\n\nthsea10.txt",
}


@pytest.mark.parametrize("top", TOPS)
@pytest.mark.parametrize("bottom", BOTTOMS)
def test_the_small_print_at_the_bottom(top: str, bottom: str) -> None:
    book = book_of("\n\n".join([TOPS[top], *BODY, BOTTOMS[bottom]]))
    assert paragraphs(book) == BODY
    assert (book.title, book.author, book.identifier) == ("The Sea: A Romance", "Ann Other", "pg99")
    assert (book.release, book.language, len(book.chapters)) == ("May, 2004", "fr", 2)


def test_the_small_print_at_the_bottom_of_html() -> None:
    text = f"<html><body><pre>{TOPS['marker']}</pre><h2>CHAPTER I</h2><p>Rain.</p><pre>{BOTTOMS['marker']}</pre></body>"
    book = assemble(read_html(text.encode(), "sea.htm"), "sea.htm")
    assert paragraphs(book) == ["CHAPTER I", "Rain."]
    assert (book.title, book.identifier) == ("The Sea: A Romance", "pg99")


def test_a_header_above_a_text_without_start_marker() -> None:
    book = book_of("\n\n".join([HEADER, *BODY, ENDS["this"]]))
    assert paragraphs(book) == BODY
    assert (book.title, book.author) == ("The Sea: A Romance", "Ann Other")


def test_a_short_text_does_not_keep_its_licence() -> None:
    assert book_of(f"{STARTS['this']}\n\nRain.\n\n{ENDS['this']}").text == "Rain."


def test_a_text_without_markers_is_not_cut() -> None:
    lines = ["Produced by Nobody", "A tale.", "End of the Project Gutenberg EBook of Nothing"]
    assert paragraphs(book_of("\n\n".join(lines))) == lines


def test_the_notices_of_the_world_library_go_everywhere() -> None:
    notice = "<<THIS ELECTRONIC VERSION OF THE COMPLETE WORKS OF WILLIAM\nSHAKESPEARE IS COPYRIGHT.>>"
    text = (
        f"Project Gutenberg, in cooperation\n\n***** SMALL PRINT! for COMPLETE SHAKESPEARE *****\n\nterms\n\n{notice}"
    )
    text += f'\n\n****   SMALL PRINT! FOR __ COMPLETE SHAKESPEARE ****\n["Small Print" V.12.08.93]\n\n{notice}\n\n'
    book = book_of(text + f"ACT I. SCENE I.\nAthens\n\nEnter one.\n\n{notice}\n\nSCENE II.\n\nEnter two.\n\n{notice}")
    assert paragraphs(book) == ["ACT I. SCENE I. Athens", "Enter one.", "SCENE II.", "Enter two."]


words = st.text("abcdefgilmnorstuvABCéèöß0159,;'", min_size=1, max_size=9).filter(str.strip)
prose = st.lists(words, min_size=3, max_size=25).map(lambda found: "He said " + " ".join(found) + ".")
body_paragraph = st.one_of(prose, prose, st.sampled_from(LOOKALIKES))


@st.composite
def wrapped_file(draw: st.DrawFn) -> tuple[list[str], bytes]:
    """Paragraphs, and a file that holds them between boilerplate, wrapped and encoded in some way."""
    expected = ["CHAPTER I", draw(prose), *draw(st.lists(body_paragraph, max_size=8)), draw(prose)]
    width = draw(st.integers(30, 90))
    lines: list[str] = []
    for text in expected:
        line = ""
        for word in text.split(" "):
            if line and len(line) + 1 + len(word) > width and not word.startswith("***"):
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines += [line, *[""] * draw(st.integers(1, 4))]
    start, end = draw(st.sampled_from(sorted(STARTS))), draw(st.sampled_from(sorted(ENDS)))
    if "small print" in start:
        end = "only an end line"
    ending = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    text = "\n".join([STARTS[start], "", "", *lines, ENDS[end], ""]).replace("\n", ending)
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
    return expected, text.encode(encoding)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(wrapped_file())
def test_every_paragraph_comes_back_once_and_in_order(case: tuple[list[str], bytes]) -> None:
    expected, data = case
    book = assemble(read_plain(data, "sea.txt"), "sea.txt")
    assert paragraphs(book) == expected
    assert book.divisions[-1].end == len(book.text)


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=300))
@example("[")
@example("\ufeff\u0301")
def test_any_text_at_all_is_read_or_refused(text: str) -> None:
    from litgraph.errors import SourceError

    try:
        book = assemble(read_plain(text.encode("utf-8", "replace"), "any.txt"), "any.txt")
    except SourceError:
        return
    assert "\n\n".join(paragraphs(book)) == book.text
    assert book.chapters
    assert book.divisions[0].start == 0 and book.divisions[-1].end == len(book.text)


def test_the_shipped_book_is_whole() -> None:
    import litgraph

    data = (Path(litgraph.__file__).parent / "data" / "pg11.txt").read_bytes()
    assert b"THE FULL PROJECT GUTENBERG LICENSE" in data
    assert "LICENSE" not in read_book("pg11").text
