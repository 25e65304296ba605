"""The order of the lines in a storyline, chapter by chapter, and their heights.

A storyline (Munroe, "Movie Narrative Charts", xkcd 657, 2009; Tanahashi & Ma, "Design considerations for optimizing
storyline visualizations", 2012) draws each character as a line that runs beside those with whom he or she is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from litgraph.analysis import Presence, communities
from litgraph.analysis.networks import weighted
from litgraph.view.charts.order import apart

if TYPE_CHECKING:
    import networkx

MOST = 12
"""Lines that a reader can follow."""
SWEEPS = 24
"""Through the chapters, forwards and backwards in turn; the order with the fewest crossings is kept."""
ROUNDS = 60
"""Of straightening the lines."""
BETWEEN = 1.8
"""The gap between those who are not together; within a group it is 1."""

Groups = Sequence[Sequence[str]]


def groups_in(
    chapter: int,
    people: Sequence[str],
    present: Mapping[str, Presence],
    lead: Mapping[str, int],
    networks: Mapping[int, networkx.Graph],
) -> list[list[str]]:
    """Who stands together in a chapter; who has a line or a name there and is not mentioned stands alone.

    Args:
        chapter: its number; below 1 for the room before the first chapter, where names stand.
        people: ids.
        present: of each of them.
        lead: how many chapters before the beginning of each line there shall be room for the name.
        networks: of each chapter; whoever is a community of it stands together.
    """
    here = [one for one in people if 0 < chapter <= len(present[one].mentions) and present[one].mentions[chapter - 1]]
    groups: list[list[str]] = []
    if here:
        met = networks[chapter].subgraph([one for one in here if one in networks[chapter]])
        groups = [list(one.members) for one in communities(_in_order(met))]
    grouped = {one for group in groups for one in group}
    for one in people:
        begin, end = present[one].chapters[0] - lead[one], present[one].chapters[-1]
        if one not in grouped and begin <= chapter <= end:
            groups.append([one])
    return groups


def _in_order(network: networkx.Graph) -> networkx.Graph:
    edges = network.edges(data="weight")
    made = weighted({(min(one, other), max(one, other)): weight for one, other, weight in edges})
    made.add_nodes_from(sorted(network))
    return made


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
