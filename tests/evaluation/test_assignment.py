"""The best assignment is found: compared with trying all of them."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.evaluation.assignment import best_assignment


def best_by_trying(weights: list[list[float]]) -> float:
    if len(weights) > len(weights[0]):
        weights = [list(column) for column in zip(*weights, strict=True)]
    columns = range(len(weights[0]))
    return max(
        sum(row[column] for row, column in zip(weights, chosen, strict=True))
        for chosen in permutations(columns, len(weights))
    )


@st.composite
def matrices(draw: st.DrawFn) -> list[list[float]]:
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    number = st.one_of(st.integers(0, 3).map(float), st.floats(0, 1))
    return draw(st.lists(st.lists(number, min_size=columns, max_size=columns), min_size=rows, max_size=rows))


@settings(deadline=None, max_examples=200)
@given(matrices())
def test_no_assignment_is_better(weights: list[list[float]]) -> None:
    pairs = best_assignment(weights)
    assert sum(weights[row][column] for row, column in pairs) == pytest.approx(best_by_trying(weights))
    assert len(pairs) == min(len(weights), len(weights[0]))
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert pairs == sorted(pairs)


def test_the_greedy_choice_can_be_wrong() -> None:
    assert best_assignment([[3.0, 2.0], [2.0, 0.0]]) == [(0, 1), (1, 0)]


def test_nothing_to_assign() -> None:
    assert best_assignment([]) == best_assignment([[], []]) == []
