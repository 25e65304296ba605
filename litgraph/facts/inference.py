"""What follows from facts of kinship: siblings share parents, and a parent's sibling is a relative."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import prod
from typing import Literal, NamedTuple

from litgraph.facts.claims import PARENT, Key, one_writing

PREMISE = 0.5
"""Belief from which a fact is a premise."""

SIBLING, SPOUSE, RELATIVE = "sibling_of", "spouse_of", "relative_of"

Step = Literal["parent", "child", "sibling", "spouse", "relative"]
"""What the next person is to the one before."""

_FOLLOWS: Mapping[tuple[Step, Step], Step] = {
    ("parent", "parent"): "relative",
    ("parent", "child"): "sibling",
    ("parent", "sibling"): "relative",
    ("parent", "spouse"): "parent",
    ("child", "child"): "relative",
    ("child", "sibling"): "child",
    ("child", "spouse"): "relative",
    ("sibling", "parent"): "parent",
    ("sibling", "child"): "relative",
    ("sibling", "sibling"): "sibling",
    ("sibling", "spouse"): "relative",
    ("spouse", "parent"): "relative",
    ("spouse", "child"): "child",
    ("spouse", "sibling"): "relative",
}
"""What the last of three people is to the first. Relatives lead nowhere: a sibling's may be his wife's."""

_FROM_UNCLE: Mapping[Step, Step] = {"spouse": "relative", "child": "relative"}
"""What somebody is who is this to a parent's brother or sister: an aunt, a cousin."""


class Derived(NamedTuple):
    """What follows, and from what.

    Attributes:
        key: the conclusion.
        because: the premises.
        likely: that all premises hold, 0 to 1.
    """

    key: Key
    because: tuple[Key, ...]
    likely: float


def derived(
    believed: Mapping[Key, float], genders: Mapping[str, str], before: Mapping[Key, Derived] | None = None
) -> dict[Key, Derived]:
    """The likeliest way in which each conclusion follows from two or three facts.

    Args:
        believed: how likely each fact is; those below ``PREMISE`` are no premises.
        genders: by id of an entity.
        before: how premises followed themselves: no fact is a reason for what it follows from.
    """
    known = {key: likely for key, likely in believed.items() if likely >= PREMISE}
    before = before or {}
    best: dict[Key, Derived] = {}
    for conclusion, premises in sorted(_conclusions(known, genders)):
        if any(conclusion in before[premise].because for premise in premises if premise in before):
            continue
        likely = prod(known[premise] for premise in premises)
        if conclusion not in best or likely > best[conclusion].likely:
            best[conclusion] = Derived(conclusion, premises, likely)
    return best


def _conclusions(known: Mapping[Key, float], genders: Mapping[str, str]) -> Iterator[tuple[Key, tuple[Key, ...]]]:
    """Each fact that follows, with its premises."""
    steps = _steps(known)
    for one in list(steps):
        for first, middle in steps[one]:
            for then, last in steps[middle]:
                follows = _FOLLOWS.get((first, then))
                if follows is None or last == one:
                    continue
                premises = (_key(one, first, middle), _key(middle, then, last))
                if (first, then) == ("parent", "sibling"):
                    yield from _of_uncle(one, last, premises, steps)
                if "spouse" in (first, then) and follows in ("parent", "child"):
                    child, parent = (one, last) if follows == "parent" else (last, one)
                    if _has_parent(steps[child], genders.get(parent, ""), genders):
                        continue
                yield _key(one, follows, last), premises


def _of_uncle(
    one: str, uncle: str, premises: tuple[Key, ...], steps: Mapping[str, list[tuple[Step, str]]]
) -> Iterator[tuple[Key, tuple[Key, ...]]]:
    """What follows from somebody's having an uncle or an aunt by blood, because of the premises."""
    for step, other in steps[uncle]:
        if step in _FROM_UNCLE and other != one:
            yield _key(one, _FROM_UNCLE[step], other), (*premises, _key(uncle, step, other))


def _steps(known: Mapping[Key, float]) -> defaultdict[str, list[tuple[Step, str]]]:
    """For each person what others are to him."""
    steps: defaultdict[str, list[tuple[Step, str]]] = defaultdict(list)
    both: Mapping[str, Step] = {SIBLING: "sibling", SPOUSE: "spouse", RELATIVE: "relative"}
    for head, relation, tail in known:
        if relation == PARENT:
            steps[tail].append(("parent", head))
            steps[head].append(("child", tail))
        elif relation in both:
            steps[head].append((both[relation], tail))
            steps[tail].append((both[relation], head))
    return steps


def _key(one: str, step: Step, other: str) -> Key:
    """The fact that the second is this to the first."""
    if step == "parent":
        return other, PARENT, one
    if step == "child":
        return one, PARENT, other
    return one_writing(one, {"sibling": SIBLING, "spouse": SPOUSE}.get(step, RELATIVE), other)


def _has_parent(steps: list[tuple[Step, str]], gender: str, genders: Mapping[str, str]) -> bool:
    """Is there a parent of that gender, or one whose gender nobody knows?"""
    return any(step == "parent" and genders.get(one) in (gender, "unknown") for step, one in steps)
