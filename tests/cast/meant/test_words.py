"""What the words of a mention say of whom it may mean."""

from __future__ import annotations

import pytest

from litgraph.cast.meant.words import Sort, allowed, sort_of
from litgraph.types import Entity, EntityKind, EntityLabel, Gender, Mention


def mention(text: str, label: EntityLabel = "PER") -> Mention:
    return Mention("m0", 0, len(text), text, label, "pronoun", 0, 1)


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("He", "he"),
        ("HERSELF", "she"),
        ("I", "speaker"),
        ("thy", "hearer"),
        ("their", "several"),
        ("ourselves", "speakers"),
        ("it", "other"),
        ("his wife", "other"),
        ("", "other"),
    ],
)
def test_sorts_of_words(text: str, sort: Sort) -> None:
    assert sort_of(mention(text)) == sort


@pytest.mark.parametrize(
    ("text", "label", "kind", "gender", "may"),
    [
        ("he", "PER", "character", "male", True),
        ("he", "PER", "character", "female", False),
        ("he", "PER", "character", "unknown", True),
        ("she", "PER", "character", "male", False),
        ("they", "PER", "character", "unknown", False),
        ("I", "PER", "character", "female", True),
        ("the village", "GPE", "character", "male", False),
        ("they", "PER", "group", "unknown", True),
        ("he", "PER", "group", "unknown", False),
        ("we", "PER", "vehicle", "unknown", False),
        ("we", "PER", "character", "female", False),
        ("us", "PER", "group", "unknown", True),
        ("she", "VEH", "vehicle", "unknown", True),
        ("the ship", "VEH", "vehicle", "unknown", True),
        ("he", "FAC", "place", "unknown", False),
        ("the park", "FAC", "place", "unknown", True),
        ("his friend", "PER", "place", "unknown", False),
        ("they", "ORG", "organisation", "unknown", True),
    ],
)
def test_who_may_be_meant(text: str, label: EntityLabel, kind: EntityKind, gender: Gender, may: bool) -> None:
    assert allowed(mention(text, label), Entity("one", "One", kind, gender=gender)) is may
