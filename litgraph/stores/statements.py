"""Every statement that litgraph writes with. All are fixed; what a graph says comes in as parameters only.

Neo4j has no parameters for labels and types, so there is one statement for each of the model's. Second labels are set
in a transaction of their own, after the nodes are there.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from litgraph.stores.model import ENTITY, KIND_LABELS, RELATION_TYPES

CONSTRAINTS = (
    "CREATE CONSTRAINT litgraph_entity_id IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE",
    "CREATE CONSTRAINT litgraph_book_id IF NOT EXISTS FOR (b:Book) REQUIRE b.id IS UNIQUE",
)
INDEXES = tuple(
    f"CREATE INDEX litgraph_{label.lower()}_book IF NOT EXISTS FOR (e:{label}) ON (e.book)"
    for label in (ENTITY, *KIND_LABELS.values())
)
"""What a question about one book starts from. A name may be longer than an index takes, so none has names."""

SCHEMA_VERSION = "MATCH (b:Book {id: $book}) RETURN coalesce(b.schemaVersion, 1) AS version"
"""Of what the database has of a book. Parameters: ``book``."""

BOOK = "MERGE (b:Book {id: $id}) SET b += $properties"
"""Parameters: ``id``, ``properties``."""

ENTITIES = "UNWIND $rows AS row MERGE (e:Entity {id: row.id}) SET e += row.properties"
"""Parameters: ``rows`` of ``id`` and ``properties``."""

LABELS: Mapping[str, str] = MappingProxyType(
    {label: f"UNWIND $ids AS id MATCH (e:Entity {{id: id}}) SET e:{label}" for label in KIND_LABELS.values()}
)
"""label -> statement. Parameters: ``ids``."""

OTHER_LABELS: Mapping[str, str] = MappingProxyType(
    {label: f"UNWIND $ids AS id MATCH (e:Entity:{label} {{id: id}}) REMOVE e:{label}" for label in KIND_LABELS.values()}
)
"""label -> statement that takes it from entities whose kind is another now. Parameters: ``ids``."""

APPEARANCES = (
    "UNWIND $rows AS row MATCH (e:Entity {id: row.id}) MATCH (b:Book {id: $book}) "
    "MERGE (e)-[r:APPEARS_IN]->(b) SET r += row.properties"
)
"""Parameters: ``book``, ``rows`` of ``id`` and ``properties``."""

RELATIONS: Mapping[str, str] = MappingProxyType(
    {
        name: "UNWIND $rows AS row MATCH (a:Entity {id: row.head}) MATCH (b:Entity {id: row.tail}) "
        f"MERGE (a)-[r:{name}]->(b) SET r += row.properties"
        for name in RELATION_TYPES.values()
    }
)
"""type -> statement. Parameters: ``rows`` of ``head``, ``tail`` and ``properties``."""

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "label": "CALL db.labels() YIELD label",
        "relationship type": "CALL db.relationshipTypes() YIELD relationshipType",
        "property": "CALL db.propertyKeys() YIELD propertyKey",
    }
)
"""What there is -> statement that gives its names."""

COUNT_ENTITIES = "MATCH (e:Entity {book: $book}) RETURN count(e) AS found"
COUNT_RELATIONS = "MATCH (e:Entity {book: $book})-[r]->(:Entity) RETURN count(r) AS found"
REMOVE_ENTITIES = "MATCH (e:Entity {book: $book}) WITH e LIMIT $most DETACH DELETE e RETURN count(*) AS removed"
REMOVE_BOOK = "MATCH (b:Book {id: $book}) DETACH DELETE b"

ALL: tuple[str, ...] = (
    *CONSTRAINTS,
    *INDEXES,
    SCHEMA_VERSION,
    BOOK,
    ENTITIES,
    *LABELS.values(),
    *OTHER_LABELS.values(),
    APPEARANCES,
    *RELATIONS.values(),
    COUNT_ENTITIES,
    COUNT_RELATIONS,
    REMOVE_ENTITIES,
    REMOVE_BOOK,
)
