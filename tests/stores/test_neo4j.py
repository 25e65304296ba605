"""Over the real driver and a real Bolt server; with LITGRAPH_NEO4J_URI over Neo4j itself."""

from __future__ import annotations

import dataclasses
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j
import networkx
import pytest
from bolt_server import free_port
from click.testing import CliRunner, Result
from databases import book_name
from graphs import HOSTILE, hostile_graph, pride, run_folder, without_surrogates

from litgraph.cli import main
from litgraph.errors import QueryError, StoreError
from litgraph.export.property_graph.cypher import write_cypher
from litgraph.stores import neo4j as store
from litgraph.stores.complaints import our_error
from litgraph.stores.neo4j import Connection, ask, load

BOOK = book_name("pride")
OTHER = book_name("emma")
HOSTILE_NAME = "".join(HOSTILE)


def named(book: str = BOOK, graph: networkx.MultiDiGraph | None = None) -> networkx.MultiDiGraph:
    graph = pride() if graph is None else graph
    graph.graph["identifier"] = book
    return graph


@pytest.fixture(autouse=True)
def empty(database: Any) -> Iterator[None]:
    yield
    for book in (BOOK, OTHER):
        database.remove(book)


def test_the_driver_is_the_one_that_is_meant() -> None:
    expected = os.environ.get("LITGRAPH_TEST_DRIVER")  # set by test_older_driver.py
    assert neo4j.__version__.startswith(expected or "6.")


def test_everything_arrives(connection: Connection, database: Any) -> None:
    loaded = load(named(), connection)
    assert (loaded.entities, loaded.relations, loaded.removed) == (9, 12, 0)
    assert (loaded.stale_entities, loaded.stale_relations) == (0, 0)
    content = database.content(BOOK)
    nodes = {node["id"]: node for node in content["nodes"]}
    lizzy = nodes[f"{BOOK}:elizabeth-bennet"]
    assert lizzy["labels"] == ["Character", "Entity"]
    assert lizzy["all"] == {
        "id": f"{BOOK}:elizabeth-bennet", "book": BOOK, "name": "Elizabeth Bennet", "kind": "character",
        "aliases": ["Elizabeth", "Lizzy"], "gender": "female", "mentions": 600, "first": 1, "last": 61,
        "ambiguous": False,
    }  # fmt: skip
    kinds = {node["all"]["kind"]: node["labels"] for node in content["nodes"]}
    assert kinds == {
        kind: sorted(["Entity", kind.capitalize()])
        for kind in ("character", "group", "place", "organisation", "vehicle")
    }
    edges = {(edge["head"], edge["type"], edge["tail"]): edge["all"] for edge in content["edges"]}
    assert len(edges) == 12 + 9  # each node also appears in the book
    met = edges[f"{BOOK}:elizabeth-bennet", "CO_OCCURS_WITH", f"{BOOK}:mr-darcy"]
    assert met["evidence"] == ["“She is tolerable”", "Darcy", "Darcy again; “proud”"]
    assert (met["evidenceChapters"], met["chapters"], met["weight"]) == ([3, 4, 5], [3, 4, 5], 3)
    assert (met["confidence"], met["directed"], met["sources"]) == (1.0, False, ["rules-1"])
    said = edges[f"{BOOK}:mr-darcy", "SPEAKS_TO", f"{BOOK}:elizabeth-bennet"]
    assert (said["weight"], said["words"], said["directed"], said["evidenceChapters"]) == (2, 6, True, [34, 43])
    assert (met["first"], met["last"]) == (3, 5)
    assert edges[f"{BOOK}:longbourn", "APPEARS_IN", BOOK] == {"mentions": 90, "first": 1, "last": 61}
    assert content["books"][0]["all"]["title"] == "Pride and Prejudice"


def test_a_rerun_changes_nothing(connection: Connection, database: Any) -> None:
    load(named(), connection)
    before = database.content(BOOK)
    again = load(named(), connection)
    assert (again.stale_entities, again.stale_relations) == (0, 0)
    assert database.content(BOOK) == before


def test_other_books_and_added_properties_stay(connection: Connection, database: Any) -> None:
    load(named(), connection)
    load(named(OTHER), connection)
    database.rows("MATCH (e:Entity {id: $id}) SET e.mine = 'kept'", id=f"{BOOK}:mr-darcy")
    load(named(), connection)
    assert database.rows("MATCH (e:Entity {mine: 'kept'}) RETURN e.book AS book") == [{"book": BOOK}]
    other = database.content(OTHER)
    assert len(other["nodes"]) == 9
    replaced = load(named(), connection, replace=True)
    assert replaced.removed == 9
    assert database.rows("MATCH (e:Entity {mine: 'kept'}) RETURN e") == []
    assert database.content(OTHER) == other
    assert len(database.content(BOOK)["nodes"]) == 9


