"""Two graphs of one book beside each other, and Knuth's networks."""

from __future__ import annotations

from pathlib import Path

import networkx
import pytest
from graphs import pride
from small_networks import small_graph
from society import society

from litgraph.analysis import (
    align_characters,
    character_measure,
    character_network,
    compare_graphs,
    graph_of_knuth,
    measure_book,
)
from litgraph.corpora.knuth import KnuthCharacter, KnuthNetwork, read_network
from litgraph.errors import SettingsError


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
    ("file", "characters", "met", "ties", "most", "degree"),
    [
        # Nodes, edges and the highest degree of Knuth's networks as the DIMACS colouring benchmarks have them
        ("huck.dat", 74, 74, 301, "huckleberry-finn", 53),
        ("jean.dat", 80, 77, 254, "jean-valjean", 36),
    ],
)
def test_knuths_networks(
    data_folder: Path, file: str, characters: int, met: int, ties: int, most: str, degree: int
) -> None:
    graph = graph_of_knuth(read_network(data_folder / "sgb" / file))
    network = character_network(graph)
    book = measure_book(graph)
    assert (graph.number_of_nodes(), book.characters, book.ties) == (characters, met, ties)
    degrees = character_measure("degree")(network)
    assert max(degrees.items(), key=lambda one: one[1]) == (most, degree)
    assert book.density == pytest.approx(2 * ties / (met * (met - 1)))
    prefixes = [compare_graphs(graph, graph, up_to=chapter).edges.f1 for chapter in (5, 20)]
    assert prefixes == pytest.approx([1, 1])
