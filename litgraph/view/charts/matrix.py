"""The matrix: who is tied to whom, as shades of grey; the circles stand together along the diagonal."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from litgraph.analysis import NetworkName, character_network, communities, most_mentioned
from litgraph.errors import ExportError
from litgraph.view.paper import INK, PALE, heading, paper, sheet, shortened, width_of, write

if TYPE_CHECKING:
    import networkx

MOST = 30
_CELL = 0.26  # inches


def draw_matrix(
    graph: networkx.MultiDiGraph,
    path: str | os.PathLike[str],
    *,
    network: NetworkName = "co-occurrence",
    top: int = 25,
) -> None:
    """Draw the ties between the most mentioned characters as a matrix, on a logarithmic scale of greys.

    Of speech a row speaks to the columns; the other networks are symmetric. Communities are framed.

    Args:
        graph: from :func:`litgraph.build_graph`, or one that was read back.
        path: ends in .png or .svg.
        network: which network.
        top: how many characters, 30 at most; those without a tie are left out.

    Raises:
        ExportError: no two of them are tied, or the file cannot be written.
    """
    whole = character_network(graph, network, directed=network == "speech")
    people = [one for one in most_mentioned(graph, min(top, MOST)) if one in whole]
    circles = communities(character_network(graph, network).subgraph(people).copy())
    order = [one for circle in circles for one in circle.members]
    ties = whole.subgraph(order)
    if not ties.number_of_edges():
        raise ExportError("There is nothing to draw: no two characters are tied.", "Choose another --network.")
    heaviest = max(weight for *_, weight in ties.edges(data="weight"))
    names = [shortened(str(graph.nodes[one]["name"])) for one in order]
    size = len(order) * _CELL
    with paper(path, 9, 9) as figure:
        room = max(width_of(figure, name) for name in names) + 0.3
        figure.set_size_inches(max(7.0, room + size + 0.6), size + room + 1.4)
        axes = sheet(figure)
        heading(axes, str(graph.graph.get("title", "")), _SUBTITLES[network])
        left, top_edge = room + 0.2, size + 0.3
        place = {one: number for number, one in enumerate(order)}
        for one, other, weight in ties.edges(data="weight"):
            shade = 0.12 + 0.88 * math.log1p(weight) / math.log1p(heaviest)
            pairs = [(one, other)] if network == "speech" else [(one, other), (other, one)]
            for row, column in pairs:
                corner = (left + place[column] * _CELL, top_edge - (place[row] + 1) * _CELL)
                axes.add_patch(_square(corner, _CELL, _CELL, facecolor=INK, alpha=shade))
        _frame(axes, [len(circle.members) for circle in circles], left, top_edge)
        for number, name in enumerate(names):
            middle = (number + 0.5) * _CELL
            write(axes, left - 0.1, top_edge - middle, name, horizontalalignment="right")
            write(
                axes, left + middle, top_edge + 0.1, name,
                rotation=90, horizontalalignment="center", verticalalignment="bottom",
            )  # fmt: skip


_SUBTITLES = {
    "co-occurrence": "Who is mentioned with whom; the darker, the more often",
    "speech": "Who (rows) speaks to whom (columns); the darker, the more often",
    "facts": "Who is related to whom; the darker, the more sentences say so",
}


def _frame(axes: Any, sizes: Sequence[int], left: float, top_edge: float) -> None:
    total = sum(sizes) * _CELL
    axes.add_patch(_square((left, top_edge - total), total, total, fill=False, edgecolor=PALE, linewidth=1))
    begin = 0.0
    for size in sizes:
        side = size * _CELL
        corner = (left + begin, top_edge - begin - side)
        axes.add_patch(_square(corner, side, side, fill=False, edgecolor="#d6336c", linewidth=1.4))
        begin += side


def _square(corner: tuple[float, float], width: float, height: float, **how: Any) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle(corner, width, height, **{"linewidth": 0, **how})
