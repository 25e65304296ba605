"""Node-link JSON: the graph's native file, without loss.

``networkx.node_link_graph(data, edges="edges")`` reads it as well.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from litgraph.attributes import plain_graph
from litgraph.errors import ExportError, RunFolderError
from litgraph.files import write_json
from litgraph.graph import edges_of
from litgraph.progress import Tell, warn

if TYPE_CHECKING:
    import networkx


def write_node_link(graph: networkx.Graph, path: str | os.PathLike[str], *, tell: Tell = warn) -> None:
    """Write the graph as one JSON object: ``directed multigraph graph nodes edges``.

    Values that have no form are left out (see :mod:`litgraph.attributes.values`).

    Args:
        graph: a graph of litgraph, simple or not.
        path: the file.
        tell: told which values have no form.

    Raises:
        ExportError: the file cannot be written, or an attribute is called like one of the format's own fields (``id``
            of a node; ``source``, ``target``, ``key`` of an edge).
    """
    graph = plain_graph(graph, tell)
    write_json(
        path,
        {
            "directed": graph.is_directed(),
            "multigraph": graph.is_multigraph(),
            "graph": graph.graph,
            "nodes": [_record({"id": node}, data) for node, data in graph.nodes(data=True)],
            "edges": [
                _record({"source": head, "target": tail} | ({"key": key} if graph.is_multigraph() else {}), data)
                for head, tail, key, data in edges_of(graph)
            ],
        },
    )


def read_node_link(path: str | os.PathLike[str]) -> networkx.MultiDiGraph:
    """Read what `write_node_link` wrote.

    Raises:
        RunFolderError: there is no such file, or it is no node-link JSON.
    """
    import networkx

    try:
        data = json.loads(Path(path).read_bytes())
        graph = networkx.MultiDiGraph()
        graph.graph.update(data["graph"])
        graph.add_nodes_from((node.pop("id"), node) for node in data["nodes"])
        for edge in data["edges"]:
            head, tail, key = (edge.pop(name) for name in ("source", "target", "key"))
            if head not in graph or tail not in graph:
                raise ValueError(f"an edge names a node that is not there: {head} or {tail}")
            graph.add_edges_from([(head, tail, key, edge)])
    except OSError as error:
        raise RunFolderError(f"{path} cannot be read: {error.strerror or error}.", _REBUILD) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise RunFolderError(f"{path} is no node-link JSON of a graph: {error!r}.", _REBUILD) from error
    return graph


_REBUILD = "Build or export the graph again."


def _record(fields: dict[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    clashes = [name for name in fields if name in data]
    if clashes:
        raise ExportError(f'An attribute cannot be called "{clashes[0]}" in node-link JSON.', "Rename the attribute.")
    return {**fields, **data}
