"""What several places say of two people becomes one relation, with each place that says it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litgraph.literary.facts import Statement, settled
from litgraph.literary.types import TokenMention

# Emma, her father, Emma again, Hartfield; the clusters say who is who.
MENTIONS = [TokenMention(index, 0, 0, "PER", "name") for index in range(4)]
CLUSTERS = [7, 8, 7, 9]


def test_places_speak_together_for_a_fact() -> None:
    statements = [Statement(0, 1, "child_of", 0.5), Statement(2, 1, "child_of", 0.5), Statement(0, 3, "lives_in", 0.5)]
    found = list(settled(statements, MENTIONS, CLUSTERS, threshold=0.6))
    assert [(relation.head, relation.label, relation.tail) for relation in found] == [
        (MENTIONS[0], "child_of", MENTIONS[1]),
        (MENTIONS[2], "child_of", MENTIONS[1]),
    ]
    assert all(relation.confidence == pytest.approx(0.75) for relation in found)


def test_two_people_have_the_likeliest_of_their_relations() -> None:
    statements = [
        Statement(0, 1, "sibling_of", 0.55),
        Statement(2, 1, "child_of", 0.4),
        Statement(0, 1, "child_of", 0.4),
    ]
    assert {relation.label for relation in settled(statements, MENTIONS, CLUSTERS, threshold=0.1)} == {"child_of"}


def test_both_directions_of_a_fact_are_one() -> None:
    statements = [Statement(1, 0, "parent_father_of", 0.5), Statement(0, 1, "child_of", 0.3)]
    found = list(settled(statements, MENTIONS, CLUSTERS, threshold=0.6))
    assert [relation.label for relation in found] == ["parent_father_of"]  # said once, by one place


@given(
    st.lists(
        st.builds(
            Statement,
            st.integers(0, 3),
            st.integers(0, 3),
            st.sampled_from(["child_of", "parent_mother_of", "friend_of", "visits"]),
            st.floats(0, 1),
        ).filter(lambda statement: CLUSTERS[statement.head] != CLUSTERS[statement.tail])
    ),
    st.floats(0, 0.9),
)
def test_whatever_is_stated(statements: list[Statement], threshold: float) -> None:
    found = list(settled(statements, MENTIONS, CLUSTERS, threshold=threshold))
    assert all(threshold < relation.confidence <= 1 for relation in found)
    pairs = [frozenset((relation.head, relation.tail)) for relation in found]
    assert len(pairs) == len(set(pairs))  # a place is given once
