"""Cypher without a server: the graph in an engine inside this process, for reading only.

The engine is kglite, with its optimizer off: measured, the optimizer gives wrong rows now and then. Another engine can
take its place behind `Engine`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from litgraph.attributes import plain_graph
from litgraph.attributes.values import duration_text
from litgraph.errors import QueryError, StoreError
from litgraph.progress import Tell, warn
from litgraph.stores.cypher.advice import advice
from litgraph.stores.cypher.names import unknown_names
from litgraph.stores.cypher.rewriting import SPARE_PATH, rewritten
from litgraph.stores.model import (
    APPEARS_IN,
    BOOK,
    ENTITY,
    KIND_LABELS,
    RELATION_TYPES,
    book_record,
    entity_records,
    property_names,
    relation_records,
)
from litgraph.stores.values import Answer, node_value, plain, relationship_value

if TYPE_CHECKING:
    import networkx

TIMEOUT = 60.0
"""Seconds that a query may take."""
MOST_ROWS = 1_000_000
"""Rows that `query` gives at most."""

_ROWS_A_BATCH = 5_000


class Engine(Protocol):
    """What answers Cypher."""

    def load(self, graph: networkx.MultiDiGraph) -> None:
        """Take a graph in the data model of :mod:`litgraph.stores.model`; from then on it can only be read."""
        ...

    def run(self, statement: str, parameters: Mapping[str, Any], timeout: float, most: int) -> Answer:
        """At most so many rows of a statement. Raises QueryError if it is wrong, would write or takes too long."""
        ...

    def close(self) -> None:
        """Let go of the graph."""
        ...


def query(graph: networkx.MultiDiGraph, cypher: str, /, **parameters: Any) -> list[dict[str, Any]]:
    """Ask a graph in Cypher, without a database.

    >>> litgraph.query(graph, "MATCH (c:Character) WHERE c.mentions > $n RETURN c.name", n=100)  # doctest: +SKIP

    Args:
        graph: from :func:`litgraph.build_graph` or :func:`litgraph.load_graph`.
        cypher: a statement that reads. Labels are Character, Group, Place …, types SPOUSE_OF, CO_OCCURS_WITH …; a
            label, type or property that the graph does not have gives a warning with the nearest that it has.
        parameters: the values of its ``$names``; ``$book`` is the id of the graph's book if it is not among them.

    Returns:
        the rows, column -> value, as :class:`litgraph.stores.values.Answer` describes them.

    Raises:
        QueryError: the statement is wrong, would write, takes longer than a minute or gives too many rows.
        ExportError: the graph holds what no property graph can, such as relations outside the vocabulary.
    """
    answer = ask(graph, cypher, parameters)
    if answer.more:
        raise QueryError(f"The query gives more than {MOST_ROWS:,} rows.", "Add a LIMIT, or count instead.")
    return answer.rows


def ask(
    graph: networkx.MultiDiGraph,
    statement: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    timeout: float = TIMEOUT,
    most: int = MOST_ROWS,
    tell: Tell = warn,
) -> Answer:
    """As `query`, with a timeout in seconds, and a limit of rows beyond which the answer says that there are more.

    ``tell`` is told of attributes that have no form, and of labels, types and properties that the graph does not have.
    """
    graph = plain_graph(graph, tell, temporal=True)
    engine: Engine = KGLite()
    try:
        engine.load(graph)
        answer = engine.run(statement, {"book": book_record(graph).id, **(parameters or {})}, timeout, most)
    finally:
        engine.close()
    labels, types = {ENTITY, BOOK, *KIND_LABELS.values()}, {APPEARS_IN, *RELATION_TYPES.values()}
    for line in unknown_names(statement, labels, types, property_names(graph)):
        tell(line)
    return answer


class KGLite:
    """kglite, all in memory."""

    def __init__(self) -> None:
        try:
            import kglite
        except ImportError as error:  # on Linux many libraries (PyTorch, pyarrow …) leave no room for another one
            raise StoreError(
                f"The engine of litgraph query, kglite, cannot be loaded: {error}",
                "In a notebook, restart and write `import kglite` before all other imports; or use the command line.",
            ) from error

        kglite.set_query_warning_policy("silent")  # else it writes to stderr by itself
        self._graph: Any = kglite.KnowledgeGraph()

    def load(self, graph: networkx.MultiDiGraph) -> None:
        """Take a graph. Its nodes and edges are created one by one, as kglite's own import merges parallel edges."""
        self._write(f"CREATE (b:{BOOK}) SET b += $row", row=book_record(graph).properties)
        book = book_record(graph).id
        labels: dict[str, list[dict[str, Any]]] = {}
        appearances = []
        for entity in entity_records(graph):
            labels.setdefault(f"{ENTITY}:{entity.label}" if entity.label else ENTITY, []).append(entity.properties)
            appearances.append({"head": entity.id, "tail": book, "properties": entity.appearance})
        for label, rows in labels.items():
            self._write_rows(f"UNWIND $rows AS row CREATE (e:{label}) SET e += row", rows)
        self._write_rows(_CREATE.format(tail=BOOK, type="APPEARS_IN"), appearances)
        types: dict[str, list[dict[str, Any]]] = {name: [] for name in RELATION_TYPES.values()}
        for edge in relation_records(graph):
            types[edge.type].append({"head": edge.head, "tail": edge.tail, "properties": edge.properties})
        for name, rows in types.items():
            self._write_rows(_CREATE.format(tail=ENTITY, type=name), rows)
        self._graph.read_only(True)

    def run(self, statement: str, parameters: Mapping[str, Any], timeout: float, most: int) -> Answer:
        """At most so many rows of a statement."""
        import kglite

        own_words = rewritten(statement)
        try:
            result = self._graph.cypher(
                own_words,
                params=dict(parameters) or None,
                timeout_ms=max(1, round(timeout * 1000)),
                row_limit=most + 1,
                disable_optimizer=True,
                hide_structural_keys=True,
            )
            columns = tuple(column for column in result.columns if not column.startswith(SPARE_PATH))
            rows = [{column: _plain(row[column]) for column in columns} for row in result]
        except kglite.CypherTimeoutError as error:
            raise QueryError(f"The query took longer than {timeout:g} seconds.", _ASK_FOR_LESS) from error
        except kglite.ReadOnlyError as error:
            raise QueryError(
                "A query may only read.", "Correct the cast and build again to change the graph."
            ) from error
        except (kglite.KgError, ValueError, TypeError) as error:
            message = str(error).removeprefix("Cypher ").strip().splitlines()[0]  # below, it points at the place
            if own_words != statement:
                message = _PLACE.sub("", message)  # of a statement that nobody wrote
            raise QueryError(f"The statement is not right: {message}", advice(statement, message)) from error
        return Answer(columns, rows[:most], len(rows) > most)

    def close(self) -> None:
        """Let go of the graph."""
        self._graph = None

    def _write_rows(self, statement: str, rows: Iterable[Any]) -> None:
        rows_left = iter(rows)
        while batch := list(islice(rows_left, _ROWS_A_BATCH)):
            self._write(statement, rows=batch)

    def _write(self, statement: str, **parameters: Any) -> None:
        self._graph.cypher(statement, params=parameters, disable_optimizer=True)


