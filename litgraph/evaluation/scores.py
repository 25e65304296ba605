"""Precision, recall and F1 of what was found against what was annotated."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass


def share(part: float, whole: float) -> float:
    """``part / whole``; 0 where there is nothing to share."""
    return part / whole if whole else 0.0


def harmonic_mean(precision: float, recall: float) -> float:
    """F1; 0 if both are 0."""
    return share(2 * precision * recall, precision + recall)


@dataclass(frozen=True, slots=True)
class Scores:
    """How many items were annotated, how many were found, and how many of those are right.

    Scores of several passages add up to their micro average.
    """

    gold: int = 0
    found: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """Share of the found items that are right; 0 if none was found."""
        return share(self.right, self.found)

    @property
    def recall(self) -> float:
        """Share of the annotated items that were found; 0 if there are none."""
        return share(self.right, self.gold)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return share(2 * self.right, self.found + self.gold)

    def __add__(self, other: Scores) -> Scores:
        return Scores(self.gold + other.gold, self.found + other.found, self.right + other.right)


def score_sets(passages: Iterable[tuple[Set[Hashable], Set[Hashable]]]) -> Scores:
    """Micro average over passages of what was annotated and what was found; an item is right if it is in both."""
    total = Scores()
    for gold, found in passages:
        total += Scores(len(gold), len(found), len(gold & found))
    return total


def mean_figures(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The mean over novels of every figure, each novel's by the same names; nothing if there is no novel."""
    return {name: sum(row[name] for row in rows) / len(rows) for name in rows[0]} if rows else {}
