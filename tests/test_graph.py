from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.errors import NotInGraph, SettingsError
from litgraph.export.node_link import write_node_link
from litgraph.facts.belief import combined_confidence
from litgraph.graph import find_node, merge, strongest
from litgraph.ontology import CO_OCCURS, SPEAKS_TO
from litgraph.pairs import CoOccurrence, Window
from litgraph.speech.conversations import conversations
from litgraph.types import Book, Cast, Entity, Fact, Quotation, Relation

TEXT = (
    "Mr. Bennet was among the earliest of those who waited on Mr. Bingley. "
    "“My dear Mr. Bennet,” said his lady to him one day, “have you heard that Netherfield Park is let at last?” "
    "Elizabeth was the second of his daughters. "
    "Jane united great strength of feeling with composure, and her sister Elizabeth loved her."
)
SENTENCES = [
    (0, 69),
    (70, TEXT.index("Elizabeth was") - 1),
    (TEXT.index("Elizabeth was"), TEXT.index("Jane") - 1),
    (TEXT.index("Jane"), len(TEXT)),
]
BOOK = Book(TEXT, "Pride and Prejudice", "Jane Austen", "pg1342", "en", "1998-06-01", source="1342-0.txt")
CAST = Cast(
    (
        Entity(
            "elizabeth-bennet", "Elizabeth Bennet", "character", (("Elizabeth", 2), ("Lizzy", 1)), "female", 3, 1, 2
        ),
        Entity("mr-bennet", "Mr. Bennet", "character", (("Mr. Bennet", 2),), "male", 2, 1, 1),
        Entity("jane-bennet", "Jane Bennet", "character", (("Jane", 1), ("Miss Bennet", 1)), "female", 1, 2, 2),
        Entity("mrs-bennet", "Mrs. Bennet", "character", (("Mrs. Bennet", 1),), "female", 1, 1, 1),
        Entity("netherfield-park", "Netherfield Park", "place", (("Netherfield Park", 1),), "unknown", 1, 1, 1),
        Entity(
            "catherine-de-bourgh", "Lady Catherine de Bourgh", "character", (("Lady Catherine", 1),), ambiguous=True
        ),
        Entity("catherine-bennet", "Kitty Bennet", "character", (("Kitty", 1), ("Catherine", 1))),
    )
)


def said(head: str, relation: str, tail: str, sentence: int = 0, confidence: float = 0.5, raw: str = "") -> Relation:
    start, end = SENTENCES[sentence]
    chapter = 1 if sentence < 2 else 2
    return Relation(head, relation, tail, confidence, raw or relation, "rules-1", "m0", "m1", start, end, chapter)


def graph_of(*relations: Relation, met: tuple[CoOccurrence, ...] = (), **options: object) -> networkx.MultiDiGraph:
    return merge(CAST, relations, met, book=BOOK, provenance={}, **options).graph  # type: ignore[arg-type]


def test_every_entity_is_a_node_with_its_attributes() -> None:
    graph = graph_of()
    assert list(graph) == [entity.id for entity in CAST.entities]
    assert graph.nodes["elizabeth-bennet"] == {
        "kind": "character",
        "name": "Elizabeth Bennet",
        "aliases": ["Elizabeth", "Lizzy"],
        "gender": "female",
        "mentions": 3,
        "first": 1,
        "last": 2,
        "ambiguous": False,
    }
    assert graph.nodes["catherine-de-bourgh"]["ambiguous"] is True


def test_the_graph_knows_its_book_and_how_it_was_made() -> None:
    provenance = {"litgraph": "0.1.0", "settings": {"window": 1, "labellers": ("rules-1",)}}
    graph = merge(CAST, [], [], book=BOOK, provenance=provenance).graph
    assert graph.graph == {
        "litgraph": "0.1.0",
        "settings": {"window": 1, "labellers": ["rules-1"]},
        "title": "Pride and Prejudice",
        "author": "Jane Austen",
        "identifier": "pg1342",
        "language": "en",
        "release": "1998-06-01",
        "source": "1342-0.txt",
    }


