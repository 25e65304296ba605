"""The storyline: each main character a line through the chapters, beside those with whom he or she is."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from litgraph.analysis import NetworkName, Presence, most_mentioned, networks_by_chapter
from litgraph.errors import ExportError
from litgraph.view.charts.storyline_layout import MOST, groups_in, heights, order_lines
from litgraph.view.layout import Box
from litgraph.view.paper import LINE_COLOURS, PALE, heading, paper, sheet, shortened, width_of, write, write_chapters

if TYPE_CHECKING:
    import networkx

_BENDS = 10  # points of a line between two chapters
_ROOM = 0.34  # inches between two lines that run together
_NUDGES = (0.0, 0.19, -0.19, 0.38, -0.38, 0.57, -0.57)  # inches up, for a name that would lie over another
_LEFT, _RIGHT, _TOP, _BOTTOM = 0.4, 0.4, 1.25, 0.7


def draw_storyline(
    graph: networkx.MultiDiGraph,
    present: Mapping[str, Presence],
    chapters: int,
    path: str | os.PathLike[str],
    *,
    network: NetworkName = "co-occurrence",
    top: int = MOST,
) -> None:
    """Draw the storyline of the most mentioned characters.

    In each chapter those stand together who are a community of its network; a grey bar joins them. A line is thin where
    somebody is not mentioned, begins where somebody first is, and ends where he or she last is.

    Args:
        graph: from :func:`litgraph.build_graph`, or one that was read back.
        present: from :func:`litgraph.analysis.presence`.
        chapters: how many the book has.
        path: ends in .png or .svg.
        network: whose communities stand together.
        top: how many characters, 12 at most.

    Raises:
        ExportError: nobody is present, or the file cannot be written.
    """
    people = [one for one in most_mentioned(graph, len(graph)) if one in present][: min(top, MOST)]
    if not people:
        raise ExportError("There is nothing to draw: nobody is mentioned in a chapter.", "Build the run again.")
    networks = networks_by_chapter(graph, network, "chapter", chapters=chapters)
    width = max(9.0, min(24.0, 3.0 + 0.28 * chapters))
    with paper(path, width, 9) as figure:
        names = {one: shortened(str(graph.nodes[one]["name"])) for one in people}
        widest = max(width_of(figure, name) for name in names.values()) + 0.15
        step = (width - _LEFT - _RIGHT - 2 * widest) / chapters
        lead = {one: max(1, round((width_of(figure, names[one]) + 0.1) / step + 0.5)) for one in people}
        first = 1 - max(lead.values())
        columns = [groups_in(chapter, people, present, lead, networks) for chapter in range(first, chapters + 1)]
        levels = heights(order_lines(columns))
        _fit(figure, levels)
        axes = sheet(figure)
        heading(axes, str(graph.graph.get("title", "")), "Who is with whom, chapter by chapter")
        lowest = min(level for column in levels for level in column.values())

        def at(chapter: float, level: float) -> tuple[float, float]:
            return _LEFT + widest + (chapter - 0.5) * step, _BOTTOM + 0.25 + (level - lowest) * _ROOM

        _draw_bars(axes, columns, levels, first, present, at)
        for number, one in enumerate(people):
            _draw_line(axes, one, LINE_COLOURS[number], levels, first, present[one], at)
        _write_names(figure, axes, names, levels, first, present, at)
        write_chapters(axes, chapters, lambda chapter: at(chapter, 0)[0], 0.4)


def _fit(figure: Any, levels: Sequence[Mapping[str, float]]) -> None:
    """Make the figure as high as the lines need."""
    spread = [level for column in levels for level in column.values()]
    figure.set_size_inches(
        figure.get_size_inches()[0], max(4.0, (max(spread) - min(spread)) * _ROOM + _TOP + _BOTTOM + 0.5)
    )


def _write_names(
    figure: Any,
    axes: Any,
    names: Mapping[str, str],
    levels: Sequence[Mapping[str, float]],
    first: int,
    present: Mapping[str, Presence],
    at: Any,
) -> None:
    """Names before the beginnings of the lines, none over another, and after those that last to the end."""
    boxes: list[Box] = []
    for one, name in names.items():
        begin, end = present[one].chapters[0], present[one].chapters[-1]
        x, y = at(begin - 0.45, levels[begin - first][one])
        size = width_of(figure, name) + 0.06
        choices = [Box(x - size, y + up - 0.09, x, y + up + 0.09) for up in _NUDGES]
        box = min(choices, key=lambda choice: sum(map(choice.overlap, boxes)))
        boxes.append(box)
        write(axes, box.right - 0.04, (box.bottom + box.top) / 2, name, horizontalalignment="right", zorder=5)
        if end == first + len(levels) - 1:
            x, y = at(end + 0.5, levels[-1][one])
            write(axes, x, y, name, zorder=5)


def _draw_bars(
    axes: Any,
    columns: Sequence[Sequence[Sequence[str]]],
    levels: Sequence[Mapping[str, float]],
    first: int,
    present: Mapping[str, Presence],
    at: Any,
) -> None:
    for index, groups in enumerate(columns):
        for group in groups:
            if len(group) > 1:
                inside = [levels[index][one] for one in group]
                (x, low), (_, high) = at(first + index, min(inside)), at(first + index, max(inside))
                axes.plot([x, x], [low, high], color=PALE, linewidth=7, solid_capstyle="round", zorder=1)


def _draw_line(
    axes: Any,
    one: str,
    colour: str,
    levels: Sequence[Mapping[str, float]],
    first: int,
    present: Presence,
    at: Any,
) -> None:
    begin, end = present.chapters[0], present.chapters[-1]
    pieces: list[tuple[bool, list[tuple[float, float]]]] = []

    def go_on(there: bool, points: list[tuple[float, float]]) -> None:
        if pieces and pieces[-1][0] == there:
            pieces[-1][1].extend(points)
        else:
            pieces.append((there, points))

    for chapter in range(begin, end + 1):
        there = bool(present.mentions[chapter - 1])
        level = levels[chapter - first][one]
        go_on(there, [at(chapter - 0.3, level), at(chapter + 0.3, level)])
        if there:
            axes.plot(*at(chapter, level), marker="o", markersize=3.4, color=colour, zorder=4)
        if chapter < end:
            after = levels[chapter + 1 - first][one]
            shares = [step / _BENDS for step in range(_BENDS + 1)]
            bend = [share * share * (3 - 2 * share) for share in shares]
            go_on(
                there and bool(present.mentions[chapter]),
                [
                    at(chapter + 0.3 + 0.4 * share, level + (after - level) * by)
                    for share, by in zip(shares, bend, strict=True)
                ],
            )
    for there, points in pieces:
        axes.plot([x for x, _ in points], [y for _, y in points], **_pen(colour, there))


def _pen(colour: str, there: bool) -> dict[str, Any]:
    return {
        "color": colour,
        "linewidth": 2.2 if there else 0.9,
        "alpha": 1.0 if there else 0.45,
        "solid_capstyle": "round",
        "zorder": 3 if there else 2,
    }
