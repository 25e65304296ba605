"""What somebody says, and to whom, from the quotations of a book."""

from __future__ import annotations

from typing import Any

import networkx
import pytest

from litgraph.errors import NotInGraph
from litgraph.inspection import apart, relations_of, speech_of
from litgraph.types import Book, Quotation, Span

TEXT = (
    "“Mr. Elton is good,” said Emma to Harriet, “very good.”\n\n“Yes,” said Harriet.\n\n“Badly done!” said he.\n\n"
    "“Oh dear me,” thought Emma aloud."
)
PARAGRAPHS, at = [], 0
for line in TEXT.split("\n\n"):
    PARAGRAPHS.append(Span(at, at + len(line)))
    at += len(line) + 2
BOOK = Book(TEXT, paragraphs=tuple(PARAGRAPHS))


def quotation(piece: str, speaker: str = "", *addressees: str) -> Quotation:
    start = TEXT.index(piece)
    return Quotation(f"q{start}", start, start + len(piece), 1, speaker, addressees)


QUOTATIONS = [
    quotation("“Mr. Elton is good,”", "emma", "harriet"),
    quotation("“very good.”", "emma", "harriet"),
    quotation("“Yes,”", "harriet", "emma"),
    quotation("“Badly done!”"),
    quotation("“Oh dear me,”", "emma"),
]


@pytest.fixture
def graph() -> networkx.MultiDiGraph:
    graph = networkx.MultiDiGraph()
    for node, name in (("emma", "Emma Woodhouse"), ("harriet", "Harriet Smith"), ("mr-knightley", "Mr. Knightley")):
        graph.add_node(node, name=name, aliases=[name], kind="character")
    return graph


def test_what_somebody_says_and_to_whom(graph: networkx.MultiDiGraph) -> None:
    answer = speech_of(graph, BOOK, QUOTATIONS, "Emma")
    assert (answer["id"], answer["weight"], answer["words"], answer["share"]) == ("emma", 2, 9, 0.75)
    told = [(one["speaker"], one["addressee"], one["weight"], one["words"]) for one in answer["conversations"]]
    assert told == [
        ("Emma Woodhouse", "Harriet Smith", 1, 6),
        ("Harriet Smith", "Emma Woodhouse", 1, 1),
        ("Emma Woodhouse", "", 1, 3),
    ]
    (speech,) = answer["conversations"][0]["speeches"]
    assert speech["chapter"] == 1
    assert [piece["text"] for piece in speech["quotations"]] == ["“Mr. Elton is good,”", "“very good.”"]


def test_what_two_say_to_each_other(graph: networkx.MultiDiGraph) -> None:
    answer = speech_of(graph, BOOK, QUOTATIONS, "harriet", "emma")
    assert (answer["other"], answer["weight"]) == ("Emma Woodhouse", 1)
    assert [one["addressee_id"] for one in answer["conversations"]] == ["harriet", "emma"]


def test_somebody_who_says_nothing_and_a_book_in_which_nobody_does(graph: networkx.MultiDiGraph) -> None:
    for quotations in (QUOTATIONS, []):
        answer = speech_of(graph, BOOK, quotations, "Mr. Knightley")
        assert (answer["weight"], answer["words"], answer["share"], answer["conversations"]) == (0, 0, 0.0, [])
    with pytest.raises(NotInGraph):
        speech_of(graph, BOOK, QUOTATIONS, "Mr. Elton")


def test_relations_come_before_who_speaks_to_whom_and_who_meets_whom(graph: networkx.MultiDiGraph) -> None:
    for relation, weight in (("co_occurs_with", 90), ("speaks_to", 60), ("friend_of", 2), ("mentor_of", 3)):
        graph.add_edge("emma", "harriet", relation, relation=relation, weight=weight)
    told = [one["relation"] for one in relations_of(graph, "emma")["relations"]]
    assert told == ["mentor_of", "friend_of", "speaks_to", "co_occurs_with"]


def test_an_edge_that_somebody_else_wrote(graph: networkx.MultiDiGraph) -> None:
    own = graph.copy()
    own.add_edge("emma", "harriet", key="mine", relation=3, weight="heavy", evidence=[{"text": "x"}], note="mine")
    found = next(edge for edge in relations_of(own, "emma")["relations"] if edge.get("note"))
    assert (found["weight"], found["confidence"], found["evidence"], found["relation"]) == (0, None, [], "related_to")


def test_evidence_that_overlaps_is_shown_once() -> None:
    def spans(*ends: tuple[int, int]) -> list[dict[str, Any]]:
        return [{"start": start, "end": end} for start, end in ends]

    assert apart(spans((0, 20), (10, 30), (10, 20))) == spans((10, 20))
    assert apart(spans((0, 20), (10, 30), (30, 40), (35, 38))) == spans((0, 20), (35, 38))
    assert apart(spans((5, 9), (9, 12))) == spans((5, 9), (9, 12))
    assert apart([]) == []
