"""Names that only the whole book shows to be names, on sentences of Alice and Pride and Prejudice."""

from __future__ import annotations

import re

from litgraph.mentions.book_names import with_names, without_parts_of_names
from litgraph.mentions.read import Read
from litgraph.sentences import segment
from litgraph.types import Book, Chapter, EntityLabel, MentionForm, Span

TURTLE = "“Once,” said the Mock Turtle at last, with a deep sigh, “I was a real Turtle.” "


def book_of(text: str) -> Book:
    return Book(text, divisions=(Chapter(1, "", 0, len(text)),), paragraphs=(Span(0, len(text)),), language="en")


def everywhere(text: str, phrase: str, form: MentionForm, label: EntityLabel = "PER") -> list[Read]:
    return [Read(*match.span(), label, form, 7) for match in re.finditer(re.escape(phrase), text)]


def names(text: str, found: list[Read]) -> list[str]:
    book = book_of(text)
    return [text[read.start : read.end] for read in with_names(book, segment(book), found) if read.form == "name"]


def test_a_noun_phrase_that_a_book_always_writes_with_capitals_is_a_name() -> None:
    text = TURTLE * 3
    assert names(text, everywhere(text, "the Mock Turtle", "noun")) == ["the Mock Turtle"] * 3


def test_it_is_none_if_it_stands_so_but_once_or_mostly_small() -> None:
    assert names(TURTLE, everywhere(TURTLE, "the Mock Turtle", "noun")) == []
    text = "He saw the Colonel. " * 3 + "The colonel bowed. " * 7
    assert names(text, everywhere(text, "the Colonel", "noun")) == []


def test_phrases_without_article_and_pronouns_stay_what_they_are() -> None:
    text = "Nobody came. I say: People came. " * 5
    found = everywhere(text, "Nobody", "noun") + everywhere(text, "I", "pronoun") + everywhere(text, "People", "noun")
    assert names(text, found) == []


def test_a_known_name_is_found_where_the_reader_saw_none() -> None:
    text = "Wickham came. Wickham left. Nobody missed Wickham’s jokes."
    found = everywhere(text, "Wickham", "name")[:2]
    assert names(text, found) == ["Wickham"] * 3


def test_a_known_name_inside_a_name_or_a_pronoun_in_its_place_makes_no_second_mention() -> None:
    text = "Wickham came. Wickham left. Mrs. Wickham wept. Wickham!"
    found = [*everywhere(text, "Wickham", "name")[:2], *everywhere(text, "Mrs. Wickham", "name")]
    last = text.rindex("Wickham")
    found.append(Read(last, last + 7, "PER", "pronoun", 3))
    book = book_of(text)
    result = with_names(book, segment(book), found)
    assert [(text[read.start : read.end], read.form, read.chain) for read in result] == [
        ("Wickham", "name", 7),
        ("Wickham", "name", 7),
        ("Mrs. Wickham", "name", 7),
        ("Wickham", "name", 3),
    ]


def nested(text: str, *spans: tuple[str, EntityLabel]) -> list[tuple[str, str]]:
    found = [Read(text.index(part), text.index(part) + len(part), label, "name") for part, label in spans]
    return [(text[read.start : read.end], read.form) for read in without_parts_of_names(text, found)]


def test_a_part_of_a_persons_name_is_nobody_else() -> None:
    assert nested("Mr. Bennet", ("Mr. Bennet", "PER"), ("Bennet", "PER")) == [("Mr. Bennet", "name")]


def test_a_place_stays_inside_a_person_and_a_person_inside_a_place() -> None:
    duke = nested("the Duke of York", ("the Duke of York", "PER"), ("York", "GPE"))
    assert duke == [("the Duke of York", "name"), ("York", "name")]
    house = nested("Lady Lucas's house", ("Lady Lucas's house", "FAC"), ("Lady Lucas", "PER"))
    assert house == [("Lady Lucas's house", "name"), ("Lady Lucas", "name")]


def test_an_owner_inside_a_name_is_somebody_else_and_keeps_the_name() -> None:
    found = nested("Tom's Aunt Polly", ("Tom's Aunt Polly", "PER"), ("Tom", "PER"))
    assert found == [("Tom's Aunt Polly", "noun"), ("Tom", "name")]


def test_another_person_inside_a_name_stays() -> None:
    text = "the Ashburnham who accompanied Charles I to the scaffold"
    assert len(nested(text, (text, "PER"), ("Charles I", "PER"))) == 2


def test_what_stands_beside_a_name_or_is_no_name_stays() -> None:
    text = "his wife Emma and Emma"
    found = [Read(0, 13, "PER", "name"), Read(0, 3, "PER", "pronoun"), Read(18, 22, "PER", "name")]
    assert without_parts_of_names(text, found) == found
