"""The order of the lines in a storyline, chapter by chapter, and their heights.

A storyline (Munroe, "Movie Narrative Charts", xkcd 657, 2009; Tanahashi & Ma, "Design considerations for optimizing
storyline visualizations", 2012) draws each character as a line that runs beside those with whom he or she is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

from litgraph.view.charts.order import apart

SWEEPS = 24
"""Through the chapters, forwards and backwards in turn; the order with the fewest crossings is kept."""
ROUNDS = 60
"""Of straightening the lines."""
BETWEEN = 1.8
"""The gap between those who are not together; within a group it is 1."""

Groups = Sequence[Sequence[str]]


def order_lines(columns: Sequence[Groups]) -> list[list[list[str]]]:
    """Groups in order, from below, and the members of each in order, with few crossings between the columns.

    Each sweep sorts the groups of a column by where their members stood in the one before, and the members likewise.

    Args:
        columns: of each chapter the groups, in any order; nobody is in two of them.
    """
    arranged = [[sorted(group) for group in sorted(groups, key=sorted)] for groups in columns]
    best, fewest = arranged, crossings(arranged)
    for sweep in range(SWEEPS):
        forwards = sweep % 2 == 0
        arranged = [*arranged] if forwards else arranged[::-1]
        known: dict[str, float] = {}
        for index, groups in enumerate(arranged):
            after = _places(arranged[index + 1]) if index + 1 < len(arranged) else {}
            arranged[index] = _sorted_groups(groups, known, after)
            known |= _places(arranged[index])
        arranged = arranged if forwards else arranged[::-1]
        number = crossings(arranged)
        if number < fewest:
            best, fewest = [[*map(list, groups)] for groups in arranged], number
    return best


def crossings(columns: Sequence[Groups]) -> int:
    """How many pairs of lines change places between two columns."""
    places = [_places(groups) for groups in columns]
    return sum(
        (here[one] < here[other]) != (there[one] < there[other])
        for here, there in pairwise(places)
        for one, other in combinations(sorted(here.keys() & there.keys()), 2)
    )


def heights(columns: Sequence[Groups]) -> list[dict[str, float]]:
    """How high each line runs in each column: in its order, apart, and with few bends.

    In each round every line moves to the mean of where it was in the columns beside, as far as the others let it.
    """
    gaps = [_gaps(groups) for groups in columns]
    orders = [[one for group in groups for one in group] for groups in columns]
    levels = [
        dict(zip(order, apart([0.0] * len(order), gap), strict=True)) for order, gap in zip(orders, gaps, strict=True)
    ]
    for round_ in range(ROUNDS):
        indexes = range(len(levels)) if round_ % 2 == 0 else range(len(levels) - 1, -1, -1)
        for index in indexes:
            beside = [levels[other] for other in (index - 1, index + 1) if 0 <= other < len(levels)]
            wanted = []
            for one in orders[index]:
                seen = [level[one] for level in beside if one in level]
                wanted.append(sum(seen) / len(seen) if seen else levels[index][one])
            levels[index] = dict(zip(orders[index], apart(wanted, gaps[index]), strict=True))
    return levels


def _sorted_groups(groups: Groups, known: Mapping[str, float], after: Mapping[str, float]) -> list[list[str]]:
    def place(one: str) -> float:
        return known.get(one, after.get(one, 0.0))

    inside = [sorted(group, key=lambda one: (place(one), one)) for group in groups]
    return sorted(inside, key=lambda group: (sum(map(place, group)) / len(group), group))


def _places(groups: Groups) -> dict[str, float]:
    order = [one for group in groups for one in group]
    return {one: float(index) for index, one in enumerate(order)}


def _gaps(groups: Groups) -> list[float]:
    return [BETWEEN if index == 0 else 1.0 for group in groups for index, _ in enumerate(group)]
