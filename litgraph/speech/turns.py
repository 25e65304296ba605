"""Who says each quotation, and who hears it: what points to them, followed through the turns of the dialogue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from litgraph.types import Shares, TurnShares, Voice

Belief = Mapping[str, float]
_ROUNDS = 12  # from quotation to quotation
_HARDLY = 0.01


@dataclass(frozen=True, slots=True)
class Speech:
    """Who says a quotation, and who hears it: entity ids with probabilities."""

    speaker: Belief
    hearer: Belief


def heard(voices: Sequence[Voice], meant: Mapping[str, Belief]) -> list[Speech]:
    """Who speaks and hears, for each quotation.

    The pieces of one speech have one speaker. Nobody hears himself.

    Args:
        voices: in text order; their turns are indexes in it.
        meant: mention id -> whom it means.
    """
    direct = [_directly(voice.speaker, meant) for voice in voices]
    pieces: defaultdict[int, list[int]] = defaultdict(list)
    for index, voice in enumerate(voices):
        pieces[voice.turn].append(index)
    speakers: list[Belief] = [{} for _ in voices]
    for _ in range(_ROUNDS):
        new = [_through(own, voice.speaker_turns, speakers) for own, voice in zip(direct, voices, strict=True)]
        for indexes in pieces.values():
            if len(indexes) > 1:
                shared = _mean([new[index] for index in indexes])
                for index in indexes:
                    new[index] = shared
        if new == speakers:
            break
        speakers = new
    return [
        Speech(speaker, _others(_through(_directly(voice.hearer, meant), voice.hearer_turns, speakers), speaker))
        for voice, speaker in zip(voices, speakers, strict=True)
    ]


def _directly(shares: Shares, meant: Mapping[str, Belief]) -> Belief:
    total: defaultdict[str, float] = defaultdict(float)
    for mention, share in shares:
        for entity, probability in meant.get(mention, {}).items():
            total[entity] += share * probability
    return total


def _through(own: Belief, turns: TurnShares, speakers: Sequence[Belief]) -> Belief:
    total = defaultdict(float, own)
    for turn, share in turns:
        for entity, probability in speakers[turn].items():
            total[entity] += share * probability
    return {entity: probability for entity, probability in total.items() if probability >= _HARDLY}


def _mean(beliefs: Sequence[Belief]) -> Belief:
    total: defaultdict[str, float] = defaultdict(float)
    for belief in beliefs:
        for entity, probability in belief.items():
            total[entity] += probability / len(beliefs)
    return total


def _others(belief: Belief, speaker: Belief) -> Belief:
    return {entity: probability * (1 - min(1.0, speaker.get(entity, 0.0))) for entity, probability in belief.items()}
