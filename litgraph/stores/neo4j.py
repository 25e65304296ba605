"""Neo4j: load a graph into it, and ask it.

Every statement that writes is one of :mod:`litgraph.stores.statements`. Rows go over in batches, each a transaction
that is tried again while the database is away. A load that was killed has written whole batches only, and the same
load run again ends in the same graph: everything is merged by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from litgraph.attributes import plain_graph
from litgraph.errors import StoreError
from litgraph.garbage import rare_collections
from litgraph.progress import Progress, Tell, silent, warn
from litgraph.stores import statements
from litgraph.stores.complaints import remarks
from litgraph.stores.connecting import PATIENCE, Writer, session
from litgraph.stores.lexical import LexicalGraph
from litgraph.stores.model import (
    SCHEMA_VERSION,
    BookRecord,
    EntityRecord,
    RelationRecord,
    book_record,
    entity_records,
    relation_records,
)
from litgraph.stores.reaching import DEFAULT_URI, Connection
from litgraph.stores.server_values import answer_value
from litgraph.stores.values import Answer

if TYPE_CHECKING:
    import networkx

__all__ = ["DEFAULT_URI", "Connection", "Loaded", "ask", "load"]

NODES_A_BATCH = 1_000
RELATIONS_A_BATCH = 2_000
RELATIONS_WAITING = 8_000
"""How many relations of all types are held in memory at most."""

Item = TypeVar("Item")


class _Rows(list[dict[str, Any]]):
    """Rows of one statement, whatever they hold told in two words.

    The driver writes out all that it sends for its log, even if nobody keeps one: a tenth of the time of a load.
    """

    def __repr__(self) -> str:
        return f"<{len(self)} rows>"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did.

    Attributes:
        book: the book's id.
        entities, relations: how many were written.
        removed: how many entities of the book were removed before.
        stale_entities, stale_relations: how many the database has of this book beside those of the graph: from an
            earlier load, before the graph was corrected. ``replace`` removes them.
        chunks: how many pieces of text were written.
    """

    book: str
    entities: int
    relations: int
    removed: int
    stale_entities: int
    stale_relations: int
    chunks: int = 0


def load(
    graph: networkx.MultiDiGraph,
    connection: Connection,
    *,
    text: LexicalGraph | None = None,
    replace: bool = False,
    timeout: float = PATIENCE,
    progress: Progress = silent,
    tell: Tell = warn,
) -> Loaded:
    """Write the graph into a Neo4j database, beside the books that are there.

    What is there of this book already is brought up to date; other properties of its nodes stay.

    Args:
        graph: from :func:`litgraph.build_graph` or :func:`litgraph.load_graph`.
        connection: the database.
        text: the text to write beside it, from :func:`litgraph.stores.lexical.lexical_graph`; it takes the place of one
            that is there. None leaves that as it is.
        replace: remove this book first, and nothing else.
        timeout: seconds to wait for a database that stops answering on the way.
        progress: told how far it has come.
        tell: told what is waited for, and which attributes have no form and are left out (see
            :mod:`litgraph.attributes.values`).

    Raises:
        StoreError: the database cannot be reached, refuses, is read-only, or has this book from a later litgraph.
        ExportError: the graph holds what no property graph can.
    """
    graph = plain_graph(graph, tell, temporal=True)
    with rare_collections(), session(connection) as opened:
        writer = Writer(opened, connection, timeout, tell)
        prepare(writer)
        return write_book(writer, graph, text=text, replace=replace, progress=progress)


def prepare(writer: Writer) -> None:
    """Make the constraints and indexes that are not there."""
    for statement in (*statements.CONSTRAINTS, *statements.INDEXES):
        writer.run(statement)


def write_book(
    writer: Writer,
    graph: networkx.MultiDiGraph,
    *,
    text: LexicalGraph | None = None,
    replace: bool = False,
    progress: Progress = silent,
) -> Loaded:
    """Write a plain graph into a database that was prepared. Arguments and errors are those of `load`."""
    book = book_record(graph)
    _check_version(writer, book)
    removed = _remove(writer, book) if replace else 0
    count_before = _count(writer, statements.COUNT_ENTITIES, book)
    writer.run(statements.BOOK, id=book.id, properties=book.properties | {"loaded": None})
    entities = progress(entity_records(graph), "loading nodes", graph.number_of_nodes())
    entity_count = _write_entities(writer, book, entities, may_exist=count_before > 0)
    relations = progress(relation_records(graph), "loading relations", graph.number_of_edges())
    relation_count = _write_relations(writer, relations)
    if text is not None:
        _write_text(writer, book, text, progress)
    return Loaded(
        book.id,
        entity_count,
        relation_count,
        removed,
        _count(writer, statements.COUNT_ENTITIES, book) - entity_count,
        _count(writer, statements.COUNT_RELATIONS, book) - relation_count,
        len(text.chunks) if text else 0,
    )


