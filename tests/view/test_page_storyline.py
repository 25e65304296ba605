"""The storyline of the page: who stands together, in which order, where."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import networkx
from graphs import pride

from litgraph.types import Mention
from litgraph.view.page.storyline import storyline


def company(ids: tuple[Any, ...] = ("emma", "harriet", "knightley", "hartfield")) -> networkx.MultiDiGraph:
    """Emma and Harriet meet in chapter 1 at Hartfield, Emma and Knightley in chapter 3; nobody is in chapter 2."""
    emma, harriet, knightley, hartfield = ids
    graph = networkx.MultiDiGraph()
    for node, name, mentions in ((harriet, "Harriet", 2), (emma, "Emma", 5), (knightley, "Mr. Knightley", 3)):
        graph.add_node(node, kind="character", name=name, mentions=mentions)
    graph.add_node(hartfield, kind="place", name="Hartfield", mentions=9)
    for one, other, chapter in ((emma, harriet, 1), (emma, knightley, 3), (harriet, hartfield, 1)):
        piece = {"chapter": chapter, "start": chapter, "end": chapter + 1, "text": "."}
        graph.add_edge(one, other, "co_occurs_with", relation="co_occurs_with", weight=1, evidence=[piece])
    return graph


def mention(number: int, entity: str, chapter: int) -> Mention:
    return Mention(f"m{number}", number, number + 1, "x", "PER", "name", number, chapter, entity)


def test_those_who_meet_stand_together_where_they_are() -> None:
    graph = company()
    number = {node: index for index, node in enumerate(graph)}
    said = [("emma", 1), ("harriet", 1), ("emma", 3), ("knightley", 3)]
    value = storyline(graph, [mention(at, *one) for at, one in enumerate(said)], [1, 2, 3])
    assert value["people"] == [number["emma"], number["knightley"], number["harriet"]]
    groups = {
        chapter: [(place, {one for one, _ in members}) for place, *members in of] for chapter, of in value["columns"]
    }
    assert groups[1] == [(number["hartfield"], {number["emma"], number["harriet"]})]
    assert (-1, {number["emma"], number["knightley"]}) in groups[3]
    assert (-1, {number["emma"]}) in groups[2], "her line goes on though nobody speaks of her"
    assert not any(number["harriet"] in members for _, members in groups[3]), "hers has ended"


def test_whatever_the_ids_are() -> None:
    named, numbered = storyline(company(), [], [1, 2, 3]), storyline(company((7, "harriet", 5, 6)), [], [1, 2, 3])
    assert named["columns"] == numbered["columns"] != []


def test_lines_run_apart_and_in_the_order_of_their_groups() -> None:
    value = storyline(pride(), [], range(1, 62))
    assert value["people"]
    for _, groups in value["columns"]:
        levels = [level for _, *members in groups for _, level in members]
        assert all(above - below > 0.98 for below, above in pairwise(levels))
        people = [one for _, *members in groups for one, _ in members]
        assert len(people) == len(set(people)) and set(people) <= set(value["people"])


def test_a_graph_of_somebody_else_may_have_anything_for_a_number() -> None:
    graph = company()
    graph.nodes["emma"]["mentions"], graph.nodes["harriet"]["mentions"] = "many", None
    assert len(storyline(graph, [], [1, 2, 3])["people"]) == 3


def test_without_chapters_or_people_there_is_no_line() -> None:
    assert storyline(networkx.MultiDiGraph(), [], [])["people"] == []
    assert storyline(company(), [], [])["columns"] == []
