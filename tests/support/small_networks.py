"""Graphs of a few characters, for measures that one can reckon by hand."""

from __future__ import annotations

from collections.abc import Iterable

import networkx
from graphs import edge, piece, spoken

GENDERS = {"a": "female", "b": "male", "c": "female", "d": "male"}


def small_graph(
    *occasions: tuple[str, str, int] | tuple[str, str, int, str], also: Iterable[str] = ()
) -> networkx.MultiDiGraph:
    """A graph of what happens: two ids, the chapter, and the relation (who meets whom if it is left out).

    The same occasion twice is two pieces of evidence. The names are the ids in capitals.
    """
    told: dict[tuple[str, str, str], list[int]] = {}
    for head, tail, chapter, *relation in occasions:
        told.setdefault((head, tail, str(relation[0]) if relation else "co_occurs_with"), []).append(chapter)
    graph = networkx.MultiDiGraph(title="A small novel", author="Nobody")
    for node in sorted({*(end for head, tail, *_ in occasions for end in (head, tail)), *also}):
        graph.add_node(
            node, kind="character", name=node.upper(), aliases=[], gender=GENDERS.get(node, "unknown"),
            mentions=sum(node in one[:2] for one in occasions), first=1, last=1, ambiguous=False,
        )  # fmt: skip
    for (head, tail, relation), chapters in told.items():
        pieces = [piece(chapter, 10 * number, "x") for number, chapter in enumerate(chapters)]
        data = spoken(*pieces) if relation == "speaks_to" else edge(relation, *pieces)
        graph.add_edge(head, tail, relation, **data)
    return graph


def star(leaves: str = "bcd") -> networkx.MultiDiGraph:
    """Everybody meets "a" once, and nobody else."""
    return small_graph(*(("a", leaf, 1) for leaf in leaves))


def two_circles() -> networkx.MultiDiGraph:
    """Three who meet each other, three others who do, and one tie between: "c" and "x"."""
    pairs = ("ab", "ac", "bc", "xy", "xz", "yz", "cx")
    return small_graph(*((one, other, 1) for one, other in pairs))