def ask(
    connection: Connection,
    statement: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    timeout: float | None = 60.0,
    most: int | None = None,
    tell: Tell = warn,
) -> Answer:
    """Ask a Neo4j database. The session is opened for reading: Neo4j refuses statements that write.

    Args:
        connection: the database.
        statement: Cypher.
        parameters: name -> value of its ``$name``.
        timeout: seconds after which the server gives up; None for its own limit.
        most: how many rows are fetched; None for all.
        tell: told what the server warns of, such as a label that no node bears.

    Raises:
        QueryError: the statement is wrong, would write, or takes too long.
        StoreError: the database cannot be reached or refuses.
    """
    import neo4j

    with session(connection, default_access_mode=neo4j.READ_ACCESS) as opened:
        result = opened.run(neo4j.Query(statement, timeout=timeout), dict(parameters or {}))
        columns = tuple(result.keys())
        records = list(islice(result, most))
        more = most is not None and result.peek() is not None
        rows = [{column: answer_value(record[column]) for column in columns} for record in records]

        def names(kind: str) -> list[str]:
            return [str(record[0]) for record in opened.run(statements.NAMES[kind])]

        for line in list(remarks(result.consume(), names)):
            tell(line)
    return Answer(columns, rows, more)


def _count(writer: Writer, statement: str, book: BookRecord) -> int:
    (record,) = writer.run(statement, book=book.id)
    return int(record[0])


def _check_version(writer: Writer, book: BookRecord) -> None:
    for record in writer.run(statements.SCHEMA_VERSION, book=book.id):
        if record["version"] > SCHEMA_VERSION:
            raise StoreError(
                f"A later litgraph loaded {book.id}, in a layout that this one does not know.",
                "Load it with that version, or remove the book from the database first (docs/neo4j.md).",
            )


def _remove(writer: Writer, book: BookRecord) -> int:
    """Remove a book, in batches: one transaction for all might not fit into the server's memory."""
    removed = _remove_all(writer, statements.REMOVE_ENTITIES, book)
    for statement in statements.REMOVE_TEXT:
        _remove_all(writer, statement, book)
    writer.run(statements.REMOVE_BOOK, book=book.id)
    return removed


def _remove_all(writer: Writer, statement: str, book: BookRecord) -> int:
    removed = 0
    while count := int(writer.run(statement, book=book.id, most=NODES_A_BATCH)[0][0]):
        removed += count
    return removed


def _write_text(writer: Writer, book: BookRecord, text: LexicalGraph, progress: Progress) -> None:
    """The text, anew: chunks of another kind that are there would stand between those that are written."""
    for statement in statements.TEXT_SCHEMA:
        writer.run(statement)
    for statement in statements.REMOVE_TEXT:
        _remove_all(writer, statement, book)
    writer.run(statements.DOCUMENT, book=book.id, properties=text.document)
    document = text.document["id"]
    writer.write_rows(statements.CHAPTERS, _Rows(text.chapters), id=document)
    placed = zip(text.chunks, text.chapter_of_chunk, strict=True)
    rows: Iterator[dict[str, Any]] = ({"properties": chunk, "chapter": chapter} for chunk, chapter in placed)
    for batch in _batches(progress(rows, "loading text", len(text.chunks)), RELATIONS_A_BATCH):
        writer.write_rows(statements.CHUNKS, _Rows(batch), id=document)
    following = ({"head": one["id"], "tail": other["id"]} for one, other in pairwise(text.chunks))
    for batch in _batches(following, RELATIONS_A_BATCH):
        writer.write_rows(statements.NEXT_CHUNKS, _Rows(batch))
    for links in _batches(progress(text.mentions, "loading mentions", len(text.mentions)), RELATIONS_A_BATCH):
        writer.write_rows(statements.MENTIONS, _Rows(link._asdict() for link in links))


def _write_entities(writer: Writer, book: BookRecord, entities: Iterable[EntityRecord], *, may_exist: bool) -> int:
    count = 0
    for batch in _batches(entities, NODES_A_BATCH):
        count += len(batch)
        rows = _Rows({"id": entity.id, "properties": entity.properties} for entity in batch)
        writer.write_rows(statements.ENTITIES, rows)
        for label, statement in statements.LABELS.items():
            writer.write_rows(statement, [entity.id for entity in batch if entity.label == label], "ids")
            if may_exist:  # its kind may have been corrected since
                other_ids = [entity.id for entity in batch if entity.label != label]
                writer.write_rows(statements.OTHER_LABELS[label], other_ids, "ids")
        rows = _Rows({"id": entity.id, "properties": entity.appearance} for entity in batch)
        writer.write_rows(statements.APPEARANCES, rows, book=book.id)
    return count


def _write_relations(writer: Writer, relations: Iterable[RelationRecord]) -> int:
    """One statement takes one type, so rows wait until a type has a batch, or until too many wait for that."""
    rows_of_type: dict[str, _Rows] = {}
    count = rows_held = 0

    def send(name: str) -> int:
        rows = rows_of_type.pop(name)
        writer.write_rows(statements.RELATIONS[name], rows)
        return len(rows)

    for relation in relations:
        rows = rows_of_type.setdefault(relation.type, _Rows())
        rows.append({"head": relation.head, "tail": relation.tail, "properties": relation.properties})
        count, rows_held = count + 1, rows_held + 1
        if len(rows) == RELATIONS_A_BATCH:
            rows_held -= send(relation.type)
        elif rows_held == RELATIONS_WAITING:
            rows_held -= send(max(rows_of_type, key=lambda name: len(rows_of_type[name])))
    for name in list(rows_of_type):
        send(name)
    return count


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    items_left = iter(items)
    while batch := list(islice(items_left, size)):
        yield batch
