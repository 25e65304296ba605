"""The graph in databases: Neo4j, and an engine that answers Cypher without a server. Both hold the same data model."""
