"""Scoring relation labels as free answers: the protocol of Christou & Tsoumakas (arXiv:2606.22606, 2026).

Every row has one gold label and one answer, a string that a model wrote. Both are brought into one form
(:func:`litgraph.relations.asking.answers.scoring_form`) and compared as strings. An answer that is in no schema is
therefore a wrong one, and of its own share (``schema_valid``). The labels that say "no relation"
(:data:`litgraph.relations.asking.answers.NEGATIVE`) are left out of the averaged classes, yet mistakes with them count:
a relation claimed where there is none is a false positive, the reverse a false negative. The first figure to look at is
``positive.f1``, the positive-class micro-F1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from litgraph.evaluation.scores import Scores, harmonic_mean, share
from litgraph.relations.asking.answers import NEGATIVE, NO_RELATION, scoring_form

LONGEST_LABEL = 60
"""Characters; a longer answer is no label but prose (the paper's bound)."""


def is_positive(label: str) -> bool:
    """Whether a normalised label claims a relation."""
    return label not in NEGATIVE


def is_malformed(raw: str | None) -> bool:
    """Whether an answer cannot be a label at all: empty, or longer than 60 characters when normalised."""
    return not (raw or "").strip() or len(scoring_form(raw)) > LONGEST_LABEL


@dataclass(frozen=True, slots=True)
class AnswerScores:
    """How well answers agree with gold labels.

    Attributes:
        rows: how many were scored.
        positive: over all rows, claims of a relation: annotated, made, right. Its ``f1`` is the paper's first figure.
        macro_precision, macro_recall, macro_f1: plain means over the positive labels of the gold.
        accuracy: share of right answers, the negative ones included.
        schema_valid: share of the answers that are labels of the schema.
        malformed: share of the answers that are empty or too long to be a label.
        by_label: each positive gold label, the most frequent first.
        confusions: (gold, answer, how often) where they differ, the most frequent first.
    """

    rows: int
    positive: Scores
    macro_precision: float
    macro_recall: float
    macro_f1: float
    accuracy: float
    schema_valid: float
    malformed: float
    by_label: Mapping[str, Scores]
    confusions: Sequence[tuple[str, str, int]]

    def figures(self) -> dict[str, float]:
        """The figures by name, in the order in which they are worth reading."""
        return {
            "micro-F1": self.positive.f1,
            "precision": self.positive.precision,
            "recall": self.positive.recall,
            "macro-F1": self.macro_f1,
            "accuracy": self.accuracy,
            "schema-valid": self.schema_valid,
            "malformed": self.malformed,
        }


def score_answers(
    gold: Sequence[str | None], answers: Sequence[str | None], *, schema: Collection[str] | None = None
) -> AnswerScores:
    """Score one data set.

    Args:
        gold: the annotated labels.
        answers: what a model wrote, in the same order.
        schema: the labels of the data set; those that occur in ``gold`` if None.

    Raises:
        ValueError: there are not as many answers as labels.
    """
    if len(gold) != len(answers):
        raise ValueError(f"{len(answers)} answers for {len(gold)} labels")
    labels = [scoring_form(label) for label in gold]
    said = [scoring_form(answer) for answer in answers]
    valid = {scoring_form(label) for label in (gold if schema is None else schema)}
    rows = len(labels)
    annotated, claimed = Counter(filter(is_positive, labels)), Counter(filter(is_positive, said))
    right = Counter(label for label, answer in zip(labels, said, strict=True) if label == answer)
    by_label = {
        label: Scores(count, claimed[label], right[label])
        for label, count in sorted(annotated.items(), key=lambda item: (-item[1], item[0]))
    }
    wrong = Counter((label, answer) for label, answer in zip(labels, said, strict=True) if label != answer)
    return AnswerScores(
        rows=rows,
        positive=Scores(annotated.total(), claimed.total(), sum(right[label] for label in by_label)),
        macro_precision=share(sum(score.precision for score in by_label.values()), len(by_label)),
        macro_recall=share(sum(score.recall for score in by_label.values()), len(by_label)),
        # The mean of the F1s, not the F1 of the means
        macro_f1=share(sum(harmonic_mean(score.precision, score.recall) for score in by_label.values()), len(by_label)),
        accuracy=share(right.total(), rows),
        schema_valid=share(sum(answer in valid for answer in said), rows),
        malformed=share(sum(map(is_malformed, answers)), rows),
        by_label=by_label,
        confusions=sorted(
            ((label, answer, times) for (label, answer), times in wrong.items()),
            key=lambda row: (-row[2], row[0], row[1]),
        ),
    )


def majority(train: Sequence[str | None]) -> str:
    """The most frequent positive label: what one would answer who reads nothing.

    Args:
        train: gold labels of the training data; of equally frequent ones the first in the alphabet is taken.
    """
    counts = Counter(filter(is_positive, map(scoring_form, train)))
    return min(counts, key=lambda label: (-counts[label], label), default=NO_RELATION)
