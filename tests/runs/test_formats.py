"""docs/formats.md against the files of a real run: every field is documented, and has the type that is told."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from litgraph.drama import Play, PlaySpeech, Role
from litgraph.ontology import NETWORKS
from litgraph.pipeline import build_run
from litgraph.runs.formats import (
    RowError,
    book_from_json,
    book_to_json,
    fact_from_row,
    fact_to_row,
    mention_from_row,
    mention_to_row,
    quotation_from_row,
    quotation_to_row,
    relation_from_row,
    sentence_from_row,
    voice_from_row,
    voice_to_row,
)
from litgraph.types import Book, Fact, Quotation, Span, Voice

DOCUMENT = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
PRIDE = """\
CHAPTER I

Elizabeth Bennet, sister of Jane Bennet, lived in Longbourn. Mr. Darcy married Elizabeth Bennet in London.
"""
TYPES = {"string": str, "int": int, "float": (int, float), "bool": bool, "list": list, "object": dict}


def section(title: str) -> dict[str, list[str]]:
    """The tables of a section of the document: field -> types."""
    text = DOCUMENT.split(f"\n## {title}\n", 1)[1].split("\n## ", 1)[0]
    fields: dict[str, list[str]] = {}
    for names, types in re.findall(r"^\| (`[^|]*`) \| ([^|]*) \|", text, re.M):
        found = re.findall(r"`(\w+)`", names)
        kinds = [kind.strip() for kind in types.split(",")]
        fields |= {name: kinds if len(kinds) == 1 else [kinds[n]] for n, name in enumerate(found)}
    return fields


def agrees(row: dict[str, Any], fields: dict[str, list[str]]) -> None:
    assert sorted(row) == sorted(fields)
    for name, value in row.items():
        (kind,) = fields[name]
        assert isinstance(value, TYPES[kind.split()[0]]) or (value is None and "or null" in kind), (name, value)
        assert not isinstance(value, bool) or kind == "bool", (name, value)


@pytest.fixture(scope="module", params=["alice", "short"])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param == "alice":
        folder: Path = request.getfixturevalue("alice")
        return folder
    folder = tmp_path_factory.mktemp("short")
    (folder / "pride.txt").write_text(PRIDE, encoding="utf-8")
    return build_run(folder / "pride.txt", folder / "run").folder


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_table_lists_all_files(alice: Path) -> None:
    listed = set(re.findall(r"^\| `([\w.]+)` \|", DOCUMENT.split("\n## ", 1)[0], re.M))
    assert {path.name for path in alice.iterdir()} == listed


@pytest.mark.parametrize(
    "name",
    ["sentences.jsonl", "mentions.jsonl", "voices.jsonl", "quotations.jsonl", "relations.jsonl", "facts.jsonl"],
)
def test_each_line_has_the_documented_fields(run: Path, name: str) -> None:
    for row in rows(run / name):
        agrees(row, section(name))


def test_the_short_book_has_relations(tmp_path: Path) -> None:
    (tmp_path / "pride.txt").write_text(PRIDE, encoding="utf-8")
    assert rows(build_run(tmp_path / "pride.txt", tmp_path / "run").folder / "relations.jsonl")


@pytest.mark.parametrize("name", ["book.json", "report.json"])
def test_each_object_has_the_documented_fields(run: Path, name: str) -> None:
    agrees(json.loads((run / name).read_text(encoding="utf-8")), section(name))


def test_the_cast_has_the_documented_fields(run: Path) -> None:
    cast = json.loads((run / "cast.json").read_text(encoding="utf-8"))
    assert list(cast) == ["format", "entities"]
    for entity in cast["entities"]:
        agrees(entity, section("cast.json"))
        assert all(isinstance(alias, str) and isinstance(count, int) for alias, count in entity["aliases"])


def test_the_graph_has_the_documented_fields(run: Path) -> None:
    graph = json.loads((run / "graph.json").read_text(encoding="utf-8"))
    nodes, edges = section("graph.json and graph.graphml: nodes"), section("graph.json and graph.graphml: edges")
    assert list(graph) == ["directed", "multigraph", "graph", "nodes", "edges"]
    agrees(graph["graph"], section("graph.json and graph.graphml"))
    for node in graph["nodes"]:
        agrees(node, nodes)
    for edge in graph["edges"]:
        words = {"words": ["int"]} if edge["relation"] == "speaks_to" else {}
        facts = {} if edge["relation"] in NETWORKS else {"basis": ["string"], "because": ["list of string"]}
        agrees(edge, edges | words | facts)
        assert all(list(piece) == ["chapter", "start", "end", "text", *words] for piece in edge["evidence"])


def test_graphml_has_the_same_attributes(run: Path) -> None:
    text = (run / "graph.graphml").read_text(encoding="utf-8")
    for part in ("nodes", "edges"):
        fields = set(section(f"graph.json and graph.graphml: {part}")) - {"id", "source", "target", "key"}
        declared = set(re.findall(rf'for="{part[:-1]}"[^>]*attr\.name="(\w+)"', text))
        assert fields <= declared, fields - declared


MENTION = {
    "id": "m0", "start": 0, "end": 4, "text": "Emma", "label": "PER", "kind": "character", "form": "name",
    "entity": "emma", "chain": "c0", "certainty": 0.5, "sentence": 0, "chapter": 1,
    "antecedents": [["m7", 0.75], ["m3", 0.2]],
}  # fmt: skip


def test_a_row_reads_back() -> None:
    assert mention_to_row(mention_from_row(MENTION), {"emma": "character"}) == MENTION


def test_a_quotation_reads_back() -> None:
    quotation = Quotation("q0", 3, 9, 1, "emma", ("harriet-smith", "mr-elton"), "m7", "narrator", 0.5)
    row = json.loads(json.dumps(quotation_to_row(quotation)))
    assert list(row) == list(section("quotations.jsonl"))
    assert quotation_from_row(row) == quotation


def test_a_line_that_a_person_added_may_say_nothing_of_links() -> None:
    line = {name: value for name, value in MENTION.items() if name not in ("chain", "certainty", "antecedents")}
    mention = mention_from_row(line)
    assert (mention.chain, mention.certainty, mention.antecedents) == ("", 1.0, ())


def test_a_voice_reads_back() -> None:
    voice = Voice(3, 9, 1, 4, True, (("m1", 0.9),), (("m2", 0.5), ("m3", 0.25)), ((0, 0.1),), ((2, 0.7),))
    row = json.loads(json.dumps(voice_to_row(voice)))
    assert list(row) == list(section("voices.jsonl"))
    assert voice_from_row(row) == voice


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"start": "3"}, "start, end, chapter and turn must be numbers"),
        ({"turn": True}, "must be numbers"),
        ({"thought": 1}, "thought true or false"),
        ({"speaker": "m1"}, "speaker is no list of pairs"),
        ({"speaker": [["m1"]]}, "speaker is no list of pairs"),
        ({"hearer": [["m1", 1.5]]}, "hearer is no list of pairs, each with a probability"),
        ({"speaker_turns": [["m1", 0.5]]}, "speaker_turns is no list"),
        ({"hearer_turns": [[0, float("nan")]]}, "hearer_turns is no list"),
    ],
)
def test_a_voice_that_cannot_be_is_refused(change: dict[str, object], words: str) -> None:
    row = voice_to_row(Voice(3, 9, 1, 4, False, (("m1", 0.9),)))
    with pytest.raises(RowError, match=words):
        voice_from_row(row | change)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"label": "PERSON"}, "label"),
        ({"start": "0"}, "start"),
        ({"start": True}, "start"),
        ({"start": 0.5}, "start"),
        ({"text": None}, "text"),
        ({"antecedents": [["m7", "much"]]}, "antecedents is no list of pairs"),
        ({"antecedents": {"m7": 0.5}}, "antecedents is no list of pairs"),
        ({"colour": "red"}, "colour is no field"),
    ],
)
def test_a_row_that_cannot_be_is_refused(change: dict[str, object], words: str) -> None:
    with pytest.raises(RowError, match=words):
        mention_from_row(MENTION | change)


def test_a_row_without_a_field_and_a_confidence_out_of_range() -> None:
    with pytest.raises(RowError, match="missing"):
        sentence_from_row({"index": 0})
    relation = {
        "head": "a", "relation": "", "tail": "b", "confidence": 1.5, "raw": "", "source": "", "head_mention": "",
        "tail_mention": "", "start": 0, "end": 1, "chapter": 1,
    }  # fmt: skip
    with pytest.raises(RowError, match="confidence"):
        relation_from_row(relation)


FACT = Fact(
    "f1", "jane", "sibling_of", "lizzy", 0.9, "inferred", (), ("f0", "f2"), "", (1, 3), 1, 3, ((1, 0, 9),), ("address",)
)


def test_a_fact_is_read_as_it_was_written() -> None:
    assert fact_from_row(json.loads(json.dumps(fact_to_row(FACT)))) == FACT


@pytest.mark.parametrize("change", [{"claims": None}, {"evidence": [[1, 2]]}, {"more": 1}])
def test_a_line_that_is_no_fact_is_told(change: dict[str, Any]) -> None:
    with pytest.raises(RowError, match="it is no fact"):
        fact_from_row(fact_to_row(FACT) | change)


def test_a_play_comes_back_as_it_was() -> None:
    play = Play(
        (PlaySpeech(Span(0, 4), (Span(6, 9), Span(15, 20)), ("nora",)), PlaySpeech(Span(22, 28), ())),
        (Span(10, 14),),
        (Role(("Nora", "Nora Helmer"), "his wife", 30, 44, "nora", "female"), Role(("Porter",))),
    )
    book = Book("x" * 50, play=play)
    assert book_from_json(json.loads(json.dumps(book_to_json(book))), book.text).play == play
    assert "play" not in book_to_json(Book("x"))
    voice = Voice(6, 9, 1, 0, speaker=(("m0", 1.0),), labelled=True)
    assert voice_from_row(json.loads(json.dumps(voice_to_row(voice)))) == voice
