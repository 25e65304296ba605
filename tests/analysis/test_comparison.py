"""Two graphs of one book beside each other, and Knuth's networks."""

from __future__ import annotations

from pathlib import Path

import networkx
import pytest
from graphs import pride
from hypothesis import given, settings
from hypothesis import strategies as st
from small_networks import small_graph
from society import society

from litgraph.analysis import (
    NETWORK_NAMES,
    NetworkName,
    align_characters,
    character_measure,
    character_network,
    compare_by_chapter,
    compare_graphs,
    graph_of_knuth,
    measure_book,
)
from litgraph.corpora.knuth import KnuthCharacter, KnuthNetwork, chapter_numbers, read_network
from litgraph.errors import SettingsError
from litgraph.types import Book, Chapter, DivisionKind


@pytest.mark.parametrize("network", ["co-occurrence", "speech", "facts"])
def test_a_graph_agrees_with_itself(network: str) -> None:
    graph = society("made-up")
    same = compare_graphs(graph, graph, network)  # type: ignore[arg-type]
    assert same.aligned == {node: node for node, data in graph.nodes(data=True) if data["kind"] == "character"}
    assert [one.f1 for one in (same.characters, same.edges, same.weighted)] == pytest.approx([1, 1, 1])
    assert same.missing == same.added == same.only_first == same.only_second == ()


def test_edges_and_weights_by_hand() -> None:
    ours = small_graph(*[("a", "b", 1)] * 4, *[("a", "c", 1)] * 2, ("c", "d", 2))
    theirs = small_graph(*[("a", "b", 1)] * 2, *[("a", "c", 1)] * 2, *[("b", "c", 1)] * 1, ("b", "e", 3), ("a", "e", 3))
    compared = compare_graphs(ours, theirs)
    assert compared.characters == (3 / 4, 3 / 4)
    assert compared.edges == pytest.approx((2 / 3, 2 / 5))
    # a with b is the heaviest of both; a with c has half of our heaviest and all of theirs
    assert compared.weighted == pytest.approx((1.5 / 3, 1.5 / 5))
    assert compared.edges.f1 == pytest.approx(1 / 2)
    assert (compared.only_first, compared.only_second) == (("d",), ("e",))
    assert compared.added == (("c", "d"),) and set(compared.missing) == {("b", "c"), ("b", "e"), ("a", "e")}
    assert compare_graphs(ours, theirs, up_to=1).edges == pytest.approx((1, 2 / 3))


