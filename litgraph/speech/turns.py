"""Who says each quotation, and who hears it: what points to them, weighed over the turns of a dialogue.

Each quotation may be said by those whom the mentions around it mean. A reader says how likely two quotations have one
speaker, and those who follow each other in paragraphs of their own mostly have two. All of it together is a random
field over the quotations, whose beliefs are found by mean field: each takes what its neighbours believe for given.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from litgraph.speech.present import Belief, directly, left_to_mentions, people_present
from litgraph.types import Voice

# What counts how much. Set on 32 passages of eight novels that nothing was trained with.
_ALIKE = 1.5  # that two have one speaker; those who follow each other speak against it as strongly
_PRESENT = 0.3  # who takes part in the conversation, in logarithms
_MENTIONS_AT_LEAST = 0.1  # the mentions around a quotation, however much its turns tell
_UNTOLD = 0.01  # probability of somebody whom no mention around the quotation means
_NOBODY_PRESENT = 0.1  # share of those who have no name

_NOBODY = ""
_ROUNDS = 20
_DAMPED = 0.5  # of what a quotation believed before stays, so that the beliefs settle
_HARDLY = 0.01

Scores = Mapping[str, float]
Neighbours = Sequence[tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Speech:
    """Who says a quotation, and who hears it: entity ids with probabilities."""

    speaker: Belief
    hearer: Belief


def heard(voices: Sequence[Voice], meant: Mapping[str, Belief]) -> list[Speech]:
    """Who speaks and hears, for each quotation.

    The pieces of one speech have one speaker. Nobody hears himself. Under a label speaks whom it means.

    Args:
        voices: in text order; their turns are indexes in it.
        meant: mention id -> whom it means.
    """
    told = [directly(voice.speaker, meant) for voice in voices]
    present = people_present(voices, told, meant)
    scores = [_scores(*each, meant) for each in zip(voices, told, present, strict=True)]
    speakers = _as_one(voices, _settled(scores, _alike(voices)))
    speakers = [one if voice.labelled else all_ for voice, one, all_ in zip(voices, told, speakers, strict=True)]
    return [
        Speech(speaker, _hearer(voice, meant, speaker, speakers))
        for voice, speaker in zip(voices, speakers, strict=True)
    ]


def _scores(voice: Voice, told: Belief, present: Scores, meant: Mapping[str, Belief]) -> dict[str, float]:
    """What the mentions around a quotation say for each who is present, and for nobody whom we know."""
    weight = _MENTIONS_AT_LEAST + (1 - _MENTIONS_AT_LEAST) * left_to_mentions(voice.speaker_turns)
    unknown = sum(share * (1 - min(1.0, sum(meant.get(id_, {}).values()))) for id_, share in voice.speaker)
    scores = {
        who: weight * math.log(_UNTOLD + told.get(who, 0.0)) + _PRESENT * math.log(share)
        for who, share in present.items()
    }
    scores[_NOBODY] = weight * math.log(_UNTOLD + unknown) + _PRESENT * math.log(_NOBODY_PRESENT)
    return scores


def _alike(voices: Sequence[Voice]) -> list[Neighbours]:
    """For each quotation the others that speak for the same speaker (above 0) or for another one (below)."""
    weights: list[defaultdict[int, float]] = [defaultdict(float) for _ in voices]
    for index, voice in enumerate(voices):
        for other, share in voice.speaker_turns:
            weights[index][other] += _ALIKE * share
            weights[other][index] += _ALIKE * share
        before = index - 1
        if before >= 0 and voices[before].chapter == voice.chapter:
            weight = 2 * _ALIKE if voices[before].turn == voice.turn else -_ALIKE
            weights[index][before] += weight
            weights[before][index] += weight
    return [sorted(row.items()) for row in weights]


def _settled(scores: Sequence[Scores], alike: Sequence[Neighbours]) -> list[dict[str, float]]:
    """The speakers of all quotations, after each has listened to its neighbours again and again."""
    beliefs = [_shares(own) for own in scores]
    for _ in range(_ROUNDS):
        change = 0.0
        for index, own in enumerate(scores):
            heard_of = dict(own)
            for other, weight in alike[index]:
                for who, probability in beliefs[other].items():
                    if who in heard_of and who != _NOBODY:
                        heard_of[who] += weight * probability
            before, now = beliefs[index], _shares(heard_of)
            beliefs[index] = {who: _DAMPED * before[who] + (1 - _DAMPED) * share for who, share in now.items()}
            change = max(change, *(abs(share - before[who]) for who, share in beliefs[index].items()))
        if change < _HARDLY:
            break
    return [
        {who: probability for who, probability in belief.items() if who != _NOBODY and probability >= _HARDLY}
        for belief in beliefs
    ]


def _shares(scores: Scores) -> dict[str, float]:
    """Probabilities of logarithmic scores."""
    highest = max(scores.values())
    powers = {who: math.exp(score - highest) for who, score in scores.items()}
    whole = sum(powers.values())
    return {who: power / whole for who, power in powers.items()}


def _as_one(voices: Sequence[Voice], speakers: Sequence[Belief]) -> list[Belief]:
    """The speakers, those of the pieces of one speech brought together."""
    pieces: defaultdict[int, list[Belief]] = defaultdict(list)
    for voice, speaker in zip(voices, speakers, strict=True):
        pieces[voice.turn].append(speaker)
    shared = {turn: _mean(beliefs) for turn, beliefs in pieces.items()}
    return [shared[voice.turn] for voice in voices]


def _mean(beliefs: Sequence[Belief]) -> Belief:
    if len(beliefs) == 1:
        return beliefs[0]
    total: defaultdict[str, float] = defaultdict(float)
    for belief in beliefs:
        for entity, probability in belief.items():
            total[entity] += probability / len(beliefs)
    return total


def _hearer(voice: Voice, meant: Mapping[str, Belief], speaker: Belief, speakers: Sequence[Belief]) -> Belief:
    turns = sum(share for _, share in voice.hearer_turns)
    total: defaultdict[str, float] = defaultdict(float)
    for who, probability in directly(voice.hearer, meant).items():
        total[who] += max(0.0, 1 - turns) * probability
    for turn, share in voice.hearer_turns:
        for who, probability in speakers[turn].items():
            total[who] += share * probability
    before = sum(total.values())
    others = {who: probability * (1 - min(1.0, speaker.get(who, 0.0))) for who, probability in total.items()}
    after = sum(others.values())
    scale = min(1.0, before) / after if after > _HARDLY else 1.0
    capped = {who: min(probability * scale, 1 - speaker.get(who, 0.0)) for who, probability in others.items()}
    return {who: probability for who, probability in capped.items() if probability >= _HARDLY}
