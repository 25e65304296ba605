"""Where lines and names stand: in their order, apart, and with few crossings."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litgraph.view.charts.order import apart
from litgraph.view.charts.storyline_layout import BETWEEN, crossings, heights, order_lines


@given(st.lists(st.tuples(st.floats(-100, 100), st.floats(0, 5)), min_size=1, max_size=12))
def test_places_are_apart_and_near(items: list[tuple[float, float]]) -> None:
    wanted, gaps = [place for place, _ in items], [gap for _, gap in items]
    places = apart(wanted, gaps)
    assert all(later - earlier >= gap - 1e-6 for (earlier, later), gap in zip(pairwise(places), gaps[1:], strict=True))
    assert sum(places) == pytest.approx(sum(wanted), abs=1e-6)  # nobody is pulled more one way than another
    # Whoever may stand where he wants does
    if all(later - earlier >= gap for (earlier, later), gap in zip(pairwise(wanted), gaps[1:], strict=True)):
        assert places == pytest.approx(wanted)


def test_lines_that_need_not_cross_do_not() -> None:
    columns = [[["a", "b"], ["c", "d"]], [["c"], ["d"], ["b"], ["a"]], [["d", "c"], ["a", "b"]]]
    order = order_lines(columns)
    assert crossings(order) == 0
    assert [sorted(map(sorted, groups)) for groups in order] == [sorted(map(sorted, groups)) for groups in columns]


def test_a_change_of_company_costs_one_crossing() -> None:
    columns = [[["a", "b"], ["c", "d"]], [["a", "c"], ["b", "d"]]]
    assert crossings(columns) == 1
    assert crossings(order_lines(columns)) == 1


names = st.lists(st.sampled_from("abcdef"), unique=True, min_size=1, max_size=6)


@given(st.lists(st.tuples(names, st.lists(st.booleans(), min_size=6, max_size=6)), min_size=1, max_size=8))
def test_groups_stay_together_and_lines_apart(given_columns: list[tuple[list[str], list[bool]]]) -> None:
    columns = []
    for people, breaks in given_columns:
        groups: list[list[str]] = []
        for one, new in zip(people, breaks, strict=False):
            if new or not groups:
                groups.append([])
            groups[-1].append(one)
        columns.append(groups)
    order = order_lines(columns)
    before = [[sorted(group) for group in sorted(groups, key=sorted)] for groups in columns]
    assert crossings(order) <= crossings(before)
    for groups, arranged, level in zip(columns, order, heights(order), strict=True):
        assert sorted(map(sorted, arranged)) == sorted(map(sorted, groups))
        line = [one for group in arranged for one in group]
        starts = {group[0] for group in arranged}
        for earlier, later in pairwise(line):
            assert level[later] - level[earlier] >= (BETWEEN if later in starts else 1) - 1e-6


def test_a_line_alone_is_straight() -> None:
    assert len({round(level["a"], 6) for level in heights([[["a"]], [["a"]], [["a"]]])}) == 1
