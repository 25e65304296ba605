"""Cypher without a server: the graph in an engine inside this process, for reading only.

The engine is kglite, with its optimizer off: measured, the optimizer gives wrong rows now and then. Another engine can
take its place behind `Engine`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from litgraph.errors import QueryError, StoreError
from litgraph.stores.model import BOOK, ENTITY, RELATION_TYPES, book_record, entity_records, relation_records
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
        cypher: a statement that reads. Labels are Character, Group, Place …, types SPOUSE_OF, CO_OCCURS_WITH …
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
) -> Answer:
    """As `query`, with a timeout in seconds, and a limit of rows beyond which the answer says that there are more."""
    engine: Engine = KGLite()
    try:
        engine.load(graph)
        return engine.run(statement, {"book": book_record(graph).id, **(parameters or {})}, timeout, most)
    finally:
        engine.close()


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

        _check(statement)
        try:
            result = self._graph.cypher(
                counted(statement),
                params=dict(parameters) or None,
                timeout_ms=max(1, round(timeout * 1000)),
                row_limit=most + 1,
                disable_optimizer=True,
                hide_structural_keys=True,
            )
            columns = tuple(result.columns)
            rows = [{column: _plain(row[column]) for column in columns} for row in result]
        except kglite.CypherTimeoutError as error:
            raise QueryError(f"The query took longer than {timeout:g} seconds.", _ASK_FOR_LESS) from error
        except kglite.ReadOnlyError as error:
            raise QueryError(
                "A query may only read.", "Correct the cast and build again to change the graph."
            ) from error
        except (kglite.KgError, ValueError, TypeError) as error:
            message = str(error).removeprefix("Cypher ").strip().splitlines()[0]  # below, it points at the place
            raise QueryError(f"The statement is not right: {message}", "docs/cookbook.md has examples.") from error
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

# Strings, names in backticks and comments, in which words mean nothing.
_QUOTATION = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`|//[^\n]*""", re.DOTALL)
_LOAD_CSV = re.compile(r"\bload\s+csv\b", re.IGNORECASE)
_FORMAT_CSV = re.compile(r"\bformat\s+csv\b", re.IGNORECASE)


def _check(statement: str) -> None:
    """Refuse what reads files, which this engine allows to a query that may only read, and what gives no rows."""
    words = _QUOTATION.sub(" ", statement)
    if not words.strip():
        raise QueryError("The statement is empty.", 'Write one, such as "MATCH (c:Character) RETURN c.name".')
    if _LOAD_CSV.search(words):
        raise QueryError("A query may not read files (LOAD CSV).", "Ask the graph only.")
    if _FORMAT_CSV.search(words):
        raise QueryError("FORMAT CSV is not Neo4j's Cypher.", "Use `litgraph query --csv`.")


def counted(statement: str) -> str:
    """The statement with each ``EXISTS {…}``, and each pattern in its place, as ``0 < COUNT {…}``.

    kglite 0.21.2 takes a wrong short cut for EXISTS: of two steps that go over parallel relationships, such as
    ``EXISTS { (a)-[:SIBLING_OF]-(b)--(c) }``, it may miss the only one. Counting is right.
    """
    words = list(_QUOTATION.sub(lambda match: " " * len(match[0]), statement))  # the same length, so that places agree
    for match in reversed(list(_PREDICATE.finditer("".join(words)))):
        start, end = match.span(1)
        words[start:end] = [f"(0 < COUNT {{{statement[start:end]}}})", *[""] * (end - start - 1)]
    # What was not rewritten is taken from the statement itself, quoted text included.
    characters = [word if len(word) != 1 else original for word, original in zip(words, statement, strict=True)]
    return _count_exists("".join(characters))


def _count_exists(statement: str) -> str:
    position = 0
    while match := _EXISTS.search(_QUOTATION.sub(lambda quotation: " " * len(quotation[0]), statement), position):
        words = _QUOTATION.sub(lambda quotation: " " * len(quotation[0]), statement)
        depth, end = 1, match.end()
        while end < len(words) and depth:
            depth += {"{": 1, "}": -1}.get(words[end], 0)
            end += 1
        if depth:
            break  # a brace is missing, which the engine will say
        inner = statement[match.end() : end]
        statement = f"{statement[: match.start()]}(0 < COUNT {{{inner}){statement[end:]}"
        position = match.start() + len("(0 < COUNT {")
    return statement


_EXISTS = re.compile(r"\bEXISTS\s*\{", re.IGNORECASE)
_STEP = r"\s*<?-\s*(?:\[[^\]]*\]\s*)?->?\s*\([^()]*\)"
_PREDICATE = re.compile(rf"\b(?:WHERE|AND|OR|XOR|NOT)\b[\s(]*?(\([^()]*\)(?:{_STEP})+)", re.IGNORECASE)

_NODE, _RELATIONSHIP, _PATH = (
    {"id", "labels", "properties"},
    {"id", "start", "end", "type", "properties"},
    {"nodes", "relationships"},
)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        keys = value.keys()
        if keys == _NODE:
            return node_value(value["labels"], dict(_own_properties(value["labels"], value["properties"])))
        if keys == _RELATIONSHIP:
            return relationship_value(value["type"], value["properties"])
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
