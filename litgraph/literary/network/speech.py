"""Who says a quotation, and to whom: the head that points from it to mentions around it and to other quotations.

A quotation is said by whom a mention beside it means ("said *Emma*"), or by whoever says another quotation near it: the
last but one in a dialogue of two, the one before where a speech goes on. So each quotation chooses among both, or
nobody, once for its speaker and once for its hearer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from litgraph.literary.network.features import FORMS, MentionTable
from litgraph.literary.network.heads import SPANS_AT_ONCE, Spans, Words
from litgraph.literary.types import TokenSpan
from litgraph.types import ENTITY_LABELS

SPEAKER, HEARER = 0, 1
BEFORE, AFTER, INSIDE = 16, 8, 6  # mentions before, after and inside of a quotation that it may point to
TURNS = (-4, -3, -2, -1, 1, 2, 3)  # quotations from there that it may point to
_FARTHEST = 300  # words to a mention that may tell who speaks
_FEATURE = 16
_WORDS_APART = torch.tensor([0, 1, 2, 3, 5, 8, 12, 20, 35, 70, 150])
_PARAGRAPHS = 5  # the same, the next, farther, much farther, not known
_BETWEEN = 6  # quotations between that are told apart


@dataclass(frozen=True, slots=True)
class QuotationTable:
    """The quotations of a text, one row each, in text order.

    Attributes:
        start, end: words of the whole text, with the marks, end outside.
        first_paragraph, last_paragraph: numbers; -1 where nobody knows.
    """

    start: Tensor
    end: Tensor
    first_paragraph: Tensor
    last_paragraph: Tensor

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True)
class Pointers:
    """What each quotation may point to; -1 where there are fewer.

    Attributes:
        mentions: rows of the mention table, (quotations, BEFORE + AFTER + INSIDE).
        turns: rows of the quotation table, (quotations, turns).
        between: (2, quotations, mentions) first word and end of what stands between quotation and mention.
        mention_features, turn_features: numbers, in the order of the head's embeddings.
    """

    mentions: Tensor
    turns: Tensor
    between: Tensor
    mention_features: tuple[Tensor, ...]
    turn_features: tuple[Tensor, ...]


def quotation_table(
    sentences: Sequence[Sequence[str]],
    quotations: Sequence[TokenSpan],
    paragraphs: Sequence[int] = (),
) -> QuotationTable:
    """The table of quotations in text order.

    Args:
        sentences: tokens.
        quotations: (sentence, token) of both marks, inside.
        paragraphs: for each sentence the number of its paragraph, if known.
    """
    offsets = [0]
    for sentence in sentences:
        offsets.append(offsets[-1] + len(sentence))
    rows = [
        (
            offsets[first[0]] + first[1],
            offsets[last[0]] + last[1] + 1,
            paragraphs[first[0]] if paragraphs else -1,
            paragraphs[last[0]] if paragraphs else -1,
        )
        for first, last in quotations
    ]
    columns = torch.tensor(rows, dtype=torch.long).reshape(-1, 4).T.contiguous()
    return QuotationTable(*columns)


def paragraph_of(sentences: Sequence[Sequence[str]], table: MentionTable, paragraphs: Sequence[int]) -> Tensor:
    """The paragraph of each mention, -1 where nobody knows."""
    if not paragraphs:
        return torch.full((len(table),), -1)
    return torch.tensor(paragraphs, dtype=torch.long)[table.sentence]


def pointers(table: MentionTable, quotations: QuotationTable, paragraph: Tensor) -> Pointers:
    """What each quotation may point to: people named outside of quotations near it, people addressed in it, its turns.

    Args:
        table: mentions.
        quotations: of the same text.
        paragraph: of each mention, as ``paragraph_of`` has it.
    """
    starts, ends = quotations.start.tolist(), quotations.end.tolist()
    people = (table.label == ENTITY_LABELS.index("PER")).nonzero().flatten()
    at = table.start[people].contiguous()
    quotation = torch.searchsorted(quotations.start, at, right=True) - 1  # the last one that begins before the mention
    spoken = (quotation >= 0) & (at < quotations.end[quotation.clamp(min=0)])
    told, told_at = people[~spoken].tolist(), at[~spoken].tolist()
    addressed = spoken & (table.form[people] != FORMS.index("pronoun"))
    inside: list[list[int]] = [[] for _ in starts]
    for row, number in zip(people[addressed].tolist(), quotation[addressed].tolist(), strict=True):
        if len(inside[number]) < INSIDE:
            inside[number].append(row)
    mentions: list[list[int]] = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        middle = bisect_left(told_at, start)
        lowest, highest = bisect_left(told_at, start - _FARTHEST), bisect_left(told_at, end + _FARTHEST)
        before = told[max(lowest, middle - BEFORE) : middle][::-1]
        after = told[middle : min(highest, middle + AFTER)]
        mentions.append(_filled(before, BEFORE) + _filled(after, AFTER) + _filled(inside[number], INSIDE))
    chosen = torch.tensor(mentions, dtype=torch.long).reshape(-1, BEFORE + AFTER + INSIDE)
    turns = torch.arange(len(quotations))[:, None] + torch.tensor(TURNS)
    turns = torch.where((turns >= 0) & (turns < len(quotations)), turns, -1)
    between = _between(table, quotations, chosen)
    return Pointers(
        chosen,
        turns,
        between,
        _mention_features(table, quotations, chosen, between, paragraph),
        _turn_features(quotations, turns),
    )


class SpeechHead(nn.Module):
    """Scores what each quotation may point to, for its speaker and for its hearer."""

    def __init__(self, hidden: int, width: int = 160) -> None:
        super().__init__()
        self.spans = Spans(hidden, width)
        self.press = nn.Linear(hidden, width)
        self.quotation = nn.Sequential(nn.Linear(5 * hidden, 256), nn.GELU(), nn.Dropout(0.1), nn.Linear(256, width))
        places = BEFORE + AFTER + INSIDE
        sizes = (places, len(_WORDS_APART) + 1, _PARAGRAPHS, _BETWEEN, len(FORMS))
        self.mention_features = nn.ModuleList(nn.Embedding(size, _FEATURE) for size in sizes)
        self.turn_features = nn.ModuleList(
            nn.Embedding(size, _FEATURE) for size in (len(TURNS), len(_WORDS_APART) + 1, _PARAGRAPHS)
        )
        self.to_mention = nn.Sequential(
            nn.Linear(6 * width + len(sizes) * _FEATURE, 192), nn.GELU(), nn.Dropout(0.2), nn.Linear(192, 2)
        )
        self.to_turn = nn.Sequential(
            nn.Linear(4 * width + 3 * _FEATURE, 192), nn.GELU(), nn.Dropout(0.2), nn.Linear(192, 2)
        )
        self.to_nobody = nn.Linear(width, 2)

    def forward(self, words: Words, table: MentionTable, quotations: QuotationTable, to: Pointers) -> Tensor:
        """Scores, (quotations, mentions + turns + 1, 2), the last row nobody's; what is not there has -inf.

        Nobody is the speaker by a mention inside of what is said.
        """
        known = self._quotations(words, quotations)
        rows, columns = (to.mentions >= 0).nonzero(as_tuple=True)
        mention = to.mentions[rows, columns]
        spans = self.spans(words, table.start, table.end)  # each stands near several quotations
        before, after = self._beside(words, table)
        between = self.press(words.mean(*to.between[:, rows, columns]))
        own, one = known[rows], spans[mention]
        features = [
            embed(value[rows, columns]) for embed, value in zip(self.mention_features, to.mention_features, strict=True)
        ]
        scores = known.new_full((len(quotations), to.mentions.shape[1] + len(TURNS) + 1, 2), float("-inf"))
        scores[rows, columns] = self.to_mention(
            torch.cat([own, one, own * one, before[mention], after[mention], between, *features], -1)
        )
        scores[:, BEFORE + AFTER : BEFORE + AFTER + INSIDE, SPEAKER] = float("-inf")
        rows, columns = (to.turns >= 0).nonzero(as_tuple=True)
        own, one = known[rows], known[to.turns[rows, columns]]
        stretch = torch.minimum(quotations.end[rows], quotations.end[to.turns[rows, columns]])
        stop = torch.maximum(quotations.start[rows], quotations.start[to.turns[rows, columns]])
        told = self.press(words.mean(stretch, torch.maximum(stretch, stop)))
        features = [
            embed(value[rows, columns]) for embed, value in zip(self.turn_features, to.turn_features, strict=True)
        ]
        scores[rows, columns + to.mentions.shape[1]] = self.to_turn(
            torch.cat([own, one, own * one, told, *features], -1)
        )
        scores[:, -1] = self.to_nobody(known)
        return scores

    def _beside(self, words: Words, table: MentionTable) -> tuple[Tensor, Tensor]:
        """The words before and after each mention, (mentions, width) each."""
        parts = zip(torch.split(table.start, SPANS_AT_ONCE), torch.split(table.end, SPANS_AT_ONCE), strict=True)
        pressed = [self.press(torch.cat([_word(words, start - 1), _word(words, end)])).chunk(2) for start, end in parts]
        before, after = zip(*pressed, strict=True)
        return torch.cat(before), torch.cat(after)

    def _quotations(self, words: Words, table: QuotationTable) -> Tensor:
        inside = words.mean(table.start, table.end)
        edges = [table.start, table.end - 1, table.start - 1, table.end]
        pressed: Tensor = self.quotation(torch.cat([inside, *(_word(words, edge) for edge in edges)], -1))
        return pressed


def _word(words: Words, at: Tensor) -> Tensor:
    """The states of words, zero outside of the text."""
    count = len(words.states)
    return words.states[at.clamp(0, max(0, count - 1))] * ((at >= 0) & (at < count))[:, None]


def _filled(rows: Sequence[int], size: int) -> list[int]:
    return [*rows, *[-1] * (size - len(rows))]


def _between(table: MentionTable, quotations: QuotationTable, chosen: Tensor) -> Tensor:
    """The words between each quotation and each mention; none for mentions inside."""
    start, end = quotations.start[:, None], quotations.end[:, None]
    rows = chosen.clamp(min=0)
    first, stop = table.start[rows] if len(table) else rows, table.end[rows] if len(table) else rows
    before = first < start
    begin = torch.where(before, stop, end.expand_as(first))
    close = torch.where(before, start.expand_as(first), first)
    return torch.stack([begin, torch.maximum(begin, close)])


def _mention_features(
    table: MentionTable, quotations: QuotationTable, chosen: Tensor, between: Tensor, paragraph: Tensor
) -> tuple[Tensor, ...]:
    places = torch.arange(chosen.shape[1]).expand_as(chosen)
    apart = torch.bucketize(between[1] - between[0], _WORDS_APART)
    if not len(table):
        return places, apart, torch.zeros_like(chosen), torch.zeros_like(chosen), torch.zeros_like(chosen)
    rows = chosen.clamp(min=0)
    own, before = paragraph[rows], table.start[rows] < quotations.start[:, None]
    reference = torch.where(before, quotations.first_paragraph[:, None], quotations.last_paragraph[:, None])
    crossed = torch.searchsorted(quotations.start, between[1].contiguous()) - torch.searchsorted(
        quotations.start, between[0].contiguous()
    )
    return (
        places,
        apart,
        _paragraphs_apart(own, reference),
        crossed.clamp(0, _BETWEEN - 1),
        table.form[rows],
    )


def _turn_features(quotations: QuotationTable, turns: Tensor) -> tuple[Tensor, ...]:
    rows = turns.clamp(min=0)
    later = rows > torch.arange(len(quotations))[:, None]
    start, end = quotations.start[:, None], quotations.end[:, None]
    gap = torch.where(later, quotations.start[rows] - end, start - quotations.end[rows]).clamp(min=0)
    own = torch.where(later, quotations.last_paragraph[:, None], quotations.first_paragraph[:, None])
    other = torch.where(later, quotations.first_paragraph[rows], quotations.last_paragraph[rows])
    places = torch.arange(turns.shape[1]).expand_as(turns)
    return places, torch.bucketize(gap, _WORDS_APART), _paragraphs_apart(own, other)


def _paragraphs_apart(one: Tensor, other: Tensor) -> Tensor:
    apart = (one - other).abs()
    coarse = torch.where(apart > 3, 3, apart.clamp(max=2))
    return torch.where((one < 0) | (other < 0), _PARAGRAPHS - 1, coarse)
