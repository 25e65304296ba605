"""What surnames and "Mrs." tell of kinship, in the families of known novels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litgraph.cast.kinship import Families, kin_phrase
from litgraph.cast.resolve import resolve
from litgraph.types import Entity, EntityKind, Gender, Mention, MentionForm


def person(names: str, gender: Gender = "unknown", kind: EntityKind = "character") -> Entity:
    """An entity whose id is its first name; names are separated by "/"."""
    every = names.split("/")
    return Entity(every[0], every[0], kind, tuple((name, 1) for name in every), gender)


BENNETS = [
    person("Mr. Bennet", "male"),
    person("Mrs. Bennet", "female"),
    person("Elizabeth Bennet/Lizzy/Miss Elizabeth", "female"),
    person("Jane Bennet/Miss Bennet/Jane", "female"),
    person("Kitty", "female"),
    person("Mr. Darcy/Darcy/Fitzwilliam Darcy", "male"),
    person("Miss Darcy/Georgiana", "female"),
    person("Mr. Bingley", "male"),
    person("Mrs. Long", "female"),
    person("Charlotte Lucas/Miss Lucas", "female"),
    person("Sir William Lucas", "male"),
    person("Lady Lucas", "female"),
    person("Mr. Collins", "male"),
    person("Longbourn", kind="place"),
]


@pytest.mark.parametrize(
    ("text", "kin"),
    [
        ("his wife", "spouse"),
        ("her dear husband", "spouse"),
        ("Mr. Bingley’s sister", "sibling"),
        ("the only daughter of Sir William", "child"),
        ("My aunt", "relative"),
        ("the wife", None),
        ("wife", None),
        ("his wife's house", None),
        ("the house of his father", None),
        ("", None),
    ],
)
def test_phrases_of_kinship(text: str, kin: str | None) -> None:
    found = kin_phrase(text)
    assert (found.kin if found else None) == kin


@pytest.mark.parametrize(
    ("who", "phrase", "bearer", "allowed"),
    [
        ("Mr. Bennet", "his wife", "Mrs. Bennet", True),
        ("Mr. Bennet", "his wife", "Mrs. Long", False),
        ("Mr. Bennet", "his wife", "Mr. Collins", False),
        ("Mr. Bennet", "his wife", "Mr. Bennet", False),
        ("Mr. Bennet", "his wife", "Longbourn", False),
        ("Mrs. Bennet", "her husband", "Mr. Bingley", False),
        ("Mr. Darcy", "his wife", "Miss Darcy", False),
        ("Mr. Darcy", "his wife", "Elizabeth Bennet", True),
        ("Elizabeth Bennet", "her sister", "Jane Bennet", True),
        ("Elizabeth Bennet", "her sister", "Kitty", True),
        ("Elizabeth Bennet", "her sister", "Mrs. Bennet", False),
        ("Elizabeth Bennet", "her sister", "Charlotte Lucas", False),
        ("Elizabeth Bennet", "her brother", "Mr. Darcy", False),
        ("Elizabeth Bennet", "her mother", "Lady Lucas", False),
        ("Elizabeth Bennet", "her mother", "Mrs. Bennet", True),
        ("Sir William Lucas", "his daughter", "Elizabeth Bennet", False),
        ("Mr. Bennet", "his daughter", "Mrs. Bennet", False),
        ("Elizabeth Bennet", "her aunt", "Mrs. Long", True),
        ("Elizabeth Bennet", "her uncle", "Mrs. Long", False),
        ("nobody known", "her sister", "Jane Bennet", True),
    ],
)
def test_what_names_allow(who: str, phrase: str, bearer: str, allowed: bool) -> None:
    found = kin_phrase(phrase)
    assert found is not None
    assert Families(BENNETS).may_be(found, bearer, who) is allowed


def test_russian_surnames_agree_in_both_forms() -> None:
    families = Families([person("Alexey Karenin", "male"), person("Anna Karenina/Madame Karenina", "female")])
    phrase = kin_phrase("his wife")
    assert phrase is not None and families.may_be(phrase, "Anna Karenina", "Alexey Karenin")


@pytest.mark.parametrize(
    ("who", "phrase", "means"),
    [
        ("Mr. Bennet", "his wife", "Mrs. Bennet"),
        ("Mrs. Bennet", "her husband", "Mr. Bennet"),
        ("Jane Bennet", "her mother", "Mrs. Bennet"),
        ("Jane Bennet", "her father", "Mr. Bennet"),
        ("Jane Bennet", "her sister", None),
        ("Jane Bennet", "her husband", None),
        ("Mr. Bennet", "his father", None),
        ("Miss Darcy", "her father", None),  # there is no Mrs. Darcy: he may be her brother, and is
        ("Kitty", "her mother", None),
    ],
)
def test_whom_names_alone_tell(who: str, phrase: str, means: str | None) -> None:
    found = kin_phrase(phrase)
    assert found is not None
    assert Families(BENNETS).by_name(found, who) == means


def test_of_two_married_couples_of_one_name_none_is_chosen() -> None:
    couples = [person(name, gender) for name, gender in COUPLES]
    phrase = kin_phrase("his wife")
    assert phrase is not None and Families(couples).by_name(phrase, "Mr. Knightley") is None


COUPLES: list[tuple[str, Gender]] = [
    ("Mr. Knightley", "male"),
    ("Mr. John Knightley", "male"),
    ("Mrs. John Knightley", "female"),
]


@given(st.text(max_size=40))
def test_any_text_can_be_asked(text: str) -> None:
    phrase = kin_phrase(text)
    if phrase is not None:
        assert isinstance(Families(BENNETS).may_be(phrase, "Kitty", "Mr. Bennet"), bool)


def test_his_wife_is_mrs_bennet_whatever_the_chain_says() -> None:
    # “My dear Mr. Bennet,” replied his wife, “how can you be so tiresome!” Mrs. Long says so. Mrs. Bennet …
    rows: list[tuple[str, MentionForm, str]] = [
        ("Mr. Bennet", "name", "c0"),
        ("Mrs. Long", "name", "c1"),
        ("his wife", "noun", "c1"),
        ("his", "pronoun", "c0"),
        ("Mrs. Bennet", "name", "c2"),
        ("Mr. Bingley", "name", "c3"),
        ("her husband", "noun", "c3"),
        ("her", "pronoun", "c1"),
    ]
    starts = [0, 50, 100, 100, 150, 200, 250, 250]
    mentions = [
        Mention(f"m{index}", start, start + len(text), text, "PER", form, start // 50, 1, "", chain)
        for index, ((text, form, chain), start) in enumerate(zip(rows, starts, strict=True))
    ]
    cast = resolve(mentions)
    assert cast.entity_of["m2"] == "mrs-bennet"
    assert cast.entity_of["m3"] == "mr-bennet"
    assert "m6" not in cast.entity_of  # Mrs. Long's husband is Mr. Long, who has no name here
