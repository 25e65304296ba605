"""Facts that exclude each other, settled together: a sister is no wife, and nobody has two fathers."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence

from litgraph.facts.claims import PARENT, Key
from litgraph.facts.evidence import pair
from litgraph.facts.features import family_of

_SEARCHED = 18  # facts of one quarrel that are settled by looking at all possibilities; of more, the likeliest first
_SUREST = 0.999  # of what the machine believes
_CERTAIN = 1000.0  # what a certain fact, a person's word, outweighs


def settled(believed: Mapping[Key, float], genders: Mapping[str, str]) -> dict[Key, Key]:
    """Of facts of kinship that exclude each other, those that must yield, each to the likeliest that excludes it.

    What stays is the choice that is likeliest as a whole, of all facts that hang together. What is certain, because a
    person said so, yields to nothing.

    Args:
        believed: how likely each fact is; 1 for what is certain.
        genders: by id of an entity.
    """
    kin = sorted(key for key in believed if family_of(key[1]) == "kin")
    against = _exclusions(kin, genders, {key for key in kin if believed[key] == 1})
    kept = set()
    for quarrel in _together(kin, against):
        kept.update(_likeliest(quarrel, against, believed))
    return {
        key: max((other for other in against[key] if other in kept), key=lambda one: (believed[one], one))
        for key in kin
        if key not in kept
    }


def _exclusions(kin: Sequence[Key], genders: Mapping[str, str], certain: Container[Key]) -> dict[Key, list[Key]]:
    """For each fact those that cannot hold beside it; what is certain holds beside everything certain."""
    rivals: defaultdict[object, list[Key]] = defaultdict(list)
    for key in kin:
        rivals[pair(key[0], key[2])].append(key)
        if key[1] == PARENT and genders.get(key[0], "unknown") != "unknown":
            rivals[key[2], genders[key[0]]].append(key)
    against: dict[Key, list[Key]] = {key: [] for key in kin}
    for group in rivals.values():
        for one in group:
            for other in group:
                if other != one and other not in against[one] and not (one in certain and other in certain):
                    against[one].append(other)
    return against


def _together(kin: Sequence[Key], against: Mapping[Key, Sequence[Key]]) -> list[list[Key]]:
    """The facts in groups that hang together by exclusions."""
    seen: set[Key] = set()
    groups = []
    for key in kin:
        if key not in seen:
            group, waiting = [], [key]
            seen.add(key)
            while waiting:
                one = waiting.pop()
                group.append(one)
                for other in against[one]:
                    if other not in seen:
                        seen.add(other)
                        waiting.append(other)
            groups.append(sorted(group))
    return groups


def _likeliest(
    quarrel: Sequence[Key], against: Mapping[Key, Sequence[Key]], believed: Mapping[Key, float]
) -> list[Key]:
    """The facts of a group that may hold together and are likeliest."""
    gain = {key: _CERTAIN if believed[key] == 1 else -math.log(1 - min(believed[key], _SUREST)) for key in quarrel}
    order = sorted(quarrel, key=lambda key: (-gain[key], key))
    if len(order) > _SEARCHED:
        order_kept: list[Key] = []
        for key in order:
            if not any(other in order_kept for other in against[key]):
                order_kept.append(key)
        return order_kept

    def best(rest: Sequence[Key]) -> tuple[float, list[Key]]:
        if not rest:
            return 0.0, []
        first, others = rest[0], rest[1:]
        compatible = [key for key in others if key not in against[first]]
        value, chosen = best(compatible)
        taken = (value + gain[first], [first, *chosen])
        if len(compatible) == len(others):
            return taken
        left = best(others)
        return taken if taken[0] >= left[0] else left

    return best(order)[1]
