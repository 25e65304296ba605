"""A picture of the strongest part of the character network, drawn by matplotlib (extra ``plot``).

Size is how often a character is mentioned, colour the gender; a coloured line is a relation, by family, as wide as it
has evidence. Of whom no relation is known, those who often speak with each other are joined by a pale line, and those
who often meet by a grey one. The same graph gives the same picture.

Imported only when a picture is drawn.
"""

from __future__ import annotations

import math
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

import networkx

from litgraph.errors import ExportError
from litgraph.ontology import CO_OCCURS, NETWORKS, RELATIONS, SPEAKS_TO
from litgraph.view.layout import Box, Point, along, place_names, spread
from litgraph.view.paper import BACKGROUND, GENDER_COLOURS, INK, paper, printable

FAMILY_COLOURS: Mapping[str, str] = {
    "kin": "#7b5ea7",
    "love": "#d6336c",
    "friendship": "#2b8a5e",
    "conflict": "#453c36",
    "work": "#c98a1b",
    "place": "#3a7ca5",
    "other": "#7f7a72",
}
PALE_COLOURS: Mapping[str, str] = {SPEAKS_TO: "#9cc5b8", CO_OCCURS: "#d9d5cc"}
PALE_NAMES: Mapping[str, str] = {SPEAKS_TO: "often in conversation", CO_OCCURS: "often together"}
PALE_LINES_EACH = 2
"""Lines of either kind that a character may ask for, to those whom it speaks with or meets most; more would hide the
picture."""
SELDOM = 0.05
"""What is too seldom, as a share of the most speeches, or meetings, that any two have."""


class Line(NamedTuple):
    """All relations of one family between two characters, or that they speak with each other, or meet.

    Attributes:
        head, tail: their ids, in order.
        family: of the relations; "speaks_to" or "co_occurs_with" for the others.
        weight: evidence of all of them.
    """

    head: str
    tail: str
    family: str
    weight: int

    @property
    def pale(self) -> bool:
        """Is it no relation that the text states?"""
        return self.family in NETWORKS


def draw(graph: networkx.MultiDiGraph, path: str | os.PathLike[str], *, top: int = 25) -> None:
    """Draw the most mentioned characters and what holds between them, as PNG or SVG by the ending of ``path``.

    Args:
        graph: from :func:`litgraph.graph.merge`, or one that was read back.
        path: ends in .png or .svg.
        top: how many characters at most; those without a line are left out.

    Raises:
        ExportError: matplotlib is not installed, the ending is another, no two characters are connected, or the file
            cannot be written.
    """
    lines = select(graph, top)
    if not lines:
        raise ExportError("There is nothing to draw: no two characters are connected.", "Lower the minimum confidence.")
    with paper(path, 13, 9) as figure:
        _paint(figure, graph, lines)


def select(graph: networkx.MultiDiGraph, top: int) -> list[Line]:
    """The lines of the picture, weakest first, so that the strongest are drawn above the others."""
    people = [node for node, data in graph.nodes(data=True) if data.get("kind") in ("character", "group")]
    people.sort(key=lambda node: (-graph.nodes[node]["mentions"], node))
    characters = set(people[:top])
    weights: dict[tuple[str, str, str], int] = {}
    for head, tail, relation, data in graph.edges(keys=True, data=True):
        if head in characters and tail in characters and head != tail:
            family = _family(relation)
            line = (*sorted((head, tail)), family)
            weights[line] = weights.get(line, 0) + data["weight"]
    lines = sorted((Line(*line, weight) for line, weight in weights.items()), key=lambda line: (-line.weight, line))
    selection = [line for line in lines if not line.pale]
    for network in NETWORKS:
        selection += _often([line for line in lines if line.family == network], {line[:2] for line in selection})
    return sorted(selection, key=lambda line: (not line.pale, line.weight, line))


def _family(relation: str) -> str:
    if relation in NETWORKS:
        return relation
    return RELATIONS[relation].family if relation in RELATIONS else "other"


def _often(lines: Sequence[Line], joined: Set[tuple[str, str]]) -> Iterator[Line]:
    """Of the lines of one network, heaviest first, those worth showing between characters who are not joined yet."""
    least_weight = SELDOM * max((line.weight for line in lines), default=0)
    shown: Counter[str] = Counter()
    for line in lines:
        fewest = min(shown[line.head], shown[line.tail])
        if line[:2] not in joined and line.weight >= least_weight and fewest < PALE_LINES_EACH:
            shown.update(line[:2])
            yield line