def test_scores_up_to_each_chapter_by_hand() -> None:
    ours = small_graph(*[("a", "b", 1)] * 4, *[("a", "c", 1)] * 2, ("c", "d", 2))
    theirs = small_graph(*[("a", "b", 1)] * 2, *[("a", "c", 1)] * 2, *[("b", "c", 1)] * 1, ("b", "e", 3), ("a", "e", 3))
    found = compare_by_chapter(ours, theirs)
    # As above: a with b and a with c are in both, and a with c differs by a half
    assert {chapter: both.edges for chapter, both in found.items()} == {
        1: pytest.approx((2 / 2, 2 / 3)),
        2: pytest.approx((2 / 3, 2 / 3)),
        3: pytest.approx((2 / 3, 2 / 5)),
    }
    assert [both.weighted for both in found.values()] == [
        pytest.approx((1.5 / 2, 1.5 / 3)),
        pytest.approx((1.5 / 3, 1.5 / 3)),
        pytest.approx((1.5 / 3, 1.5 / 5)),
    ]


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 1000), st.integers(0, 1000), st.sampled_from(NETWORK_NAMES))
def test_each_chapter_is_what_a_comparison_up_to_it_says(one: int, other: int, network: NetworkName) -> None:
    first, second = society("made-up", one), society("made-up", other)
    found = compare_by_chapter(first, second, network)
    for chapter in (1, len(found) // 2, len(found)):
        compared = compare_graphs(first, second, network, up_to=chapter)
        assert found[chapter].edges == pytest.approx(compared.edges)
        assert found[chapter].weighted == pytest.approx(compared.weighted)
    assert found[len(found)].edges == pytest.approx(compare_graphs(first, second, network).edges)


def test_facts_agree_whichever_way_round_they_are_put() -> None:
    ours = small_graph(("a", "b", 1, "parent_father_of"), ("a", "c", 1, "friend_of"))
    theirs = small_graph(("b", "a", 1, "child_of"), ("a", "c", 1, "enemy_of"))
    compared = compare_graphs(ours, theirs, "facts")
    assert compared.edges == (0.5, 0.5)
    assert compared.added == (("a", "friend_of", "c"),) and compared.missing == (("a", "enemy_of", "c"),)


def test_speech_has_a_direction() -> None:
    ours, theirs = small_graph(("a", "b", 1, "speaks_to")), small_graph(("b", "a", 1, "speaks_to"))
    assert compare_graphs(ours, theirs, "speech").edges == (0, 0)


def named(**names: list[str]) -> networkx.MultiDiGraph:
    graph = networkx.MultiDiGraph()
    for node, (name, *aliases) in names.items():
        graph.add_node(node, kind="character", name=name, aliases=aliases, mentions=len(aliases))
    return graph


def test_characters_are_aligned_by_name_then_by_shared_names_then_by_what_fits() -> None:
    first = named(
        e=["Elizabeth Bennet", "Lizzy", "Miss Bennet"],
        j=["Jane", "Miss Bennet"],
        d=["Darcy"],
        m=["Mrs. Bennet"],
        x=["Hill"],
    )
    second = named(
        mr=["Mr. Bennet"], jane=["Miss Bennet", "Jane"], lizzy=["Eliza", "Lizzy"], fd=["Fitzwilliam Darcy"], z=["Mary"]
    )
    assert align_characters(first, second) == {"d": "fd", "e": "lizzy", "j": "jane"}


def test_ids_do_not_matter_and_one_id_may_mean_two() -> None:
    first, second = named(bennet=["Jane"], other=["Mary"]), named(bennet=["Mary"], jane=["Jane"])
    assert align_characters(first, second) == {"bennet": "jane", "other": "bennet"}


def test_a_correction_shows() -> None:
    corrected = pride()
    networkx.relabel_nodes(corrected, {"jane-bennet": "jane"}, copy=False)
    corrected.remove_edge("elizabeth-bennet", "mr-darcy", "co_occurs_with")
    compared = compare_graphs(pride(), corrected)
    assert compared.characters == (1, 1) and compared.aligned["jane-bennet"] == "jane"
    assert compared.added == (("elizabeth-bennet", "mr-darcy"),)


def test_there_is_no_other_network() -> None:
    with pytest.raises(SettingsError):
        compare_graphs(pride(), pride(), "letters")  # type: ignore[arg-type]


def test_a_scholars_network_is_a_graph() -> None:
    people = {code: KnuthCharacter(code, name, "") for code, name in (("AA", "Ann"), ("BB", "Ben"), ("CC", "Ben"))}
    groups = (("1", (frozenset({"AA", "BB"}),)), ("2", ()), ("3", (frozenset({"AA", "BB", "CC"}),)))
    graph = graph_of_knuth(KnuthNetwork(people, groups), "A novel")
    assert list(graph) == ["ann", "ben-bb", "ben-cc"]
    assert graph.edges["ann", "ben-bb", "co_occurs_with"]["chapters"] == [1, 3]
    assert graph.nodes["ann"]["mentions"] == 2 and graph.nodes["ben-cc"]["first"] == 3


@pytest.mark.parametrize(
    ("file", "characters", "met", "ties", "most", "degree", "last"),
    [
        # Nodes, edges and the highest degree of Knuth's networks as the DIMACS colouring benchmarks have them
        ("huck.dat", 74, 74, 301, "huckleberry-finn", 53, 43),
        ("jean.dat", 80, 77, 254, "jean-valjean", 36, 355),
    ],
)
def test_knuths_networks(
    data_folder: Path, file: str, characters: int, met: int, ties: int, most: str, degree: int, last: int
) -> None:
    graph = graph_of_knuth(read_network(data_folder / "sgb" / file))
    network = character_network(graph)
    book = measure_book(graph)
    assert (graph.number_of_nodes(), book.characters, book.ties) == (characters, met, ties)
    degrees = character_measure("degree")(network)
    assert max(degrees.items(), key=lambda one: one[1]) == (most, degree)
    assert book.density == pytest.approx(2 * ties / (met * (met - 1)))
    assert [both.edges.f1 for both in compare_by_chapter(graph, graph).values()] == pytest.approx([1] * last)


def test_huckleberry_finn_without_jim_by_hand(data_folder: Path) -> None:
    """Chapter 1 has 4 pairs; 2 has 11 new ones, two of them Jim's; 3 none; 4 two, beside Huck and Jim again."""
    whole = graph_of_knuth(read_network(data_folder / "sgb" / "huck.dat"))
    without = whole.copy()
    without.remove_node("jim")
    found = compare_by_chapter(without, whole)
    assert [found[chapter].edges for chapter in (1, 2, 3, 4)] == [
        pytest.approx((1, recall)) for recall in (4 / 4, 13 / 15, 13 / 15, 15 / 17)
    ]
    assert found[2].edges.f1 == pytest.approx(26 / 28)


def test_chapters_that_the_scholar_left_out_keep_their_numbers() -> None:
    people = {code: KnuthCharacter(code, name, "") for code, name in (("AA", "Ann"), ("BB", "Ben"))}
    network = KnuthNetwork(people, tuple((label, (frozenset({"AA", "BB"}),)) for label in ("1.1", "1.3", "2.1")))
    kind: DivisionKind = "chapter"
    divisions = [Chapter(number, "", number, number + 1, part, kind) for number, part in enumerate("IIIJJ", start=1)]
    numbers = chapter_numbers(network, Book("x" * 9, divisions=tuple(divisions)))
    assert numbers == (1, 3, 4)
    graph = graph_of_knuth(network, chapters=numbers)
    assert graph.edges["ann", "ben", "co_occurs_with"]["chapters"] == [1, 3, 4]
    assert (graph.nodes["ben"]["first"], graph.nodes["ben"]["last"]) == (1, 4)
