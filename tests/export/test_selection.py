from __future__ import annotations

from typing import Any

import networkx
import pytest
from graphs import pride
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.errors import SettingsError
from litgraph.export.selection import SHORT_EVIDENCE, chapters_in, select_graph


def edges(graph: networkx.Graph) -> set[tuple[str, str, str]]:
    return {(head, tail, data["relation"]) for head, tail, data in graph.edges(data=True)}


def test_without_arguments_it_is_a_copy() -> None:
    graph = pride()
    copy = select_graph(graph)
    assert networkx.utils.graphs_equal(copy, graph)
    copy.nodes["mr-darcy"]["name"] = "another"
    copy.edges["mr-darcy", "pemberley", "owns"]["weight"] = 99
    assert networkx.utils.graphs_equal(graph, pride())


@pytest.mark.parametrize(
    "options",
    [
        {"kinds": ["character"]},
        {"relations": ["lives_in"]},
        {"chapters": [range(1, 5)]},
        {"simple": True},
        {"evidence": "short"},
        {"evidence": "none"},
        {"minimum_weight": 2},
    ],
)
def test_the_graph_itself_stays_as_it_is(options: dict[str, Any]) -> None:
    graph = pride()
    select_graph(graph, **options)
    assert networkx.utils.graphs_equal(graph, pride())


def test_kinds_take_their_edges_along() -> None:
    people = select_graph(pride(), kinds=["character", "group"])
    assert set(people) == {"elizabeth-bennet", "jane-bennet", "mr-darcy", "mr-wickham", "the-officers"}
    assert {relation for *_, relation in edges(people)} == {
        "sibling_of", "co_occurs_with", "speaks_to", "lover_of", "enemy_of",
    }  # fmt: skip
    assert people.graph == pride().graph


def test_relations_are_kept_or_left_out() -> None:
    graph = pride()
    assert edges(select_graph(graph, relations=["owns", "visits"])) == {
        ("mr-darcy", "pemberley", "owns"),
        ("elizabeth-bennet", "pemberley", "visits"),
    }
    without = select_graph(graph, exclude_relations=["co_occurs_with"])
    assert edges(without) == edges(graph) - {
        ("elizabeth-bennet", "jane-bennet", "co_occurs_with"),
        ("elizabeth-bennet", "mr-darcy", "co_occurs_with"),
    }
    assert set(without) == set(graph)
    assert edges(select_graph(graph, relations=["speaks_to"])) == {("mr-darcy", "elizabeth-bennet", "speaks_to")}
    for relation in ("rival_of", "speaks_to", "co_occurs_with"):  # known, though not in this book
        assert not select_graph(networkx.MultiDiGraph(), relations=[relation]).edges


def test_confidence_judges_all_but_co_occurrence() -> None:
    graph = pride()
    graph.edges["elizabeth-bennet", "mr-darcy", "co_occurs_with"]["confidence"] = 0.1
    sure = edges(select_graph(graph, minimum_confidence=0.9))
    assert ("mr-wickham", "elizabeth-bennet", "lover_of") not in sure
    assert ("elizabeth-bennet", "mr-darcy", "co_occurs_with") in sure
    assert ("mr-darcy", "elizabeth-bennet", "lover_of") in sure  # exactly .9


def test_chapters_keep_their_evidence_and_who_is_in_them() -> None:
    part = select_graph(pride(), chapters=[range(4, 5), range(15, 17)])
    met = part.edges["elizabeth-bennet", "mr-darcy", "co_occurs_with"]
    assert (met["weight"], met["chapters"], [one["text"] for one in met["evidence"]]) == (1, [4], ["Darcy"])
    assert part.edges["mr-darcy", "mr-wickham", "enemy_of"]["weight"] == 2
    assert ("elizabeth-bennet", "longbourn", "lives_in") not in edges(part)
    assert set(part) == {"elizabeth-bennet", "jane-bennet", "mr-darcy", "mr-wickham", "the-militia"}
    spoken = select_graph(pride(), chapters=[range(34, 35)]).edges["mr-darcy", "elizabeth-bennet", "speaks_to"]
    assert (spoken["weight"], spoken["words"]) == (1, 5)
    # first or last seen there is enough
    assert "the-officers" in select_graph(pride(), chapters=[range(7, 8)])


