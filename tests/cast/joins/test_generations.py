"""Two people of one name whom a book tells apart by their age."""

from __future__ import annotations

import pytest
from marked import marked

from litgraph.cast import resolve


def people(passage: str) -> list[str]:
    text, mentions = marked(passage)
    cast = resolve(mentions, text=text)
    return [cast.entity_of.get(mention.id, "") for mention in mentions]


@pytest.mark.parametrize(
    ("elder", "younger"),
    [
        ("[Mr. Weston] senior", "[Mr. Weston] junior"),
        ("[Mr. Weston senior]", "[Mr. Weston junior]"),
        ("[Mr. Weston], sen.,", "[Mr. Weston], jun.,"),
        ("[John Mercer], Sr.,", "[John Mercer], Jr.,"),
        ("[Mr. Weston] the elder", "[Mr. Weston] the younger"),
        ("the elder [Mr. Weston]", "the younger [Mr. Weston]"),
        ("old [Mr. Weston]", "young [Mr. Weston]"),
        ("[Old Mr. Weston]", "[young Mr. Weston]"),
        ("old [Martin]", "young [Martin]"),
        ("[M. Weston] père", "[M. Weston] fils"),
    ],
)
def test_an_elder_and_a_younger_are_two(elder: str, younger: str) -> None:
    passage = f"{elder} sat by the fire. {younger} stood. {elder} spoke, and {younger} laughed at {elder}."
    first, second, *others = people(passage)
    assert first != second and others == [first, second, first]


def test_without_a_mark_a_title_and_a_surname_is_the_elders() -> None:
    old, young, bare, *_ = people("Old [Mr. Lee] and young [Mr. Lee] ate. [Mr. Lee] sat. " * 3)
    assert bare == old != young


@pytest.mark.parametrize(
    "passage",
    [
        "Poor old [Tom] sat. [Tom] was young [Tom] no more.",
        "Old [Mr. Weston] sat. Old [Mr. Weston] rose. [Mr. Weston] went. Young [Lucy] came.",
        "[Mr. Weston], the elder brother, sat. Young [Mr. Weston] rose, and young [Mr. Weston] went.",
    ],
)
def test_one_who_is_old_and_was_young_is_one(passage: str) -> None:
    found = people(passage)
    assert len(set(found)) == (2 if "Lucy" in passage else 1)


def test_both_are_called_as_the_book_calls_them() -> None:
    text, mentions = marked(
        "[Mr. Weston] senior sat. [Mr. Weston] junior stood. Old [Mr. Lee] and young [Mr. Lee] ate. "
    )
    cast = resolve(mentions, text=text)
    assert sorted(entity.name for entity in cast.entities) == ["Mr. Lee", "Mr. Weston junior", "Mr. Weston senior"]
