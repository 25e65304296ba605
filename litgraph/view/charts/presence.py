"""Presence: in which chapters each character is mentioned, and how often."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from litgraph.analysis import Presence, most_mentioned
from litgraph.errors import ExportError
from litgraph.view.paper import (
    GENDER_COLOURS,
    INK,
    PALE,
    heading,
    paper,
    sheet,
    shortened,
    width_of,
    write,
    write_chapters,
)

if TYPE_CHECKING:
    import networkx

MOST = 40
_ROW = 0.3  # inches
_SUBTITLE = "Who is mentioned in which chapter; the higher, the more often (women in orange, men in blue)"


def draw_presence(
    graph: networkx.MultiDiGraph,
    present: Mapping[str, Presence],
    chapters: int,
    path: str | os.PathLike[str],
    *,
    top: int = 25,
) -> None:
    """Draw a row for each of the most mentioned characters, in the order of their first appearance.

    The height of a mark is how often somebody is mentioned in the chapter (as a square root), of the most that anybody
    is in any; its colour is the gender.

    Args:
        graph: from :func:`litgraph.build_graph`, or one that was read back.
        present: from :func:`litgraph.analysis.presence`.
        chapters: how many the book has.
        path: ends in .png or .svg.
        top: how many characters, 40 at most.

    Raises:
        ExportError: nobody is present, or the file cannot be written.
    """
    people = [one for one in most_mentioned(graph, len(graph)) if one in present][: min(top, MOST)]
    if not people:
        raise ExportError("There is nothing to draw: nobody is mentioned in a chapter.", "Build the run again.")
    people.sort(key=lambda one: present[one].chapters[0])
    most = max(max(present[one].mentions) for one in people)
    width = max(8.0, min(20.0, 3.5 + 0.2 * chapters))
    with paper(path, width, len(people) * _ROW + 1.9) as figure:
        names = {one: shortened(str(graph.nodes[one]["name"])) for one in people}
        left = max(width_of(figure, name) for name in names.values()) + 0.5
        axes = sheet(figure)
        heading(axes, str(graph.graph.get("title", "")), _SUBTITLE)
        step = (width - left - 0.4) / chapters
        top_edge = len(people) * _ROW + 0.6
        for row, one in enumerate(people):
            middle = top_edge - (row + 0.5) * _ROW
            write(axes, left - 0.1, middle, names[one], horizontalalignment="right")
            begin, end = present[one].chapters[0], present[one].chapters[-1]
            axes.plot([left + (begin - 0.5) * step, left + (end - 0.5) * step], [middle] * 2, color=PALE, zorder=1)
            colour = GENDER_COLOURS.get(str(graph.nodes[one].get("gender")), GENDER_COLOURS["unknown"])
            for chapter in present[one].chapters:
                share = math.sqrt(present[one].mentions[chapter - 1] / most)
                axes.add_patch(_mark(left + (chapter - 0.5) * step, middle, step * 0.8, _ROW * 0.95 * share, colour))
        write_chapters(axes, chapters, lambda chapter: left + (chapter - 0.5) * step, 0.35)


def _mark(x: float, y: float, width: float, height: float, colour: str) -> Any:
    from matplotlib.patches import Rectangle

    corner = (x - width / 2, y - height / 2)
    return Rectangle(corner, width, height, facecolor=colour, edgecolor=INK, linewidth=0.5, zorder=2)
