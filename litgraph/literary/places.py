"""Asking whether a character is at a place: pairs in contexts, as the network takes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

from litgraph.literary.features import MentionTable, in_text_order, likely_form, mention_table
from litgraph.literary.heads import Words
from litgraph.literary.types import TokenMention
from litgraph.literary.windows import Window, WordPieces, windows
from litgraph.types import EntityLabel

_GAP = 16  # words of nothing after each context, so that a pair near its end does not look into the next


_LABELS: tuple[EntityLabel, EntityLabel] = ("PER", "LOC")


class Marked(Protocol):
    """Words with a character and a place among them, each as its first and last token, both inside."""

    @property
    def tokens(self) -> Sequence[str]: ...
    @property
    def character(self) -> tuple[int, int]: ...
    @property
    def place(self) -> tuple[int, int]: ...


@dataclass(frozen=True, slots=True)
class PlaceQuestion:
    """Contexts, with two mentions each; ``earlier`` and ``later`` are their rows of the table.

    Attributes:
        windows: one or more a context; none holds words of two.
        ends: for each context how many windows there are up to its end.
    """

    windows: list[Window]
    ends: list[int]
    table: MentionTable
    earlier: Tensor
    later: Tensor


def place_question(contexts: Sequence[Marked], pieces: WordPieces) -> PlaceQuestion:
    """The question of each context. What kind of place it is, nobody has said; all are taken to be of one kind."""
    cut: list[Window] = []
    ends: list[int] = []
    mentions: list[TokenMention] = []
    for number, context in enumerate(contexts):
        cut += windows([context.tokens], pieces)
        ends.append(len(cut))
        for label, (first, last) in zip(_LABELS, (context.character, context.place), strict=True):
            form = likely_form(context.tokens[first : last + 1])
            mentions.append(TokenMention(number, first, last, label, form))
    spaced = [[*context.tokens, *[""] * _GAP] for context in contexts]
    earlier = torch.arange(0, 2 * len(contexts), 2)
    return PlaceQuestion(cut, ends, mention_table(spaced, in_text_order(mentions)), earlier, earlier + 1)


def spaced_words(question: PlaceQuestion, states: Tensor) -> Words:
    """The words as the question's table counts them, from the states of all windows, (words, hidden)."""
    parts: list[Tensor] = []
    begin = 0
    rows = iter(torch.split(states, [len(window.first) for window in question.windows]))
    for end in question.ends:
        parts += [next(rows) for _ in range(begin, end)]
        parts.append(states.new_zeros(_GAP, states.shape[1]))
        begin = end
    return Words.of(torch.cat(parts))
