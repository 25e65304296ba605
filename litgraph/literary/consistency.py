"""What a whole text tells of its names: one that is surely a name in one place is likely one in the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from litgraph.literary.types import Thresholds, TokenMention
from litgraph.types import ENTITY_LABELS, EntityLabel

Wording = tuple[str, ...]


def chosen_mentions(
    likely: Sequence[TokenMention], sentences: Sequence[Sequence[str]], thresholds: Thresholds
) -> list[TokenMention]:
    """The mentions that are likely enough, names that are sure elsewhere with a lower threshold and one label each.

    Args:
        likely: all whose score is above the lower of the two thresholds.
        sentences: tokens of the text.
        thresholds: ``mention`` and ``name_again`` are used.
    """
    words = [tuple(sentences[one.sentence][one.first : one.last + 1]) if one.form == "name" else () for one in likely]
    sure = {wording for one, wording in zip(likely, words, strict=True) if wording and one.score > thresholds.mention}
    kept = [
        (one, wording)
        for one, wording in zip(likely, words, strict=True)
        if one.score > (thresholds.name_again if wording in sure else thresholds.mention)
    ]
    labels = _labels(kept)
    return [replace(one, label=labels[wording]) if wording else one for one, wording in kept]


def _labels(kept: Iterable[tuple[TokenMention, Wording]]) -> dict[Wording, EntityLabel]:
    """What each name names: a name is a person's or a place's throughout a text (Gale, Church & Yarowsky 1992)."""
    votes: defaultdict[Wording, dict[EntityLabel, float]] = defaultdict(lambda: dict.fromkeys(ENTITY_LABELS, 0.0))
    for mention, wording in kept:
        votes[wording][mention.label] += mention.score
    return {wording: max(ENTITY_LABELS, key=scores.__getitem__) for wording, scores in votes.items()}
