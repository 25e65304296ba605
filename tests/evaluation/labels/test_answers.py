"""Scoring answers as the paper does, against counts by hand and against scikit-learn."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys

import pytest
from graphs import prepared
from hypothesis import given
from hypothesis import strategies as st

from litgraph.evaluation.labels.answers import is_malformed, majority, score_answers
from litgraph.relations.asking.answers import NEGATIVE, scoring_form


@pytest.mark.parametrize(
    ("raw", "label"),
    [
        ("spouse_of", "spouse_of"),
        ("  Spouse_Of \nbecause they are married", "spouse_of"),
        ('"spouse_of"', "spouse_of"),
        ("'spouse_of'", "spouse_of"),
        ("\"spouse_of'", "\"spouse_of'"),
        ('""spouse_of""', '"spouse_of"'),
        ("lives \t in", "lives in"),
        ("None", "none"),
        ("NaN", "none"),
        ("null", "none"),
        ('"  "', "none"),
        ("", "none"),
        (None, "none"),
        ("Other", "other"),
        ("no_relation", "no_relation"),
        ('"', '"'),
    ],
)
def test_answers_are_normalised_as_in_the_paper(raw: str | None, label: str) -> None:
    assert scoring_form(raw) == label


@given(st.text())
def test_to_normalise_lets_no_line_end_or_outer_space_stand(raw: str) -> None:
    label = scoring_form(raw)
    assert label and label == label.strip() and "\n" not in label and "  " not in label


def test_counts_by_hand() -> None:
    gold = ["child_of", "child_of", "friend_of", "lives_in", "none", "Other", "friend_of"]
    said = ["child_of", "friend_of", "FRIEND_OF", "none", "child_of", "none", "is a dear old friend of"]
    scores = score_answers(gold, said)
    # Five rows bear a relation; five answers claim one; child_of and friend_of are right once each.
    assert (scores.positive.gold, scores.positive.found, scores.positive.right) == (5, 5, 2)
    assert scores.positive.f1 == pytest.approx(0.4)
    # "other" and "none" are both negative, but not the same string: accuracy counts strings.
    assert scores.accuracy == pytest.approx(2 / 7)
    child, friend, lives = (scores.by_label[name] for name in ("child_of", "friend_of", "lives_in"))
    assert (child.gold, child.found, child.right) == (2, 2, 1)
    assert (friend.gold, friend.found, friend.right) == (2, 2, 1)
    assert (lives.gold, lives.found, lives.right) == (1, 0, 0)
    assert scores.macro_f1 == pytest.approx((0.5 + 0.5 + 0) / 3)
    assert scores.schema_valid == pytest.approx(6 / 7)
    assert scores.malformed == 0
    assert list(scores.by_label) == ["child_of", "friend_of", "lives_in"]
    assert scores.confusions[0][2] == 1 and ("lives_in", "none", 1) in scores.confusions
    assert len(scores.confusions) == 5


def test_an_answer_outside_the_schema_is_a_false_positive_as_well_as_a_miss() -> None:
    scores = score_answers(["child_of", "none"], ["offspring", "offspring"])
    assert (scores.positive.gold, scores.positive.found, scores.positive.right) == (1, 2, 0)
    assert scores.schema_valid == 0


def test_the_schema_may_hold_more_than_the_gold() -> None:
    assert score_answers(["child_of"], ["spouse_of"]).schema_valid == 0
    assert score_answers(["child_of"], ["spouse_of"], schema=["child_of", "Spouse_of"]).schema_valid == 1


def test_prose_and_silence_are_malformed() -> None:
    assert is_malformed("") and is_malformed("  \n") and is_malformed(None) and is_malformed("x" * 61)
    assert not is_malformed("x" * 60) and not is_malformed("none") and not is_malformed("x\n" + "y" * 100)
    scores = score_answers(["none", "none", "child_of"], ["", "none", "z" * 99])
    # Silence is malformed, and yet the right answer where nothing is to be said.
    assert scores.malformed == pytest.approx(2 / 3)
    assert scores.accuracy == pytest.approx(2 / 3)


def test_nothing_at_all_scores_nothing() -> None:
    scores = score_answers([], [])
    assert scores.figures() == dict.fromkeys(scores.figures(), 0.0)


def test_as_many_answers_as_labels() -> None:
    with pytest.raises(ValueError, match="1 answers for 2 labels"):
        score_answers(["a", "b"], ["a"])


def test_the_majority_is_of_what_is_a_relation() -> None:
    assert majority(["Other", "Other", "Other", "b", "a", "B"]) == "b"
    assert majority(["b", "a"]) == "a"
    assert majority(["none"]) == "none"


SCIKIT_LEARN = """
import json, sys
from sklearn.metrics import accuracy_score, f1_score, precision_recall_fscore_support
told = []
for gold, said, averaged, in_gold in json.load(sys.stdin):
    micro = precision_recall_fscore_support(gold, said, labels=averaged, average="micro", zero_division=0)
    macro = f1_score(gold, said, labels=in_gold, average="macro", zero_division=0)
    each = precision_recall_fscore_support(gold, said, labels=in_gold, zero_division=0)
    told.append([micro[:3], macro, accuracy_score(gold, said), [column.tolist() for column in each]])
json.dump(told, sys.stdout)
"""


def test_scikit_learn_agrees() -> None:
    asked = []
    for seed in range(5):
        draw = random.Random(seed)
        names = ["child_of", "friend_of", "lives_in", "spouse_of", "none", "other", "no_relation", "invented"]
        gold = draw.choices(names[:-1], [8, 4, 2, 1, 6, 3, 1], k=400)
        said = [label if draw.random() < 0.6 else draw.choice(names) for label in gold]
        asked.append((gold, said, sorted({*gold, *said} - NEGATIVE), sorted(set(gold) - NEGATIVE)))
    done = subprocess.run(
        [sys.executable, "-c", SCIKIT_LEARN],
        input=json.dumps(asked),
        env={**os.environ, "PYTHONPATH": str(prepared("scikit-learn"))},
        capture_output=True,
        text=True,
        check=True,
    )
    for (gold, said, _, in_gold), (micro, macro, accuracy, each) in zip(asked, json.loads(done.stdout), strict=True):
        scores = score_answers(gold, said)
        assert (scores.positive.precision, scores.positive.recall, scores.positive.f1) == pytest.approx(tuple(micro))
        assert scores.macro_f1 == pytest.approx(macro)
        assert scores.accuracy == pytest.approx(accuracy)
        for index, name in enumerate(in_gold):
            mine = scores.by_label[name]
            assert (mine.precision, mine.recall, mine.f1, mine.gold) == pytest.approx(
                [column[index] for column in each]
            )