def test_an_edge_carries_the_text_that_proves_it() -> None:
    graph = graph_of(said("mr-bennet", "parent_father_of", "elizabeth-bennet", 2, 0.8, "his daughters"))
    assert graph["mr-bennet"]["elizabeth-bennet"]["parent_father_of"] == {
        "relation": "parent_father_of",
        "directed": True,
        "weight": 1,
        "confidence": 0.8,
        "evidence": [
            {
                "chapter": 2,
                "start": SENTENCES[2][0],
                "end": SENTENCES[2][1],
                "text": "Elizabeth was the second of his daughters.",
            }
        ],
        "chapters": [2],
        "sources": ["rules-1"],
        "raw": ["his daughters"],
    }


def test_a_symmetric_relation_is_one_edge_whoever_is_named_first() -> None:
    graph = graph_of(
        said("jane-bennet", "sibling_of", "elizabeth-bennet", 3),
        said("elizabeth-bennet", "sibling_of", "jane-bennet", 2),
    )
    assert list(graph.edges(keys=True)) == [("elizabeth-bennet", "jane-bennet", "sibling_of")]
    edge = graph["elizabeth-bennet"]["jane-bennet"]["sibling_of"]
    assert (edge["weight"], edge["directed"], edge["chapters"]) == (2, False, [2])
    assert [piece["start"] for piece in edge["evidence"]] == [SENTENCES[2][0], SENTENCES[3][0]]


def test_a_directed_relation_and_its_inverse_stay_as_they_were_said() -> None:
    graph = graph_of(
        said("mr-bennet", "parent_father_of", "jane-bennet"),
        said("jane-bennet", "child_of", "mr-bennet"),
        said("jane-bennet", "lover_of", "mr-bennet"),
        said("mr-bennet", "lover_of", "jane-bennet"),
    )
    assert set(graph.edges(keys=True)) == {
        ("mr-bennet", "jane-bennet", "parent_father_of"),
        ("jane-bennet", "mr-bennet", "child_of"),
        ("jane-bennet", "mr-bennet", "lover_of"),
        ("mr-bennet", "jane-bennet", "lover_of"),
    }


def test_the_same_sentence_twice_is_one_piece_of_evidence_with_the_surer_vote() -> None:
    weak = said("mr-bennet", "spouse_of", "mrs-bennet", 1, 0.4, "his lady")
    strong = replace(weak, confidence=0.9, source="smollm3", raw="spouse")
    edge = graph_of(weak, strong)["mr-bennet"]["mrs-bennet"]["spouse_of"]
    assert (edge["weight"], edge["confidence"]) == (1, 0.9)
    assert (edge["sources"], edge["raw"]) == (["rules-1", "smollm3"], ["his lady", "spouse"])


def test_co_occurrence_is_an_undirected_relation_of_its_own() -> None:
    met = CoOccurrence("elizabeth-bennet", "jane-bennet", (Window(2, *SENTENCES[3]),))
    graph = graph_of(said("jane-bennet", "sibling_of", "elizabeth-bennet", 3), met=(met,))
    assert set(graph["elizabeth-bennet"]["jane-bennet"]) == {"sibling_of", CO_OCCURS}
    edge = graph["elizabeth-bennet"]["jane-bennet"][CO_OCCURS]
    assert (edge["weight"], edge["confidence"], edge["directed"]) == (1, 1.0, False)
    assert edge["evidence"][0]["text"].startswith("Jane united")


def lady_says(*addressees: str, speaker: str = "mrs-bennet") -> list[Quotation]:
    """Her two pieces of the second sentence, as somebody's speech to others."""
    return [
        Quotation(f"q{start}", start, start + len(piece), 1, speaker, addressees, "", "described", certainty)
        for piece, certainty in (("“My dear Mr. Bennet,”", 0.9), (TEXT[TEXT.index("“have") : SENTENCES[1][1]], 0.7))
        for start in (TEXT.index(piece),)
    ]


