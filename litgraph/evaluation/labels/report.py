"""All figures of a labeller on labelled examples: the paper's, and what it does not report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from litgraph.evaluation.calibration import expected_calibration_error
from litgraph.evaluation.labels.answers import AnswerScores, is_positive, majority, score_answers
from litgraph.evaluation.labels.bootstrap import Comparison, paired_bootstrap
from litgraph.evaluation.labels.systems import Answers, by_dataset, constant
from litgraph.evaluation.scores import share
from litgraph.examples.record import Record
from litgraph.relations.asking.answers import scoring_form

COMPANION = "companion_of"
"""The most frequent label of ARF, 29 % of its relations: the paper's data are told nothing by answering it always."""


@dataclass(frozen=True, slots=True)
class RelationReport:
    """How a system did.

    Attributes:
        by_dataset: the paper's figures for each data set.
        majority: the same for the most frequent label of each data set, answered to everything.
        companion: the same for "companion_of".
        calibration: expected calibration error of the answers that claim a relation; None if the system tells no
            probabilities.
        seconds: for 1,000 pairs; None if nothing was asked, or all answers were known.
    """

    by_dataset: Mapping[str, AnswerScores]
    majority: Mapping[str, AnswerScores]
    companion: Mapping[str, AnswerScores]
    calibration: float | None
    seconds: float | None

    @property
    def average(self) -> float:
        """The plain mean of the data sets' micro-F1, as the paper averages Biographical and PG-Fiction."""
        return mean(self.by_dataset)


def mean(scores: Mapping[str, AnswerScores]) -> float:
    """The plain mean of the data sets' micro-F1."""
    return share(sum(score.positive.f1 for score in scores.values()), len(scores))


def report(
    records: Sequence[Record], answers: Answers, *, schema: Mapping[str, Sequence[str]] | None = None
) -> RelationReport:
    """Score a system's answers.

    Args:
        records: what was asked.
        answers: to all of them.
        schema: the allowed labels of each data set; those of its records if None, or if it has none there.
    """
    scores: dict[str, AnswerScores] = {}
    frequent: dict[str, AnswerScores] = {}
    companion: dict[str, AnswerScores] = {}
    for name, places in by_dataset(records):
        part = [records[place] for place in places]
        gold = [record.relation for record in part]
        allowed = (schema or {}).get(name)
        for found, system in (
            (scores, [answers.texts[place] for place in places]),
            (frequent, constant(majority(gold), part).texts),
            (companion, constant(COMPANION, part).texts),
        ):
            found[name] = score_answers(gold, system, schema=allowed)
    return RelationReport(scores, frequent, companion, _calibration(records, answers), _seconds(answers))


def compare(records: Sequence[Record], first: Answers, second: Answers) -> dict[str, Comparison]:
    """The paired bootstrap of two systems, for each data set and, if there are several, for "all" rows together."""
    parts = dict(by_dataset(records))
    if len(parts) > 1:
        parts["all"] = list(range(len(records)))
    return {
        name: paired_bootstrap(
            [records[place].relation for place in places],
            [first.texts[place] for place in places],
            [second.texts[place] for place in places],
        )
        for name, places in parts.items()
    }


def _calibration(records: Sequence[Record], answers: Answers) -> float | None:
    judged = [
        (sure, scoring_form(record.relation) == scoring_form(text))
        for record, text, sure in zip(records, answers.texts, answers.probabilities, strict=True)
        if sure is not None and is_positive(scoring_form(text))
    ]
    return expected_calibration_error(judged) if judged else None


def _seconds(answers: Answers) -> float | None:
    return 1000 * answers.seconds / answers.questions if answers.questions else None
