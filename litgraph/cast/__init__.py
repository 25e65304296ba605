"""Who is who: names to characters and places, and a file that a person can correct."""

from __future__ import annotations

from litgraph.cast.file.edits import Edits
from litgraph.cast.meanings import with_entities
from litgraph.cast.resolve import Understanding, resolve, resolve_names, understand

__all__ = ["Edits", "Understanding", "resolve", "resolve_names", "understand", "with_entities"]
