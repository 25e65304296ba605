"""The graph as a property graph, the same in Neo4j, in its files and in the embedded engine.

- ``(:Book {id, name, title, author, language, release, source, litgraph, labeller, schemaVersion, loaded})``; ``id`` is
  the book's identifier, ``schemaVersion`` the number of this layout; ``loaded`` of a book of a corpus the version of
  its graph that is there as a whole.
- ``(:Entity:Character {id, book, name, kind, aliases, gender, mentions, first, last, ambiguous})``, with the label
  ``Group``, ``Place``, ``Organisation`` or ``Vehicle`` for the other kinds. ``id`` is the book's and the node's:
  ``pg1342:elizabeth-bennet``. One that is too long for an index is cut, and ends in a digest of the whole.
- ``(:Entity)-[:APPEARS_IN {mentions, first, last}]->(:Book)``.
- ``(:Entity)-[:SPOUSE_OF {weight, confidence, directed, chapters, first, last, sources, raw, basis, because, evidence,
  evidenceChapters, evidenceStarts, evidenceEnds}]->(:Entity)``, one type for each relation of the vocabulary. ``first``
  and ``last`` are the first and last of the chapters. The pieces of evidence are four lists of one length, because a
  property holds no objects. A symmetric relation is stored once, with ``directed`` false; ask for it without an arrow.
- ``(:Entity)-[:SPEAKS_TO {weight, words, …}]->(:Entity)``, from speaker to hearer, and ``(:Entity)-[:CO_OCCURS_WITH
  {weight, …}]->(:Entity)``, stored once.

Attributes that somebody added to the graph come along under their names in camelCase. Values are text, 64-bit integers,
finite numbers, booleans, dates, times and durations, or lists of one of these; anything else is JSON in a string, and
None is left out. What other values become, :func:`litgraph.attributes.plain_graph` says, through which a graph goes
first.

Labels and types come from this module's tables only, never from a graph.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from litgraph.attributes.values import Moment, iso_text
from litgraph.errors import ExportError
from litgraph.graph import edges_of
from litgraph.ontology import NETWORKS, RELATIONS, cypher_type
from litgraph.types import ENTITY_KINDS

if TYPE_CHECKING:
    import networkx

ENTITY, BOOK, APPEARS_IN = "Entity", "Book", "APPEARS_IN"

TEXT_LABELS = ("Document", "Chapter", "Chunk")
TEXT_TYPES = ("TEXT_OF", "PART_OF", "FROM_DOCUMENT", "IN_CHAPTER", "NEXT_CHUNK", "FROM_CHUNK")
"""Of the text beside the graph, which :mod:`litgraph.stores.lexical` describes."""

KIND_LABELS: Mapping[str, str] = MappingProxyType({kind: kind.capitalize() for kind in ENTITY_KINDS})
"""kind -> label"""

RELATION_TYPES: Mapping[str, str] = MappingProxyType({name: cypher_type(name) for name in (*RELATIONS, *NETWORKS)})
"""relation -> relationship type"""

Properties = dict[str, Any]

SCHEMA_VERSION = 2
"""Of this layout. 1, without the property: relations had no ``first`` and ``last``."""

LONGEST_ID = 1_024
"""Bytes of UTF-8. An index of Neo4j's takes a text of about 8,000 at most (Neo4j's manual, "Index configuration")."""

_BOOK_NAMES = ("author", "language", "release", "source", "litgraph", "labeller")
GRAPH_PROPERTIES: frozenset[str] = frozenset(
    """id name title book kind aliases gender mentions first last ambiguous weight words confidence directed chapters
    sources raw basis because evidence evidenceChapters evidenceStarts evidenceEnds schemaVersion loaded""".split()
).union(_BOOK_NAMES)
"""The properties of this layout."""
TEXT_PROPERTIES: frozenset[str] = frozenset(
    "id book title path number part start end index text chapter mentions starts ends forms".split()
)
"""Those of the text beside the graph."""

_RESERVED = {"id", "book", "title", "type"}  # the last two mean the name and the label to the embedded engine


class EntityRecord(NamedTuple):
    """One node: its label besides ``Entity`` ("" for a kind that litgraph does not know) and how it appears."""

    id: str
    label: str
    properties: Properties
    appearance: Properties


class RelationRecord(NamedTuple):
    """One relationship between two entities."""

    type: str
    head: str
    tail: str
    properties: Properties


class BookRecord(NamedTuple):
    """The book that all entities appear in."""

    id: str
    properties: Properties


def book_record(graph: networkx.Graph) -> BookRecord:
    """The book of a graph. One that was made by hand and names no ``identifier`` is the book "book"."""
    metadata = graph.graph
    identifier = short_id(storable_text(str(metadata.get("identifier") or "")) or "book")
    title = str(metadata.get("title") or identifier)
    told = {name: str(metadata[name]) for name in _BOOK_NAMES if metadata.get(name)}
    properties = _properties({"title": title, **told})
    start: Properties = {"id": identifier, "name": properties["title"]}
    return BookRecord(identifier, start | properties | {"schemaVersion": SCHEMA_VERSION})


def metadata_properties(metadata: Mapping[str, Any]) -> Properties:
    """What a corpus's list says of a book, as properties; none whose name is one of this layout's."""
    return {name: value for name, value in _properties(metadata).items() if name not in GRAPH_PROPERTIES}


def entity_records(graph: networkx.Graph) -> Iterator[EntityRecord]:
    """The nodes of a plain graph. Raises ExportError if two would have the same id."""
    book = book_record(graph).id
    ids = entity_ids(graph)
    for node, data in graph.nodes(data=True):
        attributes = {
            f"{name}_" if name in _RESERVED else name: value for name, value in data.items() if name != "name"
        }
        name = storable_text(str(data.get("name", node)))
        properties = {"id": ids[node], "book": book, "name": name} | _properties(attributes)
        appearance: Properties = {
            name: properties[name] for name in ("mentions", "first", "last") if name in properties
        }
        yield EntityRecord(ids[node], KIND_LABELS.get(str(data.get("kind")), ""), properties, appearance)


def relation_records(graph: networkx.Graph) -> Iterator[RelationRecord]:
    """The edges of a plain graph. Raises ExportError if a relation is not in the vocabulary."""
    ids = entity_ids(graph)
    for head, tail, key, data in edges_of(graph):
        relation = str(data.get("relation", key))
        if relation not in RELATION_TYPES:
            raise ExportError(
                f'"{relation}" is no relation of the vocabulary, which alone a property graph may have.',
                "Rename it or leave it out; edges that were joined into one cannot be told apart.",
            )
        attributes = {name: value for name, value in data.items() if name not in ("relation", "evidence")}
        if chapters := data.get("chapters"):
            attributes = {"first": min(chapters), "last": max(chapters)} | attributes
        evidence = _evidence(data["evidence"]) if "evidence" in data else {}
        yield RelationRecord(RELATION_TYPES[relation], ids[head], ids[tail], _properties(attributes) | evidence)


def property_names(graph: networkx.Graph) -> set[str]:
    """The properties that nodes and relationships of a graph have, and those that litgraph's own may have."""
    of_nodes = {name for data in graph.nodes.values() for name in data}
    of_edges = {name for *_, data in edges_of(graph) for name in data} - {"relation"}
    renamed = {f"{name}_" if name in _RESERVED else name for name in of_nodes} | of_edges
    return {*map(property_name, renamed), *GRAPH_PROPERTIES} - {""}


