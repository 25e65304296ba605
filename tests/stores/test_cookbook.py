"""Each question of docs/cookbook.md gives the same rows without a server and on the Bolt server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import networkx
import pytest
from cookbook import Question, questions
from society import society

from litgraph.stores import embedded
from litgraph.stores import neo4j as store
from litgraph.stores.neo4j import Connection

BOOK = "litgraph-test-cookbook"


QUESTIONS = questions()


@pytest.fixture(scope="module")
def graph(connection: Connection, database: Any) -> Iterator[networkx.MultiDiGraph]:
    graph = society(BOOK)
    database.remove(BOOK)
    store.load(graph, connection)
    # the questions ask a database with one book
    assert database.rows("MATCH (b:Book) WHERE b.id <> $book RETURN b.id", book=BOOK) == []
    yield graph
    database.remove(BOOK)


def test_there_are_enough() -> None:
    assert len(QUESTIONS) >= 15
    assert len({question.title for question in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=[question.title for question in QUESTIONS])
def test_both_engines_give_the_same_rows(
    question: Question, graph: networkx.MultiDiGraph, connection: Connection
) -> None:
    here = embedded.ask(graph, question.statement, question.parameters)
    there = store.ask(connection, question.statement, question.parameters)
    assert here.columns == there.columns
    assert here.rows == there.rows
    assert here.rows, "the made-up novel has no answer"
