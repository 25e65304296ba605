"""Kin by name: whose wife, and whose mother, "Mrs. Denham" is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litgraph.cast.kin.names.families import Families
from litgraph.cast.kin.names.namesakes import Phrases, kin_by_name, told_parents
from litgraph.cast.kin.words import Bond, find_kin
from litgraph.types import Entity, Gender


def people(**names: str) -> Families:
    """Families of people, each given as "gender: name | name", by id."""
    return Families(_entity(id_, *text.split(": ")) for id_, text in names.items())


def _entity(id_: str, gender: str, names: str) -> Entity:
    aliases = tuple((name, (9, 2, 1)[number]) for number, name in enumerate(names.split(" | ")))
    known: Gender = "male" if gender == "m" else "female"
    return Entity(id_, aliases[0][0], "character", aliases, known, mentions=9)


DENHAMS = people(ralph="m: Ralph Denham | Ralph | Mr. Denham", mrs="f: Mrs. Denham")
MOTHER: tuple[str, Bond, Gender] = ("ralph", "parent", "female")
WIFE: tuple[str, Bond, Gender] = ("ralph", "spouse", "female")


@pytest.mark.parametrize(
    ("phrases", "parents", "spouses"),
    [
        ({MOTHER: 6, WIFE: 1}, {("ralph", "female"): "mrs"}, {}),
        ({MOTHER: 1}, {}, {"ralph": "mrs", "mrs": "ralph"}),
        ({MOTHER: 2, WIFE: 9}, {}, {"ralph": "mrs", "mrs": "ralph"}),
        ({("mrs", "child", "male"): 2}, {("ralph", "female"): "mrs"}, {}),
        ({}, {}, {"ralph": "mrs", "mrs": "ralph"}),
    ],
)
def test_phrases_tell_a_mother_from_a_wife(
    phrases: Phrases, parents: dict[tuple[str, Gender], str], spouses: dict[str, str]
) -> None:
    found = kin_by_name(DENHAMS, DENHAMS, phrases, {})
    assert (found.parents, found.spouses) == (parents, spouses)


def test_a_mother_who_is_a_wife_has_no_mother_of_her_husbands_name() -> None:
    families = people(fannie="f: Fannie Hamilton | Fannie", mrs="f: Mrs. Hamilton")
    phrases: Phrases = {("fannie", "parent", "female"): 2, ("fannie", "spouse", "male"): 7}
    assert not kin_by_name(families, families, phrases, {}).parents


def test_a_father_by_name_goes_by_his_title_alone() -> None:
    phrases: Phrases = {("lucy", "parent", "male"): 6}
    brother = people(lucy="f: Lucy Honeychurch | Lucy", freddy="m: Freddy Honeychurch | Freddy")
    assert not kin_by_name(brother, brother, phrases, {}).parents
    father = people(lucy="f: Lucy Honeychurch | Lucy", mr="m: Mr. Honeychurch")
    assert kin_by_name(father, father, phrases, {}).parents == {("lucy", "male"): "mr"}


def test_whose_son_phrases_call_him_his_name_does_not_tell() -> None:
    families = people(frank="m: Frank Churchill | Frank", mr="m: Mr. Churchill", weston="m: Mr. Weston")
    son = find_kin("son")
    assert son is not None
    told = told_parents([("weston", son, "frank", 0.95), ("mr", son, "frank", 0.3)], families)
    assert told == {("frank", "male"): "weston"}
    phrases: Phrases = {("frank", "parent", "male"): 35}
    assert not kin_by_name(families, families, phrases, told).parents
    assert kin_by_name(families, families, phrases, {}).parents


@pytest.mark.parametrize(
    ("one", "other", "married"),
    [
        ("m: Mr. John Knightley | John", "f: Mrs. John Knightley", True),
        ("m: Mr. George Knightley | George", "f: Mrs. John Knightley", False),
        ("m: The Baron | Baron", "f: Baroness Burmergelm", True),
        ("m: The King | King", "f: The Queen | Queen", True),
        ("m: Prince Andrew | Andrew", "f: Princess Mary | Mary", False),
        ("m: Henry Otway | Henry", "f: Lady Otway", False),
        ("m: Sir Harry Otway | Sir Harry", "f: Lady Otway", True),
        ("m: Mr. Otway", "f: Mrs. Otway", True),
        ("m: Sir Harry Otway", "f: Mrs. Otway", False),
    ],
)
def test_couples_by_full_name_rank_and_title(one: str, other: str, married: bool) -> None:
    families = people(he=one, she=other)
    assert kin_by_name(families, families, {}, {}).spouses == ({"he": "she", "she": "he"} if married else {})


def test_of_two_barons_neither_is_the_baronesss_husband() -> None:
    families = people(one="m: Baron Trenck", other="m: Baron Stein", she="f: The Baroness | Baroness")
    assert not kin_by_name(families, families, {}, {}).spouses


def test_who_is_mostly_called_by_a_given_name_bears_it_as_no_surname() -> None:
    families = people(
        harriet="f: Harriet | Aunt Harriet | Stupid Harriet", philip="m: Philip | Philip Herriton | Mr. Philip"
    )
    sister = find_kin("sister")
    assert sister is not None and not families.names_deny(sister, "harriet", "philip")


IDS = st.sampled_from(["ralph", "mrs"])
BONDS: st.SearchStrategy[Bond] = st.sampled_from(["spouse", "parent", "child", "sibling"])
GENDERS: st.SearchStrategy[Gender] = st.sampled_from(["female", "male"])


@given(st.dictionaries(st.tuples(IDS, BONDS, GENDERS), st.integers(0, 20)))
def test_nobody_is_wife_and_mother_of_one_man(phrases: dict[tuple[str, Bond, Gender], int]) -> None:
    found = kin_by_name(DENHAMS, DENHAMS, phrases, {})
    assert bool(found.parents) != bool(found.spouses)
