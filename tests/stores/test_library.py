"""Many books into one database: each apart, what is there is not touched, and a killed load goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx
import pytest
from click.testing import CliRunner
from databases import book_name
from graphs import pride, run_folder
from small_corpus import Corpus

from litgraph.cli import main
from litgraph.errors import RunFolderError, StoreError
from litgraph.stores import library, neo4j
from litgraph.stores.library import LibraryBook, LibraryLoaded, load_library
from litgraph.stores.neo4j import Connection, load

BOOKS = [book_name("one"), book_name("two"), book_name("three")]


@pytest.fixture(autouse=True)
def empty(database: Any) -> Iterator[None]:
    yield
    for book in BOOKS:
        database.remove(book)


class Library:
    """Books that note when their graphs are read."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.versions = dict.fromkeys(BOOKS, "1")
        self.change: dict[str, Any] = {}

    def __iter__(self) -> Iterator[LibraryBook]:
        for number, (book, version) in enumerate(self.versions.items()):
            yield LibraryBook(
                book, version, {"year": 1813 + number, "Short Title": "P", "kind": "no"}, self.graph(book)
            )

    def graph(self, book: str) -> Any:
        def read() -> networkx.MultiDiGraph:
            self.read.append(book)
            graph = pride()
            if change := self.change.get(book):
                change(graph)
            return graph

        return read


def test_each_book_is_kept_apart_with_what_the_list_says(connection: Connection, database: Any) -> None:
    done = load_library(Library(), connection)
    assert done == LibraryLoaded(loaded=3, unchanged=0, entities=27, relations=36, failed={})
    for number, book in enumerate(BOOKS):
        content = database.content(book)
        assert len(content["nodes"]) == 9
        assert {node["id"].removeprefix(f"{book}:") for node in content["nodes"]} == set(pride())
        (row,) = database.rows("MATCH (b:Book {id: $book}) RETURN properties(b) AS all", book=book)
        assert row["all"]["year"] == 1813 + number
        assert row["all"]["ShortTitle"] == "P"
        assert row["all"]["loaded"] == "1"
        assert "kind" not in row["all"]
    across = "MATCH (a:Entity)-[r]->(b:Entity) WHERE a.book IN $books AND a.book <> b.book RETURN count(r) AS n"
    assert database.rows(across, books=BOOKS) == [{"n": 0}]


def test_the_same_load_again_reads_only_what_is_new_or_changed(connection: Connection, database: Any) -> None:
    books = Library()
    load_library(books, connection)
    whole = {book: database.content(book) for book in BOOKS}
    books.read.clear()
    assert load_library(books, connection) == LibraryLoaded(unchanged=3)
    assert books.read == []
    books.versions[BOOKS[1]] = "2"
    books.change[BOOKS[1]] = lambda graph: graph.remove_node("elizabeth-bennet")
    done = load_library(books, connection)
    assert (done.loaded, done.unchanged, books.read) == (1, 2, [BOOKS[1]])
    assert len(database.content(BOOKS[1])["nodes"]) == 8
    for book in (BOOKS[0], BOOKS[2]):
        assert database.content(book) == whole[book]


def test_a_killed_load_goes_on_with_the_book_that_it_was_at(
    connection: Connection, database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    books = Library()
    load_library(books, connection)
    whole = {book: database.content(book) for book in BOOKS}
    for book in BOOKS:
        database.remove(book)
    written: list[str] = []

    def killed(writer: Any, relations: Any, write: Any = neo4j._write_relations) -> int:
        written.append("")
        if len(written) == 2:
            raise KeyboardInterrupt
        return int(write(writer, relations))

    with monkeypatch.context() as patch:
        patch.setattr(neo4j, "_write_relations", killed)
        with pytest.raises(KeyboardInterrupt):
            load_library(books, connection)
    books.read.clear()
    done = load_library(books, connection)
    assert (done.unchanged, books.read) == (1, BOOKS[1:])
    assert {book: database.content(book) for book in BOOKS} == whole


def test_a_load_of_the_book_alone_makes_its_version_unknown(connection: Connection) -> None:
    books = Library()
    load_library(books, connection)
    graph = pride()
    graph.graph["identifier"] = BOOKS[0]
    load(graph, connection)
    assert load_library(books, connection).unchanged == 2


def test_a_book_that_cannot_be_read_does_not_keep_the_others_out(connection: Connection) -> None:
    books = Library()

    def broken(graph: networkx.MultiDiGraph) -> None:
        raise RunFolderError("graph.json is damaged.")

    books.change[BOOKS[0]] = broken
    books.change[BOOKS[1]] = lambda graph: graph.add_edge("mr-darcy", "elizabeth-bennet", relation="admires")
    done = load_library(books, connection)
    assert (done.loaded, list(done.failed)) == (1, BOOKS[:2])
    assert done.failed[BOOKS[0]] == "graph.json is damaged."
    assert "admires" in done.failed[BOOKS[1]]


def test_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StoreError, match="No database answers"):
        library.load_library(Library(), Connection("bolt://127.0.0.1:1"))


def test_a_corpus_from_the_command_line(connection: Connection, database: Any, tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus", run_folder(tmp_path / "run"))
    corpus.add(BOOKS[0], year=1813)
    corpus.add(BOOKS[1], year=1815)

    def loaded() -> dict[str, Any]:
        arguments = ["--uri", connection.uri, "--user", connection.user, "--database", connection.database, "--json"]
        environment = {"NEO4J_PASSWORD": connection.password}
        done = CliRunner().invoke(main, ["corpus", "load", str(corpus.folder), *arguments], env=environment)
        assert done.exit_code == 0, done.stderr
        result: dict[str, Any] = json.loads(done.stdout)
        return result

    assert loaded() == {"loaded": 2, "unchanged": 0, "entities": 18, "relations": 24, "failed": {}}
    corpus.say({BOOKS[1]: {"year": 1816}})
    assert loaded()["loaded"] == 1
    years = database.rows("MATCH (b:Book) WHERE b.id IN $books RETURN b.year AS year ORDER BY year", books=BOOKS)
    assert years == [{"year": 1813}, {"year": 1816}]
