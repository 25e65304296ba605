from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from databases import book_name
from graphs import HOSTILE, hostile_graph, pride, without_surrogates

import litgraph
from litgraph.errors import ExportError, QueryError
from litgraph.progress import tell_nobody
from litgraph.stores import embedded
from litgraph.stores import neo4j as store
from litgraph.stores.cypher.rewriting import counted
from litgraph.stores.embedded import ask
from litgraph.stores.neo4j import Connection

BOOK = book_name("whole")
WHOLE = [
    "MATCH (e:Entity {book: $book}) RETURN e ORDER BY e.id",
    "MATCH (b:Book {id: $book}) RETURN b",
    "MATCH (a:Entity {book: $book})-[r]->(b) RETURN a.id AS head, r, b.id AS tail ORDER BY head, type(r), tail",
    "MATCH p = (a:Character {book: $book})-[:OWNS]->(b) RETURN p, [a, b] AS both, {one: a} AS inside",
    "MATCH (a:Entity {book: $book})-[r]->(b) "
    "RETURN a.id AS id, type(r) AS type, properties(r) AS all ORDER BY id, type, b.id",
    "MATCH (e:Vehicle {book: $book}) RETURN e.name AS name, e.nothing AS nothing",
    "MATCH (e:Entity {book: $book})-[:RIVAL_OF]-() RETURN e",
]


def test_questions_in_python() -> None:
    rows = litgraph.query(
        pride(), "MATCH (c:Character) WHERE c.mentions > $n RETURN c.name AS name ORDER BY name", n=350
    )
    assert rows == [{"name": "Elizabeth Bennet"}, {"name": "Mr. Darcy"}]
    assert litgraph.query(pride(), "MATCH (g:Group) RETURN g.name") == [{"g.name": "the officers"}]
    # names of its own parameters are free
    assert litgraph.query(pride(), "RETURN $graph AS a, $cypher AS b", graph=1, cypher=[2]) == [{"a": 1, "b": [2]}]


@pytest.mark.parametrize("statement", WHOLE)
def test_nodes_relations_and_paths_are_the_same_as_on_the_server(
    statement: str, connection: Connection, database: Any
) -> None:
    graph = pride()
    graph.graph["identifier"] = BOOK
    graph.nodes["mr-darcy"].update(title="Esquire", type="hero", id_="x")
    database.remove(BOOK)
    store.load(graph, connection)
    here = ask(graph, statement, {"book": BOOK}, tell=tell_nobody)
    there = store.ask(connection, statement, {"book": BOOK}, tell=tell_nobody)
    database.remove(BOOK)
    assert here.rows == there.rows
    assert here.columns == there.columns or not there.rows  # ArcadeDB names no columns of no rows


def test_hostile_names_are_only_values() -> None:
    name = "".join(HOSTILE)
    graph = hostile_graph(name, name, name)
    told = without_surrogates(name)
    rows = litgraph.query(
        graph, "MATCH (c {name: $name})-[r:MEMBER_OF]->() RETURN c.name AS n, r.evidence AS e", name=told
    )
    assert rows == [{"n": told, "e": [told]}]


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH (n) SET n.x = 1",
        "CREATE (n:Character {id: 'x', name: 'x'})",
        "MATCH (n) DETACH DELETE n",
        "MERGE (n:Character {id: 'x'})",
        "MATCH (n) REMOVE n.name",
        "CREATE INDEX FOR (n:Entity) ON (n.name)",
    ],
)
def test_a_question_cannot_write(statement: str) -> None:
    with pytest.raises(QueryError, match="only read"):
        ask(pride(), statement)