def test_simple_has_one_edge_for_each_pair() -> None:
    simple = select_graph(pride(), simple=True)
    assert type(simple) is networkx.Graph
    sisters = simple.edges["jane-bennet", "elizabeth-bennet"]
    assert sisters["relation"] == "sibling_of; co_occurs_with"
    assert sisters["weight"] == 2  # three pieces, one of them for both relations
    assert [one["start"] for one in sisters["evidence"]] == [100, 900]
    assert (sisters["confidence"], sisters["directed"], sisters["chapters"]) == (1.0, False, [1, 4])
    assert (sisters["sources"], sisters["raw"]) == (["rules-1"], ["co", "sibling"])
    both_ways = simple.edges["elizabeth-bennet", "mr-darcy"]
    assert both_ways["relation"] == "co_occurs_with; speaks_to; lover_of"
    assert (both_ways["weight"], both_ways["words"]) == (6, 6)
    assert "words" not in sisters


def test_the_weight_is_that_of_the_edges_that_are_written() -> None:
    assert edges(select_graph(pride(), minimum_weight=4)) == set()
    assert edges(select_graph(pride(), simple=True, minimum_weight=4)) == {
        ("elizabeth-bennet", "mr-darcy", "co_occurs_with; speaks_to; lover_of")
    }


def test_evidence_short_and_none() -> None:
    short = select_graph(pride(), evidence="short")
    for head, tail, key, data in short.edges(keys=True, data=True):
        before = pride().edges[head, tail, key]
        assert len(data["evidence"]) == 1
        assert len(data["evidence"][0]["text"]) <= SHORT_EVIDENCE
        assert data["evidence"][0]["text"].rstrip("…") in before["evidence"][0]["text"]
        assert (data["weight"], data["chapters"]) == (before["weight"], before["chapters"])
    none = select_graph(pride(), evidence="none")
    assert all("evidence" not in data for *_, data in none.edges(data=True))
    assert none.number_of_edges() == pride().number_of_edges()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kinds": ["person"]}, "character, group, place"),
        ({"relations": ["loves"]}, "lover_of"),
        ({"exclude_relations": ["loves"]}, "lover_of"),
        ({"minimum_confidence": 2}, "between 0 and 1"),
        ({"evidence": "some"}, "none, short, full"),
    ],
)
def test_what_does_not_exist_is_told_with_what_does(options: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        select_graph(pride(), **options)
    assert message in caught.value.hint


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("3", [3], [2, 4]),
        ("1-10", [1, 10], [0, 11]),
        ("1-3, 7,12-", [2, 7, 12, 500], [4, 8, 11]),
        ("-4", [1, 4], [5]),
        ("2–5", [2, 5], [1, 6]),
    ],
)
def test_chapters_as_a_person_writes_them(text: str, inside: list[int], outside: list[int]) -> None:
    chapters = chapters_in(text)
    assert all(any(chapter in some for some in chapters) for chapter in inside)
    assert not any(chapter in some for some in chapters for chapter in outside)


@pytest.mark.parametrize("text", ["", "-", "a", "1-2-3", "5-2", "1,,2", "1.5"])
def test_other_chapters_are_refused(text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        chapters_in(text)
    assert caught.value.hint


ends = st.sampled_from("abcd")
names = st.sampled_from(["spouse_of", "co_occurs_with", "visits"])
small = st.lists(st.tuples(ends, ends, names, st.sets(st.integers(1, 6), min_size=1, max_size=4)), max_size=12)


@given(small, st.integers(1, 6), st.integers(0, 5), st.booleans())
@settings(deadline=None, max_examples=100)
def test_chapters_and_pairs_agree_with_counting_by_hand(
    facts: list[tuple[str, str, str, set[int]]], last: int, least: int, simple: bool
) -> None:
    graph = networkx.MultiDiGraph()
    for node in "abcd":
        graph.add_node(node, kind="character", name=node, first=1, last=6)
    for head, tail, relation, where in facts:
        evidence = [{"chapter": chapter, "start": chapter, "end": 9, "text": "…"} for chapter in sorted(where)]
        graph.add_edge(
            head, tail, relation, relation=relation, weight=len(evidence), evidence=evidence, chapters=sorted(where)
        )
    chosen = select_graph(graph, chapters=[range(1, last + 1)], simple=simple, minimum_weight=least)
    expected: dict[object, set[int]] = {}
    for head, tail, relation in graph.edges(keys=True):
        where = {one for one in graph.edges[head, tail, relation]["chapters"] if one <= last}
        expected.setdefault(frozenset((head, tail)) if simple else (head, tail, relation), set()).update(where)
    expected = {pair: where for pair, where in expected.items() if where and len(where) >= least}
    if simple:
        found = {frozenset(pair): set(data["chapters"]) for *pair, data in chosen.edges(data=True)}
    else:
        found = {tuple(edge): set(data["chapters"]) for *edge, data in chosen.edges(keys=True, data=True)}
    assert found == expected
    assert all(data["weight"] == len(data["chapters"]) for *_, data in chosen.edges(data=True))
