"""The graph in other people's formats: `export_graph` chooses by the ending of the file name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from litgraph.errors import ExportError
from litgraph.export.graphml import read_graphml, write_graphml
from litgraph.export.node_link import read_node_link, write_node_link

if TYPE_CHECKING:
    import networkx

__all__ = ["SUFFIXES", "export_graph", "read_graphml", "read_node_link", "write_graphml", "write_node_link"]

SUFFIXES: dict[str, str] = {
    ".graphml": "GraphML, for Gephi, Cytoscape, igraph, networkx and Neo4j (APOC)",
    ".json": "node-link JSON, for networkx and for programs",
    ".png": "a picture of the strongest relations (needs matplotlib)",
    ".svg": "the same picture as vector graphics (needs matplotlib)",
}


def export_graph(graph: networkx.MultiDiGraph, path: str | os.PathLike[str]) -> None:
    """Write the graph in the format that the ending of ``path`` names, one of `SUFFIXES`; whole or not at all.

    Raises:
        ExportError: no such format, or the file cannot be written.
    """
    suffix = Path(path).suffix.lower()
    if suffix == ".graphml":
        write_graphml(graph, path)
    elif suffix == ".json":
        write_node_link(graph, path)
    elif suffix in (".png", ".svg"):
        from litgraph.view.plots import draw

        draw(graph, path)
    else:
        formats = "; ".join(f"{known} ({meaning})" for known, meaning in SUFFIXES.items())
        raise ExportError(f'There is no format for "{suffix or Path(path).name}".', f"End the name in {formats}.")
