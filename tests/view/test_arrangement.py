"""Where the nodes of the page stand."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.view.page.arrangement import HEIGHT, WIDTH, arrange

edges = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.floats(0.5, 500)), max_size=60)


@given(st.integers(1, 31), edges)
@settings(max_examples=40, deadline=None)
def test_everybody_stands_somewhere_and_alone(count: int, links: list[tuple[int, int, float]]) -> None:
    links = [(one % count, other % count, weight) for one, other, weight in links]
    places = arrange(count, links)
    assert len(places) == count == len(set(places))
    assert all(math.isfinite(x) and math.isfinite(y) for x, y in places)
    assert places == arrange(count, links)


def test_the_order_of_edges_and_ends_makes_no_difference() -> None:
    links = [(0, 1, 2.0), (1, 2, 1.0), (2, 3, 4.0), (0, 3, 1.0)]
    assert arrange(4, links) == arrange(4, [(other, one, weight) for one, other, weight in reversed(links)])


def test_two_groups_stand_apart() -> None:
    groups = [range(8), range(8, 16)]
    links = [(one, other, 5.0) for group in groups for one, other in combinations(group, 2)]
    places = arrange(16, [*links, (0, 8, 1.0)])
    inside = [math.dist(places[one], places[other]) for group in groups for one, other in combinations(group, 2)]
    between = [math.dist(places[one], places[other]) for one in groups[0] for other in groups[1]]
    assert sum(between) / len(between) > 1.5 * sum(inside) / len(inside)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_nodes(count: int) -> None:
    places = arrange(count, [])
    assert len(places) == count
    assert all(-WIDTH <= x <= 2 * WIDTH and -HEIGHT <= y <= 2 * HEIGHT for x, y in places)