_ASK_FOR_LESS = "Ask for less: name a label or a property, shorten paths, or raise --timeout."
_CREATE = (
    "UNWIND $rows AS row MATCH (a:Entity {{id: row.head}}) MATCH (b:{tail} {{id: row.tail}}) "
    "CREATE (a)-[r:{type}]->(b) SET r += row.properties"
)

_PLACE = re.compile(r" at line \d+, col \d+")
_NODE, _RELATIONSHIP, _PATH, _DURATION = (
    {"id", "labels", "properties"},
    {"id", "start", "end", "type", "properties"},
    {"nodes", "relationships"},
    {"months", "days", "seconds"},
)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        keys = value.keys()
        if keys == _NODE:
            return node_value(value["labels"], dict(_own_properties(value["labels"], value["properties"])))
        if keys == _RELATIONSHIP:
            return relationship_value(value["type"], value["properties"])
        if keys - {"nanoseconds"} == _DURATION:
            return duration_text(**value)
        if keys == _PATH:
            return {name: list(map(_plain, value[name])) for name in ("nodes", "relationships")}
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return list(map(_plain, value))
    return plain(value)


def _own_properties(labels: list[str], properties: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """A node's properties without those that kglite adds: the first label as ``type``, the name as ``title``."""
    for name, value in properties.items():
        if name != "type" and (name != "title" or BOOK in labels):
            yield name, value
