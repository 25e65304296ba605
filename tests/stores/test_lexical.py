"""The text beside the graph: its pieces, who is mentioned in each, and questions that walk from one to the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import networkx
import pytest
from databases import book_name
from told_pride import Told, told_pride

from litgraph.progress import tell_nobody
from litgraph.stores.lexical import CHUNK_KINDS, WINDOW, LexicalGraph, lexical_graph
from litgraph.stores.neo4j import Connection, ask, load
from litgraph.types import Book, Mention, Sentence

BOOK = book_name("text")


@pytest.fixture(scope="module")
def told() -> Told:
    return told_pride(BOOK)


@pytest.fixture(scope="module")
def book(told: Told) -> Book:
    return told.book


@pytest.fixture(scope="module")
def sentences(told: Told) -> tuple[Sentence, ...]:
    return told.sentences


@pytest.fixture(scope="module")
def mentions(told: Told) -> list[Mention]:
    return told.mentions


@pytest.fixture(scope="module")
def graph(told: Told) -> networkx.MultiDiGraph:
    return told.graph


@pytest.mark.parametrize("kind", CHUNK_KINDS)
def test_the_pieces_are_the_text_in_order(
    kind: Any, graph: networkx.MultiDiGraph, book: Book, sentences: tuple[Sentence, ...], mentions: list[Mention]
) -> None:
    text = lexical_graph(graph, book, sentences, mentions, kind)
    assert [chunk["index"] for chunk in text.chunks] == list(range(len(text.chunks)))
    assert all(chunk["text"] == book.text[chunk["start"] : chunk["end"]] for chunk in text.chunks)
    assert [one.start for one in sentences if one.start not in {chunk["start"] for chunk in text.chunks}] == (
        [] if kind == "sentence" else [one.start for one in sentences if not _begins(text, one)]
    )
    covered = [position for chunk in text.chunks for position in (chunk["start"], chunk["end"])]
    assert covered == sorted(covered) and covered[-1] == sentences[-1].end
    assert len(text.chapters) == 3 and len(set(text.chapter_of_chunk)) == 3
    if kind == "window":
        assert max(len(chunk["text"]) for chunk in text.chunks) <= max(
            WINDOW, *(one.end - one.start for one in sentences)
        )
        assert len(text.chunks) < len(sentences) / 3
    linked = [start for link in text.mentions for start in link.properties["starts"]]
    assert sorted(linked) == [mention.start for mention in mentions[:-1]]  # all but nobody's
    assert len({(link.head, link.tail) for link in text.mentions}) == len(text.mentions)


def _begins(text: LexicalGraph, sentence: Sentence) -> bool:
    return any(chunk["start"] == sentence.start for chunk in text.chunks)


@pytest.fixture(scope="module")
def loaded(
    graph: networkx.MultiDiGraph,
    book: Book,
    sentences: tuple[Sentence, ...],
    mentions: list[Mention],
    connection: Connection,
    database: Any,
) -> Iterator[LexicalGraph]:
    text = lexical_graph(graph, book, sentences, mentions)
    load(graph, connection, text=text)
    yield text
    database.remove(BOOK)


def rows(connection: Connection, statement: str, **parameters: Any) -> list[dict[str, Any]]:
    return ask(connection, statement, {"book": BOOK, **parameters}, tell=tell_nobody).rows


@pytest.mark.neo4j
def test_it_is_laid_out_as_neo4j_graphrag_does(connection: Connection, loaded: LexicalGraph) -> None:
    (count,) = rows(
        connection,
        "MATCH (d:Document {book: $book})-[:TEXT_OF]->(:Book {id: $book}) "
        "RETURN COUNT { (d)<-[:FROM_DOCUMENT]-(:Chunk) } AS chunks, COUNT { (d)<-[:PART_OF]-(:Chapter) } AS chapters",
    )
    assert count == {"chunks": len(loaded.chunks), "chapters": 3}
    first = "MATCH (c:Chunk {book: $book, index: 0})"
    (walk,) = rows(connection, f"{first} MATCH p = (c)-[:NEXT_CHUNK*]->(l) RETURN max(length(p)) AS steps")
    assert walk == {"steps": len(loaded.chunks) - 1}
    (mentions,) = rows(
        connection, "MATCH (:Entity {book: $book})-[r:FROM_CHUNK]->(:Chunk) RETURN sum(r.mentions) AS mentions"
    )
    assert mentions["mentions"] == sum(link.properties["mentions"] for link in loaded.mentions)


@pytest.mark.neo4j
@pytest.mark.usefixtures("loaded")
def test_evidence_can_be_walked_to(connection: Connection) -> None:
    found = rows(
        connection,
        "MATCH (a:Entity {book: $book})-[r:FRIEND_OF]->(b:Entity), (a)-[:FROM_CHUNK]->(c:Chunk) "
        "WHERE any(i IN range(0, size(r.evidenceStarts) - 1) "
        "WHERE c.start < r.evidenceEnds[i] AND c.end > r.evidenceStarts[i]) "
        "RETURN c.text AS text, r.evidence[0] AS evidence",
    )
    assert found and all(row["evidence"] in row["text"] for row in found)


@pytest.mark.neo4j
@pytest.mark.usefixtures("loaded")
def test_names_and_text_are_searched(connection: Connection, database: Any) -> None:
    database.rows("CALL db.awaitIndexes(60)")
    names = rows(
        connection,
        "CALL db.index.fulltext.queryNodes('litgraph_names', 'Lizzy') YIELD node "
        "WITH node WHERE node.book = $book RETURN node.name AS name",
    )
    assert names == [{"name": "Elizabeth Bennet"}]
    found = rows(
        connection,
        "CALL db.index.fulltext.queryNodes('litgraph_text', 'Darcy') YIELD node AS chunk "
        "MATCH (e:Character {book: $book})-[:FROM_CHUNK]->(chunk) RETURN e.name AS name, chunk.text AS text",
    )
    assert {"Mr. Darcy"} <= {row["name"] for row in found} and all("Darcy" in row["text"] for row in found)


@pytest.mark.neo4j
def test_it_is_replaced_and_removed_with_its_book(
    graph: networkx.MultiDiGraph,
    book: Book,
    sentences: tuple[Sentence, ...],
    mentions: list[Mention],
    loaded: LexicalGraph,
    connection: Connection,
    database: Any,
) -> None:
    def chunks() -> int:
        return int(database.rows("MATCH (c:Chunk {book: $book}) RETURN count(c) AS n", book=BOOK)[0]["n"])

    paragraphs = lexical_graph(graph, book, sentences, mentions, "paragraph")
    assert load(graph, connection, text=paragraphs).chunks == len(paragraphs.chunks) == chunks()
    load(graph, connection)
    assert chunks() == len(paragraphs.chunks)  # a load without text leaves it
    load(graph, connection, replace=True)
    assert chunks() == 0
    load(graph, connection, text=loaded)
    assert chunks() == len(loaded.chunks)
