"""Books as dots: a measure of each over what is known of it, such as its year."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from litgraph.errors import ExportError
from litgraph.view.paper import LINE_COLOURS, PALE, heading, paper, printable, sheet, shortened, width_of, write

MOST_NAMED = 12
"""Books that are named beside their dots; of more, none is."""
MOST_VALUES = 10
"""Texts, such as genders or bookshelves, that have a column of dots each."""
_A_GROUP = 5  # books of a median at least
_FEWEST_GROUPS, _GROUPS = 3, 10  # medians of a line
_WIDTH, _HEIGHT = 12.0, 6.5  # inches
_LEFT, _LOW, _HIGH = 1.1, 0.95, 5.1
_NAME_SIZE, _NAME_HEIGHT = 10, 0.17  # points; inches
_BLUE, _RED = LINE_COLOURS[2], LINE_COLOURS[1]


class Dot(NamedTuple):
    """A book: what it is, what is known of it, and its measure."""

    name: str
    known: float | str
    value: float


def draw_scatter(dots: Sequence[Dot], path: str | os.PathLike[str], *, title: str, known: str, measure: str) -> None:
    """Draw books as dots, and as a line the medians of tenths of them, from left to right; of texts the median of each.

    Args:
        dots: in any order; numbers or texts, of which the most frequent are drawn.
        path: ends in .png or .svg.
        title: of the picture.
        known: what stands below, "year".
        measure: what stands at the left, "density".

    Raises:
        ExportError: there are no dots, or the file cannot be written.
    """
    if not dots:
        raise ExportError(f"There is nothing to draw: no book has both {known} and {measure}.", "Choose other columns.")
    numbers = all(not isinstance(dot.known, str) for dot in dots)
    columns = [] if numbers else _frequent(dots)
    shown = sorted(
        (dot for dot in dots if numbers or str(dot.known) in columns),
        key=lambda dot: (float(dot.known) if numbers else columns.index(str(dot.known)), dot.value, dot.name),
    )
    with paper(path, _WIDTH, _HEIGHT) as figure:
        axes = sheet(figure)
        middle = _medians(shown, numbers, columns)
        line = ", in red their median" if middle else ""
        heading(axes, title, f"{measure} by {known}; {len(shown):,} books{line}")
        named = len(shown) <= MOST_NAMED
        right = _WIDTH - (0.5 + max(width_of(figure, shortened(dot.name)) for dot in shown) if named else 0.5)
        x_low, x_high = _span([float(dot.known) for dot in shown]) if numbers else (-0.5, len(columns) - 0.5)
        y_low, y_high = _span([dot.value for dot in shown])

        def x_of(place: float) -> float:
            return _LEFT + (right - _LEFT) * (place - x_low) / (x_high - x_low)

        def y_of(value: float) -> float:
            return _LOW + (_HIGH - _LOW) * (value - y_low) / (y_high - y_low)

        def place(dot: Dot) -> float:
            return float(dot.known) if numbers else columns.index(str(dot.known))

        for value in _ticks(y_low, y_high):
            axes.plot([_LEFT, right], [y_of(value)] * 2, color=PALE, linewidth=0.8, zorder=1)
            write(axes, _LEFT - 0.1, y_of(value), f"{value:g}", horizontalalignment="right", fontsize=10, alpha=0.8)
        for number, words in (
            [(value, f"{value:g}") for value in _ticks(x_low, x_high)]
            if numbers
            else [(float(index), shortened(name, 14)) for index, name in enumerate(columns)]
        ):
            write(axes, x_of(number), _LOW - 0.25, words, horizontalalignment="center", fontsize=10, alpha=0.8)
        write(axes, (_LEFT + right) / 2, _LOW - 0.6, printable(known), horizontalalignment="center")
        axes.scatter(
            [x_of(place(dot)) for dot in shown], [y_of(dot.value) for dot in shown],
            s=24, color=_BLUE, alpha=max(0.2, min(0.8, 60 / len(shown))), linewidths=0, zorder=2,
        )  # fmt: skip
        how = (
            {"linewidth": 1.8} if numbers else {"marker": "_", "markersize": 16, "markeredgewidth": 2.5, "linewidth": 0}
        )
        axes.plot([x_of(x) for x, _ in middle], [y_of(y) for _, y in middle], color=_RED, zorder=3, **how)
        if named:
            _name(figure, axes, [(x_of(place(dot)), y_of(dot.value), shortened(dot.name)) for dot in shown])


def _name(figure: Any, axes: Any, places: Sequence[tuple[float, float, str]]) -> None:
    """Write names beside dots, as many as have room."""
    written: list[tuple[float, float, float]] = []
    for x, y, name in places:
        end = x + 0.1 + width_of(figure, name, _NAME_SIZE)
        if all(abs(y - other) >= _NAME_HEIGHT or x > last or end < first for first, other, last in written):
            written.append((x, y, end))
            write(axes, x + 0.1, y, name, fontsize=_NAME_SIZE)


def _frequent(dots: Sequence[Dot]) -> list[str]:
    counts: dict[str, int] = {}
    for dot in dots:
        counts[str(dot.known)] = counts.get(str(dot.known), 0) + 1
    return sorted(sorted(counts, key=lambda name: (-counts[name], name))[:MOST_VALUES])


def _medians(dots: Sequence[Dot], numbers: bool, columns: Sequence[str]) -> list[tuple[float, float]]:
    """Of each group of dots where it stands, and its median; none if there are too few."""
    if not numbers:
        groups = [[dot for dot in dots if dot.known == name] for name in columns]
        return [(index, median(dot.value for dot in group)) for index, group in enumerate(groups) if group]
    count = min(_GROUPS, len(dots) // _A_GROUP)
    edges = [round(len(dots) * index / count) for index in range(count + 1)] if count >= _FEWEST_GROUPS else []
    parts = [dots[one:other] for one, other in pairwise(edges)]
    return [(median(float(dot.known) for dot in part), median(dot.value for dot in part)) for part in parts]


def _span(values: Sequence[float]) -> tuple[float, float]:
    """From where to where an axis goes: a little beyond the values."""
    low, high = min(values), max(values)
    room = (high - low) * 0.05 or abs(high) * 0.05 or 1.0
    return low - room, high + room


def _ticks(low: float, high: float) -> list[float]:
    """Round numbers between the two, three to seven."""
    power = 10.0 ** math.floor(math.log10(high - low))
    step = next(power * part for part in (0.1, 0.2, 0.25, 0.5, 1, 2) if (high - low) / (power * part) < 7)
    first = math.ceil(low / step)
    return [round(step * number, 12) for number in range(first, math.floor(high / step) + 1)]