def test_who_speaks_to_whom_is_a_directed_relation_of_its_own() -> None:
    spoken = conversations(BOOK, lady_says("mr-bennet", "jane-bennet"))
    stated = Relation("mr-bennet", "spouse_of", "mrs-bennet", 0.9, "", "rules-1", "m0", "m1", *SENTENCES[1], 1)
    graph = merge(CAST, [stated], [], spoken, book=BOOK, provenance={}, minimum_confidence=0.85).graph
    assert set(graph.edges(keys=True)) == {
        ("mr-bennet", "mrs-bennet", "spouse_of"),
        ("mrs-bennet", "jane-bennet", SPEAKS_TO),
        ("mrs-bennet", "mr-bennet", SPEAKS_TO),
    }
    edge = graph["mrs-bennet"]["mr-bennet"][SPEAKS_TO]
    assert (edge["directed"], edge["weight"], edge["words"], edge["confidence"]) == (True, 1, 14, 0.8)
    assert edge["evidence"] == [{"chapter": 1, "start": 0, "end": len(TEXT), "text": TEXT, "words": 14}]
    assert (edge["chapters"], edge["sources"], edge["raw"]) == ([1], ["speech"], [])
    json.dumps(networkx.node_link_data(graph, edges="edges"), allow_nan=False)


def test_a_speaker_or_hearer_outside_of_the_cast_is_counted_and_what_is_said_to_nobody_is_not() -> None:
    quotations = [*lady_says("nobody"), *lady_says(), *lady_says("mr-bennet", speaker=""), *lady_says("mrs-bennet")]
    merged = merge(CAST, [], [], conversations(BOOK, quotations), book=BOOK, provenance={})
    assert merged.graph.number_of_edges() == 0
    assert merged.dropped == {"unmapped": 0, "unknown_entity": 1, "same_entity": 0, "low_confidence": 0}


def test_speech_does_not_drown_the_strongest_relations() -> None:
    graph = graph_of(said("jane-bennet", "sibling_of", "elizabeth-bennet", 3))
    spoken = merge(CAST, [], [], conversations(BOOK, lady_says("mr-bennet")), book=BOOK, provenance={}).graph
    graph.add_edges_from(spoken.edges(keys=True, data=True))
    assert [edge.relation for edge in strongest(graph)] == ["sibling_of"]
    assert [edge.relation for edge in strongest(graph, relation=SPEAKS_TO)] == [SPEAKS_TO]


def test_what_does_not_enter_the_graph_is_counted_by_reason() -> None:
    relations = [
        said("mr-bennet", "", "mrs-bennet", raw="henpecked by"),
        said("mr-bennet", "spouse_of", "nobody"),
        said("mr-bennet", "sibling_of", "mr-bennet"),
        said("mr-bennet", "enemy_of", "mrs-bennet", 0, 0.2),
        said("mr-bennet", "enemy_of", "mrs-bennet", 1, 0.1),
        said("mr-bennet", "spouse_of", "mrs-bennet", 1, 0.6),
    ]
    stranger = CoOccurrence("mr-bennet", "nobody", (Window(1, 0, 69),))
    merged = merge(CAST, relations, [stranger], book=BOOK, provenance={}, minimum_confidence=0.5)
    assert list(merged.graph.edges(keys=True)) == [("mr-bennet", "mrs-bennet", "spouse_of")]
    assert merged.dropped == {"unmapped": 1, "unknown_entity": 2, "same_entity": 1, "low_confidence": 2}


def test_weak_votes_add_up_to_the_minimum() -> None:
    votes = [said("mr-bennet", "friend_of", "mrs-bennet", sentence, 0.45) for sentence in range(3)]
    assert not graph_of(votes[0], minimum_confidence=0.5).edges
    assert graph_of(*votes, minimum_confidence=0.5).edges


def test_an_impossible_minimum_is_refused() -> None:
    with pytest.raises(SettingsError, match="between 0 and 1"):
        graph_of(minimum_confidence=1.5)


