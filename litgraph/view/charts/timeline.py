"""The time line: a measure of the main characters, chapter by chapter, and where the company changes most."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from litgraph.analysis import (
    ChapterMeasures,
    NetworkName,
    Slicing,
    measure_chapters,
    turning_points,
)
from litgraph.analysis.choices import WIDTH
from litgraph.errors import ExportError
from litgraph.view.charts.order import apart
from litgraph.view.paper import (
    DASHES,
    INK,
    LINE_COLOURS,
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

    from litgraph.types import Book

MOST = 8
_NAME_GAP = 0.19  # inches between two names at the right
_BELOW = {
    "chapter": "in each chapter",
    "cumulative": "up to each chapter",
    "window": "in the last {width} chapters",
    "smoothed": "at each chapter, smoothed over gaps",
}


def draw_timeline(
    graph: networkx.MultiDiGraph,
    measure: str,
    path: str | os.PathLike[str],
    *,
    book: Book | None = None,
    network: NetworkName = "co-occurrence",
    slicing: Slicing = "cumulative",
    width: int = WIDTH,
    top: int = 6,
) -> None:
    """Draw a measure of the most mentioned characters through the chapters, with the turning points as dotted lines.

    Args:
        graph: from :func:`litgraph.build_graph`, or one that was read back.
        measure: of :data:`litgraph.analysis.CHARACTER_MEASURES`.
        path: ends in .png or .svg.
        book: gives the number of chapters; without it the chapters that the graph speaks of.
        network: which network.
        slicing: what of it is seen at a chapter, see :func:`litgraph.analysis.networks_by_chapter`.
        width: of windows, in chapters.
        top: how many characters, 8 at most.

    Raises:
        SettingsError: there is no such measure, network or slicing.
        ExportError: there is no chapter, or the file cannot be written.
    """
    rows = measure_chapters(graph, network, slicing, measure, width=width, top=min(top, MOST), book=book)
    people = list(rows[0].values) if rows else []
    if not people:
        raise ExportError("There is nothing to draw: the graph has no chapters or no people.", "Build the run again.")
    names = [shortened(str(graph.nodes[one]["name"])) for one in people]
    with paper(path, 12, 6.5) as figure:
        axes = sheet(figure)
        below = _BELOW[slicing].format(width=width)
        heading(axes, str(graph.graph.get("title", "")), f"{measure.capitalize()} ({network}) {below}")
        left, right = 0.9, 12 - 0.45 - max(width_of(figure, name) for name in names)
        low, high = 0.75, 5.0
        largest = max((value for row in rows for value in row.values.values()), default=0.0) or 1.0

        def x_of(chapter: float) -> float:
            return left + (right - left) * (chapter - 0.5) / len(rows)

        def y_of(value: float) -> float:
            return low + (high - low) * value / largest

        for value in _ticks(largest):
            axes.plot([left, right], [y_of(value)] * 2, color=PALE, linewidth=0.8, zorder=1)
            write(axes, left - 0.1, y_of(value), f"{value:g}", horizontalalignment="right", fontsize=10, alpha=0.8)
        for turn in turning_points({row.chapter: row.change for row in rows}, width=width):
            x = x_of(turn.chapter - 0.5)
            axes.plot([x, x], [low, high + 0.1], color=INK, linewidth=1, linestyle=(0, (1, 3)), zorder=1)
            write(axes, x, high + 0.22, str(turn.chapter), horizontalalignment="center", fontsize=10)
        for number, one in enumerate(people):
            points = [(x_of(row.chapter), y_of(row.values[one])) for row in rows]
            axes.plot(
                [x for x, _ in points], [y for _, y in points],
                color=LINE_COLOURS[number], linewidth=1.8, linestyle=DASHES[number % len(DASHES)], zorder=3,
            )  # fmt: skip
        for name, number, wanted, level in _ends(rows, people, names, y_of(1) - y_of(0)):
            y = low + level
            axes.plot(
                [x_of(len(rows)), right + 0.06], [low + wanted, y], color=LINE_COLOURS[number], linewidth=0.7, zorder=2
            )
            write(axes, right + 0.1, y, name, color=LINE_COLOURS[number])
        write_chapters(axes, len(rows), x_of, 0.45)


def _ends(
    rows: Sequence[ChapterMeasures], people: Sequence[str], names: Sequence[str], unit: float
) -> list[tuple[str, int, float, float]]:
    """For each name its number, where its line ends, and where it stands so that none is over another."""
    last = rows[-1].values
    order = sorted(range(len(people)), key=lambda number: (last[people[number]], -number))
    wanted = [last[people[number]] * unit for number in order]
    levels = apart(wanted, [_NAME_GAP] * len(order))
    return [(names[number], number, want, level) for number, want, level in zip(order, wanted, levels, strict=True)]


def _ticks(largest: float) -> list[float]:
    """Round numbers from 0 to the largest, five or six."""
    step = 10.0 ** math.floor(math.log10(largest))
    step = next(step * part for part in (0.1, 0.2, 0.25, 0.5, 1, 2) if largest / (step * part) < 6)
    return [round(step * number, 12) for number in range(int(largest / step) + 1)]
