"""Neo4j's own parser and semantic analyser accepts every statement that litgraph can send, as Cypher 5 and 25."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from graphs import HOSTILE, hostile_graph, node

from litgraph.export.cypher import write_cypher
from litgraph.relations.ontology import RELATIONS
from litgraph.stores import statements
from litgraph.stores.model import APPEARS_IN, KIND_LABELS, RELATION_TYPES

PARAMETERS = {"rows": [], "ids": [], "id": "", "properties": {}, "book": "", "most": 1}
LABELS = ["Entity", "Book", *KIND_LABELS.values()]
TYPES = [APPEARS_IN, *RELATION_TYPES.values()]


def complaints(given: list[str], languages: tuple[str, ...] = ("CYPHER 5", "CYPHER 25")) -> list[dict[str, str]]:
    asked = [(statement, PARAMETERS) for statement in given]
    questions = [{"statements": asked, "labels": LABELS, "types": TYPES, "languages": [one]} for one in languages]
    with ThreadPoolExecutor() as pool:  # it takes 0.1 s a statement
        answers = pool.map(lambda question: node("check_cypher.js", given=question), questions)
        return [complaint for answer in answers for complaint in answer]


def test_all_statements_are_neo4j_s_cypher() -> None:
    assert complaints(list(statements.ALL)) == []


def test_a_hostile_script_is_neo4j_s_cypher(tmp_path: Path) -> None:
    hostile = "".join(HOSTILE[:-1])
    write_cypher(hostile_graph(hostile, hostile, hostile), tmp_path / "hostile.cypher")
    script = (tmp_path / "hostile.cypher").read_bytes().decode("utf-8").split(";\n")
    hostile_ones = [statement for statement in script if "DETACH DELETE" in statement]
    assert len(hostile_ones) == 3
    assert complaints(hostile_ones) == []


def test_the_checker_complains_where_it_should() -> None:
    found = complaints(["MATCH (n:Entity) RETURN m", "MATCH (n:Hero) RETURN n", "MATCH (n) RETURN $nothing"])
    assert len(found) >= 6


def test_there_is_one_statement_for_each_relation_and_kind() -> None:
    assert set(statements.RELATIONS) == set(RELATION_TYPES.values())
    assert len(set(RELATION_TYPES.values())) == len(RELATION_TYPES) == len(RELATIONS) + 2
    assert len(set(statements.ALL)) == len(statements.ALL)
    assert set(statements.LABELS) == set(statements.OTHER_LABELS) == set(KIND_LABELS.values())
