"""Scoring relations as facts of a passage: *head entity, label, tail entity*, and as related pairs of entities.

A fact counts once in a passage, however often it is stated, and is written in one way
(:func:`litgraph.ontology.fold`): symmetric labels unordered, inverses folded. A related pair is two entities
with any fact between them, in either direction.

What a reader finds between mentions becomes facts between annotated entities in one of two ways:

- on gold mentions, by the entity that the annotation gives each mention (:func:`entities`);
- end to end, by :func:`align`: each found cluster stands for the annotated entity with which it shares most mentions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import Protocol

from litgraph.corpora.litbank import Fact
from litgraph.corpora.tokens import GoldMention, Position, Positioned, position
from litgraph.evaluation.scores import Scores, score_sets, share
from litgraph.ontology import fold


class FoundRelation(Protocol):
    """What a reader says: *head label tail*; the label is a name of the vocabulary."""

    @property
    def head(self) -> Positioned: ...
    @property
    def label(self) -> str: ...
    @property
    def tail(self) -> Positioned: ...


@dataclass(frozen=True, slots=True)
class RelationScores:
    """Both ways to count, over several passages.

    Attributes:
        facts: folded facts.
        pairs: related pairs.
        common_label: of the pairs that both sides relate, the share with a fact in common.
    """

    facts: Scores
    pairs: Scores
    common_label: float


def relation_scores(passages: Iterable[tuple[Set[Fact], Set[Fact]]]) -> RelationScores:
    """Micro averages over passages; with two annotations of the same passages, their agreement.

    Args:
        passages: annotated and found facts of each passage, folded.
    """
    both = list(passages)
    pairs = score_sets((_pairs(gold), _pairs(found)) for gold, found in both)
    common = sum(len(_pairs(gold & found)) for gold, found in both)
    return RelationScores(score_sets(both), pairs, share(common, pairs.right))


def entities(mentions: Iterable[GoldMention]) -> dict[Position, str]:
    """The annotated entity of each mention, by its position."""
    return {position(mention): mention.entity for mention in mentions}


def align(clusters: Iterable[Iterable[Positioned]], gold: Iterable[GoldMention]) -> dict[Position, str]:
    """The annotated entity that each found mention stands for, by its position, whatever its label.

    A found cluster stands for the annotated entity with which it has most mentions of exactly the same span in common;
    if several have as many, for the one whose mention in the cluster comes first in the text. A cluster that
    has no mention in common with any stands for an entity of its own. Several clusters may stand for one
    entity: to split an entity is a fault of coreference, which is measured apart, and its facts still count once.
    """
    entity_at = entities(gold)
    aligned: dict[Position, str] = {}
    for number, cluster in enumerate(clusters):
        spans = sorted(map(position, cluster))
        shared = Counter(entity_at[span] for span in spans if span in entity_at)
        entity = max(shared, key=lambda name: shared[name], default=f"found cluster {number}")
        for span in spans:
            aligned.setdefault(span, entity)
    return aligned


def found_facts(relations: Iterable[FoundRelation], entity_at: Mapping[Position, str]) -> frozenset[Fact]:
    """Relations between mentions as folded facts between entities.

    One that relates an entity to itself stays, and is wrong: no annotated fact does. A mention that is in no cluster is
    an entity of its own.

    Args:
        relations: of one passage.
        entity_at: from :func:`entities` (gold mentions) or :func:`align` (end to end).
    """

    def entity(mention: Positioned) -> str:
        span = position(mention)
        return entity_at.get(span, "found mention {} {} {}".format(*span))

    return frozenset(fold(entity(found.head), found.label, entity(found.tail)) for found in relations)


def _pairs(facts: Iterable[Fact]) -> frozenset[frozenset[str]]:
    return frozenset(frozenset((head, tail)) for head, _, tail in facts)