def test_a_question_cannot_read_files(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("hunter2", encoding="utf-8")
    for form in ("LOAD CSV FROM", "load  csv\nfrom", "LOAD // it's\n CSV FROM", "LoAd\tCsV WITH HEADERS FROM"):
        with pytest.raises(QueryError) as caught:
            ask(pride(), f"{form} 'file://{tmp_path}/secret.csv' AS row RETURN row")
        assert "files" in caught.value.what or "not right" in caught.value.what
        assert "hunter2" not in str(caught.value)
    assert ask(pride(), "RETURN 'LOAD CSV FROM' AS `load csv`").rows == [{"load csv": "LOAD CSV FROM"}]


def test_a_question_that_takes_too_long_is_stopped() -> None:
    started = time.monotonic()
    with pytest.raises(QueryError, match="longer than"):
        ask(pride(), "MATCH (a),(b),(c),(d),(e),(f),(g),(h),(i),(j) RETURN count(*)", timeout=0.2)
    assert time.monotonic() - started < 20


def test_rows_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    some = ask(pride(), "MATCH (e:Entity) RETURN e.name AS name ORDER BY name", most=2)
    assert ([row["name"] for row in some.rows], some.more) == (["Elizabeth Bennet", "Jane Bennet"], True)
    assert not ask(pride(), "MATCH (e:Entity) RETURN e.name", most=9).more
    monkeypatch.setattr(embedded, "MOST_ROWS", 3)
    monkeypatch.setattr(embedded.ask, "__kwdefaults__", {**embedded.ask.__kwdefaults__, "most": 3})
    with pytest.raises(QueryError, match="more than 3 rows"):
        litgraph.query(pride(), "MATCH (e:Entity) RETURN e.name")


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("MATCH (n RETURN n", "not right"),
        ("", "empty"),
        ("// nothing", "empty"),
        ("MATCH (n) RETURN m", "not right"),
        ("RETURN $missing", "not right"),
        ("MATCH (n) RETURN n.name FORMAT CSV", "not Neo4j"),
    ],
)
def test_a_wrong_statement_is_one_clear_error(statement: str, told: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask(pride(), statement)
    assert told in caught.value.what and "\n" not in caught.value.what and caught.value.hint


def test_the_server_says_nothing_on_stderr(capfd: pytest.CaptureFixture[str]) -> None:
    told: list[str] = []
    ask(pride(), "MATCH (n:Hero)-[:HELPS]->() RETURN n.strength", most=1, tell=told.append)
    assert [line.split('"')[1] for line in told] == ["Hero", "HELPS", "strength"]
    assert capfd.readouterr() == ("", "")


def test_relations_outside_the_vocabulary_are_told() -> None:
    graph = pride()
    graph.add_edge("mr-darcy", "longbourn", "haunts", relation="haunts", weight=1)
    with pytest.raises(ExportError, match="haunts"):
        litgraph.query(graph, "RETURN 1")


@pytest.mark.parametrize(
    ("statement", "rewritten"),
    [
        ("MATCH (a) RETURN a", "MATCH (a) RETURN a"),
        ("MATCH (a) WHERE exists { (a)--() } RETURN a", "MATCH (a) WHERE (0 < COUNT { (a)--() }) RETURN a"),
        (
            "MATCH (a) WHERE NOT EXISTS { MATCH (a)-->(b) WHERE EXISTS {(b)-->()} } RETURN a",
            "MATCH (a) WHERE NOT (0 < COUNT { MATCH (a)-->(b) WHERE (0 < COUNT {(b)-->()}) }) RETURN a",
        ),
        (
            "MATCH (a) WHERE (a)-[:X|Y*1..2]->(:Z)<--() AND a.n = 1 RETURN a",
            "MATCH (a) WHERE (0 < COUNT {(a)-[:X|Y*1..2]->(:Z)<--()}) AND a.n = 1 RETURN a",
        ),
        (
            "MATCH (a) WHERE a.n = 'WHERE (a)--(b)' AND a.m = 'EXISTS {' RETURN a",
            "MATCH (a) WHERE a.n = 'WHERE (a)--(b)' AND a.m = 'EXISTS {' RETURN a",
        ),
        ("MATCH (a) WHERE (a.n) - (a.m) > 1 RETURN a", "MATCH (a) WHERE (a.n) - (a.m) > 1 RETURN a"),
        (
            "MATCH (a) WHERE EXISTS { (a)--({n: '}'}) } RETURN a",
            "MATCH (a) WHERE (0 < COUNT { (a)--({n: '}'}) }) RETURN a",
        ),
        ("RETURN EXISTS { (a)", "RETURN EXISTS { (a)"),
        ("MATCH (a) WHERE exists(a.n) RETURN a", "MATCH (a) WHERE exists(a.n) RETURN a"),
    ],
)
def test_existence_is_counted(statement: str, rewritten: str) -> None:
    assert counted(statement) == rewritten


def test_two_steps_over_parallel_relations_exist() -> None:
    """What kglite's own EXISTS misses."""
    graph = pride()
    graph.add_edge("mr-darcy", "mr-wickham", "associated_with", relation="associated_with", weight=1)
    for pattern in ("EXISTS { (a)-[:ENEMY_OF]-(b)--(c) }", "EXISTS { (a)-[:ASSOCIATED_WITH]-(b)--(c) }"):
        rows = litgraph.query(graph, f"MATCH (a {{name: 'Mr. Wickham'}}) WHERE {pattern} RETURN a.name AS name")
        assert rows == [{"name": "Mr. Wickham"}]
