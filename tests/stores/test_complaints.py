"""What a server remarks and refuses, in litgraph's words: each as a person meets it, on a Neo4j that runs."""

from __future__ import annotations

import contextlib
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import networkx
import pytest
from click.testing import CliRunner, Result
from databases import PREFIX, book_name
from graphs import pride

from litgraph.cli import main
from litgraph.errors import StoreError
from litgraph.stores.neo4j import Connection, ask, load

BOOK = book_name("complaints")


def query(connection: Connection, *arguments: str, **environment: str | None) -> Result:
    known = {"NEO4J_PASSWORD": connection.password, "NEO4J_USERNAME": connection.user, **environment}
    where = ["--uri", connection.uri, "--database", connection.database]
    return CliRunner().invoke(main, ["query", *arguments, *where], env=known)


@pytest.fixture
def book(connection: Connection, database: Any) -> Iterator[networkx.MultiDiGraph]:
    graph = pride()
    graph.graph["identifier"] = BOOK
    load(graph, connection)
    yield graph
    database.remove(BOOK)


@pytest.mark.neo4j
@pytest.mark.usefixtures("book")
def test_a_misspelt_name_is_one_line(connection: Connection, capfd: pytest.CaptureFixture[str]) -> None:
    for statement, told in (
        ("MATCH (c:Charactr) RETURN c", "There is no label Charactr; the labels of the database are "),
        ("MATCH ()-[r:LOVES]->() RETURN r", "There is no relationship type LOVES; the relationship types "),
        ("MATCH (c:Character) RETURN c.nam LIMIT 1", "There is no property nam; the properties "),
    ):
        result = query(connection, statement)
        assert result.exit_code == 0, result.output
        (line, *others) = [line for line in result.stderr.splitlines() if line != "no rows"]
        assert line.startswith(told) and not others
        assert query(connection, statement, "-q").stderr == ""
    assert "Character" in query(connection, "MATCH (c:Charactr) RETURN c").stderr
    assert capfd.readouterr() == ("", "")  # the driver's own log


@pytest.mark.neo4j
@pytest.mark.usefixtures("book")
def test_other_warnings_are_one_line_and_python_is_warned(connection: Connection) -> None:
    result = query(connection, "MATCH (c:Character)\nRETURN id(c) LIMIT 1")
    (line,) = result.stderr.splitlines()
    assert line.startswith("The server warns: ") and "deprecated" in line
    with pytest.warns(UserWarning, match="no label Charactr"):
        ask(connection, "MATCH (c:Charactr) RETURN c")


@pytest.mark.neo4j
def test_times_durations_and_points_are_written_as_neo4j_does(connection: Connection) -> None:
    statement = (
        "RETURN duration('P12D') AS span, point({x: 1, y: 2.5}) AS flat, "
        "point({longitude: -1.6, latitude: 53}) AS earth, date('1813-01-28') AS day, "
        "datetime('1995-09-24T21:00:00[Europe/London]') AS zoned, "
        "localdatetime('1813-01-28T09:30:00.000000001') AS exact, [duration('PT1.5S')] AS spans"
    )
    shown = {
        "span": "P12D", "flat": "point({x: 1, y: 2.5})", "earth": "point({longitude: -1.6, latitude: 53})",
        "day": "1813-01-28", "zoned": "1995-09-24T21:00:00+01:00[Europe/London]",
        "exact": "1813-01-28T09:30:00.000000001",
    }  # fmt: skip
    assert ask(connection, statement).rows == [shown | {"spans": ["PT1.5S"]}]
    for form in ([], ["--csv"], ["--json"]):
        output = query(connection, statement, *form).stdout
        for value in shown.values():
            assert value in output, form


@pytest.fixture
def user(connection: Connection) -> Iterator[str]:
    """A user whose first password was not changed yet, as that of a new server."""
    import neo4j

    if not connection.password:
        pytest.skip("this server knows no users")
    name = PREFIX.replace("-", "") + "reader"
    with (
        neo4j.GraphDatabase.driver(connection.uri, auth=(connection.user, connection.password)) as driver,
        driver.session(database="system") as session,
    ):
        session.run(f"CREATE USER {name} SET PASSWORD 'first-password' CHANGE REQUIRED").consume()
        yield name
        session.run(f"DROP USER {name}").consume()


@pytest.mark.neo4j
def test_a_first_password_has_to_be_changed(connection: Connection, user: str) -> None:
    result = query(connection, "RETURN 1", NEO4J_USERNAME=user, NEO4J_PASSWORD="first-password")
    assert result.exit_code == 1
    assert f"The password of {user}" in result.stderr and "has to be changed" in result.stderr
    assert "ALTER CURRENT USER SET PASSWORD" in result.stderr and "first-password" not in result.stderr


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of nobody's authority, and its key, in one file."""
    folder = tmp_path_factory.mktemp("certificate")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext".split()
    try:
        subprocess.run(
            [*command, "subjectAltName=IP:127.0.0.1", "-keyout", folder / "key", "-out", folder / "certificate"],
            check=True,
            capture_output=True,
        )
    except FileNotFoundError:
        pytest.skip("openssl, which makes a certificate, is not installed")
    (folder / "both").write_bytes((folder / "certificate").read_bytes() + (folder / "key").read_bytes())
    return folder / "both"


