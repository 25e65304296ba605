"""Are confidences probabilities? Expected calibration error (Guo et al., ICML 2017)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, fsum


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers with a confidence above ``low`` and up to ``high``.

    Attributes:
        count: how many there are, at least one.
        confidence: their mean confidence.
        accuracy: the share of them that is right.
    """

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


def reliability(answers: Iterable[tuple[float, bool]], bins: int = 15) -> list[Bin]:
    """The reliability diagram: answers in bins of equal width, empty ones left out.

    Args:
        answers: confidence from 0 to 1, and whether the answer was right. A confidence of 0 is in the first bin.
        bins: 15, as Guo et al. have it.

    Raises:
        ValueError: a confidence is not between 0 and 1, or there is no bin.
    """
    if bins < 1:
        raise ValueError("at least one bin is needed")
    members: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in answers:
        if not 0.0 <= confidence <= 1.0:
            raise ValueError(f"a confidence of {confidence} is not between 0 and 1")
        members.setdefault(max(0, ceil(confidence * bins) - 1), []).append((confidence, right))
    return [
        Bin(
            low=index / bins,
            high=(index + 1) / bins,
            count=len(inside),
            confidence=fsum(confidence for confidence, _ in inside) / len(inside),
            accuracy=sum(right for _, right in inside) / len(inside),
        )
        for index, inside in sorted(members.items())
    ]


def expected_calibration_error(answers: Iterable[tuple[float, bool]], bins: int = 15) -> float:
    """Mean distance of accuracy and confidence over the bins, weighted by their size: 0 is perfect, 1 the worst.

    Args:
        answers: confidence from 0 to 1, and whether the answer was right; 0.0 if there are none.
        bins: how many of equal width.

    Raises:
        ValueError: a confidence is not between 0 and 1, or there is no bin.
    """
    diagram = reliability(answers, bins)
    count = sum(part.count for part in diagram)
    return fsum(part.count * abs(part.accuracy - part.confidence) for part in diagram) / count if count else 0.0
