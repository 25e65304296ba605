"""The paired bootstrap: what is the same, what is clearly better, and whether drawing rows gives the same."""

from __future__ import annotations

import random

import numpy as np
import pytest

from litgraph.evaluation.labels.answers import score_answers
from litgraph.evaluation.labels.bootstrap import paired_bootstrap

GOLD = ["a", "b", "c", "none", "a"] * 40


def test_a_system_does_not_differ_from_itself() -> None:
    same = paired_bootstrap(GOLD, GOLD, GOLD)
    assert (same.difference.value, same.difference.low, same.difference.high, same.p_value) == (0, 0, 0, 1)
    assert (same.first.value, same.first.low, same.first.high) == (1, 1, 1)


def test_a_better_system_is_found_out() -> None:
    worse = ["b" if label == "a" else label for label in GOLD]
    found = paired_bootstrap(GOLD, GOLD, worse)
    assert found.difference.value == pytest.approx(1 - score_answers(GOLD, worse).positive.f1)
    assert found.difference.low > 0 and found.p_value == 0
    swapped = paired_bootstrap(GOLD, worse, GOLD)
    assert swapped.difference.value == -found.difference.value and swapped.p_value == 0


def test_the_values_are_those_of_the_scorer_and_a_seed_settles_the_rest() -> None:
    draw = random.Random(3)
    one, other = ([label if draw.random() < share else "c" for label in GOLD] for share in (0.7, 0.6))
    found = paired_bootstrap(GOLD, one, other)
    assert found.first.value == pytest.approx(score_answers(GOLD, one).positive.f1)
    assert found.second.value == pytest.approx(score_answers(GOLD, other).positive.f1)
    assert found.first.low < found.first.value < found.first.high
    assert found == paired_bootstrap(GOLD, one, other)
    assert found != paired_bootstrap(GOLD, one, other, seed=1)


def test_drawing_the_rows_themselves_gives_the_same_interval() -> None:
    draw = random.Random(1)
    some = GOLD[:80]
    one, other = ([label if draw.random() < share else "none" for label in some] for share in (0.8, 0.7))
    found = paired_bootstrap(some, one, other)
    picks = np.random.default_rng(0).integers(0, len(some), size=(1000, len(some)))
    differences = []
    for pick in picks:
        gold, first, second = ([column[index] for index in pick] for column in (some, one, other))
        differences.append(score_answers(gold, first).positive.f1 - score_answers(gold, second).positive.f1)
    low, high = np.percentile(differences, [2.5, 97.5])
    assert (found.difference.low, found.difference.high) == pytest.approx((low, high), abs=0.02)


def test_there_must_be_rows_and_as_many_answers() -> None:
    with pytest.raises(ValueError, match="no rows"):
        paired_bootstrap([], [], [])
    with pytest.raises(ValueError):
        paired_bootstrap(["a"], ["a"], [])
