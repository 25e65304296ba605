"""A graph as large as a library's, made up."""

from __future__ import annotations

import random

import networkx


def large_graph(nodes: int, edges: int) -> networkx.MultiDiGraph:
    """Characters and friendships among them, few with many; the same every time."""
    chance = random.Random(1)
    graph = networkx.MultiDiGraph(title="Large")
    for number in range(nodes):
        graph.add_node(f"n{number}", kind="character", name=f"Nobody {number}", mentions=nodes - number, aliases=[])
    for number in range(edges):
        one, other = (int(nodes * chance.random() ** 2) for _ in range(2))
        data = {"relation": "friend_of", "confidence": 0.9, "weight": chance.randint(1, 9), "chapters": [1]}
        graph.add_edge(f"n{one}", f"n{other}", number, **data)
    return graph
