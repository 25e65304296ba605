"""Measures against what one can reckon by hand, and against networkx and igraph."""

from __future__ import annotations

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_networks import small_graph, star, two_circles

from litgraph.analysis import (
    CHARACTER_MEASURES,
    bridging,
    character_measure,
    character_network,
    communities,
    measure_book,
    measure_characters,
    modularity,
)
from litgraph.analysis.measures import centralisation, gender_assortativity
from litgraph.errors import SettingsError
from litgraph.types import Book, Chapter, Mention, Quotation


@pytest.mark.parametrize(
    ("measure", "middle", "leaf"),
    [
        ("degree", 3, 1),
        ("strength", 3, 1),
        ("betweenness", 1, 0),
        ("closeness", 1, 3 / 5),
        ("pagerank", 0.133125 / 0.2775, (1 - 0.133125 / 0.2775) / 3),
        ("clustering", 0, 0),
        ("core", 1, 1),
    ],
)
def test_a_star(measure: str, middle: float, leaf: float) -> None:
    values = CHARACTER_MEASURES[measure](character_network(star()))
    assert values == pytest.approx({"a": middle, "b": leaf, "c": leaf, "d": leaf})


def test_often_together_is_near() -> None:
    # From a to c it is 1 straight, and 1/4 + 1/4 by b
    graph = small_graph(*[("a", "b", 1)] * 4, *[("b", "c", 1)] * 4, ("a", "c", 1))
    network = character_network(graph)
    assert character_measure("betweenness")(network) == {"a": 0, "b": 1, "c": 0}
    assert character_measure("closeness")(network) == pytest.approx({"a": 2 / 0.75, "b": 4, "c": 2 / 0.75})
    assert character_measure("clustering")(network) == {"a": 1, "b": 1, "c": 1}


def test_two_circles_are_two_communities() -> None:
    network = character_network(two_circles())
    found = communities(network, {node: node.upper() for node in network})
    assert [set(one.members) for one in found] == [{"a", "b", "c"}, {"x", "y", "z"}]
    assert [one.name for one in found] == ["A and B", "X and Y"]
    assert modularity(network, found) == pytest.approx(2 * (3 / 7 - 1 / 4))
    # c has two ties at home and one abroad
    assert bridging(network, found) == pytest.approx({"c": 4 / 9, "x": 4 / 9, "a": 0, "b": 0, "y": 0, "z": 0})


def test_a_whole_book() -> None:
    book = measure_book(star())
    assert (book.title, book.characters, book.ties, book.components, book.diameter) == ("A small novel", 4, 3, 1, 2)
    assert (book.density, book.centralisation, book.transitivity) == (0.5, 1, 0)
    circles = measure_book(two_circles())
    assert circles.transitivity == pytest.approx(6 / 10)  # pairs of ties that meet: 3 at c and at x, 1 at each other
    assert circles.diameter == 3


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ("ac bd", 1.0),  # women with women, men with men
        ("ab cd", -1.0),
        ("ab ac cd bd", 0.0),  # half and half, as by chance
        ("ac", 0.0),  # one gender alone
        ("ax", 0.0),  # nobody knows
    ],
)
def test_gender_assortativity(pairs: str, expected: float) -> None:
    graph = small_graph(*((one, other, 1) for one, other in pairs.split()))
    assert gender_assortativity(character_network(graph)) == pytest.approx(expected)


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh"), st.integers(1, 9)), max_size=30))
def test_networkx_and_linear_algebra_say_the_same(pairs: list[tuple[str, str, int]]) -> None:
    occasions = [(min(one, other), max(one, other), 1) for one, other, weight in pairs for _ in range(weight)]
    graph = small_graph(*(occasion for occasion in occasions if occasion[0] != occasion[1]))
    network = character_network(graph)
    if not network:
        assert measure_book(graph).characters == 0
        return
    steps = networkx.to_numpy_array(network)
    steps = steps / steps.sum(axis=1, keepdims=True)
    size = len(network)
    walk = np.linalg.solve(np.eye(size) - 0.85 * steps.T, np.full(size, 0.15 / size))
    assert list(character_measure("pagerank")(network).values()) == pytest.approx(list(walk), abs=1e-9)
    farther = network.copy()
    for *_, data in farther.edges(data=True):
        data["length"] = 1 / data["weight"]
    between = networkx.betweenness_centrality(farther, weight="length")
    assert character_measure("betweenness")(network) == pytest.approx(between)
    known = network.subgraph([node for node, data in network.nodes(data=True) if data["gender"] != "unknown"])
    if len({network.nodes[node]["gender"] for pair in known.edges for node in pair}) == 2:
        theirs = networkx.attribute_assortativity_coefficient(known, "gender")
        assert gender_assortativity(network) == pytest.approx(theirs)


@pytest.mark.parametrize(("leaves", "expected"), [(1, 0), (2, 1), (7, 1)])
def test_a_star_is_centralised(leaves: int, expected: float) -> None:
    assert centralisation(networkx.star_graph(leaves)) == expected
    assert centralisation(networkx.cycle_graph(leaves + 2)) == 0


def test_rows_of_characters_join_what_is_known_of_them() -> None:
    text = "One\n\n“Hear me, B,” said A.\n\nTwo\n\nNobody spoke.\n\nThree\n\nA again."
    starts = [text.index(title) for title in ("One", "Two", "Three")]
    divisions = tuple(
        Chapter(number, "", start, end)
        for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True), start=1)
    )
    book = Book(text, divisions=divisions)
    quotation = Quotation("q0", text.index("“"), text.index("”") + 1, 1, "a", ("b",), certainty=1.0)
    mentions = [
        Mention("m0", text.index("A."), text.index("A.") + 1, "A", "PER", "name", 0, 1, "a"),
        Mention("m1", text.index("A again"), text.index("A again") + 1, "A", "PER", "name", 3, 3, "a"),
    ]
    first, second, alone = measure_characters(
        small_graph(("a", "b", 1), ("a", "b", 3), also=["c"]), book=book, mentions=mentions, quotations=[quotation]
    )
    assert (first.id, first.degree, first.strength, first.community) == ("a", 1, 2, "A and B")
    assert (first.words, first.share_of_speech) == (3, 1.0)
    assert (first.chapters, first.first, first.last, first.longest_absence) == (2, 1, 3, 1)
    assert (second.id, second.words, second.chapters) == ("b", 0, 0)
    assert (alone.id, alone.degree, alone.community, alone.pagerank) == ("c", 0, "", 0)


def test_there_is_no_other_measure() -> None:
    with pytest.raises(SettingsError, match="degree, strength"):
        character_measure("fame")
