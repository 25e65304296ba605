"""The heads of the reader's network: mentions, coreference, relations, and whether a character is at a place."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from litgraph.literary.network.features import (
    ANTECEDENT_BUCKETS,
    COREFERENCE_FLAGS,
    COREFERENCE_SIZES,
    FORMS,
    POSITIONS,
    RELATION_SIZES,
    RELATIONS,
    WORDINGS,
    AntecedentFeatures,
    AntecedentPairs,
    MentionTable,
    RelationPairs,
    words_around,
)
from litgraph.literary.types import SPATIAL
from litgraph.types import ENTITY_LABELS

WIDEST = 24  # words of the longest mention that is looked for: 99 % of LitBank's are shorter
NO_MENTION = 0
_FEATURE = 16  # width of a feature's embedding
_RARE = 3.0  # the mention head's first guess: hardly any span is a mention
_BEFORE, _AFTER = 8, 16  # words before and after the first word of a mention that the relation head looks at
_HEADS = 4
SPANS_AT_ONCE = 4096  # more than a chapter has mentions, but for the longest


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
    def from_states(cls, states: Tensor) -> Words:
        """With its running sums."""
        if states.requires_grad:
            return cls(states, torch.cat([states.new_zeros(1, states.shape[1]), states.cumsum(0)]))
        sums = states.new_zeros(len(states) + 1, states.shape[1])  # long texts have no room for a third copy
        torch.cumsum(states, 0, out=sums[1:])
        return cls(states, sums)

    def mean(self, start: Tensor, end: Tensor) -> Tensor:
        """Mean states of the words from ``start`` to before ``end``; zero for empty stretches."""
        return (self.sums[end] - self.sums[start]) / (end - start).clamp(min=1)[:, None]


@dataclass(frozen=True, slots=True)
class SpanScores:
    """What the mention head says of every span that may be a mention.

    Attributes:
        start, end: words, end outside.
        labels: scores of no mention and of each label, (spans, 7).
        forms: scores of the forms, (spans, 3).
    """

    start: Tensor
    end: Tensor
    labels: Tensor
    forms: Tensor


class MentionHead(nn.Module):
    """Scores every span of a sentence for every label, so that mentions may nest.

    A span is seen as its first and last word, their neighbours outside, the mean of its words, and its width. All of
    them are added up before the one hidden layer, so that hundreds of thousands of spans cost little.
    """

    def __init__(self, hidden: int, width: int = 256) -> None:
        super().__init__()
        self.dropout = nn.Dropout(0.2)
        self.first = nn.Linear(hidden, width)
        self.last = nn.Linear(hidden, width)
        self.before = nn.Linear(hidden, width, bias=False)
        self.after = nn.Linear(hidden, width, bias=False)
        self.inside = nn.Linear(hidden, width, bias=False)
        self.span_width = nn.Embedding(WIDEST, width)
        nn.init.normal_(self.span_width.weight, std=0.02)
        self.hidden_dropout = nn.Dropout(0.2)
        self.score = nn.Linear(width, 1 + len(ENTITY_LABELS) + len(FORMS))
        with torch.no_grad():
            self.score.bias[NO_MENTION] = _RARE

    def forward(
        self, states: Tensor, sentence: Tensor, first: Tensor | None = None, last: Tensor | None = None
    ) -> SpanScores:
        """The scores of all spans within one sentence that are not too wide, by width, then by start.

        Args:
            states: words that follow each other, (words, hidden).
            sentence: the number of each one's sentence, rising.
            first: whether each word may be the first of a span, (words,); None: all may.
            last: whether it may be the last one.
        """
        opening, closing, inside = self._parts(states, first, last)
        words = len(states)
        room = torch.searchsorted(sentence, sentence, right=True) - torch.arange(words)  # up to the sentence's end
        if first is not None:
            room = room * first
        starts, ends, found = [], [], []
        for width in range(1, min(WIDEST, int(room.max()) if words else 0) + 1):
            start = (room >= width).nonzero().flatten()
            if last is not None:
                start = start[last[start + (width - 1)]]
            # The mean of a span is a difference of two running sums: one part goes to its start, the other to its end.
            begins = torch.sub(opening, inside.sums[:-1], alpha=1 / width) + self.span_width.weight[width - 1]
            stops = torch.add(closing, inside.sums[1:], alpha=1 / width)
            found.append(self._scores(begins.index_select(0, start) + stops.index_select(0, start + (width - 1))))
            starts.append(start)
            ends.append(start + width)
        if not found:
            starts = ends = [torch.empty(0, dtype=torch.long)]
            found = [self._scores(opening[:0])]
        return _span_scores(torch.cat(starts), torch.cat(ends), torch.cat(found))

    def judge(self, states: Tensor, start: Tensor, end: Tensor) -> SpanScores:
        """The scores of the spans from ``start`` to before ``end``, (spans,), none wider than ``WIDEST``."""
        first, last, inside = self._parts(states)
        joined = first[start] + last[end - 1] + inside.mean(start, end) + self.span_width(end - start - 1)
        return _span_scores(start, end, self._scores(joined))

    def _parts(
        self, states: Tensor, first: Tensor | None = None, last: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Words]:
        """What each word says as the first and as the last one of a span, and inside of one; 0 where it may not be."""
        states = self.dropout(states)
        outside = states.new_zeros(1, states.shape[1])
        around = torch.cat([outside, states, outside])
        opening = _where(first, states, around[:-2], self.first, self.before)
        closing = _where(last, states, around[2:], self.last, self.after)
        return opening, closing, Words.from_states(self.inside(states))

    def _scores(self, joined: Tensor) -> Tensor:
        scores: Tensor = self.score(self.hidden_dropout(functional.gelu(joined)))
        return scores


def _where(rows: Tensor | None, own: Tensor, next_to: Tensor, layer: nn.Linear, beside: nn.Linear) -> Tensor:
    """What two layers make of words and of those next to them, (words, width); zeros but for some rows, if told."""
    if rows is None:
        sums: Tensor = layer(own) + beside(next_to)
        return sums
    sums = own.new_zeros(len(own), layer.out_features)
    sums[rows] = layer(own[rows]) + beside(next_to[rows])
    return sums


def _span_scores(start: Tensor, end: Tensor, scores: Tensor) -> SpanScores:
    labels = 1 + len(ENTITY_LABELS)
    return SpanScores(start, end, scores[:, :labels], scores[:, labels:])


def spans_of_sentences(sentence: Tensor) -> tuple[Tensor, Tensor]:
    """(start, end) of all spans within one sentence that are not too wide, by start, then by end."""
    words = len(sentence)
    start = torch.arange(words)[:, None].expand(-1, WIDEST)
    last = start + torch.arange(WIDEST)
    within = (last < words) & (sentence[last.clamp(max=max(0, words - 1))] == sentence[:, None])
    return start[within], last[within] + 1


class Spans(nn.Module):
    """First word, last word and mean of each mention, pressed together."""

    def __init__(self, hidden: int, width: int) -> None:
        super().__init__()
        self.press = nn.Sequential(nn.Linear(3 * hidden, 256), nn.GELU(), nn.Dropout(0.1), nn.Linear(256, width))

    def forward(self, words: Words, start: Tensor, end: Tensor) -> Tensor:
        pressed = [
            self.press(torch.cat([words.states[first], words.states[last - 1], words.mean(first, last)], -1))
            for first, last in zip(torch.split(start, SPANS_AT_ONCE), torch.split(end, SPANS_AT_ONCE), strict=True)
        ]
        return torch.cat(pressed)


class CoreferenceHead(nn.Module):
    """Scores whether a mention means the same as an earlier one; above 0 it does.

    A quick first score chooses the antecedents for which the whole score is worth its time (Lee et al. 2018).
    """

    def __init__(self, hidden: int, width: int = 192) -> None:
        super().__init__()
        self.spans = Spans(hidden, width)
        self.first_score = nn.Linear(width, width, bias=False)
        self.distance = nn.Embedding(ANTECEDENT_BUCKETS, 1)
        self.wording = nn.Embedding(WORDINGS, 1)
        nn.init.zeros_(self.distance.weight)
        nn.init.zeros_(self.wording.weight)
        self.features = nn.ModuleList(nn.Embedding(size, _FEATURE) for size in COREFERENCE_SIZES)
        inputs = 3 * width + len(self.features) * _FEATURE + COREFERENCE_FLAGS
        self.score = nn.Sequential(nn.Linear(inputs, 192), nn.GELU(), nn.Dropout(0.2), nn.Linear(192, 1))

    def quick(self, spans: Tensor, pairs: AntecedentPairs) -> Tensor:
        """The first score of pairs of mentions, one a pair."""
        if not len(pairs.later):
            return spans.new_zeros(0)
        # The pairs are of mentions near each other: one product of all with all is less than one a pair.
        first, last = int(pairs.earlier.min()), int(pairs.later.max()) + 1
        near = spans[first:last]
        alike = (self.first_score(near) @ near.T)[pairs.later - first, pairs.earlier - first]
        known = self.distance(pairs.apart) + self.wording(pairs.wording)
        scores: Tensor = alike / math.sqrt(spans.shape[1]) + known.squeeze(-1)
        return scores

    def forward(
        self, spans: Tensor, pairs: AntecedentPairs, known: AntecedentFeatures, quick: Tensor | None = None
    ) -> Tensor:
        """Spans of all mentions and pairs of them → one score a pair; ``quick`` are the first scores, if known."""
        if quick is None:
            quick = self.quick(spans, pairs)
        if not len(pairs.later):
            return quick
        begin, end = int(pairs.earlier.min()), int(pairs.later.max()) + 1
        near, one, other = spans[begin:end], pairs.later - begin, pairs.earlier - begin
        features = [embed(value) for embed, value in zip(self.features, known.numbers, strict=True)]
        product = near.index_select(0, one) * near.index_select(0, other)
        # The first layer takes the later mention, the earlier one, and what is known of both. Its parts for single
        # mentions are computed once a mention, not once a pair.
        first, width = cast(nn.Linear, self.score[0]), spans.shape[1]
        later, earlier, both = torch.split(first.weight, [width, width, first.in_features - 2 * width], 1)
        hidden = functional.linear(torch.cat([product, *features, known.flags], -1), both, first.bias)
        hidden = hidden + functional.linear(near, later).index_select(0, one)
        hidden = hidden + functional.linear(near, earlier).index_select(0, other)
        total: Tensor = quick + self.score[1:](hidden).squeeze(-1)
        return total


@dataclass(frozen=True, slots=True)
class PairView:
    """A text as the relation head sees it, whichever pairs are asked for: spans of the mentions, and its words."""

    spans: Tensor
    words: Words
    keys: Tensor
    values: Tensor


class PairReader(nn.Module):
    """What a text says of two mentions: themselves, their product, the words between, before and after them.

    The pair also looks for the words that matter to it around both mentions (attention; every word is known by its
    place relative to each of the two).
    """

    def __init__(self, hidden: int, width: int = 192) -> None:
        super().__init__()
        self.spans = Spans(hidden, width)
        self.press = nn.Linear(hidden, width)
        self.keys = nn.Linear(hidden, width)
        self.values = nn.Linear(hidden, width)
        self.features = nn.ModuleList(nn.Embedding(size, _FEATURE) for size in RELATION_SIZES)
        features = len(self.features) * _FEATURE
        self.query = nn.Linear(3 * width + features, width)
        self.place = nn.ModuleList(nn.Embedding(POSITIONS, _HEADS) for _ in range(2))
        for parameter in self.place.parameters():
            nn.init.zeros_(parameter)
        self.size = 7 * width + features

    def view(self, words: Words, table: MentionTable) -> PairView:
        """What all pairs of a text have in common."""
        spans = self.spans(words, table.start, table.end)
        return PairView(spans, words, self.keys(words.states), self.values(words.states))

    def forward(self, view: PairView, pairs: RelationPairs) -> Tensor:
        """What is known of each pair, (pairs, ``size``)."""
        one, other = view.spans[pairs.earlier], view.spans[pairs.later]
        features = [embed(value) for embed, value in zip(self.features, pairs.features, strict=True)]
        mentions = [one, other, one * other, *features]
        count = len(view.keys)
        before, after = pairs.starts[0] - 1, pairs.outer_end
        stretches = (
            view.words.mean(pairs.between_start, pairs.between_end),
            view.words.states[before.clamp(min=0)] * (before >= 0)[:, None],
            view.words.states[after.clamp(max=count - 1)] * (after < count)[:, None],
        )
        # The mean of pressed words is the pressed mean of the words.
        between, *around = self.press(torch.cat(stretches)).chunk(3)
        between = between * (pairs.between_end > pairs.between_start)[:, None]
        found = self._look(view, pairs, self.query(torch.cat(mentions, -1)))
        return torch.cat([*mentions, between, *around, found], -1)

    def _look(self, view: PairView, pairs: RelationPairs, query: Tensor) -> Tensor:
        """Attention of each pair over the words around both mentions, (pairs, width)."""
        words, real, places = words_around(pairs, len(view.keys), before=_BEFORE, after=_AFTER)
        width = query.shape[1] // _HEADS
        # One product of matrices for all heads of a pair: each head's column is zero where another head's part is.
        own = torch.eye(_HEADS).repeat_interleave(width, 0)  # (width of all heads, heads)
        scores = view.keys[words] @ (query[:, :, None] * own) / math.sqrt(width)
        scores = scores + self.place[0](places[0]) + self.place[1](places[1])
        weights = scores.masked_fill(~real[..., None], float("-inf")).softmax(1)
        seen = weights.transpose(1, 2) @ view.values[words]  # (pairs, heads, width of all heads)
        found: Tensor = (seen * own.T).sum(1)
        return found


def surroundings(words: Words, table: MentionTable, earlier: Tensor, later: Tensor) -> tuple[Words, MentionTable]:
    """Of a text only the words that a ``PairReader`` looks at for some pairs, and the table as it counts these words.

    Rows of the table that are in no pair stand anywhere.

    Args:
        words: of the whole text.
        table: its mentions.
        earlier: rows of the table, (pairs,).
        later: too; never before ``earlier``.
    """
    count = len(words.states)
    begin = (table.start[earlier] - _BEFORE).clamp(min=0)
    stop = torch.maximum(torch.maximum(table.end[earlier], table.end[later]) + 1, table.start[later] + _AFTER)
    edges = torch.zeros(count + 1, dtype=torch.long)
    edges.index_add_(0, begin, torch.ones_like(begin)).index_add_(0, stop.clamp(max=count), -torch.ones_like(stop))
    kept = edges.cumsum(0)[:count] > 0
    moved = torch.cat([kept.new_zeros(1, dtype=torch.long), kept.cumsum(0)])  # words kept before each word
    last = int(moved[-1]) - 1
    start = moved[table.start].clamp(max=last)
    end = torch.maximum(moved[table.end], start + 1)
    return Words.from_states(words.states[kept]), replace(table, start=start, end=end)


class RelationHead(nn.Module):
    """Whether two mentions are related, and how: each label in both directions."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.reader = PairReader(hidden)
        self.score = nn.Sequential(
            nn.Dropout(0.1),
            nn.Linear(self.reader.size, 320),
            nn.GELU(),
            nn.Dropout(0.3),
            nn.Linear(320, 1 + 2 * len(RELATIONS)),
        )

    def forward(self, view: PairView, pairs: RelationPairs) -> tuple[Tensor, Tensor]:
        """Scores of being related, (pairs,), and of each label if so, (pairs, 2 * labels)."""
        scores = self.score(self.reader(view, pairs))
        return scores[:, 0], scores[:, 1:]


class PlaceHead(nn.Module):
    """Whether two mentions are a character and a place at all, and how the one stands to the other."""

    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.score = nn.Sequential(
            nn.Dropout(0.1), nn.Linear(inputs, 192), nn.GELU(), nn.Dropout(0.3), nn.Linear(192, 1 + len(SPATIAL))
        )

    def forward(self, pair_states: Tensor) -> tuple[Tensor, Tensor]:
        """What is known of each pair → scores of being valid, (pairs,), and of each spatial relation, (pairs, 6)."""
        scores = self.score(pair_states)
        return scores[:, 0], scores[:, 1:]
