"""The three networks of a graph, and their ties by chapter."""

from __future__ import annotations

import random
from types import ModuleType

import pytest
from graphs import pride
from hypothesis import given, settings
from hypothesis import strategies as st
from small_networks import small_graph
from society import society

from litgraph import analysis
from litgraph.analysis import NETWORK_NAMES, Tie, as_network, character_network, last_chapter, ties
from litgraph.errors import SettingsError


def test_ties_are_pieces_of_evidence_by_chapter() -> None:
    graph = small_graph(("a", "b", 1), ("a", "b", 1), ("a", "b", 3), ("a", "c", 2))
    assert ties(graph) == [Tie("a", "b", 1, 2), Tie("a", "c", 2, 1), Tie("a", "b", 3, 1)]


def test_each_network_has_its_own_edges_between_people_alone() -> None:
    graph = pride()
    assert {tie[:2] for tie in ties(graph)} == {("elizabeth-bennet", "jane-bennet"), ("elizabeth-bennet", "mr-darcy")}
    assert {tie[:2] for tie in ties(graph, "speech")} == {("mr-darcy", "elizabeth-bennet")}
    assert ("mr-darcy", "mr-wickham") in {tie[:2] for tie in ties(graph, "facts")}
    assert not any("longbourn" in tie for tie in ties(graph, "facts"))
    assert any("longbourn" in tie for tie in ties(graph, "facts", ("character", "place")))


def test_speech_has_a_direction_until_it_is_added_up() -> None:
    graph = small_graph(("a", "b", 1, "speaks_to"), ("b", "a", 2, "speaks_to"), ("b", "a", 2, "speaks_to"))
    directed = character_network(graph, "speech", directed=True)
    assert (directed["a"]["b"]["weight"], directed["b"]["a"]["weight"]) == (1, 2)
    assert character_network(graph, "speech")["a"]["b"]["weight"] == 3


def test_facts_without_a_sentence_are_in_the_last_chapter_that_they_follow_from() -> None:
    graph = small_graph(("a", "b", 2, "sibling_of"), ("a", "c", 1, "spouse_of"))
    graph.edges["a", "b", "sibling_of"].update(evidence=[], chapters=[2, 5], weight=1)
    graph.edges["a", "c", "spouse_of"].update(evidence=[], chapters=[], weight=1)
    assert ties(graph, "facts") == [Tie("a", "c", 0, 1), Tie("a", "b", 5, 1)]


def test_nodes_keep_what_they_are_and_who_meets_nobody_is_not_there() -> None:
    network = character_network(small_graph(("a", "b", 1), also=["c"]))
    assert dict(network.nodes(data=True)) == {
        "a": {"name": "A", "gender": "female", "mentions": 1},
        "b": {"name": "B", "gender": "male", "mentions": 1},
    }


def test_the_last_chapter_is_the_last_of_anything() -> None:
    assert last_chapter(pride()) == 61
    assert last_chapter(small_graph(("a", "b", 7))) == 7


def test_there_is_no_other_network() -> None:
    with pytest.raises(SettingsError, match='no network "letters"'):
        ties(pride(), "letters")  # type: ignore[arg-type]


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 50), st.sampled_from(NETWORK_NAMES), st.randoms(use_true_random=False))
def test_the_order_of_edges_makes_no_difference(seed: int, network: str, shuffle: random.Random) -> None:
    graph = society("made-up", seed)
    edges, nodes = list(graph.edges(keys=True, data=True)), list(graph.nodes(data=True))
    shuffle.shuffle(edges)
    shuffle.shuffle(nodes)
    other = type(graph)(**graph.graph)
    other.add_nodes_from(nodes)
    other.add_edges_from(edges)
    assert ties(graph, network) == ties(other, network)  # type: ignore[arg-type]
    one, again = (as_network(ties(each, network)) for each in (graph, other))  # type: ignore[arg-type]
    assert (list(one), list(one.edges(data=True))) == (list(again), list(again.edges(data=True)))


def test_what_the_package_offers_is_no_module_of_the_same_name() -> None:
    for name in analysis.__all__:
        assert not isinstance(getattr(analysis, name), ModuleType), name
    with pytest.raises(AttributeError, match="no attribute 'fame'"):
        analysis.fame  # noqa: B018
    assert dir(analysis) == sorted(analysis.__all__)
