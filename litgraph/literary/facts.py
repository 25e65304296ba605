"""From what single places say to what a text says: one relation of two entities, from all that speaks of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from litgraph.literary.types import TokenMention, TokenRelation
from litgraph.ontology import fold


@dataclass(frozen=True, slots=True)
class Statement:
    """What two mentions may say.

    Attributes:
        head, tail: rows of the mention table.
        label: of the relation.
        probability: that they say it.
    """

    head: int
    tail: int
    label: str
    probability: float


def settled(
    statements: Iterable[Statement], mentions: Sequence[TokenMention], clusters: Sequence[int], *, threshold: float
) -> Iterator[TokenRelation]:
    """The likeliest relation of every two entities, once for each place that states it.

    Several places speak for a fact as if they were independent (noisy-or), so its confidence is that of all of them.

    Args:
        statements: in text order; of one pair of mentions the likeliest first.
        mentions: those of the table.
        clusters: the entity of each.
        threshold: the confidence above which a fact is given.
    """
    doubt: defaultdict[tuple[str, str, str], float] = defaultdict(lambda: 1.0)
    places: defaultdict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        fact = fold(str(clusters[statement.head]), statement.label, str(clusters[statement.tail]))
        doubt[fact] *= 1 - statement.probability
        places[fact].append(statement)
    likeliest: dict[tuple[str, str], tuple[str, str, str]] = {}
    for fact in doubt:
        pair = min(fact[0], fact[2]), max(fact[0], fact[2])
        if pair not in likeliest or doubt[fact] < doubt[likeliest[pair]]:
            likeliest[pair] = fact
    for fact in likeliest.values():
        if 1 - doubt[fact] <= threshold:
            continue
        stated: set[tuple[int, int]] = set()
        for place in places[fact]:
            between = min(place.head, place.tail), max(place.head, place.tail)
            if between not in stated:  # "father of" and "child of" are one fact and may be said by one place
                stated.add(between)
                yield TokenRelation(mentions[place.head], mentions[place.tail], place.label, 1 - doubt[fact])
