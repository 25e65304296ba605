"""What Neo4j's own importer makes of the files equals what `load` writes, but for empty lists, which it cannot make."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path

import neo4j
import networkx
import numpy
import pytest
from databases import OwnServer, server_programs
from graphs import HOSTILE, hostile_graph, piece, pride
from society import society

from litgraph.export.property_graph.bulk import ARGUMENTS_FILE, SCHEMA_FILE, write_bulk
from litgraph.stores.neo4j import Connection, load

pytestmark = pytest.mark.own_server


def library() -> Iterator[networkx.MultiDiGraph]:
    """Books with all that a graph may hold: hostile text, lists of every kind and empty ones, values of mixed types."""
    name = "".join(text for text in HOSTILE if text != "\x1f")  # the character between items, which is left out
    hostile = hostile_graph(name, name, name)
    hostile.graph["identifier"] = "hostile"
    yield hostile
    graph = pride()
    values = (
        1,
        0.5,
        "",
        "1",
        True,
        [1, 2],
        [0.5, 1],
        [True],
        [],
        ["a", ""],
        {"a": [1]},
        "\\",
        '\\"',
        " spaces ",
        10**18,
        date(1813, 1, 28),
        datetime(1813, 1, 28, 9, 30, 0, 5),
        datetime(1813, 1, 28, 9, 30, tzinfo=timezone(timedelta(hours=-1, minutes=-15))),
        time(9, 30),
        time(9, 30, 1, tzinfo=timezone.utc),
        timedelta(days=-1, seconds=1, microseconds=500),
        [date(1813, 1, 28), date(1813, 1, 29)],
        [timedelta(hours=3)],
        [date(1813, 1, 28), time(9, 30)],
        numpy.float32(0.5),
    )
    for number, value in enumerate(values):
        graph.add_node(f"v{number}", kind="character", name=f"V{number}", my_own=value)
    graph.edges["mr-darcy", "pemberley", "owns"]["evidence"] = [
        piece(43, number, "Pemberley House, “so it says”;\r\n" * 20) for number in range(3_000)
    ]  # two megabytes in one row
    yield graph
    yield society("society")


def content(server: OwnServer) -> list[list[str]]:
    with (
        neo4j.GraphDatabase.driver(server.uri) as driver,
        driver.session() as session,
    ):
        statements = (
            "MATCH (n) RETURN labels(n) AS labels, properties(n) AS all",
            "MATCH (a)-[r]->(b) RETURN a.id AS head, type(r) AS type, b.id AS tail, properties(r) AS all",
        )
        return [sorted(_spelt(record) for record in session.run(statement)) for statement in statements]


def _spelt(record: neo4j.Record) -> str:
    """With the types of the values, which Python's == does not see; without empty lists."""
    parts = [
        sorted((name, value) for name, value in part.items() if value != []) if isinstance(part, dict) else part
        for part in record.values()
    ]
    return repr([sorted(part) if isinstance(part, list) else part for part in parts])


def test_what_is_imported_is_what_is_loaded(own_server: OwnServer, tmp_path: Path) -> None:
    for graph in library():
        load(graph, Connection(own_server.uri))
    loaded = content(own_server)
    own_server.stop()
    write_bulk(library(), tmp_path / "tables")
    imported = OwnServer(tmp_path / "neo4j")
    done = subprocess.run(
        [server_programs() / "import", imported.folder, f"@{ARGUMENTS_FILE}"],
        cwd=tmp_path / "tables",
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    imported.start()
    try:
        found = content(imported)
        with (
            neo4j.GraphDatabase.driver(imported.uri) as driver,
            driver.session() as session,
        ):
            for statement in (tmp_path / "tables" / SCHEMA_FILE).read_text(encoding="utf-8").split(";\n")[:-1]:
                session.run(statement).consume()
    finally:
        imported.stop()
        own_server.start()
    for expected, there in zip(loaded, found, strict=True):
        assert len(expected) == len(there)
        for one, other in zip(expected, there, strict=True):
            assert one == other
