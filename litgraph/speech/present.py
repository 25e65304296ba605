"""Who takes part in a conversation: those who surely speak or listen somewhere near."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from litgraph.types import Shares, TurnShares, Voice

Belief = Mapping[str, float]
"""Entity ids with probabilities; what is missing to 1 is nobody's."""

NEAR = 8  # quotations on each side
_FADING = 0.9  # of what a quotation tells, for each that stands between
_MOST = 4  # people; and whoever may well be told of beside the quotation itself
_POSSIBLE = 0.2
_AT_LEAST = 0.01  # a share


def directly(shares: Shares, meant: Mapping[str, Belief]) -> dict[str, float]:
    """Whom some mentions mean, each as far as its share goes."""
    total: defaultdict[str, float] = defaultdict(float)
    for mention, share in shares:
        for entity, probability in meant.get(mention, {}).items():
            total[entity] += share * probability
    return total


def left_to_mentions(turns: TurnShares) -> float:
    """How far the mentions around a quotation tell who it is, and not the turns of the dialogue."""
    return max(0.0, 1 - sum(share for _, share in turns))


def people_present(
    voices: Sequence[Voice], told: Sequence[Belief], meant: Mapping[str, Belief]
) -> list[dict[str, float]]:
    """Who takes part in the conversation around each quotation, with shares, by entity id.

    Args:
        voices: in text order.
        told: for each, whom the mentions around it give for its speaker.
        meant: mention id -> whom it means.
    """
    sure = [_sure(voice, belief, meant) for voice, belief in zip(voices, told, strict=True)]
    present: list[dict[str, float]] = []
    for index, voice in enumerate(voices):
        total: defaultdict[str, float] = defaultdict(float)
        for other in range(max(0, index - NEAR), min(len(voices), index + NEAR + 1)):
            if voices[other].chapter == voice.chapter:
                for who, weight in sure[other].items():
                    total[who] += weight * _FADING ** abs(other - index)
        kept = dict(sorted(total.items(), key=lambda one: (-one[1], one[0]))[:_MOST])
        kept.update((who, total.get(who, 0.0)) for who, share in told[index].items() if share > _POSSIBLE)
        whole = sum(kept.values()) or 1.0
        present.append({who: _AT_LEAST + weight / whole for who, weight in sorted(kept.items())})
    return present


def _sure(voice: Voice, told: Belief, meant: Mapping[str, Belief]) -> dict[str, float]:
    """Who surely speaks or listens: squared, so that who only may be beside a quotation counts little."""
    own: defaultdict[str, float] = defaultdict(float)
    for turns, found in ((voice.speaker_turns, told), (voice.hearer_turns, directly(voice.hearer, meant))):
        for who, probability in found.items():
            own[who] += left_to_mentions(turns) * probability**2
    return own
