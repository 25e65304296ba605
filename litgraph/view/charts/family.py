"""Family trees: generations below each other, couples side by side."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from litgraph.analysis import Family, families
from litgraph.errors import ExportError
from litgraph.view.charts.order import apart
from litgraph.view.paper import GENDER_COLOURS, INK, heading, paper, sheet, shortened, width_of

if TYPE_CHECKING:
    import networkx

_GENERATION = 1.25  # inches
_HEIGHT = 0.34
_SWEEPS = 8


def draw_families(
    graph: networkx.MultiDiGraph, path: str | os.PathLike[str], *, minimum_confidence: float = 0.5, top: int = 3
) -> None:
    """Draw the largest families, one beside the other: a double line is a marriage, lines lead from parents down to
    their children, and a dashed line joins brothers and sisters of whom no parent is known.

    Args:
        graph: from :func:`litgraph.build_graph`, or one that was read back.
        path: ends in .png or .svg.
        minimum_confidence: less sure kinship is left out.
        top: how many families.

    Raises:
        ExportError: nobody is kin to anybody, or the file cannot be written.
    """
    found = families(graph, minimum_confidence)[:top]
    if not found:
        raise ExportError("There is nothing to draw: nobody is kin to anybody.", "Lower the minimum confidence.")
    names = {one: shortened(str(graph.nodes[one]["name"]), 24) for family in found for one in family.members}
    with paper(path, 9, 6) as figure:
        sizes = {one: width_of(figure, name) + 0.24 for one, name in names.items()}
        left, places = 0.5, {}
        for family in found:
            laid = _lay_out(family, sizes)
            shift = left - min(x - sizes[one] / 2 for one, x in laid.items())
            places.update({one: x + shift for one, x in laid.items()})
            left = max(places[one] + sizes[one] / 2 for one in family.members) + 0.7
        depth = max(max(family.generations.values()) for family in found)
        figure.set_size_inches(max(7.0, left - 0.2), 1.9 + (depth + 1) * _GENERATION - 0.5)
        axes = sheet(figure)
        heading(axes, str(graph.graph.get("title", "")), "Families (women in orange, men in blue)")
        top_edge = axes.get_ylim()[1] - 1.6
        heights = {one: top_edge - place * _GENERATION for family in found for one, place in family.generations.items()}
        for family in found:
            _draw_bonds(axes, family, places, heights, sizes)
        for one, name in names.items():
            gender = str(graph.nodes[one].get("gender"))
            box = _box(places[one], heights[one], sizes[one], GENDER_COLOURS.get(gender, GENDER_COLOURS["unknown"]))
            axes.add_patch(box)
            axes.text(
                places[one], heights[one], name, fontsize=11, color=INK, parse_math=False, zorder=4,
                horizontalalignment="center", verticalalignment="center",
            )  # fmt: skip


def _lay_out(family: Family, sizes: Mapping[str, float]) -> dict[str, float]:
    """Where the middle of each name stands: near their parents and children, nobody over another."""
    rows = [
        [one for one in family.members if family.generations[one] == number]
        for number in range(max(family.generations.values()) + 1)
    ]
    places = {one: float(number) for row in rows for number, one in enumerate(row)}
    for _ in range(_SWEEPS):
        for row in rows:
            wanted = {one: _wanted(one, family, places) for one in row}
            order = _couples_together(sorted(row, key=lambda one: (wanted[one], one)), family)
            gaps = [0.0, *((sizes[one] + sizes[other]) / 2 + 0.3 for one, other in pairwise(order))]
            places |= dict(zip(order, apart([wanted[one] for one in order], gaps), strict=True))
    return _closer(places, sizes)


def _closer(places: Mapping[str, float], sizes: Mapping[str, float]) -> dict[str, float]:
    """The same places without the gaps that go through all generations."""
    moved: dict[str, float] = {}
    right, shift = -math.inf, 0.0
    for one in sorted(places, key=lambda one: (places[one] - sizes[one] / 2, one)):
        left = places[one] - sizes[one] / 2
        shift += max(0.0, left - right - 0.3) if moved else 0.0
        moved[one] = places[one] - shift
        right = max(right, left + sizes[one])
    return moved


def _wanted(one: str, family: Family, places: Mapping[str, float]) -> float:
    """The middle of the parents, or of the children, or beside spouse, brothers and sisters; else where it is."""
    spouses = tuple(pair[1 - pair.index(one)] for pair in family.couples if one in pair)
    for near in (family.parents(one), family.children(one), spouses, _siblings(one, family)):
        if near:
            return sum(places[other] for other in near) / len(near)
    return places[one]


def _siblings(one: str, family: Family) -> tuple[str, ...]:
    pairs = [(bond.one, bond.other) for bond in family.bonds if bond.bond == "sibling"]
    return tuple(other for pair in pairs if one in pair for other in pair if other != one)


def _couples_together(order: Sequence[str], family: Family) -> list[str]:
    """Whoever marries in stands beside the one who is there by birth."""
    left = list(order)
    together: list[str] = []
    while left:
        one = left.pop(0)
        together.append(one)
        for spouse in [pair[1 - pair.index(one)] for pair in family.couples if one in pair]:
            if spouse in left:
                left.remove(spouse)
                together.append(spouse)
    return together


def _draw_bonds(
    axes: Any, family: Family, places: Mapping[str, float], heights: Mapping[str, float], sizes: Mapping[str, float]
) -> None:
    def line(points: Sequence[tuple[float, float]], **how: Any) -> None:
        axes.plot(
            [x for x, _ in points], [y for _, y in points], **{"color": INK, "linewidth": 1.3, "zorder": 2, **how}
        )

    for one, other in family.couples:
        for shift in (-0.03, 0.03):
            y = heights[one] + shift
            line([(places[one], y), (places[other], y)])
    households: dict[tuple[str, ...], list[str]] = {}
    for child in family.members:
        if family.parents(child):
            households.setdefault(family.parents(child), []).append(child)
    for number, (parents, children) in enumerate(households.items()):
        x = sum(places[one] for one in parents) / len(parents)
        start = heights[parents[0]]
        bar = start - _GENERATION * 0.5 - 0.07 * (number % 3 - 1)
        line([(x, start), (x, bar)])
        ends = [x, *(places[child] for child in children)]
        line([(min(ends), bar), (max(ends), bar)])
        for child in children:
            line([(places[child], bar), (places[child], heights[child])])
    for bond in family.bonds:
        if bond.bond == "sibling" and not (family.parents(bond.one) and family.parents(bond.other)):
            y = heights[bond.one] + _HEIGHT / 2 + 0.1
            left, right = places[bond.one], places[bond.other]
            corners = [(left, heights[bond.one]), (left, y), (right, y), (right, heights[bond.other])]
            line(corners, linestyle=(0, (4, 3)), linewidth=0.9)


def _box(x: float, y: float, width: float, colour: str) -> Any:
    from matplotlib.patches import FancyBboxPatch

    corner = (x - width / 2 + 0.05, y - _HEIGHT / 2 + 0.05)
    return FancyBboxPatch(
        corner, width - 0.1, _HEIGHT - 0.1, boxstyle="round,pad=0.05", facecolor=colour, edgecolor=INK,
        linewidth=0.8, zorder=3,
    )  # fmt: skip
