"""What a language model answers."""

from __future__ import annotations

import math
from typing import NamedTuple


class Answer(NamedTuple):
    """What a model said.

    Attributes:
        text: its words, without the mark that ends them.
        log_probability: of all its tokens, the end included; None if a server does not tell.
        tokens: how many they are.
        elsewhere: if only labels were possible: the probability of saying something else after what was looked at.
    """

    text: str
    log_probability: float | None
    tokens: int
    elsewhere: float | None = None

    @property
    def probability(self) -> float | None:
        """Of the whole answer."""
        return None if self.log_probability is None else min(1.0, math.exp(self.log_probability))
