"""What the property graph of a book holds, as a text for language models that are to write Cypher.

It is laid out as neo4j-graphrag's ``get_schema`` and other tools lay out a schema, with what models get wrong without
being told (which relationships have no direction, that each node names its book) in sentences behind it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from litgraph.attributes import plain_graph
from litgraph.attributes.values import Moment
from litgraph.ontology import CO_OCCURS, RELATIONS
from litgraph.progress import Tell, warn
from litgraph.stores.lexical import LexicalGraph
from litgraph.stores.model import (
    APPEARS_IN,
    BOOK,
    ENTITY,
    RELATION_TYPES,
    Properties,
    book_record,
    entity_records,
    relation_records,
    temporal_type,
)

if TYPE_CHECKING:
    import networkx

_TEXT_PATTERNS = (
    ("Document", "TEXT_OF", BOOK),
    ("Chapter", "PART_OF", "Document"),
    ("Chunk", "FROM_DOCUMENT", "Document"),
    ("Chunk", "IN_CHAPTER", "Chapter"),
    ("Chunk", "NEXT_CHUNK", "Chunk"),
)
_TYPES: list[tuple[type, str]] = [
    (bool, "BOOLEAN"), (int, "INTEGER"), (float, "FLOAT"), (str, "STRING"), (list, "LIST"),
]  # fmt: skip
_MOMENTS = {
    "date": "DATE", "time": "TIME", "localtime": "LOCAL_TIME", "datetime": "DATE_TIME",
    "localdatetime": "LOCAL_DATE_TIME", "duration": "DURATION",
}  # fmt: skip

Shapes = dict[str, dict[str, str]]
"""label or type -> property -> its type"""


def schema_text(graph: networkx.Graph, *, text: LexicalGraph | None = None, tell: Tell = warn) -> str:
    """The labels, relationship types and properties of a graph, as a language model wants to be told.

    Args:
        graph: a graph of litgraph.
        text: the text that is loaded beside it, from :func:`litgraph.stores.lexical.lexical_graph`.
        tell: told which attributes have no form and are left out.

    Raises:
        ExportError: the graph holds what no property graph can, such as relations outside the vocabulary.
    """
    graph = plain_graph(graph, tell, temporal=True)
    book = book_record(graph)
    nodes: Shapes = {}
    relations: Shapes = {}
    label_of: dict[str, str] = {}
    patterns: set[tuple[str, str, str]] = set()
    _note(nodes, BOOK, book.properties)
    for entity in entity_records(graph):
        label = label_of[entity.id] = entity.label or ENTITY
        _note(nodes, label, entity.properties)
        _note(relations, APPEARS_IN, entity.appearance)
        patterns.add((label, APPEARS_IN, BOOK))
    for one in relation_records(graph):
        _note(relations, one.type, one.properties)
        patterns.add((label_of[one.head], one.type, label_of[one.tail]))
    if text is not None:
        for label, those in (("Document", [text.document]), ("Chapter", text.chapters), ("Chunk", text.chunks)):
            for properties in those:
                _note(nodes, label, properties)
        for link in text.mentions:
            _note(relations, "FROM_CHUNK", link.properties)
            patterns.add((label_of[link.head], "FROM_CHUNK", "Chunk"))
        patterns.update(_TEXT_PATTERNS)
    lines = ["Node properties:", *_shapes(nodes), "Relationship properties:", *_shapes(relations), "The relationships:"]
    lines += [f"(:{head})-[:{kind}]->(:{tail})" for head, kind, tail in sorted(patterns)]
    labels = sorted({*label_of.values()} - {ENTITY})
    notes = _notes(book.id, labels, {kind for _, kind, _ in patterns}, text is not None)
    return "\n".join([*lines, "Notes:", *notes])


def _note(shapes: Shapes, name: str, properties: Properties) -> None:
    shape = shapes.setdefault(name, {})
    for key, value in properties.items():
        shape.setdefault(key, _type(value))


def _type(value: Any) -> str:
    if isinstance(value, Moment):
        return _MOMENTS[temporal_type(value)]
    return next(name for kind, name in _TYPES if isinstance(value, kind))


def _shapes(shapes: Shapes) -> list[str]:
    return [
        f"{name} {{{', '.join(f'{key}: {kind}' for key, kind in sorted(shape.items()))}}}"
        for name, shape in sorted(shapes.items())
    ]


def _notes(book: str, labels: list[str], types: set[str], text: bool) -> list[str]:
    undirected = sorted(
        kind
        for relation, kind in RELATION_TYPES.items()
        if kind in types and (relation == CO_OCCURS or (relation in RELATIONS and RELATIONS[relation].symmetric))
    )
    whole, begin = json.dumps(book), labels[0] if labels else ENTITY
    notes = [
        f"The database may hold several books. Every node but {BOOK} has the id of its book in its property book; this",
        f"one is {whole}. Begin a pattern with one of them, such as (n:{begin} {{book: {whole}}}).",
        f"Each of {', '.join(labels) or ENTITY} also has the label {ENTITY}.",
        "aliases are other forms of a name. first and last are numbers of chapters. weight counts pieces of evidence.",
        "evidence is a list of the sentences that prove a relationship: return it. confidence is 0 to 1.",
    ]
    if undirected:
        notes.append(f"These have no direction, match them without an arrow: {', '.join(undirected)}.")
    if text:
        notes.append(
            'Full text: CALL db.index.fulltext.queryNodes("litgraph_text", "words") YIELD node, score gives Chunks, '
            '"litgraph_names" gives Entities.'
        )
    return notes