def test_what_was_corrected_since_is_told_and_replaced(connection: Connection, database: Any) -> None:
    load(named(), connection)
    corrected = named()
    corrected.remove_node("the-carriage")
    corrected.remove_edge("mr-wickham", "elizabeth-bennet", "lover_of")
    corrected.nodes["the-officers"]["kind"] = "organisation"
    corrected.nodes["mr-darcy"]["name"] = "Fitzwilliam Darcy"
    told = load(corrected, connection)
    assert (told.stale_entities, told.stale_relations) == (1, 1)
    nodes = {node["id"]: node for node in database.content(BOOK)["nodes"]}
    assert nodes[f"{BOOK}:the-officers"]["labels"] == ["Entity", "Organisation"]
    assert nodes[f"{BOOK}:mr-darcy"]["all"]["name"] == "Fitzwilliam Darcy"
    replaced = load(corrected, connection, replace=True)
    assert (replaced.stale_entities, replaced.stale_relations) == (0, 0)
    assert f"{BOOK}:the-carriage" not in {node["id"] for node in database.content(BOOK)["nodes"]}


def test_hostile_names_arrive_and_do_nothing_else(connection: Connection, database: Any) -> None:
    load(named(OTHER), connection)
    load(named(graph=hostile_graph(HOSTILE_NAME, HOSTILE_NAME, HOSTILE_NAME)), connection)
    told = without_surrogates(HOSTILE_NAME)
    (row,) = database.rows(
        "MATCH (e:Entity {id: $id})-[r:MEMBER_OF]->() RETURN e.name AS name, e.aliases AS aliases, r.evidence AS said",
        id=f"{BOOK}:mr-wickham",
    )
    assert row == {"name": told, "aliases": [told, "Wickham"], "said": [told]}
    assert len(database.content(OTHER)["nodes"]) == 9


def test_the_script_does_what_load_does(connection: Connection, database: Any, tmp_path: Path) -> None:
    graph = named(graph=hostile_graph(HOSTILE_NAME, HOSTILE_NAME, HOSTILE_NAME))
    load(graph, connection)
    expected = database.content(BOOK)
    database.remove(BOOK)
    write_cypher(graph, tmp_path / "pride.cypher")
    for _ in range(2):
        for statement in (tmp_path / "pride.cypher").read_bytes().decode("utf-8").split(";\n")[:-1]:
            database.rows(statement)
        assert database.content(BOOK) == expected


