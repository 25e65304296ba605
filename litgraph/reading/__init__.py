"""Reading: a source in any format → one ``Book``."""

from litgraph.reading.source import read_book

__all__ = ["read_book"]
