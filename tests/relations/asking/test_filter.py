"""The filter before a language model: every pair gets its own score, and the shipped threshold keeps its word."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from litgraph import literary
from litgraph.corpora.litbank import read_split, sentence_pairs
from litgraph.literary.types import TokenMention
from litgraph.pairs import candidate_pairs
from litgraph.relations.asking.filter import RelatednessFilter
from litgraph.types import Mention, Sentence

TEXT = "Ann met Bob. Kellynch-Hall saw Ann. Bob sang. Cid hit Ann."


class Reader:
    """Thinks that a pair is as likely as its first word is long."""

    def relatedness(
        self, sentences: Sequence[Sequence[str]], pairs: Sequence[tuple[TokenMention, TokenMention]]
    ) -> list[float]:
        return [len(sentences[one.sentence][one.first]) / 100 for one, _ in pairs]


def mention(name: str, sentence: int, chapter: int, start: int) -> Mention:
    place = TEXT.index(name, start)
    return Mention(f"m{place}", place, place + len(name), name, "PER", "name", sentence, chapter, entity=name)


def test_each_pair_gets_its_own_score_and_halves_of_a_word_none() -> None:
    sentences = [
        Sentence(0, 0, 12, 1, 0),
        Sentence(1, 13, 35, 1, 0),
        Sentence(2, 36, 45, 2, 0),
        Sentence(3, 46, 58, 2, 0),
    ]
    mentions = [
        mention("Ann", 0, 1, 0),
        mention("Bob", 0, 1, 0),
        mention("Kellynch", 1, 1, 13),
        mention("Hall", 1, 1, 13),
        mention("Ann", 1, 1, 13),
        mention("Cid", 3, 2, 46),
        mention("Ann", 3, 2, 46),
    ]
    pairs = list(candidate_pairs(TEXT, sentences, mentions))
    scores = RelatednessFilter(Reader(), 0.5, TEXT, sentences).relatedness(pairs)
    told = {
        (pair.head.text, pair.tail.text, pair.head.chapter): score for pair, score in zip(pairs, scores, strict=True)
    }
    assert told == {
        ("Ann", "Bob", 1): 0.03,
        ("Kellynch", "Hall", 1): 0.0,
        ("Kellynch", "Ann", 1): 0.13,
        ("Hall", "Ann", 1): 0.13,
        ("Cid", "Ann", 2): 0.03,
    }


def test_the_shipped_threshold_keeps_95_of_100_related_pairs(data_folder: Path) -> None:
    reader = literary.load()
    passed, related = 0, 0
    for passage in list(read_split(data_folder, "dev"))[:2]:
        facts = {frozenset((gold.head, gold.tail)) for gold in passage.relations}
        pairs = [pair for pair in sentence_pairs(passage) if frozenset((pair.head.id, pair.tail.id)) in facts]
        threshold = reader.thresholds.worth_asking
        scores = RelatednessFilter(reader, threshold, passage.text, passage.sentences).relatedness(pairs)
        passed += sum(score >= threshold for score in scores)
        related += len(pairs)
    assert passed / related == pytest.approx(0.95, abs=0.05)
