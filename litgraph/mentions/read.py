"""What a reader finds, before it is known whom it means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from litgraph.types import EntityLabel, MentionForm

UNLINKED = -1


class Read(NamedTuple):
    """A stretch of ``Book.text`` that a reader calls a mention.

    Those of one ``chain`` mean the same. ``antecedents`` are (start, end, probability).
    """

    start: int
    end: int
    label: EntityLabel
    form: MentionForm
    chain: int = UNLINKED
    antecedents: Sequence[tuple[int, int, float]] = ()
