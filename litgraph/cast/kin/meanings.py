"""Whom each phrase of kinship means, once it is known who fills the slots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from litgraph.cast.kin.beliefs import LIKELY
from litgraph.cast.kin.evidence import Sign, Vote
from litgraph.cast.kin.features import SlotPlaces
from litgraph.cast.kin.known import Beliefs
from litgraph.cast.kin.places import Place
from litgraph.cast.kin.slots import Meaning

# How many times likelier a sign makes one of several sisters the one who is meant at its place. Set by hand on the
# passages that ``beliefs`` was fitted on.
_LOCAL: dict[Sign, float] = {
    "named": 50,
    "apposition": 50,
    "predicate": 20,
    "address": 50,
    "chain": 8,
    "nearest": 2,
    "near": 2,
    "other": 0.2,
}
_WEAK: frozenset[Sign] = frozenset({"nearest", "near", "other"})  # do not show that somebody fills the slot


def meanings_in(slot: SlotPlaces, belief: Mapping[str, float], meant: Container[str]) -> Iterator[tuple[str, Meaning]]:
    """Whom the phrases of a slot mean, as far as that is likely: (mention id, meaning).

    Args:
        slot: with the votes at its places.
        belief: how likely each candidate fills it.
        meant: ids of mentions whose meaning is known already.
    """
    likely = {one: score for one, score in belief.items() if score >= LIKELY}
    weights = likely if slot.kin.sole else _supported(slot, likely)
    for place, votes in slot.with_votes():
        if place.mention.id in meant or not weights:
            continue
        denied = {vote.entity for vote in votes if vote.sign == "other"}
        here = _weighted({one: weight for one, weight in weights.items() if one not in denied}, votes)
        best = max(sorted(here), key=here.__getitem__, default=None)
        sure = likely[best] * here[best] / sum(here.values()) if best else 0.0
        if best and sure >= LIKELY:
            yield place.mention.id, Meaning(best, sure)


def common_meanings(places: Iterable[Place], beliefs: Beliefs, meant: Container[str]) -> Iterator[tuple[str, Meaning]]:
    """Whom phrases mean that are said to several people ("your father"): the only one whom any of them has for it."""
    for place in places:
        if len(place.possessors) > 1 and place.mention.id not in meant:
            fillers: dict[str, float] = {}
            for possessor in place.possessors:
                for one, score in beliefs.get((possessor, place.phrase.kin), {}).items():
                    if score >= LIKELY and one not in (*place.possessors, place.speaker):
                        fillers[one] = max(fillers.get(one, 0.0), score)
            if len(fillers) == 1:
                yield place.mention.id, Meaning(*next(iter(fillers.items())))


def _supported(slot: SlotPlaces, likely: Mapping[str, float]) -> dict[str, float]:
    """The fillers, weighed by the places that show them: of two sisters the one of whom the book speaks most."""
    support = Counter(
        one for votes in slot.votes for one in dict.fromkeys(vote.entity for vote in votes if vote.sign not in _WEAK)
    )
    return {one: score * (1 + support[one]) for one, score in likely.items()}


def _weighted(weights: Mapping[str, float], votes: Sequence[Vote]) -> dict[str, float]:
    """The weights, with what the signs at a place tell."""
    here = dict(weights)
    for vote in votes:
        if vote.entity in here:
            here[vote.entity] *= 1 + (_LOCAL[vote.sign] - 1) * vote.strength
    return here
