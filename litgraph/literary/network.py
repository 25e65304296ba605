"""The reader's network: one encoder and four heads. Imported only where torch is needed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from litgraph.literary.features import (
    COREFERENCE_FLAGS,
    COREFERENCE_SIZES,
    FORMS,
    RELATION_CLASSES,
    RELATION_SIZES,
    AntecedentPairs,
    MentionTable,
    RelationPairs,
)
from litgraph.literary.windows import CAPITALS, Window
from litgraph.types import ENTITY_LABELS

WIDEST = 24  # words of the longest mention that is looked for: 99 % of LitBank's are shorter
_LABELS = len(ENTITY_LABELS)
_FEATURE = 16  # width of a feature's embedding
_RARE = -3.0  # the mention head's first guess: hardly any span is a mention


@dataclass(frozen=True, slots=True)
class Words:
    """A text as the heads see it.

    Attributes:
        states: one row a word, (words, hidden).
        sums: running sums of ``states``, (words + 1, hidden), so that the mean of any span costs the same.
    """

    states: Tensor
    sums: Tensor

    @classmethod
    def of(cls, states: Tensor) -> Words:
        """With its running sums."""
        return cls(states, torch.cat([states.new_zeros(1, states.shape[1]), states.cumsum(0)]))

    def mean(self, start: Tensor, end: Tensor) -> Tensor:
        """Mean states of the words from ``start`` to before ``end``; zero for empty stretches."""
        return (self.sums[end] - self.sums[start]) / (end - start).clamp(min=1)[:, None]


class Encoder(nn.Module):
    """A BERT whose word pieces also know how they were capitalised."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.bert = BertModel(config, add_pooling_layer=False)
        self.capitals = nn.Embedding(CAPITALS, config.hidden_size)
        nn.init.normal_(self.capitals.weight, std=config.initializer_range)

    def forward(self, windows: Sequence[Window]) -> Tensor:
        """States of the first piece of each word: (windows, most words, hidden), padded with those of piece 0."""
        device = self.capitals.weight.device
        length = max(len(window.pieces) for window in windows)
        words = max(len(window.first) for window in windows)
        pieces = torch.tensor([window.pieces + [0] * (length - len(window.pieces)) for window in windows])
        capitals = torch.tensor([window.capitals + [0] * (length - len(window.capitals)) for window in windows])
        first = torch.tensor([window.first + [0] * (words - len(window.first)) for window in windows])
        real = torch.tensor([[1] * len(window.pieces) + [0] * (length - len(window.pieces)) for window in windows])
        embedded = self.bert.embeddings.word_embeddings(pieces.to(device)) + self.capitals(capitals.to(device))
        states: Tensor = self.bert(inputs_embeds=embedded, attention_mask=real.to(device)).last_hidden_state
        return states.gather(1, first.to(device)[..., None].expand(-1, -1, states.shape[-1]))


class MentionHead(nn.Module):
    """Scores every span for every label, so that mentions may nest.

    A span's score is the product of what its first and last word say, plus a preference for its width (after the
    *global pointer* of Su et al. 2022, arXiv:2208.03054). Scores above 0 are mentions.
    """

    def __init__(self, hidden: int, width: int = 48) -> None:
        super().__init__()
        self.width = width
        self.dropout = nn.Dropout(0.15)
        self.first = nn.Linear(hidden, width * _LABELS)
        self.last = nn.Linear(hidden, width * _LABELS)
        self.span_width = nn.Embedding(WIDEST, _LABELS)
        nn.init.zeros_(self.span_width.weight)
        self.rare = nn.Parameter(torch.full((_LABELS,), _RARE))
        self.form = nn.Sequential(nn.Linear(2 * hidden, 128), nn.GELU(), nn.Linear(128, len(FORMS)))

    def forward(self, states: Tensor) -> Tensor:
        """(windows, words, hidden) → (windows, labels, words as first, words as last)."""
        windows, words, _ = states.shape
        states = self.dropout(states)
        first = self.first(states).view(windows, words, _LABELS, self.width).float()
        last = self.last(states).view(windows, words, _LABELS, self.width).float()
        scores = torch.einsum("bild,bjld->blij", first, last) / math.sqrt(self.width)
        position = torch.arange(words, device=states.device)
        widths = (position[None] - position[:, None]).clamp(0, WIDEST - 1)
        preference: Tensor = self.span_width(widths).permute(2, 0, 1)[None] + self.rare[None, :, None, None]
        return scores + preference

    def forms(self, first: Tensor, last: Tensor) -> Tensor:
        """States of the first and last words of mentions → scores of the forms, (mentions, 3)."""
        scores: Tensor = self.form(torch.cat([first, last], -1))
        return scores


