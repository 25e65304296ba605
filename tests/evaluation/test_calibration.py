"""Confidences that are right as often as they say have no calibration error."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.evaluation.calibration import expected_calibration_error, reliability


def test_by_hand() -> None:
    answers = [(0.9, True), (0.8, False), (0.3, False), (0.2, True)]
    # Two bins: (0, .5] has confidence .25 and accuracy .5; (.5, 1] has .85 and .5.
    assert expected_calibration_error(answers, bins=2) == pytest.approx((2 * 0.25 + 2 * 0.35) / 4)
    low, high = reliability(answers, bins=2)
    assert (low.low, low.high, low.count, low.confidence, low.accuracy) == pytest.approx((0.0, 0.5, 2, 0.25, 0.5))
    assert (high.low, high.high, high.count) == (0.5, 1.0, 2)


def test_bins_are_open_below_and_closed_above() -> None:
    bins = reliability([(0.0, False), (0.5, True), (0.51, True), (1.0, True)], bins=2)
    assert [(part.low, part.count) for part in bins] == [(0.0, 2), (0.5, 2)]


def test_the_extremes() -> None:
    assert expected_calibration_error([(1.0, True)] * 3 + [(0.0, False)] * 2) == 0.0
    assert expected_calibration_error([(1.0, False), (0.0, True)]) == 1.0
    assert expected_calibration_error([(0.75, True)] * 3 + [(0.75, False)]) == 0.0
    assert expected_calibration_error([]) == 0.0


@pytest.mark.parametrize("confidence", [-0.1, 1.1, float("nan")])
def test_what_is_no_confidence_is_refused(confidence: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        expected_calibration_error([(confidence, True)])


def test_no_bins_are_refused() -> None:
    with pytest.raises(ValueError, match="bin"):
        reliability([(0.5, True)], bins=0)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=50), st.integers(1, 30))
def test_it_is_between_zero_and_one_and_bins_lose_nothing(answers: list[tuple[float, bool]], bins: int) -> None:
    assert 0.0 <= expected_calibration_error(answers, bins) <= 1.0
    diagram = reliability(answers, bins)
    assert sum(part.count for part in diagram) == len(answers)
    # Rounding may put the mean of equal confidences a hair outside.
    assert all(part.low - 1e-9 <= part.confidence <= part.high + 1e-9 for part in diagram)
