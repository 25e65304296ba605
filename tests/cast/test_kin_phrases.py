"""Phrases of kinship: which they are, whose, and who is called "papa"."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.cast.kin.address import family_addresses
from litgraph.cast.kin.phrases import kin_phrase
from litgraph.cast.kin.words import find_kin, relayed
from litgraph.types import Quotation


@pytest.mark.parametrize(
    ("text", "word", "whose"),
    [
        ("his wife", "wife", "first"),
        ("her dear husband", "husband", "first"),
        ("Mr. Bingley’s sister", "sister", "first"),
        ("my poor mamma", "mother", "first"),
        ("his wife's brother-in-law", "brother-in-law", "first"),
        ("the only daughter of Sir William", "daughter", "last"),
        ("My aunt", "aunt", "first"),
        ("Papa", "father", "unsaid"),
        ("dear mother", "mother", "unsaid"),
        ("my sister Maria", "sister", "first"),
        ("widow of Sir Lewis de Bourgh", "wife", "last"),
        ("the Duchess’s cook", "cook", "first"),
        ("Mr. Darcy's housekeeper", "housekeeper", "first"),
        ("his relation", "relative", "first"),
        ("her faithful friend", "friend", "first"),
        ("my kind patroness", "patroness", "first"),
        ("the governess of Miss Darcy", "governess", "last"),
    ],
)
def test_what_a_phrase_says_and_whose_it_is(text: str, word: str, whose: str) -> None:
    found = kin_phrase(text)
    assert found is not None
    assert (found.kin.word, found.whose) == (word, whose)


@pytest.mark.parametrize(
    "text",
    [
        "the wife",
        "his wife's house",
        "the house of his father",
        "my father and mother",
        "Uncle Toby",
        "a sister",
        "a gentleman's daughter",
        "Master",
        "",
    ],
)
def test_what_is_no_phrase_of_one_relative(text: str) -> None:
    assert kin_phrase(text) is None


def test_ranks_and_names_in_a_phrase() -> None:
    eldest, named = kin_phrase("his eldest daughter"), kin_phrase("your sister Jane")
    assert eldest is not None and (eldest.rank, eldest.named) == ("eldest", False)
    assert named is not None and (named.rank, named.named) == ("", True)


def test_a_person_has_one_father_and_many_sisters() -> None:
    father, sister = find_kin("papa"), find_kin("sister")
    assert father is not None and father.sole and father.inverse == "child"
    assert sister is not None and not sister.sole and sister.inverse == "sibling"


def test_friends_and_masters_are_no_family() -> None:
    friend, master, cousin = find_kin("friend"), find_kin("master"), find_kin("cousin")
    assert friend is not None and not friend.family and not friend.sole
    assert master is not None and not master.family and master.inverse == "servant"
    assert cousin is not None and cousin.family


def test_what_relatives_of_relatives_are() -> None:
    assert relayed("sibling", "parent") == relayed("parent", "spouse") == "parent"
    assert relayed("cousin", "spouse") is None


TEXT = "“Oh, papa, what news?” cried Jane. “My dear child,” said he, “your father is well.”"


def test_who_is_called_papa() -> None:
    quotations = [
        Quotation("q0", 0, 22, 1, "jane-bennet", ("mr-bennet",)),
        Quotation("q1", TEXT.index("“My"), TEXT.index("“My") + 16, 1, "mr-bennet", ("jane-bennet",)),
        Quotation("q2", TEXT.index("“your"), len(TEXT), 1, "mr-bennet", ("jane-bennet",)),
    ]
    found = [(one.speaker, one.kin.word, one.hearer, TEXT[one.start : one.end]) for one in
             family_addresses(quotations, TEXT)]  # fmt: skip
    assert found == [("jane-bennet", "father", "mr-bennet", "papa")]  # anybody may say "my dear child"


@pytest.mark.parametrize("hearers", [(), ("mr-bennet", "mrs-bennet"), ("jane-bennet",)])
def test_nobody_is_called_papa_where_the_hearer_is_not_known(hearers: tuple[str, ...]) -> None:
    assert not list(family_addresses([Quotation("q0", 0, 22, 1, "jane-bennet", hearers)], TEXT))


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_a_phrase_or_none(text: str) -> None:
    phrase = kin_phrase(text)
    assert phrase is None or find_kin(phrase.kin.word) == phrase.kin
    assert all(
        0 <= one.start < one.end <= len(text)
        for one in family_addresses([Quotation("q0", 0, len(text), 1, "a", ("b",))], text)
    )
