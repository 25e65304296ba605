"""Neo4j: load a graph into it, and ask it.

Every statement that writes is one of :mod:`litgraph.stores.statements`. Rows go over in batches, each a transaction
that the driver tries again on transient errors. A load that was killed has written whole batches only, and the same
load run again ends in the same graph: everything is merged by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from litgraph.attributes import plain_graph
from litgraph.errors import QueryError, StoreError
from litgraph.progress import Progress, Tell, silent, warn
from litgraph.stores import statements
from litgraph.stores.model import (
    BookRecord,
    EntityRecord,
    RelationRecord,
    book_record,
    entity_records,
    relation_records,
)
from litgraph.stores.values import Answer, node_value, plain, relationship_value

if TYPE_CHECKING:
    import neo4j
    import networkx

NODES_A_BATCH = 1_000
RELATIONS_A_BATCH = 2_000
RELATIONS_WAITING = 8_000
"""How many relations of all types are held in memory at most."""
DEFAULT_URI, DEFAULT_USER, DEFAULT_DATABASE = "bolt://localhost:7687", "neo4j", "neo4j"

Item = TypeVar("Item")


class _Rows(list[dict[str, Any]]):
    """Rows of one statement, whatever they hold told in two words.

    The driver writes out all that it sends for its log, even if nobody keeps one: a tenth of the time of a load.
    """

    def __repr__(self) -> str:
        return f"<{len(self)} rows>"


@dataclass(frozen=True, slots=True)
class Connection:
    """How to reach a database.

    Attributes:
        uri: such as ``bolt://localhost:7687`` or ``neo4j+s://….databases.neo4j.io``.
        user: the user's name.
        password: never shown; "" for a server that asks for none.
        database: its name; Neo4j's Community Edition has one, "neo4j".
    """

    uri: str = DEFAULT_URI
    user: str = DEFAULT_USER
    password: str = field(default="", repr=False)
    database: str = DEFAULT_DATABASE


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did.

    Attributes:
        book: the book's id.
        entities, relations: how many were written.
        removed: how many entities of the book were removed before.
        stale_entities, stale_relations: how many the database has of this book beside those of the graph: from an
            earlier load, before the graph was corrected. ``replace`` removes them.
    """

    book: str
    entities: int
    relations: int
    removed: int
    stale_entities: int
    stale_relations: int


def load(
    graph: networkx.MultiDiGraph,
    connection: Connection,
    *,
    replace: bool = False,
    progress: Progress = silent,
    tell: Tell = warn,
) -> Loaded:
    """Write the graph into a Neo4j database, beside the books that are there.

    What is there of this book already is brought up to date; other properties of its nodes stay.

    Args:
        graph: from :func:`litgraph.build_graph` or :func:`litgraph.load_graph`.
        connection: the database.
        replace: remove this book first, and nothing else.
        progress: told how far it has come.
        tell: told which attributes have no form and are left out (see :mod:`litgraph.attributes.values`).

    Raises:
        StoreError: the database cannot be reached, refuses, or is read-only.
        ExportError: the graph holds what no property graph can.
    """
    graph = plain_graph(graph, tell, temporal=True)
    book = book_record(graph)
    with _session(connection) as session:
        for statement in (*statements.CONSTRAINTS, *statements.INDEXES):
            _write(session, statement)
        removed = _remove(session, book) if replace else 0
        count_before = _count(session, statements.COUNT_ENTITIES, book)
        _write(session, statements.BOOK, id=book.id, properties=book.properties)
        entities = progress(entity_records(graph), "loading nodes", graph.number_of_nodes())
        entity_count = _write_entities(session, book, entities, may_exist=count_before > 0)
        relations = progress(relation_records(graph), "loading relations", graph.number_of_edges())
        relation_count = _write_relations(session, relations)
        return Loaded(
            book.id,
            entity_count,
            relation_count,
            removed,
            _count(session, statements.COUNT_ENTITIES, book) - entity_count,
            _count(session, statements.COUNT_RELATIONS, book) - relation_count,
        )


def ask(
    connection: Connection,
    statement: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    timeout: float | None = 60.0,
    most: int | None = None,
) -> Answer:
    """Ask a Neo4j database. The session is opened for reading: Neo4j refuses statements that write.

    Args:
        connection: the database.
        statement: Cypher.
        parameters: name -> value of its ``$name``.
        timeout: seconds after which the server gives up; None for its own limit.
        most: how many rows are fetched; None for all.

    Raises:
        QueryError: the statement is wrong, would write, or takes too long.
        StoreError: the database cannot be reached or refuses.
    """
    import neo4j

    with _session(connection, default_access_mode=neo4j.READ_ACCESS) as session:
        result = session.run(neo4j.Query(statement, timeout=timeout), dict(parameters or {}))
        columns = tuple(result.keys())
        records = list(islice(result, most))
        more = most is not None and result.peek() is not None
        rows = [{column: _plain(record[column]) for column in columns} for record in records]
    return Answer(columns, rows, more)


@contextmanager
def _session(connection: Connection, **options: Any) -> Iterator[neo4j.Session]:
    """A session with a database that answers; errors of the driver become ours."""
    import neo4j
    from neo4j.exceptions import DriverError, Neo4jError

    address = urlsplit(connection.uri)
    if address.scheme not in _SCHEMES or not address.netloc:
        raise StoreError("This is no address of a Neo4j database.", f"Write it as {DEFAULT_URI}.")
    if "@" in address.netloc:
        raise StoreError("The address of a database holds no user and no password.", "Use --user and NEO4J_PASSWORD.")
    auth = (connection.user, connection.password) if connection.password else None
    try:
        with neo4j.GraphDatabase.driver(connection.uri, auth=auth, user_agent="litgraph") as driver:
            driver.verify_connectivity()
            with driver.session(database=connection.database, **options) as session:
                yield session
    except (Neo4jError, DriverError, ValueError) as error:
        raise _our_error(error, connection) from error


