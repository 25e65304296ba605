"""What excludes what in a family, and what follows: the Bennets, the Gardiners and the Bingleys."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litgraph.facts.claims import PARENT, Key, one_writing
from litgraph.facts.inference import derived
from litgraph.facts.settling import settled
from litgraph.facts.weighing import consequences

GENDERS = {
    **dict.fromkeys(("jane", "lizzy", "mrs-bennet", "mrs-gardiner", "caroline"), "female"),
    **dict.fromkeys(("mr-bennet", "mr-gardiner", "bingley"), "male"),
}
FATHER: Key = ("mr-bennet", PARENT, "jane")
SISTERS: Key = ("jane", "sibling_of", "lizzy")
COUPLE: Key = ("mr-bennet", "spouse_of", "mrs-bennet")
UNCLE = one_writing("mr-gardiner", "sibling_of", "mrs-bennet")


def test_siblings_share_parents_and_couples_children() -> None:
    follows = derived({FATHER: 0.9, SISTERS: 0.9, COUPLE: 0.9}, GENDERS)
    assert follows[("mr-bennet", PARENT, "lizzy")].because == (SISTERS, FATHER)
    assert follows[("mr-bennet", PARENT, "lizzy")].likely == pytest.approx(0.81)
    assert follows[("mrs-bennet", PARENT, "jane")].because == (FATHER, COUPLE)


def test_a_parents_sibling_his_wife_and_ones_spouses_kin_are_relatives() -> None:
    mother: Key = ("mrs-bennet", PARENT, "jane")
    wife = one_writing("mr-gardiner", "spouse_of", "mrs-gardiner")
    married = one_writing("jane", "spouse_of", "bingley")
    follows = consequences({mother: 0.95, UNCLE: 0.95, wife: 0.95, married: 0.95}, GENDERS)
    for other in ("mr-gardiner", "mrs-gardiner"):
        assert one_writing("jane", "relative_of", other) in follows
    assert one_writing("bingley", "relative_of", "mrs-bennet") in follows


def test_a_siblings_relative_may_be_her_husbands() -> None:
    aunt = one_writing("lizzy", "relative_of", "mrs-gardiner")
    assert consequences({SISTERS: 0.95, aunt: 0.95}, GENDERS) == {}


def test_nothing_is_a_reason_for_what_it_follows_from() -> None:
    follows = consequences({FATHER: 0.95, SISTERS: 0.95}, GENDERS)
    assert follows[("mr-bennet", PARENT, "lizzy")].because == (SISTERS, FATHER)
    assert FATHER not in follows  # "because he is Lizzy's father", which only follows from it


def test_nothing_follows_from_what_is_hardly_believed() -> None:
    assert derived({FATHER: 0.9, SISTERS: 0.45}, GENDERS) == {}


def test_whoever_has_a_mother_gets_no_second_one() -> None:
    stepmother: Key = ("mrs-gardiner", PARENT, "jane")
    follows = derived({FATHER: 0.9, stepmother: 0.9, COUPLE: 0.9}, GENDERS)
    assert ("mrs-bennet", PARENT, "jane") not in follows


def test_a_sister_is_no_wife_and_a_child_no_parent() -> None:
    wife = one_writing("jane", "spouse_of", "bingley")
    sister = one_writing("jane", "sibling_of", "bingley")
    upside_down: Key = ("jane", PARENT, "mr-bennet")
    yielding = settled({wife: 0.8, sister: 0.6, FATHER: 0.9, upside_down: 0.3}, GENDERS)
    assert yielding == {sister: wife, upside_down: FATHER}


def test_a_family_is_settled_as_a_whole_and_not_edge_by_edge() -> None:
    # Mr. Gardiner as her father is the likeliest single fact, but two others must yield to it.
    wrong: Key = ("mr-gardiner", PARENT, "jane")
    relative = one_writing("jane", "relative_of", "mr-gardiner")
    yielding = settled({wrong: 0.7, FATHER: 0.65, relative: 0.65}, GENDERS)
    assert set(yielding) == {wrong}


PEOPLE = tuple(GENDERS)
KEYS = st.sampled_from(
    [
        one_writing(one, relation, other)
        for one, other in permutations(PEOPLE, 2)
        for relation in (PARENT, "sibling_of", "spouse_of", "relative_of")
    ]
)


@given(st.dictionaries(KEYS, st.floats(0, 0.9999), max_size=30))
def test_what_stays_holds_together_and_what_yields_yields_to_what_stays(believed: dict[Key, float]) -> None:
    yielding = settled(believed, GENDERS)
    kept = [key for key in believed if key not in yielding]
    assert not set(yielding.values()) & set(yielding)
    assert len({frozenset((head, tail)) for head, _, tail in kept}) == len(kept)
    parents = [(tail, GENDERS[head]) for head, relation, tail in kept if relation == PARENT]
    assert len(parents) == len(set(parents))


@given(st.dictionaries(KEYS, st.floats(0, 1), max_size=30))
def test_premises_are_believed_and_no_conclusion_is_surer_than_they(believed: dict[Key, float]) -> None:
    for one in derived(believed, GENDERS).values():
        assert one.because and one.key not in one.because
        assert one.likely <= min(believed[premise] for premise in one.because)
