"""A style sheet for Neo4j Browser (``.grass``): what stands on a node or a relationship, and its colour and size.

It styles labels and types, not a graph: the same sheet fits every book.
"""

from __future__ import annotations

import os

from litgraph.files import write_bytes
from litgraph.ontology import NETWORKS
from litgraph.stores.model import APPEARS_IN, BOOK, RELATION_TYPES

# Okabe and Ito's colours, which people who see red and green alike can tell apart (https://jfly.uni-koeln.de/color/).
_NODES = {
    "Character": ("#56B4E9", 60, "name"),
    "Group": ("#0072B2", 50, "name"),
    "Place": ("#009E73", 50, "name"),
    "Organisation": ("#E69F00", 50, "name"),
    "Vehicle": ("#CC79A7", 40, "name"),
    BOOK: ("#F0E442", 80, "title"),
    "Document": ("#F0E442", 50, "title"),
    "Chapter": ("#BBBBBB", 40, "title"),
    "Chunk": ("#DDDDDD", 30, "text"),
}
_FAINT = {APPEARS_IN, *(RELATION_TYPES[name] for name in NETWORKS)}
"""Of which there are so many that the others would not be seen."""


def write_grass(path: str | os.PathLike[str]) -> None:
    """Write the style sheet. Raises ExportError if the file cannot be written."""
    rules = [
        _rule(f"node.{label}", color=colour, diameter=f"{size}px", caption=f'"{{{caption}}}"')
        for label, (colour, size, caption) in _NODES.items()
    ]
    rules += [
        _rule(
            f"relationship.{name}",
            color="#DDDDDD" if name in _FAINT else "#666666",
            **{"shaft-width": "1px" if name in _FAINT else "3px"},
            caption='""' if name in _FAINT else '"<type>"',
        )
        for name in (APPEARS_IN, *RELATION_TYPES.values())
    ]
    write_bytes(path, "".join(rules).encode())


def _rule(selector: str, **properties: str) -> str:
    return f"{selector} {{\n{''.join(f'  {name}: {value};{chr(10)}' for name, value in properties.items())}}}\n\n"
