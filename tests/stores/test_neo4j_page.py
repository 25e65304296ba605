"""What docs/neo4j.md says can be written is taken by a Neo4j."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest
from databases import OwnServer, book_name
from neo4j.exceptions import ClientError
from told_pride import told_pride

from litgraph.stores.lexical import lexical_graph
from litgraph.stores.neo4j import Connection, ask, load

PAGE = (Path(__file__).parents[2] / "docs" / "neo4j.md").read_text(encoding="utf-8")
STATEMENTS = re.findall(r"^```cypher\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
ROLES: list[str] = re.findall(r"(?:CREATE ROLE|GRANT) [^;`]+;", PAGE, re.DOTALL)
BOOK, REMOVED = book_name("page"), book_name("removed")
GIVEN = {"book": BOOK, "name": "Elizabeth Bennet", "other": "Jane Bennet"}


@pytest.fixture(scope="module")
def loaded(connection: Connection, database: Any) -> Iterator[None]:
    told = told_pride(BOOK)
    load(told.graph, connection, text=lexical_graph(*told))
    database.rows("CALL db.awaitIndexes(60)")
    yield
    database.remove(BOOK)


@pytest.mark.neo4j
@pytest.mark.usefixtures("loaded")
@pytest.mark.parametrize("statement", [one for one in STATEMENTS if "DELETE" not in one])
def test_its_questions_are_answered(statement: str, connection: Connection) -> None:
    remarks: list[str] = []
    rows = ask(connection, statement, GIVEN, tell=remarks.append).rows
    assert not remarks
    assert rows or "$name" not in statement, "the chapters tell of these people"


@pytest.mark.neo4j
def test_a_book_is_removed_as_it_says(connection: Connection, database: Any) -> None:
    told = told_pride(REMOVED)
    load(told.graph, connection, text=lexical_graph(*told))
    assert REMOVED in database.books()
    for statement in STATEMENTS:
        if "DELETE" in statement:
            database.rows(statement, book=REMOVED)
    assert not database.rows("MATCH (n) WHERE coalesce(n.book, n.id) = $book RETURN n", book=REMOVED)


@pytest.mark.own_server
def test_the_statements_for_roles_are_read_and_are_the_other_editions(own_server: OwnServer) -> None:
    def refused(statement: str) -> str:
        with pytest.raises(ClientError) as caught:
            session.run(statement.rstrip(";")).consume()
        return caught.value.code.rpartition(".")[2] if caught.value.code else ""

    assert len(ROLES) == 8
    with neo4j.GraphDatabase.driver(own_server.uri) as driver, driver.session(database="system") as session:
        assert {refused(statement) for statement in ROLES} == {"UnsupportedAdministrationCommand"}
        assert refused(ROLES[0].replace("ROLE", "ROLL")) == "SyntaxError"
