"""Asking whether a character is at a place: pairs in contexts, as the network takes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

from litgraph.literary.network.features import MentionTable, in_text_order, likely_form, mention_table
from litgraph.literary.network.heads import WIDEST, MentionHead, Words
from litgraph.literary.network.windows import Window, WordPieces, windows
from litgraph.literary.types import TokenMention
from litgraph.types import ENTITY_LABELS, EntityLabel

_GAP = 16  # words of nothing after each context, so that a pair near its end does not look into the next


_LABELS: tuple[EntityLabel, EntityLabel] = ("PER", "LOC")
_PERSON, _SITE = [1 + ENTITY_LABELS.index("PER")], [1 + ENTITY_LABELS.index(label) for label in ("FAC", "GPE", "LOC")]
_NEXT_TO_NOTHING = 1e-6  # keeps log-odds within ±14


class PlaceContext(Protocol):
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
        begin: the first word of each context, as the table counts words.
        outer: the first words that no longer belong to the character and to the place, (2, contexts).
    """

    windows: list[Window]
    ends: list[int]
    table: MentionTable
    earlier: Tensor
    later: Tensor
    begin: Tensor
    outer: Tensor


def place_question(contexts: Sequence[PlaceContext], pieces: WordPieces) -> PlaceQuestion:
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
    first_words = torch.tensor([0, *map(len, spaced)][: len(contexts)], dtype=torch.long).cumsum(0)
    last_words = torch.tensor([(context.character[1], context.place[1]) for context in contexts], dtype=torch.long)
    return PlaceQuestion(
        cut,
        ends,
        mention_table(spaced, in_text_order(mentions)),
        earlier,
        earlier + 1,
        first_words,
        first_words + last_words.reshape(-1, 2).T + 1,
    )


def spaced_words(question: PlaceQuestion, states: Tensor) -> Words:
    """The words as the question's table counts them, from the states of all windows, (words, hidden)."""
    parts: list[Tensor] = []
    begin = 0
    rows = iter(torch.split(states, [len(window.first) for window in question.windows]))
    for end in question.ends:
        parts += [next(rows) for _ in range(begin, end)]
        parts.append(states.new_zeros(_GAP, states.shape[1]))
        begin = end
    return Words.from_states(torch.cat(parts))


def mention_evidence(head: MentionHead, question: PlaceQuestion, words: Words, temperature: float) -> Tensor:
    """What the mention head thinks of each pair, (contexts, 2): log-odds that a person ends where the character does,
    and that a place ends where the place does. A tagger that marked the pair wrongly is found out by this.

    Args:
        head: trained.
        question: the pairs.
        words: of the question, from ``spaced_words``.
        temperature: of the mention head.
    """
    end = question.outer[..., None].expand(-1, -1, WIDEST)
    start = torch.maximum(end - 1 - torch.arange(WIDEST), question.begin[None, :, None])
    scores = head.judge(words.states, start.flatten(), end.flatten())
    shares = (scores.labels / temperature).softmax(1).view(*start.shape, -1)
    likeliest = [shares[side][..., labels].sum(-1).amax(-1) for side, labels in enumerate((_PERSON, _SITE))]
    return torch.stack(likeliest, 1).logit(eps=_NEXT_TO_NOTHING)
