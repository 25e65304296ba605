"""The graph as a property graph, the same in Neo4j, in its files and in the embedded engine.

- ``(:Book {id, name, title, author, language, release, source, litgraph, labeller, schemaVersion})``; ``id`` is the
  book's identifier, ``schemaVersion`` the number of this layout.
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
finite numbers, booleans, or lists of one of these; anything else is JSON in a string, and None is left out.

Labels and types come from this module's tables only, never from a graph.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

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
PROPERTY_NAMES: frozenset[str] = frozenset(
    """id name title book kind aliases gender mentions first last ambiguous weight words confidence directed chapters
    sources raw basis because evidence evidenceChapters evidenceStarts evidenceEnds schemaVersion path number part start
    end index text chapter starts ends forms""".split()
).union(_BOOK_NAMES)
"""The properties of this layout."""


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


def entity_records(graph: networkx.Graph) -> Iterator[EntityRecord]:
    """The nodes.

    Raises:
        ExportError: two nodes would have the same id, or a value is no value of a property graph (a set, a NaN).
    """
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
    """The edges.

    Raises:
        ExportError: a relation is not in the vocabulary, or a value is no value of a property graph.
    """
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
        storable = _value(name, value)
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


def _value(name: str, value: Any) -> Any:
    if value is None or isinstance(value, bool) or (isinstance(value, int) and value in _INTEGERS):
        return value
    if isinstance(value, str):
        return storable_text(value)
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, list):
        if all(type(item) is str for item in value):  # nearly all of them are, and there are many
            return [storable_text(item) for item in value]
        items = [_value(name, item) for item in value]
        kinds = {type(item) for item in items}
        if kinds == {int, float}:
            return [float(item) for item in items]
        if len(kinds) <= 1 and not kinds & {type(None), list}:
            return items
    try:
        return storable_text(json.dumps(value, ensure_ascii=False, allow_nan=False))
    except (TypeError, ValueError, RecursionError) as error:
        raise ExportError(
            f'The attribute "{name}" cannot be a property: {error}.',
            "Make it text, a finite number, true or false, or a list or dictionary of these.",
        ) from error


def storable_text(text: str) -> str:
    """Text without half surrogate pairs, which UTF-8 cannot express."""
    if text.isascii():
        return text
    return text.encode("utf-8", errors="ignore").decode("utf-8")
