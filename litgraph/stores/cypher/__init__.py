"""Cypher between a person and the embedded engine: statements in its own words, and advice where they are not right."""
