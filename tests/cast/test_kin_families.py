"""What surnames and "Mrs." tell of kinship, in the families of known novels."""

from __future__ import annotations

import pytest

from litgraph.cast.kin.names.families import Families
from litgraph.cast.kin.words import Kin, find_kin
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


def kin(word: str) -> Kin:
    found = find_kin(word)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("who", "word", "bearer", "allowed"),
    [
        ("Mr. Bennet", "wife", "Mrs. Bennet", True),
        ("Mr. Bennet", "wife", "Mrs. Long", False),
        ("Mr. Bennet", "wife", "Mr. Collins", False),
        ("Mr. Bennet", "wife", "Mr. Bennet", False),
        ("Mr. Bennet", "wife", "Longbourn", False),
        ("Mrs. Bennet", "husband", "Mr. Bingley", False),
        ("Mr. Darcy", "wife", "Miss Darcy", False),
        ("Mr. Darcy", "wife", "Elizabeth Bennet", True),
        ("Elizabeth Bennet", "sister", "Jane Bennet", True),
        ("Elizabeth Bennet", "sister", "Kitty", True),
        ("Elizabeth Bennet", "sister", "Mrs. Bennet", False),
        ("Elizabeth Bennet", "sister", "Charlotte Lucas", False),
        ("Elizabeth Bennet", "brother", "Mr. Darcy", False),
        ("Elizabeth Bennet", "mother", "Lady Lucas", False),
        ("Elizabeth Bennet", "mother", "Mrs. Bennet", True),
        ("Elizabeth Bennet", "mother", "Miss Darcy", False),
        ("Kitty", "mother", "Jane Bennet", False),  # she is a Miss
        ("Sir William Lucas", "daughter", "Elizabeth Bennet", False),
        ("Mr. Bennet", "daughter", "Mrs. Bennet", False),
        ("Elizabeth Bennet", "aunt", "Mrs. Long", True),
        ("Elizabeth Bennet", "uncle", "Mrs. Long", False),
        ("nobody known", "sister", "Jane Bennet", True),
    ],
)
def test_what_names_allow(who: str, word: str, bearer: str, allowed: bool) -> None:
    families = Families(BENNETS)
    may_be = families.may_be(kin(word), bearer, who) and not families.names_deny(kin(word), bearer, who)
    assert may_be is allowed


def test_names_speak_against_kin_whom_gender_allows() -> None:
    families = Families(BENNETS)
    assert families.may_be(kin("mother"), "Lady Lucas", "Elizabeth Bennet")
    assert families.names_deny(kin("mother"), "Lady Lucas", "Elizabeth Bennet")
    assert not families.may_be(kin("mother"), "Mr. Collins", "Elizabeth Bennet")


def test_russian_surnames_agree_in_both_forms() -> None:
    families = Families([person("Alexey Karenin", "male"), person("Anna Karenina/Madame Karenina", "female")])
    assert not families.names_deny(kin("wife"), "Anna Karenina", "Alexey Karenin")
    assert families.share_name("Anna Karenina", "Alexey Karenin")


@pytest.mark.parametrize(
    ("who", "word", "means"),
    [
        ("Mr. Bennet", "wife", "Mrs. Bennet"),
        ("Mrs. Bennet", "husband", "Mr. Bennet"),
        ("Jane Bennet", "mother", "Mrs. Bennet"),
        ("Jane Bennet", "father", "Mr. Bennet"),
        ("Jane Bennet", "sister", None),
        ("Jane Bennet", "husband", None),
        ("Mr. Bennet", "father", None),
        ("Miss Darcy", "father", None),  # there is no Mrs. Darcy: he may be her brother, and is
        ("Kitty", "mother", None),
    ],
)
def test_whom_names_alone_tell(who: str, word: str, means: str | None) -> None:
    assert Families(BENNETS).by_name(kin(word), who) == means


def test_of_two_married_couples_of_one_name_none_is_chosen() -> None:
    couples = [person(name, gender) for name, gender in COUPLES]
    assert Families(couples).by_name(kin("wife"), "Mr. Knightley") is None


COUPLES: list[tuple[str, Gender]] = [
    ("Mr. Knightley", "male"),
    ("Mr. John Knightley", "male"),
    ("Mrs. John Knightley", "female"),
]


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
