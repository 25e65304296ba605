"""Speech: how much each of the main speakers says, and to whom."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from litgraph.errors import ExportError
from litgraph.ontology import SPEAKS_TO
from litgraph.view.paper import BACKGROUND, INK, heading, paper, sheet, shortened, width_of, write

if TYPE_CHECKING:
    import networkx

MOST = 25
_ROW = 0.42  # inches
_SHADES = ("#cfc9bd", "#e6e2d9", "#b9b2a4", "#f1eee7")


def draw_speech(graph: networkx.MultiDiGraph, path: str | os.PathLike[str], *, top: int = 15) -> None:
    """Draw a bar for each of those who say most: its length is the words said to somebody who is known, its parts are
    the hearers, who say so themselves where there is room for their names. A word said to two is in two parts.

    Args:
        graph: from :func:`litgraph.build_graph`, or one that was read back.
        path: ends in .png or .svg.
        top: how many speakers, 25 at most.

    Raises:
        ExportError: nobody speaks to anybody, or the file cannot be written.
    """
    words: dict[str, dict[str, int]] = {}
    for head, tail, relation, data in graph.edges(keys=True, data=True):
        if data.get("relation", relation) == SPEAKS_TO:
            words.setdefault(head, {})[tail] = int(data.get("words", data["weight"]))
    totals = {speaker: sum(heard.values()) for speaker, heard in words.items()}
    speakers = sorted(totals, key=lambda one: (-totals[one], one))[: min(top, MOST)]
    if not speakers:
        raise ExportError("There is nothing to draw: nobody speaks to anybody.", "Choose another picture.")
    names = {node: shortened(str(data.get("name", node)), 24) for node, data in graph.nodes(data=True)}
    with paper(path, 12, len(speakers) * _ROW + 1.7) as figure:
        axes = sheet(figure)
        heading(axes, str(graph.graph.get("title", "")), "How many words each says, and to whom")
        left = max(width_of(figure, names[one]) for one in speakers) + 0.5
        scale = (12 - left - 1.1) / totals[speakers[0]]
        for row, one in enumerate(speakers):
            middle = len(speakers) * _ROW + 0.3 - (row + 0.5) * _ROW
            write(axes, left - 0.1, middle, names[one], horizontalalignment="right")
            begin = left
            for number, hearer in enumerate(sorted(words[one], key=lambda other: (-words[one][other], other))):
                length = words[one][hearer] * scale
                axes.add_patch(_part(begin, middle, length, _SHADES[number % len(_SHADES)]))
                if width_of(figure, names[hearer], 9.5) + 0.1 < length:
                    axes.text(
                        begin + length / 2, middle, names[hearer], fontsize=9.5, color=INK, parse_math=False,
                        horizontalalignment="center", verticalalignment="center",
                    )  # fmt: skip
                begin += length
            write(axes, begin + 0.08, middle, f"{totals[one]:,}", fontsize=10, alpha=0.8)


def _part(left: float, middle: float, length: float, colour: str) -> Any:
    from matplotlib.patches import Rectangle

    corner = (left, middle - _ROW * 0.4)
    return Rectangle(corner, length, _ROW * 0.8, facecolor=colour, edgecolor=BACKGROUND, linewidth=1)
