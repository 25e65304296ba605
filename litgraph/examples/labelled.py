"""From labelled pairs to records: the wording of the prompt, worked examples before it, and the share of negatives."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from litgraph.errors import SettingsError
from litgraph.examples.record import Record
from litgraph.relations.asking.prompts import TEMPLATES, Question, Shot, messages, prompt_style

NO_RELATION = "none"

_USER_TURN = 1  # of a chat without turns of its own for examples: system, user


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair in its text with the right label; "none" if the text does not relate the two."""

    question: Question
    relation: str
    dataset: str


def records_of(examples: Sequence[Labelled], *, shots: int = 0, typed: bool = True, seed: int = 0) -> list[Record]:
    """Each example as a record in the wording of the paper's training rows.

    Which of the nine templates an example gets, and which other examples stand before it, is drawn; the same seed
    draws the same. Worked examples are of the same data set and of other texts.

    Args:
        examples: in any order.
        shots: how many worked examples stand before each question: 0, 2 or 5 in the paper.
        typed: print the types of the entities behind them, as the fiction rows have it.
        seed: of all that is drawn.

    Raises:
        SettingsError: there are too few other examples.
    """
    draw = random.Random(seed)
    styles = [prompt_style(f"training:{number}", typed=typed) for number in range(1, len(TEMPLATES) + 1)]
    by_set: dict[str, list[Labelled]] = {}
    for example in examples:
        by_set.setdefault(example.dataset, []).append(example)
    records = []
    for example in examples:
        style = draw.choice(styles)
        shown = _shown(example, by_set[example.dataset], shots, draw)
        prompt = messages(style, example.question, shown)[_USER_TURN]["content"]
        records.append(Record(prompt, example.relation, example.dataset, example.question))
    return records


def with_negatives(
    positives: Sequence[Labelled], negatives: Sequence[Labelled], share: float, *, seed: int = 0
) -> list[Labelled]:
    """The positives and as many of the negatives that they make up ``share`` of all; all of them if there are fewer.

    Args:
        positives: examples with a relation.
        negatives: examples without.
        share: 0 for none, up to 1 (all of them).
        seed: of the draw, and of the order of the result.

    Raises:
        SettingsError: the share is not between 0 and 1.
    """
    if not 0 <= share <= 1:
        raise SettingsError(f"A share of {share} is not possible.", "Choose a number from 0 to 1.")
    wanted = len(negatives) if share == 1 else min(len(negatives), round(len(positives) * share / (1 - share)))
    draw = random.Random(seed)
    chosen = [*positives, *draw.sample(negatives, wanted)]
    draw.shuffle(chosen)
    return chosen


def _shown(example: Labelled, others: Sequence[Labelled], shots: int, draw: random.Random) -> list[Shot]:
    shown: list[Shot] = []
    if shots:
        # More than are needed, as a few may be of the same text
        for other in draw.sample(others, min(len(others), 10 * shots)):
            if other.question.text != example.question.text:
                shown.append(Shot(other.question, other.relation))
            if len(shown) == shots:
                return shown
        raise SettingsError(
            f"There are too few examples of {example.dataset} to put {shots} before each.", "Choose fewer shots."
        )
    return shown
