"""Measuring a whole reader: one that knows everything scores 1, on the real annotation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from litgraph.corpora.litbank import read_split
from litgraph.corpora.mobility import SPATIAL, read_mobility
from litgraph.corpora.tokens import gold_clusters, token_passage
from litgraph.evaluation.reader_scores import evaluate_litbank, evaluate_mobility, given_mention
from litgraph.literary.places import PlaceContext
from litgraph.literary.types import PlaceAnswer, Reading, TokenMention, TokenRelation

Sentences = Sequence[Sequence[str]]


class AllKnowing:
    """Answers from the annotation, each confidence 1."""

    def __init__(self, data: Path) -> None:
        self.readings: dict[str, Reading] = {}
        for passage in map(token_passage, read_split(data, "dev")):
            given = {mention.id: given_mention(mention) for mention in passage.mentions}
            self.readings[str(passage.sentences)] = Reading(
                list(given.values()),
                [[given[mention.id] for mention in cluster] for cluster in gold_clusters(passage.mentions)],
                [TokenRelation(given[r.head], given[r.tail], r.relation, 1.0) for r in passage.relations],
            )
        self.places: dict[PlaceContext, PlaceAnswer] = {
            context: PlaceAnswer(float(pair.valid), {name: float(name == pair.spatial) for name in SPATIAL})
            for pair in read_mobility(data, "dev")
            for context in (pair.near, pair.middle)
        }

    def read_tokens(self, sentences: Sentences) -> Reading:
        return self.readings[str(sentences)]

    def link(self, sentences: Sentences, mentions: Sequence[TokenMention]) -> list[list[TokenMention]]:
        return self.readings[str(sentences)].clusters

    def relate(
        self,
        sentences: Sentences,
        mentions: Sequence[TokenMention],
        clusters: Iterable[Iterable[TokenMention]] | None = None,
    ) -> list[TokenRelation]:
        return self.readings[str(sentences)].relations

    def locate(self, contexts: Sequence[PlaceContext]) -> list[PlaceAnswer]:
        return [self.places[context] for context in contexts]


class Silent(AllKnowing):
    """Says nothing."""

    def read_tokens(self, sentences: Sentences) -> Reading:
        return Reading([], [], [])

    def relate(
        self,
        sentences: Sentences,
        mentions: Sequence[TokenMention],
        clusters: Iterable[Iterable[TokenMention]] | None = None,
    ) -> list[TokenRelation]:
        return []


def test_who_knows_everything_scores_one(data_folder: Path) -> None:
    scores = evaluate_litbank(AllKnowing(data_folder), data_folder, "dev")
    figures = dict(scores.rows())
    errors = {name: figures.pop(name) for name in list(figures) if name.startswith("expected calibration error")}
    assert len(errors) == 2 and max(errors.values()) == 0
    # Two annotated clusters of one entity, a description and whom it describes, can share their facts only end to end.
    assert {name for name, figure in figures.items() if figure < 0.999} <= {
        "relations, end to end: related pairs",
        "relations, end to end: labelled facts",
    }
    assert min(figures.values()) > 0.9


def test_who_says_nothing_scores_nothing_but_for_links(data_folder: Path) -> None:
    figures = dict(evaluate_litbank(Silent(data_folder), data_folder, "dev").rows())
    assert figures["mentions: all"] == figures["coreference, end to end: CoNLL"] == 0
    assert figures["relations, gold mentions and clusters: labelled facts"] == 0
    assert figures["coreference, gold mentions: CoNLL"] == pytest.approx(1)


def test_places(data_folder: Path) -> None:
    scores = evaluate_mobility(AllKnowing(data_folder), data_folder, "dev")
    assert scores.pairs == 251
    assert (scores.validity_accuracy, scores.spatial_accuracy, scores.spatial_macro_f1) == pytest.approx((1, 1, 1))