def _write(session: neo4j.Session, statement: str, **parameters: Any) -> None:
    session.execute_write(lambda transaction: transaction.run(statement, parameters).consume())


def _count(session: neo4j.Session, statement: str, book: BookRecord) -> int:
    record = session.execute_read(lambda transaction: transaction.run(statement, {"book": book.id}).single(strict=True))
    return int(record[0])


def _remove(session: neo4j.Session, book: BookRecord) -> int:
    """Remove a book, in batches: one transaction for all might not fit into the server's memory."""

    def batch(transaction: neo4j.ManagedTransaction) -> int:
        result = transaction.run(statements.REMOVE_ENTITIES, {"book": book.id, "most": NODES_A_BATCH})
        return int(result.single(strict=True)[0])

    removed = 0
    while count := session.execute_write(batch):
        removed += count
    _write(session, statements.REMOVE_BOOK, book=book.id)
    return removed


def _write_entities(
    session: neo4j.Session, book: BookRecord, entities: Iterable[EntityRecord], *, may_exist: bool
) -> int:
    count = 0
    for batch in _batches(entities, NODES_A_BATCH):
        count += len(batch)
        _write(
            session,
            statements.ENTITIES,
            rows=_Rows({"id": entity.id, "properties": entity.properties} for entity in batch),
        )
        for label, statement in statements.LABELS.items():
            _write_ids(session, statement, [entity.id for entity in batch if entity.label == label])
            if may_exist:  # its kind may have been corrected since
                other_ids = [entity.id for entity in batch if entity.label != label]
                _write_ids(session, statements.OTHER_LABELS[label], other_ids)
        rows = _Rows({"id": entity.id, "properties": entity.appearance} for entity in batch)
        _write(session, statements.APPEARANCES, book=book.id, rows=rows)
    return count


def _write_ids(session: neo4j.Session, statement: str, ids: list[str]) -> None:
    if ids:
        _write(session, statement, ids=ids)


def _write_relations(session: neo4j.Session, relations: Iterable[RelationRecord]) -> int:
    """One statement takes one type, so rows wait until a type has a batch, or until too many wait for that."""
    rows_of_type: dict[str, _Rows] = {}
    count = rows_held = 0

    def send(name: str) -> int:
        rows = rows_of_type.pop(name)
        _write(session, statements.RELATIONS[name], rows=rows)
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


def _plain(value: Any) -> Any:
    from neo4j.graph import Node, Path, Relationship

    if isinstance(value, Node):
        return node_value(value.labels, dict(value.items()))
    if isinstance(value, Relationship):
        return relationship_value(value.type, dict(value.items()))
    if isinstance(value, Path):
        return {"nodes": list(map(_plain, value.nodes)), "relationships": list(map(_plain, value.relationships))}
    if isinstance(value, list):
        return list(map(_plain, value))
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    return plain(value)


_SCHEMES = {f"{name}{security}" for name in ("bolt", "neo4j") for security in ("", "+s", "+ssc")}
_READ_ONLY = ("ForbiddenOnReadOnlyDatabase", "NotALeader", "WriteOnReadOnlyAccessDatabase", "ReadOnly")


def _our_error(error: Exception, connection: Connection) -> StoreError:
    """The driver's error as one that says what to do. It never holds the password: the driver's messages do not."""
    from neo4j.exceptions import AuthError, ClientError, Neo4jError, ServiceUnavailable, SessionExpired, TransientError

    code, words = (error.code, error.message) if isinstance(error, Neo4jError) else (None, None)
    code, message = code or "", (words or str(error) or type(error).__name__).splitlines()[0]
    place = f"The database at {connection.uri}"
    if isinstance(error, ServiceUnavailable):
        return StoreError(
            f"No database answers at {connection.uri}.",
            "Start one with `docker compose up -d --wait`, or say where it is with --uri or NEO4J_URI.",
        )
    if code.endswith("AuthenticationRateLimit"):
        return StoreError(f"{place} was given too many wrong passwords.", "Wait a little, then try again.")
    if isinstance(error, AuthError):
        return StoreError(
            f"{place} does not accept this password of {connection.user}.",
            "Set NEO4J_PASSWORD, or leave it unset and be asked; say who you are with --user.",
        )
    if code.endswith("DatabaseNotFound"):
        return StoreError(
            f'There is no database "{connection.database}" at {connection.uri}.',
            'Choose it with --database; Neo4j\'s Community Edition has one only, "neo4j".',
        )
    if code.endswith(_READ_ONLY):
        return StoreError(f"{place} is read-only.", "Load into the server that takes writes.")
    if code.endswith(("Statement.AccessMode", "AccessModeViolation")):
        return QueryError("A query may only read.", "Load graphs with `litgraph load`.")
    if "TimedOut" in code or "Terminated" in code:
        return QueryError("The query took too long.", "Ask for less, or raise --timeout.")
    if code.endswith("Security.Forbidden"):
        return StoreError(f"{place} does not allow {connection.user} to do this: {message}", "Ask its administrator.")
    if isinstance(error, (TransientError, SessionExpired)):
        return StoreError(f"{place} gave up: {message}", "Run the same command again; it ends in the same graph.")
    if isinstance(error, ClientError) and ".Statement." in code:
        return QueryError(f"The statement is not right: {message}", "`litgraph query --help` has examples.")
    if not code:  # of the driver itself, such as an address that it cannot take
        return StoreError(f"{connection.uri} cannot be used: {message}", f"Write it as {DEFAULT_URI}.")
    return StoreError(f"{place} refused: {message}", "See the server's log.")
