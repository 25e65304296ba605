"""Each question of docs/cookbook.md gives the same rows without a server and on the Bolt server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import networkx
import pytest
from cookbook import Question, questions
from databases import book_name
from society import society

from litgraph.stores import embedded
from litgraph.stores import neo4j as store
from litgraph.stores.neo4j import Connection

BOOK, OTHER = book_name("cookbook"), book_name("another")


QUESTIONS = questions()


@pytest.fixture(scope="module")
def graph(connection: Connection, database: Any) -> Iterator[networkx.MultiDiGraph]:
    graph = society(BOOK)
    store.load(graph, connection)
    store.load(society(OTHER, seed=1814), connection)
    yield graph
    for book in (BOOK, OTHER):
        database.remove(book)


def test_there_are_enough() -> None:
    assert len(QUESTIONS) >= 15
    assert len({question.title for question in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=[question.title for question in QUESTIONS])
def test_both_engines_give_the_same_rows(
    question: Question, graph: networkx.MultiDiGraph, connection: Connection
) -> None:
    remarks: list[str] = []
    here = embedded.ask(graph, question.statement, question.parameters)
    there = store.ask(connection, question.statement, {"book": BOOK, **question.parameters}, tell=remarks.append)
    assert here.columns == there.columns
    assert here.rows == there.rows
    assert not remarks
    assert here.rows, "the made-up novel has no answer"
