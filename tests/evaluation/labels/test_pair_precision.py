"""What is said of all pairs of a text, against what is annotated."""

from __future__ import annotations

from pathlib import Path

import pytest

from litgraph.corpora.litbank import read_split, sentence_pairs
from litgraph.evaluation.labels.pair_precision import measure_pairs
from litgraph.relations.choice import choose_labeller


def test_rules_say_little_and_are_mostly_right(data_folder: Path) -> None:
    passages = list(read_split(data_folder, "dev"))[:4]
    scores = measure_pairs(passages, choose_labeller("rules"))
    assert scores.pairs == sum(len(list(sentence_pairs(passage))) for passage in passages)
    assert 0 < scores.said < scores.pairs / 20
    assert scores.stated <= scores.related <= scores.said
    assert scores.precision == pytest.approx(scores.stated / scores.said) and scores.precision > 0.4
    assert scores.facts.right <= scores.stated and scores.facts.recall < 0.5


def test_no_passages_no_figures() -> None:
    scores = measure_pairs([], choose_labeller("rules"))
    assert (scores.pairs, scores.precision, scores.pair_precision, scores.facts.f1) == (0, 0, 0, 0)
