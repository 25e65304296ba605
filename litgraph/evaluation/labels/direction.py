"""Does a labeller say the same of two entities whichever is named first?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from litgraph.evaluation.scores import share
from litgraph.ontology import RELATIONS, fold, normalise
from litgraph.relations.asking.answers import NEGATIVE, scoring_form


@dataclass(frozen=True, slots=True)
class Direction:
    """Answers to the same questions with the two entities in both orders.

    Attributes:
        questions: questions to which at least one of the two answers is a relation of the vocabulary.
        agreed: both answers state one fact: *sibling_of* twice, *parent_father_of* and *child_of*.
        contradicted: both answers are one relation that cannot hold both ways: each is the other's teacher.
    """

    questions: int
    agreed: int
    contradicted: int

    @property
    def consistency(self) -> float:
        """Share of the questions whose two answers agree."""
        return share(self.agreed, self.questions)

    @property
    def contradiction(self) -> float:
        """Share of the questions whose two answers cannot both be true."""
        return share(self.contradicted, self.questions)


def direction_consistency(answers: Iterable[tuple[str, str]]) -> Direction:
    """Compare the answers to questions and to the same questions with the entities swapped.

    Args:
        answers: both, of each question.
    """
    questions = agreed = contradicted = 0
    for straight, swapped in answers:
        one, other = _relation(straight), _relation(swapped)
        if not one and not other:
            continue
        questions += 1
        if one and other:
            agreed += fold("a", one, "b") == fold("b", other, "a")
            contradicted += one == other and not RELATIONS[one].symmetric
    return Direction(questions, agreed, contradicted)


def _relation(answer: str) -> str:
    return "" if scoring_form(answer) in NEGATIVE else normalise(answer)