@pytest.fixture
def encrypted(connection: Connection, certificate: Path) -> Iterator[str]:
    """The address of the server behind TLS, without its scheme."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    listener = socket.create_server(("127.0.0.1", 0))
    server = (urlsplit(connection.uri).hostname, urlsplit(connection.uri).port)

    def pump(source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                target.sendall(data)
        for one in (source, target):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                plain, _ = listener.accept()
                try:
                    client = context.wrap_socket(plain, server_side=True)
                except OSError:
                    plain.close()
                    continue
                onward = socket.create_connection(server)  # type: ignore[arg-type]
                for ends in ((client, onward), (onward, client)):
                    threading.Thread(target=pump, args=ends, daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    yield f"127.0.0.1:{listener.getsockname()[1]}"
    listener.close()


@pytest.mark.parametrize("scheme", ["bolt+s", "bolt+ssc", "neo4j+s"])
def test_a_server_that_does_not_encrypt(connection: Connection, scheme: str) -> None:
    with pytest.raises(StoreError) as caught:
        ask(Connection(connection.uri.replace("bolt", scheme), connection.user, connection.password), "RETURN 1")
    assert "does not encrypt" in caught.value.what
    assert f"{scheme.partition('+')[0]}://" in caught.value.hint


def test_a_server_that_demands_encryption(connection: Connection, encrypted: str) -> None:
    for scheme in ("bolt", "neo4j"):
        with pytest.raises(StoreError) as caught:
            ask(Connection(f"{scheme}://{encrypted}", connection.user, connection.password), "RETURN 1")
        assert "demands encryption" in caught.value.what
        assert f"{scheme}+s://{encrypted}" in caught.value.hint


def test_a_certificate_that_nobody_knows(
    connection: Connection, encrypted: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def one(scheme: str) -> list[dict[str, Any]]:
        return ask(Connection(f"{scheme}://{encrypted}", connection.user, connection.password), "RETURN 1 AS one").rows

    with pytest.raises(StoreError) as caught:
        one("bolt+s")
    assert "is not trusted" in caught.value.what and "self" in caught.value.what
    assert f"bolt+ssc://{encrypted}" in caught.value.hint and "SSL_CERT_FILE" in caught.value.hint
    assert one("bolt+ssc") == [{"one": 1}]
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert one("bolt+s") == [{"one": 1}]


def test_a_port_where_no_neo4j_is() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            with contextlib.suppress(OSError):
                while True:
                    client, _ = listener.accept()
                    client.recv(1000)
                    client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    client.close()

        threading.Thread(target=answer, daemon=True).start()
        with pytest.raises(StoreError, match="no Neo4j"):
            ask(Connection(f"bolt://127.0.0.1:{listener.getsockname()[1]}", "neo4j", "x"), "RETURN 1")


def test_a_name_that_is_a_paragraph_has_a_short_id(connection: Connection, database: Any) -> None:
    graph = pride()
    graph.graph["identifier"] = BOOK
    paragraph = "The gentleman, who à propos of nothing spoke, " * 300
    other = paragraph + "and went."
    graph.add_node(paragraph, kind="character", name=paragraph, aliases=[], gender="male", mentions=1, first=1, last=1)
    graph.add_node(other, kind="character", name=other, aliases=[], gender="male", mentions=1, first=1, last=1)
    graph.add_edge(paragraph, other, "friend_of", relation="friend_of", weight=1)
    load(graph, connection)
    rows = database.rows(
        "MATCH (a:Entity {book: $book})-[:FRIEND_OF]->(b) RETURN a.id AS id, a.name AS name, b.name AS other", book=BOOK
    )
    database.remove(BOOK)
    assert [(row["name"], row["other"]) for row in rows] == [(paragraph, other)]
    assert len(rows[0]["id"].encode("utf-8")) <= 1024 and rows[0]["id"].startswith(f"{BOOK}:The gentleman, who à")


def test_a_book_of_a_later_layout_is_left_alone(
    book: networkx.MultiDiGraph, connection: Connection, database: Any
) -> None:
    database.rows("MATCH (b:Book {id: $book}) SET b.schemaVersion = 99", book=BOOK)
    before = database.content(BOOK)
    with pytest.raises(StoreError, match="later litgraph"):
        load(book, connection, replace=True)
    assert database.content(BOOK) == before
    database.rows("MATCH (b:Book {id: $book}) REMOVE b.schemaVersion", book=BOOK)  # as litgraph once wrote it
    load(book, connection)
    assert database.content(BOOK)["books"][0]["all"]["schemaVersion"] == 2
