from __future__ import annotations

from pathlib import Path

import networkx
import pytest
from graphs import hostile_text, pride, without_surrogates
from hypothesis import given, settings

from litgraph.errors import ExportError
from litgraph.export.property_graph.cypher import ROWS, literal, write_cypher


def test_the_script_is_the_same_every_time_and_has_all_rows(tmp_path: Path) -> None:
    write_cypher(pride(), tmp_path / "pride.cypher")
    script = (tmp_path / "pride.cypher").read_text(encoding="utf-8")
    statements = script.split(";\n")
    assert statements[0].startswith("CREATE CONSTRAINT")
    assert sum("MERGE (a)-[r:LOVER_OF]->(b)" in one for one in statements) == 1
    assert script.count("head: ") == pride().number_of_edges()
    assert script.count("kind: ") == pride().number_of_nodes()
    assert "$" not in script
    write_cypher(pride(), tmp_path / "again.cypher")
    assert (tmp_path / "again.cypher").read_text(encoding="utf-8") == script


def test_long_lists_are_parted(tmp_path: Path) -> None:
    graph = networkx.MultiDiGraph(identifier="pg1")
    graph.add_nodes_from(range(2 * ROWS + 1), kind="place")
    write_cypher(graph, tmp_path / "long.cypher")
    script = (tmp_path / "long.cypher").read_text(encoding="utf-8")
    assert script.count("MERGE (e:Entity {id: row.id})") == 3
    assert script.count("SET e:Place") == 3


@given(hostile_text)
@settings(deadline=None, max_examples=200)
def test_no_text_ends_its_literal(text: str) -> None:
    text = without_surrogates(text)
    assert read_literal(literal(text)) == text


def read_literal(written: str) -> str:
    """What Neo4j makes of one or more literals with + between them: first every \\uXXXX whose backslash is not itself
    escaped becomes its character, then quotes and escapes are read. Fails if anything stands outside the quotes."""
    characters: list[str] = []
    at = 0
    while at < len(written):
        if written[at] == "\\" and written[at + 1] == "u":
            characters.append(chr(int(written[at + 2 : at + 6], 16)))
            at += 6
        elif written[at] == "\\":
            characters += written[at : at + 2]
            at += 2
        else:
            characters.append(written[at])
            at += 1
    value, outside, inside = [], [], False
    escapes = {"n": "\n", "r": "\r", "t": "\t", "'": "'", "\\": "\\"}
    stream = iter(characters)
    for one in stream:
        if one == "'":
            inside = not inside
        elif not inside:
            outside.append(one)
        else:
            value.append(escapes[next(stream)] if one == "\\" else one)
    assert not inside
    assert set("".join(outside).split(" + ")) <= {"", " "}
    return "".join(value)


def test_values_of_every_kind() -> None:
    value = {"a": [1, 2], "b": 0.5, "c": True, "d": None, "e": [], "f": "it's"}
    assert literal(value) == "{a: [1, 2], b: 0.5, c: true, d: null, e: [], f: 'it\\'s'}"


def test_only_relations_of_the_vocabulary_become_types(tmp_path: Path) -> None:
    graph = pride()
    graph.add_edge("mr-darcy", "longbourn", "X]->() DETACH DELETE", weight=1)
    with pytest.raises(ExportError, match="vocabulary"):
        write_cypher(graph, tmp_path / "pride.cypher")
    assert not list(tmp_path.iterdir())