names = st.sampled_from([entity.id for entity in CAST.entities] + ["nobody"])
relations_said = st.builds(
    said,
    names,
    st.sampled_from(["sibling_of", "child_of", "lover_of", "lives_in", ""]),
    names,
    st.integers(0, 3),
    st.floats(0, 1),
    st.sampled_from(["", "sister", "his daughter"]),
)


@given(relations=st.lists(relations_said, max_size=12), seed=st.integers(0, 99))
@settings(deadline=None, max_examples=60)
def test_the_order_of_the_relations_makes_no_difference(
    relations: list[Relation], seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp()
    shuffled = random.Random(seed).sample(relations, len(relations))
    dropped = []
    for name, order in (("one.json", relations), ("other.json", shuffled)):
        merged = merge(CAST, order, [], book=BOOK, provenance={}, minimum_confidence=0.3)
        write_node_link(merged.graph, folder / name)
        dropped.append(merged.dropped)
    assert (folder / "one.json").read_bytes() == (folder / "other.json").read_bytes()
    assert dropped[0] == dropped[1]


@given(relations=st.lists(relations_said, max_size=12))
@settings(deadline=None, max_examples=60)
def test_every_relation_is_in_the_graph_or_counted_as_dropped(relations: list[Relation]) -> None:
    merged = merge(CAST, relations, [], book=BOOK, provenance={}, minimum_confidence=0.3)
    pieces = {
        (*(sorted((r.head, r.tail)) if r.relation == "sibling_of" else (r.head, r.tail)), r.relation, r.start)
        for r in relations
        if r.relation and r.head != r.tail and "nobody" not in (r.head, r.tail)
    }
    kept = {
        (head, tail, relation, piece["start"])
        for head, tail, relation, data in merged.graph.edges(keys=True, data=True)
        for piece in data["evidence"]
    }
    assert kept <= pieces
    assert (kept == pieces) == (merged.dropped["low_confidence"] == 0)
    for _, _, data in merged.graph.edges(data=True):
        assert data["weight"] == len(data["evidence"]) == len({piece["start"] for piece in data["evidence"]})
        assert all(TEXT[piece["start"] : piece["end"]] == piece["text"] for piece in data["evidence"])


@given(confidences=st.lists(st.floats(0, 1), max_size=8), more=st.floats(0, 1), order=st.randoms())
@settings(deadline=None, max_examples=200)
def test_confidence_is_bounded_monotone_and_without_order(
    confidences: list[float], more: float, order: random.Random
) -> None:
    result = combined_confidence(confidences)
    shuffled = order.sample(confidences, len(confidences))
    assert combined_confidence(shuffled) == result
    assert max(confidences, default=0) - 0.0001 <= result <= 1
    assert combined_confidence([*confidences, more]) >= result
    raised = [max(one, more) for one in confidences]
    assert combined_confidence(raised) >= result


def test_many_doubtful_votes_do_not_make_a_certainty() -> None:
    assert combined_confidence([0.5] * 100) < 0.72
    assert combined_confidence([0.7]) == 0.7


def test_the_strongest_edges_come_first_and_co_occurrence_only_when_asked() -> None:
    met = CoOccurrence("jane-bennet", "mr-bennet", tuple(Window(1, *SENTENCES[number]) for number in range(4)))
    graph = graph_of(
        said("mr-bennet", "lives_in", "netherfield-park", 0, 0.9),
        said("mr-bennet", "spouse_of", "mrs-bennet", 0, 0.6),
        said("jane-bennet", "sibling_of", "elizabeth-bennet", 0),
        said("jane-bennet", "sibling_of", "elizabeth-bennet", 1),
        met=(met,),
    )
    assert [edge.relation for edge in strongest(graph)] == ["sibling_of", "spouse_of"]
    assert [edge.relation for edge in strongest(graph, kind=None)] == ["sibling_of", "lives_in", "spouse_of"]
    assert [edge.relation for edge in strongest(graph, 1)] == ["sibling_of"]
    (meeting,) = strongest(graph, relation=CO_OCCURS)
    assert (meeting.head, meeting.tail, meeting.attributes["weight"]) == ("jane-bennet", "mr-bennet", 4)


@pytest.mark.parametrize(
    ("name", "node"),
    [
        ("elizabeth-bennet", "elizabeth-bennet"),
        ("ELIZABETH  bennet", "elizabeth-bennet"),
        ("lizzy", "elizabeth-bennet"),
        ("Catherine", "catherine-bennet"),  # an alias before a beginning
        ("Eliz", "elizabeth-bennet"),
        ("lady cath", "catherine-de-bourgh"),
        ("mr. bennet", "mr-bennet"),
    ],
)
def test_a_node_is_found_by_id_name_alias_and_beginning(name: str, node: str) -> None:
    assert find_node(graph_of(), name) == node


def test_a_beginning_of_several_names_lists_them() -> None:
    with pytest.raises(NotInGraph, match="Lady Catherine de Bourgh \\(catherine-de-bourgh\\), Kitty") as caught:
        find_node(graph_of(), "cather")
    assert "id" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "suggestion"), [("Elisabeth", "Elizabeth Bennet"), ("Nethrfield", "Netherfield Park")]
)
def test_a_misspelt_name_is_answered_by_the_closest(name: str, suggestion: str) -> None:
    with pytest.raises(NotInGraph, match=name) as caught:
        find_node(graph_of(), name)
    assert suggestion in caught.value.hint


