"""What can happen to a server: killed and started again while it loads, away for some seconds, its disk full.

After each the same load ends in the same graph, and Neo4j's own checker finds the data consistent.
"""

from __future__ import annotations

import contextlib
import random
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import networkx
import pytest
from click.testing import CliRunner
from databases import OwnServer
from graphs import edge, piece

from litgraph.cli import main
from litgraph.errors import StoreError
from litgraph.ontology import FICTION
from litgraph.stores.connecting import Writer
from litgraph.stores.neo4j import Connection, ask, load

pytestmark = pytest.mark.own_server


def long_novel(book: str, edges: int, sentence: str) -> networkx.MultiDiGraph:
    choose = random.Random(1813)
    graph = networkx.MultiDiGraph(identifier=book, title="A long novel")
    for number in range(200):
        graph.add_node(f"n{number}", kind="character", name=f"N{number}", mentions=number)
    while graph.number_of_edges() < edges:
        head, tail = (f"n{choose.randrange(200)}" for _ in range(2))
        relation = choose.choice(FICTION).name
        graph.add_edge(head, tail, relation, **edge(relation, piece(choose.randrange(60), 1, sentence)))
    return graph


def content(connection: Connection, book: str) -> list[dict[str, Any]]:
    statement = (
        "MATCH (e:Entity {book: $book})-[r]->(o) "
        "RETURN e.id AS head, type(r) AS type, o.id AS tail, r.evidence AS said ORDER BY head, type, tail"
    )
    return ask(connection, statement, {"book": book}).rows


def connected(server: OwnServer) -> Connection:
    return Connection(server.uri)


def loading(graph: networkx.MultiDiGraph, connection: Connection, told: list[str]) -> threading.Thread:
    """A load in a thread of its own."""
    thread = threading.Thread(target=load, args=(graph, connection), kwargs={"tell": told.append, "timeout": 120})
    thread.start()
    return thread


@pytest.fixture
def running(own_server: OwnServer) -> Iterator[OwnServer]:
    yield own_server


def test_a_server_that_is_killed_and_comes_back_is_waited_for(running: OwnServer) -> None:
    connection = connected(running)
    graph = long_novel("killed", 6_000, "so it says")
    load(graph, connection)
    expected = content(connection, "killed")
    graph.graph["identifier"] = "killed-again"
    told: list[str] = []
    thread = loading(graph, connection, told)
    while not ask(connection, "MATCH (:Entity {book: 'killed-again'})-[r]->() RETURN r LIMIT 1").rows:
        time.sleep(0.01)
    running.kill()
    running.start()
    thread.join()
    assert told[:1] == [f"No database answers at {running.uri}. Waiting for it, up to 120 s."]
    assert len(told) <= 2  # once for each wait
    found = content(connection, "killed-again")
    assert [row["said"] for row in found] == [row["said"] for row in expected]
    running.stop()
    assert running.check().startswith("0:")
    running.start()


def test_a_network_that_is_lost_for_some_seconds(running: OwnServer) -> None:
    server = (urlsplit(running.uri).hostname, urlsplit(running.uri).port)
    graph, told = long_novel("lost", 6_000, "so it says"), []
    passed, lost = [], threading.Event()
    opened: list[socket.socket] = []

    def pump(source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                passed.append(len(data))
                target.sendall(data)
        for one in (source, target):
            one.close()

    def serve(listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                if lost.is_set():
                    client.close()
                    continue
                onward = socket.create_connection(server)  # type: ignore[arg-type]
                opened.extend((client, onward))
                for ends in ((client, onward), (onward, client)):
                    threading.Thread(target=pump, args=ends, daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        there = Connection(f"bolt://127.0.0.1:{listener.getsockname()[1]}")
        thread = loading(graph, there, told)
        while sum(passed) < 300_000:
            time.sleep(0.01)
        lost.set()
        for one in opened:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        time.sleep(5)
        lost.clear()
        thread.join()
    assert len(told) == 1 and "up to 120 s" in told[0]
    assert len(content(connected(running), "lost")) == 6_000 + 200


def test_a_server_without_a_password_is_not_asked_for_one(running: OwnServer) -> None:
    asked = CliRunner().invoke(main, ["query", "RETURN 1 AS one", "--uri", running.uri], env={"NEO4J_PASSWORD": None})
    assert asked.exit_code == 0, asked.output
    assert asked.stdout.split() == ["one", "1"] and asked.stderr == ""


def test_a_query_that_needs_too_much_memory_is_told_so(running: OwnServer) -> None:
    with pytest.raises(StoreError, match="too little memory"):
        ask(connected(running), "UNWIND range(1, 100000000) AS n WITH collect(n) AS numbers RETURN size(numbers)")


@contextlib.contextmanager
def configured(folder: Path, settings: dict[str, str]) -> Iterator[OwnServer]:
    """A server of other settings."""
    server = OwnServer(folder, settings)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def test_batches_that_need_too_much_memory_are_divided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = long_novel("large", 0, "")
    for number in range(400):
        said = piece(1, number, "so it says " * 2_000)  # 22 kB each, 9 MB in one batch
        graph.add_edge(f"n{number // 10}", f"n{100 + number % 10}", "friend_of", **edge("friend_of", said))
    write_rows, sizes = Writer.write_rows, []

    def seen(self: Writer, statement: str, rows: list[Any], *arguments: Any, **parameters: Any) -> None:
        if ":FRIEND_OF" in statement:
            sizes.append(len(rows))
        write_rows(self, statement, rows, *arguments, **parameters)

    monkeypatch.setattr(Writer, "write_rows", seen)
    with configured(tmp_path / "neo4j", {"dbms.memory.transaction.total.max": "10m"}) as server:
        load(graph, connected(server))
        assert len(content(connected(server), "large")) == 400 + 200
    assert sizes[:2] == [400, 200]


def test_a_read_only_database_is_told(running: OwnServer) -> None:
    running.stop()
    try:
        with configured(running.folder, {"server.databases.default_to_read_only": "true"}) as server:
            with pytest.raises(StoreError, match="is read-only") as caught:
                load(long_novel("read", 20, "so it says"), connected(server))
            assert "takes writes" in caught.value.hint
    finally:
        running.start()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for Neo4j's logs and a little more."""
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=640m", "tmpfs", folder], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs the right to mount a small disk")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_is_told_and_survived(running: OwnServer, small_disk: Path) -> None:
    running.stop()  # one Java at a time
    server = OwnServer(small_disk / "neo4j")
    server.start()
    try:
        connection = connected(server)
        graph = long_novel("full", 8_000, "so it says " * 400)
        load(long_novel("small", 100, "so it says"), connection)  # the indexes are there before the disk is full
        room = shutil.disk_usage(small_disk).free - 3 * 2**20
        (small_disk / "ballast").write_bytes(b"x" * room)
        with pytest.raises(StoreError) as caught:
            for turn in range(8):
                graph.graph["identifier"] = f"full-{turn}"
                load(graph, connection, timeout=1, tell=lambda line: None)
        assert "a full disk is the usual cause" in caught.value.what
        assert "run the same command" in caught.value.hint
        server.kill()
        (small_disk / "ballast").unlink()
        server.start()
        load(graph, connection)
        assert len(content(connection, graph.graph["identifier"])) == 8_000 + 200
        server.stop()
        assert server.check().startswith("0:")
    finally:
        server.stop()
        running.start()
