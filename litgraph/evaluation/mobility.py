"""Is the character at the place? Scoring answers about the pairs of Soni, Sihra, Evans, Wilkens & Bamman (ACL 2023).

The authors' BERT reaches, on their test pairs, a validity accuracy of .874, and on the valid ones a spatial accuracy of
.568 and macro-F1 of .453.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from litgraph.corpora.mobility import MobilityPair
from litgraph.evaluation.scores import Scores, share
from litgraph.literary.types import SPATIAL, Spatial


@dataclass(frozen=True, slots=True)
class MobilityAnswer:
    """What a reader says of a pair. The relation is scored whether or not the reader thinks the pair valid."""

    valid: bool
    spatial: Spatial


@dataclass(frozen=True, slots=True)
class MobilityScores:
    """The figures of Soni et al. 2023.

    Attributes:
        pairs: how many pairs there are; validity is scored on all of them.
        valid_pairs: how many are valid and have a relation; only these count for the spatial figures.
        validity_accuracy: share of the pairs with the right validity.
        spatial_accuracy: share of the valid pairs with the right relation.
        spatial_macro_f1: mean of the F1 of the relations that were annotated or answered for a valid pair.
        by_relation: precision, recall and F1 of each of these.
    """

    pairs: int
    valid_pairs: int
    validity_accuracy: float
    spatial_accuracy: float
    spatial_macro_f1: float
    by_relation: dict[Spatial, Scores]


def mobility_scores(pairs: Collection[MobilityPair], answers: Mapping[str, MobilityAnswer]) -> MobilityScores:
    """Scores answers, by the ids of the pairs; a pair without answer is wrong in every figure."""
    validity = sum(pair.id in answers and answers[pair.id].valid == pair.valid for pair in pairs)
    related = [
        (pair.spatial, answers[pair.id].spatial if pair.id in answers else None)
        for pair in pairs
        if pair.spatial is not None
    ]
    by_relation = {
        relation: scores
        for relation in SPATIAL
        if (scores := _scores_of(relation, related)) and (scores.gold or scores.found)
    }
    return MobilityScores(
        pairs=len(pairs),
        valid_pairs=len(related),
        validity_accuracy=share(validity, len(pairs)),
        spatial_accuracy=share(sum(gold == answer for gold, answer in related), len(related)),
        spatial_macro_f1=share(sum(scores.f1 for scores in by_relation.values()), len(by_relation)),
        by_relation=by_relation,
    )


def _scores_of(relation: Spatial, related: list[tuple[Spatial, Spatial | None]]) -> Scores:
    return Scores(
        gold=sum(gold == relation for gold, _ in related),
        found=sum(answer == relation for _, answer in related),
        right=sum(gold == answer == relation for gold, answer in related),
    )
