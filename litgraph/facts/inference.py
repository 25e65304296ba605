"""What follows from facts of kinship: siblings share parents, and a parent's sibling is a relative."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from litgraph.facts.claims import PARENT, Key, one_writing

PREMISE = 0.6
"""Belief from which a fact is a premise."""

SIBLING, SPOUSE, RELATIVE = "sibling_of", "spouse_of", "relative_of"


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


def derived(believed: Mapping[Key, float], genders: Mapping[str, str]) -> dict[Key, Derived]:
    """The likeliest way in which each conclusion follows.

    Args:
        believed: how likely each fact is; those below ``PREMISE`` are no premises.
        genders: by id of an entity.
    """
    best: dict[Key, Derived] = {}
    known = {key: likely for key, likely in believed.items() if likely >= PREMISE}
    for conclusion, premises in sorted(_conclusions(known, genders)):
        if conclusion[0] != conclusion[2] and conclusion not in premises:
            likely = 1.0
            for premise in premises:
                likely *= known[premise]
            if conclusion not in best or likely > best[conclusion].likely:
                best[conclusion] = Derived(conclusion, premises, likely)
    return best


def _conclusions(known: Mapping[Key, float], genders: Mapping[str, str]) -> Iterator[tuple[Key, tuple[Key, ...]]]:
    """Each fact that follows, with its premises."""
    family = _Family.of(known)
    for child in list(family.parents):
        for mother in family.parents[child]:
            yield from _of_child(family, child, mother, genders)
    for one in list(family.siblings):
        for sibling in family.siblings[one]:
            step = _both(SIBLING, one, sibling)
            for third in family.siblings[sibling]:
                yield _both(SIBLING, one, third), (step, _both(SIBLING, sibling, third))
            for spouse in family.spouses[one]:
                yield _both(RELATIVE, spouse, sibling), (step, _both(SPOUSE, one, spouse))


class _Family(NamedTuple):
    """Who is what to each: ids by id."""

    parents: defaultdict[str, list[str]]
    children: defaultdict[str, list[str]]
    siblings: defaultdict[str, list[str]]
    spouses: defaultdict[str, list[str]]

    @classmethod
    def of(cls, known: Mapping[Key, float]) -> _Family:
        family = cls(defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list))
        for head, relation, tail in known:
            if relation == PARENT:
                family.parents[tail].append(head)
                family.children[head].append(tail)
            elif relation in (SIBLING, SPOUSE):
                side = family.siblings if relation == SIBLING else family.spouses
                side[head].append(tail)
                side[tail].append(head)
        return family


def _of_child(
    family: _Family, child: str, mother: str, genders: Mapping[str, str]
) -> Iterator[tuple[Key, tuple[Key, ...]]]:
    """What follows from somebody's being the child of one of his parents."""
    step = _parent(child, mother)
    for other in family.children[mother]:
        yield _both(SIBLING, child, other), (step, _parent(other, mother))
    for sibling in family.siblings[child]:
        yield _parent(sibling, mother), (_both(SIBLING, child, sibling), step)
    for spouse in family.spouses[mother]:
        if not _has_parent(family.parents[child], genders.get(spouse, ""), genders):
            yield _parent(child, spouse), (_both(SPOUSE, mother, spouse), step)
    for uncle in family.siblings[mother]:
        blood = _both(SIBLING, mother, uncle)
        yield _both(RELATIVE, uncle, child), (step, blood)
        for aunt in family.spouses[uncle]:
            yield _both(RELATIVE, aunt, child), (step, blood, _both(SPOUSE, uncle, aunt))
        for cousin in family.children[uncle]:
            yield _both(RELATIVE, cousin, child), (step, blood, _parent(cousin, uncle))
    for grand in family.parents[mother]:
        yield _both(RELATIVE, grand, child), (step, _parent(mother, grand))
    for spouse in family.spouses[child]:
        yield _both(RELATIVE, mother, spouse), (step, _both(SPOUSE, child, spouse))


def _parent(of: str, one: str) -> Key:
    return one, PARENT, of


def _both(relation: str, one: str, other: str) -> Key:
    return one_writing(one, relation, other)


def _has_parent(parents: list[str], gender: str, genders: Mapping[str, str]) -> bool:
    """Is there a parent of that gender, or one whose gender nobody knows?"""
    return any(genders.get(one) in (gender, "unknown") for one in parents)
