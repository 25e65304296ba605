"""A database for all tests of this folder (see support/databases.py). Tests touch their own books only, and what they
leave behind is an error."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from checker import Checker
from databases import PREFIX, OwnServer, database_server, kind

from litgraph.stores.model import TEXT_LABELS
from litgraph.stores.neo4j import Connection


@pytest.fixture(scope="session", autouse=True)
def checker() -> Iterator[Checker]:
    """Started with the first test of this folder, since it takes long; asked by the last ones."""
    checker = Checker()
    yield checker
    checker.close()


@pytest.hookimpl(tryfirst=True)  # before the fixtures of a module load what the stand-in cannot take
def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("neo4j") and kind() == "stand-in":
        pytest.skip("needs a Neo4j; this is the stand-in (LITGRAPH_NEO4J_URI names one)")


@pytest.fixture(scope="session")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    with database_server(tmp_path_factory.mktemp("bolt")) as server:
        yield Connection(*server)


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    """A Neo4j that a test may end; it runs as the test begins if the test before left it so."""
    server = OwnServer(tmp_path_factory.mktemp("neo4j"))
    server.start()
    yield server
    server.stop()


class Database:
    """A look at what is in the database, past litgraph's own reading."""

    def __init__(self, connection: Connection) -> None:
        import neo4j

        self.connection = connection
        self._driver = neo4j.GraphDatabase.driver(
            connection.uri, auth=(connection.user, connection.password) if connection.password else None
        )

    def rows(self, statement: str, **parameters: Any) -> list[dict[str, Any]]:
        with self._driver.session(database=self.connection.database) as session:
            return [record.data() for record in session.run(statement, parameters)]

    def remove(self, book: str) -> None:
        self.rows("MATCH (e:Entity {book: $book}) DETACH DELETE e", book=book)
        for label in TEXT_LABELS:
            self.rows(f"MATCH (n:{label} {{book: $book}}) DETACH DELETE n", book=book)
        self.rows("MATCH (b:Book {id: $book}) DETACH DELETE b", book=book)

    def content(self, book: str) -> dict[str, Any]:
        """All of a book: its nodes with labels, its relationships in order."""
        nodes = self.rows(
            "MATCH (e:Entity {book: $book}) RETURN e.id AS id, labels(e) AS labels, properties(e) AS all ORDER BY id",
            book=book,
        )
        edges = self.rows(
            "MATCH (e:Entity {book: $book})-[r]->(x) "
            "RETURN e.id AS head, type(r) AS type, x.id AS tail, properties(r) AS all ORDER BY head, type, tail",
            book=book,
        )
        books = self.rows("MATCH (b:Book {id: $book}) RETURN properties(b) AS all", book=book)
        return {
            "nodes": [{**node, "labels": sorted(node["labels"])} for node in nodes],
            "edges": edges,
            "books": books,
        }

    def books(self) -> list[str]:
        """The books of this process that are there."""
        rows = self.rows("MATCH (n) WHERE coalesce(n.book, n.id) STARTS WITH $prefix RETURN n.id AS id", prefix=PREFIX)
        return [row["id"] for row in rows]

    def close(self) -> None:
        self._driver.close()


@pytest.fixture(scope="session")
def database(connection: Connection) -> Iterator[Database]:
    database = Database(connection)
    yield database
    left = database.books()
    database.close()
    assert not left
