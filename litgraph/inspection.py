"""Looking things up in a graph: who is somebody to whom, and where it says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from litgraph.graph import find_node
from litgraph.ontology import NETWORKS

if TYPE_CHECKING:
    import networkx


def relations_of(graph: networkx.MultiDiGraph, name: str, other: str | None = None) -> dict[str, Any]:
    """All relations of one node, or those between two, the best attested first, who speaks to and who meets whom last.

    Args:
        graph: a graph of ``build_graph`` or ``load_graph``.
        name: the node's name, any of its aliases, its id, or the beginning of one of them, in any case.
        other: likewise; None for relations with anybody.

    Returns:
        ``id`` and ``name`` of the node (``other`` and ``other_id`` of the second), and ``relations``: a list of the
        edges' attributes with ``head`` and ``tail`` by name, ``head_id`` and ``tail_id``.

    Raises:
        NotInGraph: nobody is called that, or several are.
    """
    node = find_node(graph, name)
    second = find_node(graph, other) if other is not None else None
    answer = {"id": node, "name": graph.nodes[node]["name"]}
    if second is not None:
        answer |= {"other_id": second, "other": graph.nodes[second]["name"]}
    edges = [
        {"head": graph.nodes[head]["name"], "tail": graph.nodes[tail]["name"], "head_id": head, "tail_id": tail} | data
        for head, tail, data in _edges(graph, node)
        if second is None or second in (head, tail)
    ]
    order = {name: number for number, name in enumerate(NETWORKS, start=1)}
    edges.sort(key=lambda edge: (order.get(edge["relation"], 0), -edge["weight"], edge["relation"], edge["head_id"]))
    return answer | {"relations": edges}


def _edges(graph: networkx.MultiDiGraph, node: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    yield from graph.out_edges(node, data=True)
    yield from ((head, tail, data) for head, tail, data in graph.in_edges(node, data=True) if head != tail)