@pytest.mark.parametrize("name", ["", "  ", "Raskolnikov"])
def test_a_name_of_nobody_is_said_to_be_nobody(name: str) -> None:
    with pytest.raises(NotInGraph) as caught:
        find_node(graph_of(), name)
    assert "litgraph cast" in caught.value.hint


def test_the_graph_is_json_as_it_stands(tmp_path: Path) -> None:
    graph = graph_of(said("mr-bennet", "spouse_of", "mrs-bennet", 1))
    write_node_link(graph, tmp_path / "graph.json")
    data = json.loads((tmp_path / "graph.json").read_text(encoding="utf-8"))
    assert list(data) == ["directed", "multigraph", "graph", "nodes", "edges"]


def fact(id_: str, head: str, relation: str, tail: str, confidence: float = 0.9, **more: Any) -> Fact:
    return Fact(id_, head, relation, tail, confidence, **({"basis": "stated"} | more))


def test_facts_become_edges_with_what_they_follow_from() -> None:
    facts = [
        fact("f0", "elizabeth-bennet", "sibling_of", "jane-bennet", claims=("r0",), evidence=((2, *SENTENCES[3]),)),
        fact("f1", "mr-bennet", "parent_father_of", "elizabeth-bennet", evidence=((2, *SENTENCES[2]),), chapters=(2,)),
        fact("f2", "mr-bennet", "parent_father_of", "jane-bennet", 0.8, basis="inferred", because=("f0", "f1")),
        fact("f3", "elizabeth-bennet", "spouse_of", "jane-bennet", 0.9, against="f0"),
        fact("f4", "mr-bennet", "friend_of", "mrs-bennet", 0.4),
    ]
    merged = merge(CAST, facts, [], book=BOOK, provenance={}, minimum_confidence=0.5)
    assert sorted(merged.graph.edges(keys=True)) == [
        ("elizabeth-bennet", "jane-bennet", "sibling_of"),
        ("mr-bennet", "elizabeth-bennet", "parent_father_of"),
        ("mr-bennet", "jane-bennet", "parent_father_of"),
    ]
    assert merged.dropped["low_confidence"] == 2
    stated = merged.graph.edges["mr-bennet", "elizabeth-bennet", "parent_father_of"]
    assert stated["evidence"][0]["text"] == "Elizabeth was the second of his daughters."
    assert (stated["basis"], stated["because"], stated["weight"]) == ("stated", [], 1)
    assert merged.graph.edges["mr-bennet", "jane-bennet", "parent_father_of"]["because"] == [
        "Elizabeth Bennet is Jane Bennet's brother or sister",
        "Mr. Bennet is Elizabeth Bennet's father",
    ]