def entity_ids(graph: networkx.Graph) -> dict[Any, str]:
    """node -> its id in a database of many books. Raises ExportError if two nodes would have the same."""
    prefix = f"{book_record(graph).id}:"
    ids: dict[Any, str] = {}
    owner: dict[str, Any] = {}
    for node in graph:
        identifier = storable_text(str(node))
        ids[node] = short_id(identifier if identifier.startswith(prefix) else prefix + identifier)
        if owner.setdefault(ids[node], node) is not node:
            raise ExportError(
                f"Two nodes would have the same id: {owner[ids[node]]!r} and {node!r}.", "Rename one of them."
            )
    return ids


@lru_cache(maxsize=1024)
def property_name(name: str) -> str:
    """The name in camelCase, of ASCII letters, digits and _ only; "" if nothing is left of it."""
    words = re.findall(r"[A-Za-z0-9]+", str(name))
    camel = "".join([words[0], *(word[:1].upper() + word[1:] for word in words[1:])]) if words else ""
    if camel[:1].isdigit():
        camel = f"_{camel}"
    return f"{camel}_" if camel and str(name).endswith("_") else camel


def short_id(identifier: str) -> str:
    """An id that every index takes; of one that is too long the beginning, and a digest that no other text has."""
    if len(whole := identifier.encode("utf-8")) <= LONGEST_ID:
        return identifier
    digest = hashlib.sha256(whole).hexdigest()
    return f"{whole[: LONGEST_ID // 2].decode('utf-8', errors='ignore')}-{digest}"


def _properties(attributes: Mapping[str, Any]) -> Properties:
    properties = {}
    for name, value in attributes.items():
        storable = _value(value)
        camel_name = property_name(name)
        if camel_name and storable is not None:
            properties[camel_name] = storable
    return properties


def _evidence(pieces: list[Mapping[str, Any]]) -> Properties:
    return {
        "evidence": [storable_text(str(piece["text"])) for piece in pieces],
        "evidenceChapters": [piece["chapter"] for piece in pieces],
        "evidenceStarts": [piece["start"] for piece in pieces],
        "evidenceEnds": [piece["end"] for piece in pieces],
    }


_INTEGERS = range(-(2**63), 2**63)


def temporal_type(moment: Moment) -> str:
    """What Cypher calls the type of a date, a time or a duration, and the function that makes one of its text."""
    if isinstance(moment, timedelta):
        return "duration"
    if isinstance(moment, datetime):
        return "localdatetime" if moment.tzinfo is None else "datetime"
    if isinstance(moment, time):
        return "localtime" if moment.tzinfo is None else "time"
    return "date"


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return storable_text(value)
    if value is None or isinstance(value, float) or (isinstance(value, int) and value in _INTEGERS):
        return value
    if isinstance(value, list):
        if {str}.issuperset(map(type, value)):  # nearly all of them are, and there are many
            return list(map(storable_text, value))
        if {int}.issuperset(map(type, value)) and all(map(_INTEGERS.__contains__, value)):
            return value
        items = [_value(item) for item in value]
        kinds = {temporal_type(item) if isinstance(item, Moment) else type(item) for item in items}
        if kinds == {int, float}:
            return [float(item) for item in items]
        if len(kinds) <= 1 and not kinds & {type(None), list}:
            return items
    if isinstance(value, Moment):
        return value
    return storable_text(json.dumps(value, ensure_ascii=False, default=iso_text))


def storable_text(text: str) -> str:
    """Text without half surrogate pairs, which UTF-8 cannot express."""
    if text.isascii():
        return text
    return text.encode("utf-8", errors="ignore").decode("utf-8")
