"""Labellers of relations, scored on labelled examples and on all pairs of a text."""
