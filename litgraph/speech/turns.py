"""Who says each quotation, and who hears it: what points to them, weighed over the turns of a dialogue.

Each quotation may be said by those whom the mentions around it mean. A reader says how likely two quotations have one
speaker, and those who follow each other in paragraphs of their own mostly have two. All of it together is a random
field over the quotations, whose beliefs are found by mean field (each takes what its neighbours believe for given).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from litgraph.types import Shares, Voice

Belief = Mapping[str, float]
_ROUNDS = 20
_HARDLY = 0.01
_NOBODY = ""
# What counts how much; set on 32 passages of eight novels that nothing was trained with.
MENTION, SAME, OTHER = 1.0, 1.5, 1.5
PRESENT, HEARING, FADING, NOBODY = 0.3, 1.0, 0.9, 0.1
_MOST, _POSSIBLE = 4, 0.2
FLOOR, UNLIKELY = 0.1, 0.01
_DAMPED = 0.5
_NEAR = 8  # quotations on each side whose possible speakers may be that of one between


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
    speakers = _speakers(voices, meant)
    return [
        Speech(speaker, _hearer(voice, meant, speaker, speakers))
        for voice, speaker in zip(voices, speakers, strict=True)
    ]


def _speakers(voices: Sequence[Voice], meant: Mapping[str, Belief]) -> list[Belief]:
    """Who says each quotation."""
    alike = _alike(voices)
    told = [_directly(voice.speaker, meant) for voice in voices]
    present = _present(voices, told, meant)
    unary = [_unary(voice, meant, told[index], present[index]) for index, voice in enumerate(voices)]
    pieces: defaultdict[int, list[int]] = defaultdict(list)
    for index, voice in enumerate(voices):
        pieces[voice.turn].append(index)
    beliefs: list[dict[str, float]] = [_normal(scores) for scores in unary]
    for _ in range(_ROUNDS):
        change = 0.0
        for index, scores in enumerate(unary):
            new = dict(scores)
            for other, weight in alike[index]:
                for who, probability in beliefs[other].items():
                    if who in new and who != _NOBODY:
                        new[who] += weight * probability
            fresh = _normal(new)
            old = beliefs[index]
            mixed = {who: _DAMPED * old.get(who, 0.0) + (1 - _DAMPED) * fresh[who] for who in fresh}
            change = max(change, max(abs(mixed[who] - old.get(who, 0.0)) for who in mixed))
            beliefs[index] = mixed
        if change < _HARDLY:
            break
    found: list[Belief] = [
        {who: probability for who, probability in belief.items() if who != _NOBODY and probability >= _HARDLY}
        for belief in beliefs
    ]
    for indexes in pieces.values():
        if len(indexes) > 1:
            shared = _mean([found[index] for index in indexes])
            for index in indexes:
                found[index] = shared
    return found


def _unary(voice: Voice, meant: Mapping[str, Belief], told: Belief, present: Mapping[str, float]) -> dict[str, float]:
    """What the mentions beside a quotation say for each who is present; little, where its turns say more."""
    turns = sum(share for _, share in voice.speaker_turns)
    weight = MENTION * (FLOOR + (1 - FLOOR) * (1 - min(1.0, turns)))
    unknown = sum(share * (1 - min(1.0, sum(meant.get(id_, {}).values()))) for id_, share in voice.speaker)
    scores = {
        who: weight * math.log(UNLIKELY + told.get(who, 0.0)) + PRESENT * math.log(share)
        for who, share in present.items()
    }
    scores[_NOBODY] = weight * math.log(UNLIKELY + unknown) + PRESENT * math.log(NOBODY)
    return scores


def _present(voices: Sequence[Voice], told: Sequence[Belief], meant: Mapping[str, Belief]) -> list[dict[str, float]]:
    """Who takes part in the conversation around each quotation, with shares: who surely speaks or hears near it."""
    sure: list[dict[str, float]] = []
    for voice, belief in zip(voices, told, strict=True):
        own: defaultdict[str, float] = defaultdict(float)
        for shares, turns, found in (
            (1.0, voice.speaker_turns, belief),
            (HEARING, voice.hearer_turns, _directly(voice.hearer, meant)),
        ):
            weight = shares * max(0.0, 1 - sum(share for _, share in turns))
            for who, probability in found.items():
                own[who] += weight * probability**2  # who is surely beside it counts, who may be does not
        sure.append(own)
    present: list[dict[str, float]] = []
    for index, voice in enumerate(voices):
        total: defaultdict[str, float] = defaultdict(float)
        for other in range(max(0, index - _NEAR), min(len(voices), index + _NEAR + 1)):
            if voices[other].chapter == voice.chapter:
                for who, weight in sure[other].items():
                    total[who] += weight * FADING ** abs(other - index)
        kept = dict(sorted(total.items(), key=lambda one: (-one[1], one[0]))[:_MOST])
        kept.update((who, total.get(who, 0.0)) for who, share in told[index].items() if share > _POSSIBLE)
        whole = sum(kept.values()) or 1.0
        present.append({who: UNLIKELY + weight / whole for who, weight in sorted(kept.items())})
    return present


def _alike(voices: Sequence[Voice]) -> list[list[tuple[int, float]]]:
    """For each quotation the others that speak for the same speaker (above 0) or for another one (below)."""
    weights: list[defaultdict[int, float]] = [defaultdict(float) for _ in voices]
    for index, voice in enumerate(voices):
        for other, share in voice.speaker_turns:
            weights[index][other] += SAME * share
            weights[other][index] += SAME * share
        before = index - 1
        if before >= 0 and voices[before].chapter == voice.chapter:
            weight = 2 * SAME if voices[before].turn == voice.turn else -OTHER
            weights[index][before] += weight
            weights[before][index] += weight
    return [sorted(row.items()) for row in weights]


def _normal(scores: Mapping[str, float]) -> dict[str, float]:
    highest = max(scores.values())
    powers = {who: math.exp(score - highest) for who, score in scores.items()}
    whole = sum(powers.values())
    return {who: power / whole for who, power in powers.items()}


def _hearer(voice: Voice, meant: Mapping[str, Belief], speaker: Belief, speakers: Sequence[Belief]) -> Belief:
    turns = sum(share for _, share in voice.hearer_turns)
    total: defaultdict[str, float] = defaultdict(float)
    for who, probability in _directly(voice.hearer, meant).items():
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


def _directly(shares: Shares, meant: Mapping[str, Belief]) -> Belief:
    total: defaultdict[str, float] = defaultdict(float)
    for mention, share in shares:
        for entity, probability in meant.get(mention, {}).items():
            total[entity] += share * probability
    return total


def _mean(beliefs: Sequence[Belief]) -> Belief:
    total: defaultdict[str, float] = defaultdict(float)
    for belief in beliefs:
        for entity, probability in belief.items():
            total[entity] += probability / len(beliefs)
    return total
