"""Choosing the books of a corpus from Project Gutenberg's own catalogue, each work once."""
