"""A network through its chapters."""

from __future__ import annotations

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_networks import small_graph
from society import society

from litgraph.analysis import (
    CHARACTER_MEASURES,
    NETWORK_NAMES,
    Tie,
    book_series,
    changes,
    character_measure,
    character_network,
    character_series,
    networks_by_chapter,
    smoothed,
    turning_points,
)
from litgraph.errors import SettingsError

OCCASIONS = [("a", "b", 1), ("b", "c", 2), ("a", "b", 3), ("c", "d", 5)]


def pairs(network: networkx.Graph) -> set[str]:
    return {"".join(sorted(pair)) for pair in network.edges}


@pytest.mark.parametrize(
    ("slicing", "expected"),
    [
        ("chapter", ["ab", "bc", "ab", "", "cd"]),
        ("cumulative", ["ab", "ab bc", "ab bc", "ab bc", "ab bc cd"]),
        ("window", ["ab", "ab bc", "ab bc", "ab", "cd"]),
    ],
)
def test_networks_by_chapter(slicing: str, expected: list[str]) -> None:
    networks = networks_by_chapter(small_graph(*OCCASIONS), slicing=slicing, width=2)  # type: ignore[arg-type]
    assert [pairs(network) for network in networks.values()] == [set(one.split()) for one in expected]


def test_smoothing_by_hand() -> None:
    dated = [Tie("a", "b", 1, 5), Tie("a", "c", 2, 2), Tie("a", "b", 4, 3)]
    networks = smoothed(dated, 4)
    weights = {
        chapter: {"".join(pair): data["weight"] for *pair, data in network.edges(data=True)}
        for chapter, network in networks.items()
    }
    assert weights == {
        1: {"ab": 5},  # a and c are announced with 2, but a has 5 with b
        2: {"ab": 3, "ac": 2},  # of the 5 the 2 are gone that a has with c
        3: {"ab": 3, "ac": 2},
        4: {"ab": 3},  # a's 3 with b are more than what was left with c
    }


def test_what_holds_from_the_beginning_holds_always() -> None:
    assert [pairs(one) for one in smoothed([Tie("a", "b", 0, 1), Tie("c", "d", 2, 1)], 2).values()] == [
        {"ab", "cd"},
        {"ab", "cd"},
    ]
    graph = small_graph(("a", "b", 1, "spouse_of"), ("c", "d", 3, "spouse_of"))
    graph.edges["a", "b", "spouse_of"].update(evidence=[], chapters=[])
    networks = networks_by_chapter(graph, "facts")
    assert [pairs(networks[chapter]) for chapter in (1, 3)] == [{"ab"}, {"ab", "cd"}]


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 1000), st.sampled_from(NETWORK_NAMES), st.sampled_from(sorted(CHARACTER_MEASURES)))
def test_a_series_ends_with_the_whole_book(seed: int, network: str, name: str) -> None:
    graph = society("made-up", seed)
    measure = character_measure(name)
    series = character_series(networks_by_chapter(graph, network), measure)  # type: ignore[arg-type]
    whole = measure(character_network(graph, network))  # type: ignore[arg-type]
    assert {node: list(values.values())[-1] for node, values in series.items()} == whole


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.sampled_from(["ab", "ac", "bc", "cd"]), st.integers(1, 6)), min_size=1, max_size=12))
def test_smoothed_ties_are_at_least_those_of_the_chapter(seen: list[tuple[str, int]]) -> None:
    graph = small_graph(*((one, other, chapter) for (one, other), chapter in seen))
    by_chapter = networks_by_chapter(graph, slicing="chapter", chapters=6)
    for chapter, network in networks_by_chapter(graph, slicing="smoothed", chapters=6).items():
        for one, other, data in by_chapter[chapter].edges(data=True):
            assert network[one][other]["weight"] == data["weight"]
        assert all(data["weight"] > 0 for *_, data in network.edges(data=True))


def test_a_series_of_the_book() -> None:
    networks = networks_by_chapter(small_graph(*OCCASIONS))
    assert book_series(networks, networkx.density) == pytest.approx({1: 1, 2: 2 / 3, 3: 2 / 3, 4: 2 / 3, 5: 1 / 2})


def test_the_company_changes_where_it_changes() -> None:
    graph = small_graph(*[("a", "b", chapter) for chapter in range(1, 7)], *[("c", "d", one) for one in range(7, 13)])
    changing = changes(graph, width=3)
    assert changing[7] == 1.0 and changing[3] == changing[11] == 0.0
    # Chapters 5, 6, 7 after 2, 3, 4: two of three are a with b, so 2/3 are common of 4/3
    assert changing[5] == pytest.approx(1 - (2 / 3) / (4 / 3))
    assert [point.chapter for point in turning_points(changing, width=3)] == [7]


def test_turning_points_keep_apart() -> None:
    changing = {2: 0.1, 3: 0.9, 4: 0.2, 5: 0.8, 6: 0.1, 9: 0.3, 10: 0.5}
    assert [point.chapter for point in turning_points(changing, width=3)] == [3, 10]
    assert [point.chapter for point in turning_points(changing, width=2)] == [3, 5, 10]
    assert [point.chapter for point in turning_points(changing, 1, width=2)] == [3]


def test_a_quiet_book_has_no_turning_point() -> None:
    assert turning_points(changes(small_graph(*[("a", "b", chapter) for chapter in range(1, 9)]))) == []


@pytest.mark.parametrize(("slicing", "width"), [("page", 5), ("window", 0)])
def test_what_cannot_be_cut_is_an_error(slicing: str, width: int) -> None:
    with pytest.raises(SettingsError):
        networks_by_chapter(small_graph(*OCCASIONS), slicing=slicing, width=width)  # type: ignore[arg-type]
