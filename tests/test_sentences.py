"""Sentences: the cases that break newspaper splitters, and what must hold for any text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.sentences import segment
from litgraph.types import Book, Chapter, Span


def book_of(*paragraphs: str) -> Book:
    spans, start = [], 0
    for paragraph in paragraphs:
        spans.append(Span(start, start + len(paragraph)))
        start += len(paragraph) + 2
    text = "\n\n".join(paragraphs)
    return Book(text, divisions=(Chapter(1, "", 0, len(text)),), paragraphs=tuple(spans), language="en")


def sentences_of(*paragraphs: str) -> list[str]:
    book = book_of(*paragraphs)
    return [book.text[sentence.start : sentence.end] for sentence in segment(book)]


@pytest.mark.parametrize(
    "sentences",
    [
        # Pride and Prejudice
        [
            "“My dear Mr. Bennet,” said his lady to him, “have you heard that Netherfield Park is let at last?”",
            "Mr. Bennet replied that he had not.",
        ],
        ["“Oh! single, my dear, to be sure!", "A single man of large fortune; four or five thousand a year.”"],
        ["“Is he married or single?” Elizabeth asked.", "“Oh!” cried she, “how good it was in you!”"],
        # Alice
        ["‘What a curious feeling!’ said Alice; ‘I must be shutting up like a telescope.’", "And so it was indeed."],
        # straight quotes, where nothing but the spaces tells opening from closing
        ["'Mr. Heathcliff?' I said.", "A nod was the answer."],
        ['"Quite so!" said Holmes.', '"I have no data yet."', "He rose."],
        ["“No.”", "He rose and went to the window."],
        # abbreviations, initials, numerals
        ["M. Myriel was in Digne.", "J. B. Lee lived at No. 5 Baker St. with Dr. Watson."],
        ["J.K. Rowanly wrote to E.M. Fosterton.", "He bowed."],
        ["Mr. H.G. Wells met the U.S. Army on board H.M.S. Beagle.", "Then he left the U.S.", "He was sad."],
        ["P. Lowe met Edgar P. Wynne.", "He read p. 9.", "P. O'Rourke and J. D'Arcy bowed to J. R. R. Talbot.", "See?"],
        ["Wm. Black and Geo. White saw Lieut.-Col. Hay.", "Maj.-Gen. Stone came."],
        ["Thos. Brown met J.-P. Marat, W.E.B. Dubois and the Rt. Hon. Pitt.", "It rained."],
        ["“Come, Geo.,” said Wm.", "He sat.", "“Is he in the U.S.?”", "“In the U.S.A.”", "She laughed."],
        ["He met John Dale, M.P.", "Some laughed.", "It is the G.C.L.", "I joined it."],
        ["He came at 5 P.M.", "Night fell.", "In 44 B.C.", "Caesar died."],
        ["Henry VIII. was king.", "It was I.", "She said no."],
        ["He waited... and waited…", "Then he went."],
        ["(She wept.)", "Then “Go!”—and he went."],
    ],
)
def test_dialogue_titles_and_initials(sentences: list[str]) -> None:
    assert sentences_of(" ".join(sentences)) == sentences


def test_a_sentence_never_runs_over_a_paragraph_or_heading() -> None:
    assert sentences_of("Chapter 1", "It was a dark night", "and so on.") == [
        "Chapter 1",
        "It was a dark night",
        "and so on.",
    ]


def test_only_chapters_are_segmented_and_say_which() -> None:
    text = "Title page.\n\nOne. Two.\n\nThree."
    divisions = (Chapter(0, "", 0, 13, kind="front"), Chapter(1, "", 13, 24), Chapter(2, "", 24, 30))
    book = Book(text, divisions=divisions, paragraphs=(Span(0, 11), Span(13, 22), Span(24, 30)), language="en")
    found = [(text[s.start : s.end], s.index, s.chapter, s.paragraph) for s in segment(book)]
    assert found == [("One.", 0, 1, 1), ("Two.", 1, 1, 1), ("Three.", 2, 2, 2)]


def test_progress_is_told_of_every_paragraph() -> None:
    told: list[tuple[str, int | None, int]] = []

    def spy(items, what, total=None):  # type: ignore[no-untyped-def]
        for number, item in enumerate(items, start=1):
            told.append((what, total, number))
            yield item

    segment(book_of("One.", "Two.", "Three."), progress=spy)
    assert told == [("finding sentences, by paragraph", 3, number) for number in (1, 2, 3)]


@pytest.mark.parametrize("language", ["", "fr", "xx", "tlh"])
def test_any_language_code_is_segmented(language: str) -> None:
    book = book_of("M. Myriel arriva. Il entra.")
    found = segment(Book(book.text, divisions=book.divisions, paragraphs=book.paragraphs, language=language))
    assert [book.text[s.start : s.end] for s in found] == ["M. Myriel arriva.", "Il entra."]


def test_more_than_a_million_characters() -> None:
    assert len(sentences_of("He came and went. " * 60_000)) == 60_000


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("the " * 3000, "e"),  # between words
        ("a man, " * 1000, ","),  # at a pause
        ("“Oh no; not he” " * 600, ";"),  # nowhere else, since a small letter goes on
        ("(" * 2000, "("),
    ],
)
def test_what_never_ends_is_cut(text: str, ends: str) -> None:
    found = sentences_of("He rose.", text.strip(), "She left.")
    assert len(found) > 5 and (found[0], found[-1]) == ("He rose.", "She left.")
    assert all(len(sentence) <= 400 * 4 and sentence[-1] in ends + text.strip()[-1] for sentence in found[1:-1])
    assert re.sub(r"\s", "", "".join(found[1:-1])) == re.sub(r"\s", "", text)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(alphabet="ab AM.!?“”‘’\"'—…,()\t", min_size=1, max_size=60).filter(str.strip), max_size=4))
def test_nothing_is_lost_doubled_or_padded(paragraphs: list[str]) -> None:
    book = book_of(*paragraphs)
    previous = 0
    covered = []
    for sentence in segment(book):
        text = book.text[sentence.start : sentence.end]
        assert text and text == text.strip()
        assert previous <= sentence.start < sentence.end
        paragraph = book.paragraphs[sentence.paragraph]
        assert paragraph.start <= sentence.start and sentence.end <= paragraph.end
        previous = sentence.end
        covered.append(text)
    assert re.sub(r"\s", "", "".join(covered)) == re.sub(r"\s", "", book.text)
