"""The page of a small novel, for tests in the browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import networkx
from small_novel import Runs


@dataclass
class Novel:
    """The page of a small novel in a file, and its runs."""

    address: str
    runs: Runs


def two(one: str = "Emma", other: str = "Harriet") -> networkx.MultiDiGraph:
    """A graph of two, who stand at the left and the right side of the network."""
    graph = networkx.MultiDiGraph(title="Two")
    for node, name in (("one", one), ("other", other)):
        graph.add_node(node, kind="character", name=name, aliases=[name], gender="female", mentions=5, first=1, last=1)
    text = "They were friends."
    data = {"relation": "friend_of", "confidence": 0.9, "weight": 1, "chapters": [1], "directed": False}
    evidence = [{"chapter": 1, "start": 0, "end": len(text), "text": text}]
    graph.add_edge("one", "other", "friend_of", **data, evidence=evidence)
    return graph


def sides(page: Any) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where the two of `two` stand."""
    box = page.locator("canvas.network").bounding_box()
    middle = box["y"] + box["height"] / 2
    return (box["x"] + 45, middle), (box["x"] + box["width"] - 45, middle)
