"""How likely a book holds a fact, by a small logistic model for each family of relations."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from litgraph.facts.features import FactFamily, Features

Numbers = Mapping[str, float]
"""By name of a feature what it counts; "always" counts for everything."""
ALWAYS = "always"
USUAL_MINIMUM = 0.5
"""Confidence from which a relation is an edge where nothing was measured."""


class Weights(NamedTuple):
    """What counts how much.

    Attributes:
        first: by family, before anything is known of other facts.
        second: by family, with what was believed first.
    """

    first: Mapping[str, Numbers]
    second: Mapping[str, Numbers]


def belief(family: FactFamily, found: Features, numbers: Mapping[str, Numbers]) -> float:
    """The probability, 0 to 1; 0 for a family that nothing was fitted for."""
    own = numbers.get(family)
    if not own:
        return 0.0
    score = own.get(ALWAYS, 0.0) + sum(own.get(name, 0.0) * value for name, value in found.items())
    return 1 / (1 + math.exp(-score)) if score > -30 else 0.0


@cache
def usual_weights(without: str = "") -> Weights:
    """The numbers that come with litgraph, ``data/facts.json``; ``litgraph train facts`` makes that file.

    Args:
        without: the name of a novel they were fitted on; then those that were fitted on the others alone.
    """
    numbers = _file()
    return from_json(numbers["without"].get(without, numbers["all"]))


@cache
def _file() -> Any:
    return json.loads((resources.files("litgraph") / "data" / "facts.json").read_text(encoding="utf-8"))


def usual_minimum(family: FactFamily) -> float:
    """The confidence from which facts of a family are edges of a graph, if nobody says otherwise.

    Edges that are at least so sure were right as often as ``litgraph train facts`` asks for (kin .8), on novels that
    the numbers were not fitted on.
    """
    return float(_file()["minimum"].get(family, USUAL_MINIMUM))


def from_json(numbers: Mapping[str, Mapping[str, Numbers]]) -> Weights:
    """Weights as a file has them."""
    return Weights(numbers["first"], numbers["second"])


def names_in(found: Iterable[Features]) -> list[str]:
    """All names of features, in the order of the alphabet, with the one of the constant first."""
    return [ALWAYS, *sorted({name for one in found for name in one})]


def combined_confidence(confidences: Iterable[float]) -> float:
    """Combine the confidences of the pieces of evidence for one edge, each between 0 and 1, to four decimals.

    A noisy-or whose votes are discounted: 1 - (1 - c₁)(1 - c₂/2)(1 - c₃/4)…, most confident first. A labeller that errs
    on one sentence tends to err on the next alike, so a second piece may not count as a second witness: any number of
    0.5s comes to 0.71 at most, where the plain noisy-or would make ten of them a certainty. More evidence, or surer
    evidence, never lowers the result. The factor one half is a choice, not measured.
    """
    doubt, share = 1.0, 1.0
    for confidence in sorted(confidences, reverse=True):
        doubt *= 1.0 - confidence * share
        share /= 2
    return round(1.0 - doubt, 4)
