"""One labelled example, as the data sets of Christou & Tsoumakas (``Despina/re_littune``) have it.

A record is a ``prompt``, the right ``relation`` and the name of its ``dataset``. Where it is known what the prompt asks
about, that question is kept beside it in columns of its own; where it is not, it is read off the prompt again
(:mod:`litgraph.examples.written`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from litgraph.errors import DatasetError
from litgraph.examples.written import parts_of
from litgraph.relations.asking.prompts import Question

COLUMNS = ("prompt", "relation", "dataset")
"""What every file of the format has."""

_PARTS = ("text", "entity1", "entity2", "entity1Type", "entity2Type")  # as the paper's own data sets call them


@dataclass(frozen=True, slots=True)
class Record:
    """A labelled example.

    Attributes:
        prompt: what a model is asked; it may end in "Answer:".
        relation: the right label; "none" where there is no relation.
        dataset: where it comes from; data sets are scored apart.
        question: the text and the two entities that the prompt asks about; None if nobody can tell.
    """

    prompt: str
    relation: str
    dataset: str
    question: Question | None = None

    def to_row(self) -> dict[str, str]:
        """The record as a row of a file."""
        row = {"prompt": self.prompt, "relation": self.relation, "dataset": self.dataset}
        if self.question is not None:
            question = self.question
            parts = (question.text, question.one, question.other, question.one_type, question.other_type)
            row.update(zip(_PARTS, parts, strict=True))
        return row


def record_from_row(row: Mapping[str, Any], dataset: str = "") -> Record:
    """The record of a row.

    Args:
        row: by column; more columns than the format's do no harm.
        dataset: its data set if the row does not say.

    Raises:
        DatasetError: there is no prompt or no relation, or a value is no text. Whoever reads the file adds where.
    """
    prompt, relation = row.get("prompt"), row.get("relation")
    if not isinstance(prompt, str) or not prompt.strip():
        raise DatasetError("the row has no prompt")
    if "relation" not in row or not isinstance(relation, str | None):
        raise DatasetError("the row has no relation")
    found = [row.get(column) for column in _PARTS]
    texts = [value if isinstance(value, str) else "" for value in found]
    question = Question(*texts) if all(texts[:3]) else parts_of(prompt)
    return Record(prompt, relation or "none", str(row.get("dataset") or dataset), question)