def _paint(figure: Any, graph: networkx.MultiDiGraph, lines: Sequence[Line]) -> None:
    from matplotlib.patheffects import withStroke

    width, height = figure.get_size_inches()
    axes = figure.add_axes((0, 0, 1, 1), frameon=False)
    axes.set(xlim=(-width / 2, width / 2), ylim=(-height / 2, height / 2), xticks=[], yticks=[])  # a unit is an inch
    people = sorted(
        {end for line in lines for end in line[:2]}, key=lambda node: (-graph.nodes[node]["mentions"], node)
    )
    most = max(1, *(graph.nodes[node]["mentions"] for node in people))
    share = {node: math.sqrt(graph.nodes[node]["mentions"] / most) for node in people}
    radius = {node: 0.07 + 0.30 * share[node] for node in people}
    places = spread(_network(people, lines), radius, width - 2.4, height - 2.8)
    heaviest = max(line.weight for line in lines)
    bends = [_bend(line, lines) for line in lines]
    for line, bend in zip(lines, bends, strict=True):
        _draw_line(axes, places, line, heaviest, bend)
    for node in people:
        axes.add_patch(_disc(places[node], radius[node], GENDER_COLOURS[_gender(graph, node)]))
    texts = {
        node: axes.text(
            0,
            0,
            printable(graph.nodes[node]["name"]),
            fontsize=10.5 + 7 * share[node],
            color=INK,
            zorder=4,
            parse_math=False,
            path_effects=[withStroke(linewidth=3, foreground=BACKGROUND)],
        )
        for node in people
    }
    renderer = figure.canvas.get_renderer()
    sizes = {node: _size(text.get_window_extent(renderer), figure.dpi) for node, text in texts.items()}
    frame = Box(-width / 2 + 0.1, -height / 2 + 0.7, width / 2 - 0.1, height / 2 - 0.8)
    curves = [
        point
        for line, bend in zip(lines, bends, strict=True)
        for point in along(places[line.head], places[line.tail], bend)
    ]
    for node, box in place_names(places, radius, sizes, curves, frame).items():
        texts[node].set_position((box.left, box.bottom))
        texts[node].set_verticalalignment("bottom")
    _title(axes, graph, width, height)
    _legend(axes, graph, people, lines)


def _network(people: Sequence[str], lines: Sequence[Line]) -> networkx.Graph:
    weights: dict[tuple[str, str], int] = {}
    for line in lines:
        pair = (line.head, line.tail)
        weights[pair] = weights.get(pair, 0) + line.weight * (1 if line.pale else 3)
    network = networkx.Graph()
    network.add_nodes_from(people)
    for (head, tail), weight in sorted(weights.items()):
        network.add_edge(head, tail, length=1 / (1 + math.log10(weight)))
    return network


def _draw_line(axes: Any, places: Mapping[str, Point], line: Line, heaviest: int, bend: float) -> None:
    from matplotlib.patches import FancyArrowPatch

    share = math.sqrt(line.weight / heaviest)
    axes.add_patch(
        FancyArrowPatch(
            places[line.head],
            places[line.tail],
            arrowstyle="-",
            connectionstyle=f"arc3,rad={bend}",
            shrinkA=0,
            shrinkB=0,
            linewidth=0.8 + 2 * share if line.pale else 1.4 + 5 * share,
            color=PALE_COLOURS[line.family] if line.pale else FAMILY_COLOURS[line.family],
            alpha=1 if line.pale else 0.85,
            capstyle="round",
            zorder=1 if line.pale else 2,
        )
    )


def _bend(line: Line, lines: Sequence[Line]) -> float:
    beside = sorted(parallel for parallel in lines if parallel[:2] == line[:2])
    return 0.08 + 0.16 * (beside.index(line) - (len(beside) - 1) / 2)


def _disc(place: Point, radius: float, colour: str) -> Any:
    from matplotlib.patches import Circle

    return Circle(place, radius, facecolor=colour, edgecolor=BACKGROUND, linewidth=1.8, zorder=3)


def _gender(graph: networkx.MultiDiGraph, node: str) -> str:
    gender = str(graph.nodes[node].get("gender", "unknown"))
    return gender if gender in GENDER_COLOURS else "unknown"


def _size(extent: Any, dots_per_inch: float) -> Point:
    return extent.width / dots_per_inch, extent.height / dots_per_inch


def _title(axes: Any, graph: networkx.MultiDiGraph, width: float, height: float) -> None:
    left, top = -width / 2 + 0.45, height / 2 - 0.6
    title, author = (printable(str(graph.graph.get(name, ""))) for name in ("title", "author"))
    axes.text(left, top, title, fontsize=25, color=INK, parse_math=False, zorder=5)
    axes.text(left, top - 0.32, author, fontsize=14, color=INK, alpha=0.7, parse_math=False, zorder=5)


def _legend(axes: Any, graph: networkx.MultiDiGraph, people: Sequence[str], lines: Sequence[Line]) -> None:
    from matplotlib.lines import Line2D

    families = {line.family for line in lines}
    genders = {_gender(graph, node) for node in people}
    handles = [
        *(
            Line2D([], [], color=FAMILY_COLOURS[name], linewidth=3.5, label=name)
            for name in FAMILY_COLOURS
            if name in families
        ),
        *(
            Line2D([], [], color=PALE_COLOURS[name], linewidth=2.5, label=PALE_NAMES[name])
            for name in NETWORKS
            if name in families
        ),
        *(
            Line2D([], [], color=colour, marker="o", markersize=11, linestyle="", label=name)
            for name, colour in GENDER_COLOURS.items()
            if name in genders and name != "unknown"
        ),
    ]
    axes.legend(
        handles=handles, loc="lower left", bbox_to_anchor=(0.025, 0.015), ncols=len(handles),
        frameon=False, fontsize=13, labelcolor=INK, handlelength=1.6, columnspacing=1.8,
    )  # fmt: skip
