"""Families from kin facts."""

from __future__ import annotations

from small_networks import small_graph

from litgraph.analysis import families, kin

PARENT, CHILD, SIBLING, SPOUSE = "parent_father_of", "child_of", "sibling_of", "spouse_of"


def test_three_generations_and_who_marries_in() -> None:
    graph = small_graph(
        ("grandfather", "father", 1, PARENT),
        ("father", "mother", 1, SPOUSE),
        ("son", "mother", 2, CHILD),
        ("father", "son", 2, PARENT),
        ("son", "daughter", 3, SIBLING),
        ("x", "y", 3, SPOUSE),
        ("x", "son", 3, "friend_of"),
    )
    large, small = families(graph)
    assert large.generations == {"grandfather": 0, "father": 1, "mother": 1, "son": 2, "daughter": 2}
    assert large.couples == (("father", "mother"),)
    assert (large.parents("son"), large.parents("daughter")) == (("father", "mother"), ())
    assert (large.children("father"), large.children("father", "grandfather")) == (("son",), ())
    assert small.members == ("x", "y") and small.generations == {"x": 0, "y": 0}


def test_two_families_are_one_after_a_wedding_whoever_is_older() -> None:
    graph = small_graph(("a", "b", 1, PARENT), ("c", "d", 1, PARENT), ("e", "c", 1, PARENT), ("b", "c", 2, SPOUSE))
    (family,) = families(graph)
    assert family.generations == {"a": 0, "e": 0, "b": 1, "c": 1, "d": 2}


def test_the_surer_of_two_that_contradict_each_other_is_believed() -> None:
    graph = small_graph(("a", "b", 1, PARENT), ("b", "a", 2, PARENT), ("a", "b", 3, SIBLING))
    graph.edges["a", "b", PARENT]["confidence"] = 0.6
    graph.edges["b", "a", PARENT]["confidence"] = 0.95
    (family,) = families(graph)
    assert family.generations == {"b": 0, "a": 1}
    assert [(bond.one, bond.other, bond.bond) for bond in family.contradictions] == [
        ("a", "b", "sibling"),
        ("a", "b", "parent"),
    ]
    assert families(graph, 0.96) == []


def test_a_bond_that_two_relations_state_is_one_as_sure_as_the_surer() -> None:
    graph = small_graph(("a", "b", 1, PARENT), ("b", "a", 2, CHILD))
    graph.edges["b", "a", CHILD]["confidence"] = 0.97
    assert kin(graph) == [("a", "b", "parent", 0.97)]


def test_groups_and_strangers_are_no_kin() -> None:
    graph = small_graph(("a", "b", 1, SIBLING), ("a", "c", 1))
    graph.nodes["b"]["kind"] = "group"
    assert kin(graph) == [] and families(graph) == []
