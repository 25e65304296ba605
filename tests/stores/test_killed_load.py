"""kill -9 during a load, ten times: the same load run again ends in the same graph, and nothing is doubled."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx
import pytest
from databases import book_name
from graphs import edge, piece, run_folder

from litgraph.ontology import FICTION
from litgraph.stores.neo4j import Connection, load

BOOK = book_name("killed")
NODES, EDGES, KILLS = 80, 500, 10
CHILD = "import sys, networkx, neo4j, litgraph.cli; print(flush=True); input(); litgraph.cli.main(sys.argv[1:])"


def large() -> networkx.MultiDiGraph:
    choose = random.Random(1813)
    graph = networkx.MultiDiGraph(identifier=BOOK, title="A long novel")
    for number in range(NODES):
        graph.add_node(f"n{number}", kind=choose.choice(["character", "place"]), name=f"N{number}", mentions=number)
    told = set()
    while len(told) < EDGES:
        head, tail = (f"n{choose.randrange(NODES)}" for _ in range(2))
        relation = choose.choice(FICTION[:12]).name
        told.add((head, tail, relation))
        graph.add_edge(head, tail, relation, **edge(relation, piece(choose.randrange(60), 1, "so it says")))
    return graph


@pytest.fixture
def clean(database: Any) -> Iterator[None]:
    database.remove(BOOK)
    yield
    database.remove(BOOK)


@pytest.mark.usefixtures("clean")
def test_a_killed_load_ends_in_the_same_graph(connection: Connection, database: Any, tmp_path: Path) -> None:
    graph = large()
    run = run_folder(tmp_path / "run", graph)
    load(graph, connection)
    expected = database.content(BOOK)
    assert len(expected["edges"]) == EDGES + NODES

    def child() -> subprocess.Popen[str]:
        where = ["--uri", connection.uri, "--user", connection.user, "--database", connection.database]
        process = subprocess.Popen(
            [sys.executable, "-c", CHILD, "load", str(run), "--replace", "-q", *where],
            env={**os.environ, "NEO4J_PASSWORD": connection.password},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        return process

    def written() -> int:
        (row,) = database.rows(
            "MATCH (e:Entity {book: $book}) OPTIONAL MATCH (e)-[r]->() RETURN count(r) AS n", book=BOOK
        )
        return int(row["n"])

    processes: list[subprocess.Popen[str]] = []
    broken = 0
    try:
        waiting = child()
        for kill in range(KILLS):
            process, waiting = waiting, child()  # the next one imports while this one loads
            assert process.stdin and process.stdout
            process.stdout.readline()
            process.stdin.write("\n")
            process.stdin.flush()
            removed = False
            while process.poll() is None:
                count = written()
                removed = removed or count < NODES + EDGES
                if removed and count >= (NODES + EDGES) * kill // KILLS:
                    break
                time.sleep(0.005)
            process.kill()
            process.wait()
            broken += database.content(BOOK) != expected
            load(graph, connection)
            assert database.content(BOOK) == expected, kill
    finally:
        for process in processes:
            process.kill()
            process.communicate()
    assert broken >= KILLS // 2  # else it was not killed in the middle