def test_batches_of_every_size_end_in_the_same_graph(
    connection: Connection, database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(named(), connection)
    expected = database.content(BOOK)
    monkeypatch.setattr(store, "NODES_A_BATCH", 2)
    for batch, waiting in ((1, 100), (2, 3), (100, 5)):
        monkeypatch.setattr(store, "RELATIONS_A_BATCH", batch)
        monkeypatch.setattr(store, "RELATIONS_WAITING", waiting)
        assert load(named(), connection, replace=True).removed == 9
        assert database.content(BOOK) == expected


def test_the_driver_writes_no_rows_into_its_log(connection: Connection, caplog: pytest.LogCaptureFixture) -> None:
    """It puts together what it would write even if nobody keeps a log, so this is also time that is saved."""
    caplog.set_level(logging.DEBUG)
    load(named(), connection)
    assert "<9 rows>" in caplog.text and "She is tolerable" not in caplog.text


def test_progress_is_told(connection: Connection) -> None:
    told: list[tuple[str, int | None]] = []

    def progress(items: Any, what: str, total: int | None = None) -> Any:
        told.append((what, total))
        return iter(items)

    load(named(), connection, progress=progress)
    assert told == [("loading nodes", 9), ("loading relations", 12)]


def test_transient_errors_are_tried_again(
    connection: Connection, database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from neo4j.exceptions import Neo4jError

    run = neo4j.Transaction.run
    calls = []

    def sometimes(self: Any, statement: str, *arguments: Any, **options: Any) -> Any:
        calls.append(statement)
        if len(calls) % 3 == 2:
            hydrate = getattr(Neo4jError, "_hydrate_neo4j", None) or Neo4jError.hydrate
            raise hydrate(code="Neo.TransientError.Transaction.DeadlockDetected", message="deadlock")
        return run(self, statement, *arguments, **options)

    monkeypatch.setattr(neo4j.Transaction, "run", sometimes)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    load(named(), connection)
    monkeypatch.undo()
    assert len(database.content(BOOK)["nodes"]) == 9
    assert len(calls) > len(set(calls))


def test_asking_gives_plain_values(connection: Connection) -> None:
    load(named(), connection)
    answer = ask(
        connection,
        "MATCH p = (a:Character {book: $book, name: $name})-[r:OWNS]->(b) "
        "RETURN a.name AS name, b, r, p, [1, 2.5] AS l",
        {"book": BOOK, "name": "Mr. Darcy"},
    )
    assert answer.columns == ("name", "b", "r", "p", "l")
    (row,) = answer.rows
    assert row["name"] == "Mr. Darcy" and row["l"] == [1, 2.5]
    assert row["b"]["labels"] == ["Entity", "Place"]
    assert list(row["b"]["properties"]) == sorted(row["b"]["properties"])
    assert (row["r"]["type"], row["r"]["properties"]["weight"]) == ("OWNS", 1)
    assert [one["properties"]["name"] for one in row["p"]["nodes"]] == ["Mr. Darcy", "Pemberley"]
    assert row["p"]["relationships"] == [row["r"]]
    assert not answer.more


def test_rows_are_limited(connection: Connection) -> None:
    answer = ask(connection, "UNWIND range(1, 10) AS n RETURN n", most=3)
    assert ([row["n"] for row in answer.rows], answer.more) == ([1, 2, 3], True)
    assert not ask(connection, "UNWIND range(1, 3) AS n RETURN n", most=3).more


def test_a_wrong_statement_is_one_clear_error(connection: Connection) -> None:
    with pytest.raises(QueryError, match="not right"):
        ask(connection, "MATCH (n RETURN n")


def test_questions_are_asked_in_a_session_for_reading(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[dict[str, Any]] = []
    session = neo4j.Driver.session

    def watched(self: Any, **options: Any) -> Any:
        opened.append(options)
        return session(self, **options)

    monkeypatch.setattr(neo4j.Driver, "session", watched)
    ask(connection, "RETURN 1 AS one")
    assert opened == [{"database": connection.database, "default_access_mode": neo4j.READ_ACCESS}]


@pytest.mark.neo4j
def test_neo4j_refuses_to_write_for_a_question(connection: Connection) -> None:
    with pytest.raises(QueryError, match="only read"):
        ask(connection, "CREATE (n:Entity {id: 'litgraph-test'}) RETURN n")


def cli(*arguments: object, password: str | None, **environment: str | None) -> Result:
    env = {"NEO4J_PASSWORD": password, "NEO4J_URI": None, "NEO4J_USERNAME": None, "NEO4J_DATABASE": None, **environment}
    return CliRunner().invoke(main, list(map(str, arguments)), env=env)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return run_folder(tmp_path / "run", named())


def test_the_command_loads(run: Path, connection: Connection, database: Any) -> None:
    where = ["--uri", connection.uri, "--user", connection.user, "--database", connection.database]
    for options, told in (([], f"{BOOK}: 9 nodes, 12 relations"), (["--replace"], "removed 9 old nodes")):
        result = cli("load", run, *where, *options, password=connection.password)
        assert result.exit_code == 0, result.output
        assert told in result.output
    assert len(database.content(BOOK)["edges"]) == 12 + 9
    graph = named()
    graph.remove_node("the-carriage")
    smaller = run_folder(run.with_name("smaller"), graph)
    result = cli("load", smaller, *where, password=connection.password)
    assert "--replace removes them" in result.stderr and "1 node " in result.stderr
    result = cli("load", smaller, *where, "-q", "--json", password=connection.password)
    assert json.loads(result.stdout)["stale_entities"] == 1 and result.stderr == ""


def test_the_environment_says_where(run: Path, connection: Connection, database: Any) -> None:
    result = cli(
        "load", run, "-q", password=connection.password, NEO4J_URI=connection.uri, NEO4J_USERNAME=connection.user,
        NEO4J_DATABASE=connection.database,
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert len(database.content(BOOK)["nodes"]) == 9


def test_the_command_asks_the_database(connection: Connection) -> None:
    load(named(), connection)
    where = ["--uri", connection.uri, "--user", connection.user, "--database", connection.database]
    asked = "MATCH (c:Character {book: $book}) RETURN c.name AS name ORDER BY c.mentions DESC"
    result = cli("query", asked, "-p", f"book={BOOK}", "--limit", 2, *where, password=connection.password)
    assert result.exit_code == 0, result.output
    assert result.stdout.split("\n")[:3] == ["name", "Elizabeth Bennet", "Mr. Darcy"]
    assert "first 2 rows" in result.stderr


def test_the_password_is_asked_for_and_never_shown(
    run: Path, connection: Connection, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    if not connection.password:
        pytest.skip("this server asks for no password")
    where = ["--uri", connection.uri, "--user", connection.user, "--database", connection.database]
    monkeypatch.setattr("litgraph.cli.options.database.at_a_terminal", lambda: True)
    environment = {"NEO4J_PASSWORD": None}
    arguments = ["load", str(run), *where]
    result = CliRunner().invoke(main, arguments, env=environment, input=f"{connection.password}\n")
    assert result.exit_code == 0, result.output
    # word by word, as a password may be any word
    assert (result.stderr, result.stdout) == (
        f"Password of {connection.user}: \n", f"{BOOK}: 9 nodes, 12 relations\n",
    )  # fmt: skip
    wrong = CliRunner().invoke(main, arguments, env=environment, input="swordfish-swordfish\n")
    assert wrong.exit_code == 1 and "does not accept" in wrong.stderr
    for shown in (wrong.output, caplog.text, repr(dataclasses.replace(connection, password="swordfish-swordfish"))):
        assert "swordfish" not in shown
    monkeypatch.setattr("litgraph.cli.options.database.at_a_terminal", lambda: False)
    unknown = CliRunner().invoke(main, arguments, env=environment)
    assert unknown.exit_code == 1 and "NEO4J_PASSWORD" in unknown.stderr


def test_each_mistake_is_one_clear_error(connection: Connection) -> None:
    nobody = f"bolt://127.0.0.1:{free_port()}"
    for wrong, what, hint in (
        ({"uri": nobody}, "No database answers", "docker compose up"),
        ({"password": "swordfish-swordfish"}, "does not accept", "NEO4J_PASSWORD"),
        ({"database": "litgraph-nowhere"}, 'no database "litgraph-nowhere"', "--database"),
        ({"database": "system"}, "no graphs", "--database"),
        ({"uri": "http://127.0.0.1:7474"}, "no address of", "bolt://"),
        ({"uri": "nonsense"}, "no address of", "bolt://"),
        ({"uri": "bolt://"}, "no address of", "bolt://"),
        ({"uri": "bolt://127.0.0.1:port"}, "cannot be used", "bolt://"),
        ({"uri": "bolt://me:secret@127.0.0.1:1"}, "no user and no password", "--user"),
    ):
        with pytest.raises(StoreError) as caught:
            load(named(), dataclasses.replace(connection, **wrong))
        assert what in caught.value.what, caught.value.what
        assert hint in caught.value.hint
        assert "secret" not in str(caught.value) and "swordfish" not in str(caught.value)


@pytest.mark.parametrize(
    ("code", "kind", "told"),
    [
        ("Neo.ClientError.General.ForbiddenOnReadOnlyDatabase", StoreError, "read-only"),
        ("Neo.ClientError.Cluster.NotALeader", StoreError, "read-only"),
        ("Neo.ClientError.General.WriteOnReadOnlyAccessDatabase", StoreError, "read-only"),
        ("Neo.ClientError.Security.AuthenticationRateLimit", StoreError, "too many"),
        ("Neo.ClientError.Security.Forbidden", StoreError, "does not allow"),
        ("Neo.ClientError.Statement.AccessMode", QueryError, "only read"),
        ("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", QueryError, "too long"),
        ("Neo.ClientError.Statement.TypeError", QueryError, "not right"),
        ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", StoreError, "too little memory"),
        ("Neo.TransientError.Transaction.DeadlockDetected", StoreError, "gave up"),
        ("Neo.DatabaseError.General.UnknownError", StoreError, "refused"),
    ],
)
def test_what_a_server_says_is_told_in_words(code: str, kind: type[StoreError], told: str) -> None:
    """Errors that the server of these tests does not raise, as the driver makes them from Neo4j's messages."""
    from neo4j.exceptions import Neo4jError

    hydrate = getattr(Neo4jError, "_hydrate_neo4j", None) or Neo4jError.hydrate
    error = our_error(hydrate(code=code, message="the server's words\n  at a.b.C"), Connection(password="secret"))
    assert type(error) is kind
    assert told in error.what and error.hint
    assert "a.b.C" not in str(error)


def test_rows_that_need_too_much_memory_at_once_are_divided(
    connection: Connection, database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from neo4j.exceptions import Neo4jError

    run, sizes = neo4j.Transaction.run, []

    def small(self: Any, statement: str, parameters: Any = None, **options: Any) -> Any:
        rows = (parameters or {}).get("rows", [])
        sizes.append(len(rows))
        if len(rows) > 4:
            hydrate = getattr(Neo4jError, "_hydrate_neo4j", None) or Neo4jError.hydrate
            raise hydrate(code="Neo.TransientError.General.MemoryPoolOutOfMemoryError", message="limit")
        return run(self, statement, parameters, **options)

    monkeypatch.setattr(neo4j.Transaction, "run", small)
    load(named(), connection)
    monkeypatch.undo()
    assert len(database.content(BOOK)["nodes"]) == 9
    assert sizes.count(9) == 2 and sizes.count(5) == 2  # 9 = 4 + 5, 5 = 2 + 3: entities, and where they appear
