"""A Bolt server for all tests of this folder: ArcadeDB, or the Neo4j that LITGRAPH_NEO4J_URI names (with
LITGRAPH_NEO4J_USER and LITGRAPH_NEO4J_PASSWORD). Tests touch their own books only."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from bolt_server import bolt_server
from checker import Checker

from litgraph.stores.neo4j import Connection


@pytest.fixture(scope="session", autouse=True)
def checker() -> Iterator[Checker]:
    """Started with the first test of this folder, since it takes long; asked by the last ones."""
    checker = Checker()
    yield checker
    checker.close()


@pytest.fixture(scope="session")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    uri = os.environ.get("LITGRAPH_NEO4J_URI")
    if uri:
        told = (os.environ.get(f"LITGRAPH_NEO4J_{name}") for name in ("USER", "PASSWORD", "DATABASE"))
        user, password, database = told
        yield Connection(uri, user or "neo4j", password or "", database or "neo4j")
    else:
        with bolt_server(tmp_path_factory.mktemp("bolt")) as server:
            yield Connection(*server)


class Database:
    """A look at what is in the database, past litgraph's own reading."""

    def __init__(self, connection: Connection) -> None:
        import neo4j

        self.connection = connection
        self._driver = neo4j.GraphDatabase.driver(connection.uri, auth=(connection.user, connection.password))

    def rows(self, statement: str, **parameters: Any) -> list[dict[str, Any]]:
        with self._driver.session(database=self.connection.database) as session:
            return [record.data() for record in session.run(statement, parameters)]

    def remove(self, book: str) -> None:
        self.rows("MATCH (e:Entity {book: $book}) DETACH DELETE e", book=book)
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

    def close(self) -> None:
        self._driver.close()


@pytest.fixture(scope="session")
def database(connection: Connection) -> Iterator[Database]:
    database = Database(connection)
    yield database
    database.close()
