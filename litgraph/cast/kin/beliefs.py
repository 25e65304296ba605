"""How likely each candidate fills a slot of kinship."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from litgraph.cast.kin.evidence import Sign
from litgraph.cast.kin.features import Features, SlotPlaces
from litgraph.cast.kin.slots import Filler, KinSlot

LIKELY = 0.5
"""Belief from which somebody fills a slot."""

# A logistic regression over ``Features``, fitted on the passages of 160 novels (``novels/``, ``litbank_later/``; those
# of one novel taken for one book): once with all names and pronouns as annotated, twice with noise, 30 % of the
# pronouns unknown and 15 % of the rest wrong, 20 % of the speakers unknown and 10 % changed with their hearers.
_BIAS = -2.52
_WEIGHTS = (5.00, 3.79, 4.88, 3.81, -1.03, 1.13, 0.62, 0.52, 0.60, 1.83, -1.51, 0.69, 2.35, 1.68)

_AGAINST: frozenset[Sign] = frozenset({"other"})


def beliefs(slot: SlotPlaces, found: Mapping[str, Features]) -> dict[str, float]:
    """How likely each candidate fills the slot; where a person has but one, the others are as unlikely as he is sure.

    Args:
        slot: what is asked.
        found: what speaks for each candidate.
    """
    likely = {one: _logistic(of_one.values()) for one, of_one in found.items()}
    if not slot.kin.sole or not likely:
        return likely
    best = max(sorted(likely), key=likely.__getitem__)
    return {one: belief if one == best else min(belief, 1 - likely[best]) for one, belief in likely.items()}


def filled(slot: SlotPlaces, belief: Mapping[str, float]) -> KinSlot:
    """The slot with those who likely fill it, surest first."""
    fillers = sorted((one for one in belief if belief[one] >= LIKELY), key=lambda one: (-belief[one], one))
    return KinSlot(
        slot.possessor,
        slot.kin,
        tuple(Filler(one, belief[one], _evidence(slot, one)) for one in fillers),
        tuple(place.mention.id for place in slot.places),
    )


def _evidence(slot: SlotPlaces, filler: str) -> tuple[str, ...]:
    """The phrases that speak for a filler, and not against him, too."""
    return tuple(
        place.mention.id
        for place, votes in slot.with_votes()
        if (signs := {vote.sign for vote in votes if vote.entity == filler}) and not signs & _AGAINST
    )


def _logistic(values: Sequence[float]) -> float:
    score = _BIAS + sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True))
    return 1 / (1 + math.exp(-score))
