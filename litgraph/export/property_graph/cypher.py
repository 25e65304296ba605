"""A Cypher script for ``cypher-shell`` or Neo4j Browser: what `litgraph load` does, as a file.

The statements are litgraph's fixed ones; the rows stand in them as literals, of which no character can end the literal.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from litgraph.attributes import plain_graph
from litgraph.attributes.values import Moment, iso_text
from litgraph.files import written_whole
from litgraph.progress import Tell, warn
from litgraph.stores import statements
from litgraph.stores.model import book_record, entity_records, relation_records, temporal_type

if TYPE_CHECKING:
    import networkx

ROWS = 100
"""Rows of one statement, so that a script stays readable and a transaction small."""


def write_cypher(graph: networkx.Graph, path: str | os.PathLike[str], *, tell: Tell = warn) -> None:
    """Write a script that adds the graph to a Neo4j database; run again, it changes nothing.

    Values that have no form are left out (see :mod:`litgraph.attributes.values`).

    Args:
        graph: a graph of litgraph.
        path: the file.
        tell: told which values have no form.

    Raises:
        ExportError: the file cannot be written, or a relation is not in the vocabulary.
    """
    chunks = list(_statements(plain_graph(graph, tell, temporal=True)))
    with written_whole(path) as file:
        for chunk in chunks:
            file.write(chunk.encode("utf-8") + b";\n")


def literal(value: Any) -> str:
    """A value of the model as a Cypher literal."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, dict):  # its names are the model's: letters, digits and _
        return "{" + ", ".join(f"{name}: {literal(item)}" for name, item in value.items()) + "}"
    if isinstance(value, Moment):
        return f"{temporal_type(value)}('{iso_text(value)}')"
    return repr(value)


# Neo4j turns every \u0027 into its character before it looks where a string ends. So a backslash marks quotes
# instead, and no backslash of the text may stand before a u: there the literal is parted.
_ESCAPES = {"\\u": "\\\\' + 'u", "\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile("\\\\u|[\\\\'\x00-\x1f\x7f-\x9f\u2028\u2029]")


def _string(text: str) -> str:
    return "'" + _SPECIAL.sub(lambda match: _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04x}", text) + "'"


def _statements(graph: networkx.Graph) -> Iterator[str]:
    book = book_record(graph)
    yield from statements.CONSTRAINTS
    yield from statements.INDEXES
    yield statements.BOOK.replace("$id", literal(book.id)).replace("$properties", literal(book.properties))
    entities = list(entity_records(graph))
    yield from _in_batches(
        statements.ENTITIES, ({"id": entity.id, "properties": entity.properties} for entity in entities)
    )
    for label, statement in statements.LABELS.items():
        yield from _in_batches(statement, (entity.id for entity in entities if entity.label == label), "$ids")
    appearances = statements.APPEARANCES.replace("$book", literal(book.id))
    yield from _in_batches(appearances, ({"id": entity.id, "properties": entity.appearance} for entity in entities))
    relations = sorted(relation_records(graph), key=lambda edge: edge.type)
    for name, statement in statements.RELATIONS.items():
        rows = (
            {"head": edge.head, "tail": edge.tail, "properties": edge.properties}
            for edge in relations
            if edge.type == name
        )
        yield from _in_batches(statement, rows)


def _in_batches(statement: str, rows: Iterable[Any], parameter: str = "$rows") -> Iterator[str]:
    rows_left = iter(rows)
    start, end = statement.split(parameter)
    while batch := list(islice(rows_left, ROWS)):
        lines = ",\n  ".join(map(literal, batch))
        yield f"{start}[\n  {lines}\n]{end}"
