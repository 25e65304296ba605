"""The storyline of the page: in which order and how high the lines of the main characters run, chapter by chapter."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from litgraph.analysis import NETWORK_NAMES, Presence, networks_by_chapter, presence
from litgraph.analysis.networks import PEOPLE, ties
from litgraph.graph import edges_of
from litgraph.types import Mention
from litgraph.view.charts.storyline_layout import MOST, groups_in, heights, order_lines

if TYPE_CHECKING:
    import networkx

STEP = 34
"""Pixels from a chapter to the next."""
LETTER, LETTERS = 6.6, 22
"""Pixels of a letter of a name, and how many of them are written."""


def storyline(graph: networkx.Graph, mentions: Iterable[Mention], chapters: Sequence[int]) -> dict[str, Any]:
    """What the page's storyline is drawn from.

    Args:
        graph: with the chapters of its evidence.
        mentions: with their entities; without any, who is there is told by the evidence of his or her relations.
        chapters: numbers of the chapters, in order.

    Returns:
        ``step``, the pixels of a chapter; ``people``, the numbers of their nodes, most mentioned first; and
        ``columns``, for each chapter its number and its groups, from below: the number of the place that they have most
        to do with there (-1 for none), then the number of each member's node and how high its line runs.
    """
    number = {node: index for index, node in enumerate(graph)}
    read, last = set(chapters), max(chapters, default=0)
    present = presence(mentions, last) or _by_evidence(graph, last)
    chosen = [node for node, data in graph.nodes(data=True) if data.get("kind") in PEOPLE and node in present]
    chosen.sort(key=lambda node: (-_count(graph.nodes[node].get("mentions")), number[node]))
    key = {node: f"{number[node]:09}" for node in chosen[:MOST]}  # sorts as numbers do, whatever the ids are
    if not key:
        return {"step": STEP, "people": [], "columns": []}
    begin = {key[node]: present[node].chapters[0] for node in key}
    columns = order_lines(_columns(graph, key, {key[node]: present[node] for node in key}, last))
    places = _places(graph, {node: number[node] for node in key}, number)
    first = last + 1 - len(columns)
    return {
        "step": STEP,
        "people": [number[node] for node in key],
        "columns": [
            [
                chapter,
                [
                    [_place(group, places.get(chapter, {})), *([int(one), round(level[one], 2)] for one in group)]
                    for group in groups
                    if min(begin[one] for one in group) <= chapter  # before it there is room for the name only
                ],
            ]
            for chapter, groups, level in zip(range(first, last + 1), columns, heights(columns), strict=True)
            if chapter in read
        ],
    }


def _columns(
    graph: networkx.Graph, key: Mapping[Any, str], present: Mapping[str, Presence], last: int
) -> list[list[list[str]]]:
    """The groups of each chapter, and before the first one room for the names."""
    import networkx

    part = networkx.relabel_nodes(graph.subgraph(key), key)
    network = next((name for name in NETWORK_NAMES if ties(part, name)), NETWORK_NAMES[0])
    networks = networks_by_chapter(part, network, "chapter", chapters=last)
    lead = {
        key[node]: math.ceil(min(len(str(graph.nodes[node].get("name", node))), LETTERS) * LETTER / STEP + 0.5)
        for node in key
    }
    return [
        groups_in(chapter, list(key.values()), present, lead, networks)
        for chapter in range(1 - max(lead.values()), last + 1)
    ]


def _count(mentions: object) -> int:
    """In a graph that somebody made, anything may stand there."""
    return mentions if isinstance(mentions, int) else 0


def _by_evidence(graph: networkx.Graph, last: int) -> dict[Any, Presence]:
    counts: dict[Any, list[int]] = {}
    for head, tail, _, data in edges_of(graph):
        for piece in data.get("evidence", ()):
            if 1 <= piece["chapter"] <= last:
                for node in {head, tail}:
                    counts.setdefault(node, [0] * last)[piece["chapter"] - 1] += 1
    return {node: Presence(tuple(numbers)) for node, numbers in counts.items()}


def _places(
    graph: networkx.Graph, people: Mapping[Any, int], number: Mapping[Any, int]
) -> dict[int, dict[int, Counter[int]]]:
    """For each chapter and each of the people how much he or she has to do with which places there."""
    found: dict[int, dict[int, Counter[int]]] = {}
    for head, tail, _, data in edges_of(graph):
        for one, place in ((head, tail), (tail, head)):
            if one in people and graph.nodes[place].get("kind") == "place":
                for piece in data.get("evidence", ()):
                    of = found.setdefault(piece["chapter"], {}).setdefault(people[one], Counter())
                    of[number[place]] += 1
    return found


def _place(group: Sequence[str], places: Mapping[int, Counter[int]]) -> int:
    total = sum((places.get(int(one), Counter()) for one in group), Counter[int]())
    return min(total, key=lambda place: (-total[place], place)) if total else -1
