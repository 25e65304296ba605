"""Many books into one Neo4j database, each kept apart: what is there as a whole already is not touched.

Of each book that is there as a whole, the database knows which version it is (``loaded``). That is written last, so
that a load that was killed goes on with the book that it was at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from litgraph.attributes import plain_graph
from litgraph.errors import LitgraphError, StoreError
from litgraph.progress import Tell, warn
from litgraph.stores import statements
from litgraph.stores.connecting import PATIENCE, Writer, session
from litgraph.stores.model import metadata_properties, short_id, storable_text
from litgraph.stores.neo4j import prepare, write_book
from litgraph.stores.reaching import Connection

if TYPE_CHECKING:
    import networkx


@dataclass(frozen=True, slots=True)
class LibraryBook:
    """A book to load.

    Attributes:
        id: what it is called in the database, other than all other books there.
        version: changes whenever the graph or the metadata do.
        metadata: what else the database shall know of it; names become camelCase, and those of litgraph stay as they
            are.
        graph: reads the graph.
    """

    id: str
    version: str
    metadata: Mapping[str, str | int | float]
    graph: Callable[[], networkx.MultiDiGraph]


@dataclass(slots=True)
class LibraryLoaded:
    """What a load of many books did.

    Attributes:
        loaded: how many books were written.
        unchanged: how many were there as they are.
        entities, relations: how many were written.
        failed: book -> why it was left out.
    """

    loaded: int = 0
    unchanged: int = 0
    entities: int = 0
    relations: int = 0
    failed: dict[str, str] = field(default_factory=dict)


def load_library(
    books: Iterable[LibraryBook], connection: Connection, *, timeout: float = PATIENCE, tell: Tell = warn
) -> LibraryLoaded:
    """Load books into a database, beside those that are there; the same load again does what is missing.

    A book that has become another is brought up to date, and what its graph has no longer is removed.

    Args:
        books: read as they are loaded.
        connection: the database.
        timeout: seconds to wait for a database that stops answering on the way.
        tell: told what is waited for, and which attributes have no form.

    Raises:
        StoreError: the database cannot be reached, refuses, or is read-only. What was loaded stays.
    """
    done = LibraryLoaded()
    with session(connection) as opened:
        writer = Writer(opened, connection, timeout, tell)
        prepare(writer)
        there = {str(record["id"]): record["version"] for record in writer.run(statements.LOADED)}
        for book in books:
            try:
                _load(writer, book, there, done)
            except StoreError:
                raise
            except LitgraphError as error:
                done.failed[book.id] = error.what
    return done


def _load(writer: Writer, book: LibraryBook, there: Mapping[str, str], done: LibraryLoaded) -> None:
    identifier = short_id(storable_text(book.id))
    if there.get(identifier) == book.version:
        done.unchanged += 1
        return
    graph = plain_graph(book.graph(), writer.tell, temporal=True)
    graph.graph["identifier"] = identifier
    written = write_book(writer, graph)
    if written.stale_entities or written.stale_relations:
        written = write_book(writer, graph, replace=True)
    properties = metadata_properties(book.metadata) | {"loaded": book.version}
    writer.run(statements.BOOK_LOADED, id=identifier, properties=properties)
    done.loaded += 1
    done.entities += written.entities
    done.relations += written.relations
