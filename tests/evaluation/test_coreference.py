"""MUC, B³ and CEAFe give the figures of the literature, and agree with slower ways to count."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.corpora.tokens import GoldMention, gold_clusters, read_tokens
from litgraph.evaluation.coreference import ClusterScore, b_cubed, ceaf_e, coreference_scores, muc, positions

Words = list[str]
"""Clusters as words whose letters are mentions."""


def figures(score: ClusterScore) -> tuple[float, float]:
    return score.recall, score.precision


def approximately(*fractions: str) -> object:
    return pytest.approx([float(Fraction(fraction)) for fraction in fractions])


def test_the_worked_example_of_pradhan_et_al_2014() -> None:
    gold, found = ["abc", "defg"], ["ab", "cd", "fghi"]
    assert figures(muc(gold, found)) == approximately("2/5", "2/5")
    assert figures(b_cubed(gold, found)) == approximately("35/84", "4/8")
    assert figures(ceaf_e(gold, found)) == approximately("13/20", "13/30")
    scores = coreference_scores([(gold, found)])
    assert (scores.muc.f1, scores.b_cubed.f1, scores.ceaf_e.f1) == pytest.approx((0.4, 0.4545, 0.52), abs=5e-5)
    assert scores.conll == pytest.approx((0.4 + 5 / 11 + 0.52) / 3)


@pytest.mark.parametrize(
    ("found", "of_muc", "of_b_cubed", "of_ceaf_e"),
    [
        (["a", "bc", "def"], ("1", "1"), ("1", "1"), ("1", "1")),
        (["a", "de"], ("1/3", "1"), ("7/18", "1"), ("3/5", "9/10")),
        (["a", "bcx", "defy", "z"], ("1", "3/5"), ("1", "55/108"), ("93/105", "93/140")),
        (["a", "bcx", "dy", "z"], ("1/3", "1/3"), ("5/9", "17/42"), ("11/15", "11/20")),
        (["a", "bcxB", "dy", "z"], ("1/3", "1/4"), ("5/9", "5/16"), ("31/45", "31/60")),
        (["a", "bcx", "dy", "Bz"], ("1/3", "1/4"), ("5/9", "17/48"), ("11/15", "11/20")),
        (["a", "bcxb", "dy", "z"], ("1/3", "1/3"), ("5/9", "17/42"), ("11/15", "11/20")),
        (["a", "b", "c", "d", "e", "f"], ("0", "0"), ("1/2", "1"), ("13/18", "13/36")),
        (["abcdef"], ("1", "3/5"), ("1", "7/18"), ("2/9", "2/3")),
    ],
)
def test_the_cases_of_the_reference_scorer(
    found: Words, of_muc: tuple[str, str], of_b_cubed: tuple[str, str], of_ceaf_e: tuple[str, str]
) -> None:
    """Twinless and repeated mentions, with the key {a} {b, c} {d, e, f} of its test suite."""
    gold = ["a", "bc", "def"]
    assert figures(muc(gold, found)) == approximately(*of_muc)
    assert figures(b_cubed(gold, found)) == approximately(*of_b_cubed)
    assert figures(ceaf_e(gold, found)) == approximately(*of_ceaf_e)


@pytest.mark.parametrize(
    ("gold", "found", "recall", "precision"),
    [
        (["abcd"], ["ab", "cd"], "2/3", "1"),
        (["ab", "cd"], ["abcd"], "1", "2/3"),
        (["abcd"], ["abcd"], "1", "1"),
        (["abcd"], ["ab"], "1/3", "1"),
        (["abc"], ["ac"], "1/2", "1"),
    ],
)
def test_muc_counts_links(gold: Words, found: Words, recall: str, precision: str) -> None:
    """As in Vilain et al. 1995: a chain cut in two lacks one link, two chains run together have one too many."""
    assert figures(muc(gold, found)) == approximately(recall, precision)


@pytest.mark.parametrize(
    ("found", "b_cubed_precision", "muc_precision"),
    [(["12345", "6789ABC"], "16/21", "9/10"), (["1234589ABC", "67"], "7/12", "9/10")],
)
def test_b_cubed_tells_apart_what_muc_does_not(found: Words, b_cubed_precision: str, muc_precision: str) -> None:
    """The example of Bagga & Baldwin 1998: to join two large clusters is worse than a small and a large one."""
    gold = ["12345", "67", "89ABC"]
    assert figures(b_cubed(gold, found)) == approximately("1", b_cubed_precision)
    assert figures(muc(gold, found)) == approximately("1", muc_precision)


@pytest.mark.parametrize(
    ("found", "recall", "precision", "f1"),
    [
        (["12345", "67", "89ABC"], "1", "1", 1.0),
        (["12345", "6789ABC"], "11/18", "11/12", 0.733),
        (["1234589ABC", "67"], "5/9", "5/6", 0.667),
        (["123456789ABC"], "10/51", "10/17", 0.294),
    ],
)
def test_ceaf_on_the_example_of_luo_2005(found: Words, recall: str, precision: str, f1: float) -> None:
    score = ceaf_e(["12345", "67", "89ABC"], found)
    assert figures(score) == approximately(recall, precision)
    assert score.f1 == pytest.approx(f1, abs=5e-4)


def test_documents_are_added_up_not_averaged() -> None:
    documents = [(["ab"], ["ab"]), (["abcd"], ["ab", "cd"])]
    scores = coreference_scores(documents)
    assert figures(scores.muc) == approximately("3/4", "1")
    assert figures(scores.b_cubed) == approximately("4/6", "1")
    assert figures(scores.ceaf_e) == approximately("5/6", "5/9")


def test_no_clusters_score_zero() -> None:
    for gold, found in (([], []), (["ab"], []), ([], ["ab"])):
        scores = coreference_scores([(gold, found)])
        assert (scores.conll, scores.muc.recall, scores.b_cubed.precision) == (0.0, 0.0, 0.0)
    assert coreference_scores([]).conll == 0.0


def test_a_span_with_two_labels_is_one_mention() -> None:
    first, second = GoldMention("m1", 0, 1, 2, "GPE", "name"), GoldMention("m2", 0, 1, 2, "LOC", "name")
    assert positions([[first], [second], [second, GoldMention("m3", 1, 0, 0, "PER", "noun")]]) == [
        [(0, 1, 2)],
        [(1, 0, 0)],
    ]


def test_a_mention_in_two_clusters_is_refused() -> None:
    with pytest.raises(ValueError, match="two clusters"):
        muc(["ab", "bc"], ["abc"])


@st.composite
def partitions(draw: st.DrawFn, size: int = 9, clusters: int = 5) -> Words:
    cluster_of = draw(st.lists(st.integers(0, clusters), min_size=size, max_size=size))
    words = [
        "".join(m for m, c in zip("abcdefghij", cluster_of, strict=False) if c == n) for n in range(1, clusters + 1)
    ]
    return [word for word in words if word]  # mentions of cluster 0 are those that this side lacks


measures = pytest.mark.parametrize("measure", [muc, b_cubed, ceaf_e])
Measure = Callable[[Words, Words], ClusterScore]


@measures
@settings(deadline=None, max_examples=60)
@given(gold=partitions(), found=partitions())
def test_what_every_measure_must_do(measure: Measure, gold: Words, found: Words) -> None:
    score, swapped = measure(gold, found), measure(found, gold)
    assert 0.0 <= score.recall <= 1.0 and 0.0 <= score.precision <= 1.0
    assert figures(score) == pytest.approx((swapped.precision, swapped.recall))
    other_order = measure([word[::-1] for word in gold[::-1]], [word[::-1] for word in found[::-1]])
    assert figures(other_order) == pytest.approx(figures(score))
    perfect = measure(gold, gold)
    if any(len(word) > 1 for word in gold) or (gold and measure is not muc):
        assert figures(perfect) == (1.0, 1.0)


@settings(deadline=None, max_examples=100)
@given(gold=partitions(), found=partitions())
def test_against_slow_ways_to_count(gold: Words, found: Words) -> None:
    def missing_links(cluster: str, others: Words) -> int:
        return len({next((n for n, other in enumerate(others) if m in other), m) for m in cluster}) - 1

    def kept(clusters: Words, others: Words) -> int:
        return sum(len(cluster) - 1 - missing_links(cluster, others) for cluster in clusters)

    def shares(clusters: Words, others: Words) -> float:
        return sum(
            sum(m in other for m in cluster) / len(cluster)
            for cluster in clusters
            for mention in cluster
            for other in others
            if mention in other
        )

    links = muc(gold, found)
    assert (links.recall_part, links.precision_part) == (kept(gold, found), kept(found, gold))
    mentions = b_cubed(gold, found)
    assert mentions.recall_part == pytest.approx(shares(gold, found))
    assert mentions.precision_part == pytest.approx(shares(found, gold))
    few, many = sorted((gold, found), key=len)
    best = max(
        sum(2 * len(set(a) & set(b)) / (len(a) + len(b)) for a, b in zip(few, chosen, strict=True))
        for chosen in permutations(many, len(few))
    )
    assert ceaf_e(gold, found).recall_part == pytest.approx(best)


def test_litbank_against_itself(data_folder: Path) -> None:
    documents = [positions(gold_clusters(passage.mentions)) for passage in read_tokens(data_folder, "dev")]
    perfect = coreference_scores((clusters, clusters) for clusters in documents)
    assert perfect.conll == 1.0
    assert perfect.b_cubed.recall_whole == 2753
    alone = coreference_scores((clusters, [[m] for cluster in clusters for m in cluster]) for clusters in documents)
    assert (alone.muc.f1, alone.b_cubed.precision) == (0.0, 1.0)
    assert 0.1 < alone.conll < 0.4