class _Spans(nn.Module):
    """First word, last word and mean of each mention, pressed together."""

    def __init__(self, hidden: int, width: int) -> None:
        super().__init__()
        self.press = nn.Sequential(nn.Linear(3 * hidden, 256), nn.GELU(), nn.Dropout(0.1), nn.Linear(256, width))

    def forward(self, words: Words, start: Tensor, end: Tensor) -> Tensor:
        joined = torch.cat([words.states[start], words.states[end - 1], words.mean(start, end)], -1)
        pressed: Tensor = self.press(joined)
        return pressed


class CoreferenceHead(nn.Module):
    """Scores whether a mention means the same as an earlier one; above 0 it does."""

    def __init__(self, hidden: int, width: int = 192) -> None:
        super().__init__()
        self.spans = _Spans(hidden, width)
        self.features = nn.ModuleList(nn.Embedding(size, _FEATURE) for size in COREFERENCE_SIZES)
        inputs = 3 * width + len(self.features) * _FEATURE + COREFERENCE_FLAGS
        self.score = nn.Sequential(nn.Linear(inputs, 192), nn.GELU(), nn.Dropout(0.2), nn.Linear(192, 1))

    def forward(self, spans: Tensor, pairs: AntecedentPairs) -> Tensor:
        """Spans of all mentions and pairs of them → one score a pair."""
        one, other = spans[pairs.later], spans[pairs.earlier]
        features = [embed(value) for embed, value in zip(self.features, pairs.features, strict=True)]
        scores: Tensor = self.score(torch.cat([one, other, one * other, *features, pairs.flags], -1))
        return scores.squeeze(-1)


class RelationHead(nn.Module):
    """Scores the relations of two mentions.

    The pair is seen as its two mentions, their product, the mean of the words between them, and the words right
    before and after.
    """

    def __init__(self, hidden: int, width: int = 192) -> None:
        super().__init__()
        self.spans = _Spans(hidden, width)
        self.press = nn.Linear(hidden, width)
        self.features = nn.ModuleList(nn.Embedding(size, _FEATURE) for size in RELATION_SIZES)
        inputs = 6 * width + len(self.features) * _FEATURE
        self.relation = nn.Sequential(
            nn.Linear(inputs, 320), nn.GELU(), nn.Dropout(0.3), nn.Linear(320, RELATION_CLASSES)
        )

    def pair_states(self, words: Words, table: MentionTable, pairs: RelationPairs) -> Tensor:
        """What is known of each pair, (pairs, inputs)."""
        spans = self.spans(words, table.start, table.end)
        one, other = spans[pairs.earlier], spans[pairs.later]
        pressed = Words.of(self.press(torch.cat([words.states, words.states.new_zeros(1, words.states.shape[1])])))
        nothing = len(words.states)
        before = torch.where(pairs.outer_start > 0, pairs.outer_start - 1, nothing)
        features = [embed(value) for embed, value in zip(self.features, pairs.features, strict=True)]
        between = pressed.mean(pairs.between_start, pairs.between_end)
        around = (pressed.states[before], pressed.states[pairs.outer_end])
        return torch.cat([one, other, one * other, between, *around, *features], -1)


class ReaderNetwork(nn.Module):
    """Encoder and heads; each head is called by itself, because not every text is read for everything."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.encoder = Encoder(config)
        self.mentions = MentionHead(config.hidden_size)
        self.coreference = CoreferenceHead(config.hidden_size)
        self.relations = RelationHead(config.hidden_size)
