"""Every statement that litgraph writes with. All are fixed; what a graph says comes in as parameters only.

Neo4j has no parameters for labels and types, so there is one statement for each of the model's. Second labels are set
in a transaction of their own, after the nodes are there.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from litgraph.stores.model import ENTITY, KIND_LABELS, RELATION_TYPES, TEXT_LABELS

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

BOOK_LOADED = "MATCH (b:Book {id: $id}) SET b += $properties"
"""What is said of a book once all of it is there. Parameters: ``id``, ``properties``."""

LOADED = "MATCH (b:Book) WHERE b.loaded IS NOT NULL RETURN b.id AS id, b.loaded AS version"
"""The books that are there as a whole, and as which version."""

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

TEXT_SCHEMA = (
    *(
        f"CREATE CONSTRAINT litgraph_{label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for label in TEXT_LABELS
    ),
    *(f"CREATE INDEX litgraph_{label.lower()}_book IF NOT EXISTS FOR (n:{label}) ON (n.book)" for label in TEXT_LABELS),
    "CREATE FULLTEXT INDEX litgraph_names IF NOT EXISTS FOR (e:Entity) ON EACH [e.name, e.aliases]",
    "CREATE FULLTEXT INDEX litgraph_text IF NOT EXISTS FOR (c:Chunk) ON EACH [c.text]",
)
"""What the text beside the graph needs."""

DOCUMENT = (
    "MATCH (b:Book {id: $book}) MERGE (d:Document {id: $properties.id}) SET d += $properties MERGE (d)-[:TEXT_OF]->(b)"
)
"""Parameters: ``book``, ``properties``."""

CHAPTERS = (
    "MATCH (d:Document {id: $id}) UNWIND $rows AS row MERGE (h:Chapter {id: row.id}) SET h += row "
    "MERGE (h)-[:PART_OF]->(d)"
)
"""Parameters: ``id`` of the document, ``rows`` of properties."""

CHUNKS = (
    "MATCH (d:Document {id: $id}) UNWIND $rows AS row MATCH (h:Chapter {id: row.chapter}) "
    "MERGE (c:Chunk {id: row.properties.id}) SET c += row.properties "
    "MERGE (c)-[:FROM_DOCUMENT]->(d) MERGE (c)-[:IN_CHAPTER]->(h)"
)
"""Parameters: ``id`` of the document, ``rows`` of ``properties`` and the id of the ``chapter``."""

NEXT_CHUNKS = (
    "UNWIND $rows AS row MATCH (a:Chunk {id: row.head}) MATCH (b:Chunk {id: row.tail}) MERGE (a)-[:NEXT_CHUNK]->(b)"
)
"""Parameters: ``rows`` of ``head`` and ``tail``."""

MENTIONS = (
    "UNWIND $rows AS row MATCH (e:Entity {id: row.head}) MATCH (c:Chunk {id: row.tail}) "
    "MERGE (e)-[r:FROM_CHUNK]->(c) SET r += row.properties"
)
"""Parameters: ``rows`` of ``head``, ``tail`` and ``properties``."""

REMOVE_TEXT: tuple[str, ...] = tuple(
    f"MATCH (n:{label} {{book: $book}}) WITH n LIMIT $most DETACH DELETE n RETURN count(*) AS removed"
    for label in reversed(TEXT_LABELS)
)
"""Parameters: ``book``, ``most``."""

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
    BOOK_LOADED,
    LOADED,
    ENTITIES,
    *LABELS.values(),
    *OTHER_LABELS.values(),
    APPEARANCES,
    *RELATIONS.values(),
    COUNT_ENTITIES,
    COUNT_RELATIONS,
    REMOVE_ENTITIES,
    REMOVE_BOOK,
    *TEXT_SCHEMA,
    DOCUMENT,
    CHAPTERS,
    CHUNKS,
    NEXT_CHUNKS,
    MENTIONS,
    *REMOVE_TEXT,
)
