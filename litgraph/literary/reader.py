"""The reader at work: one pass of the encoder over a text, then mentions, who is who, and relations.

Importing this module imports torch; ``litgraph.literary.load`` is the light way in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import torch
from torch import Tensor

from litgraph.literary.features import (
    FORMS,
    NO_RELATION,
    MentionTable,
    antecedent_pairs,
    in_text_order,
    mention_table,
    neighbours,
    relation_of_class,
    relation_pairs,
)
from litgraph.literary.network import WIDEST, ReaderNetwork, Words
from litgraph.literary.types import Reading, TokenMention, TokenRelation
from litgraph.literary.windows import Window, WordPieces, windows
from litgraph.types import ENTITY_LABELS

REACH = 120  # mentions back in which an antecedent is looked for
_WINDOWS_AT_ONCE = 16
_MENTIONS_AT_ONCE = 512
_PAIRS_AT_ONCE = 20_000

Sentences = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the reader says yes, chosen on LitBank's development passages.

    Attributes:
        mention: score from which a span is a mention.
        link: score from which two mentions mean the same.
        relation: probability from which two mentions are related.
        temperature: divides the relation scores so that probabilities are calibrated (Guo et al. 2017).
    """

    mention: float = 0.0
    link: float = 0.0
    relation: float = 0.5
    temperature: float = 1.0


class Encoded(NamedTuple):
    """A text after the encoder: its windows, their padded states, and the states of all words in order."""

    windows: list[Window]
    states: list[Tensor]
    words: Words


class LiteraryReader:
    """Finds people and places, links them, and says how they relate.

    Args:
        network: trained.
        pieces: the base model's tokeniser.
        thresholds: where it says yes.
    """

    def __init__(self, network: ReaderNetwork, pieces: WordPieces, thresholds: Thresholds | None = None) -> None:
        self.network = network.eval()
        self.pieces = pieces
        self.thresholds = thresholds or Thresholds()

    @torch.no_grad()
    def read_tokens(self, sentences: Sentences) -> Reading:
        """Everything that the reader finds in sentences of tokens."""
        encoded = self.encode(sentences)
        mentions = self._mentions(encoded)
        table = mention_table(sentences, mentions)
        clusters = self._clusters(encoded.words, table)
        relations = self._relations(encoded.words, table, mentions, clusters)
        return Reading(mentions, _grouped(mentions, clusters), list(relations))

    @torch.no_grad()
    def link(self, sentences: Sentences, mentions: Sequence[TokenMention]) -> list[list[TokenMention]]:
        """Given mentions, who is who: clusters in the order of their first mentions, singletons included."""
        ordered = in_text_order(mentions)
        words = self.encode(sentences).words
        return _grouped(ordered, self._clusters(words, mention_table(sentences, ordered)))

    @torch.no_grad()
    def relate(
        self,
        sentences: Sentences,
        mentions: Sequence[TokenMention],
        clusters: Iterable[Iterable[TokenMention]] | None = None,
    ) -> list[TokenRelation]:
        """Given mentions, how they are related.

        Args:
            sentences: tokens.
            mentions: in any order.
            clusters: who is who, so that nobody is related to himself; the reader's own links if None.
        """
        ordered = in_text_order(mentions)
        words = self.encode(sentences).words
        table = mention_table(sentences, ordered)
        if clusters is None:
            numbers = self._clusters(words, table)
        else:
            of = {mention: number for number, cluster in enumerate(clusters) for mention in cluster}
            numbers = [of.get(mention, -1 - index) for index, mention in enumerate(ordered)]
        return list(self._relations(words, table, ordered, numbers))

    @torch.no_grad()
    def relatedness(self, sentences: Sentences, pairs: Sequence[tuple[TokenMention, TokenMention]]) -> list[float]:
        """For each pair the probability that the text relates the two mentions at all."""
        ordered = in_text_order(list(dict.fromkeys(mention for pair in pairs for mention in pair)))
        place = {mention: index for index, mention in enumerate(ordered)}
        both = [sorted((place[one], place[other])) for one, other in pairs]
        if not both:
            return []
        earlier, later = torch.tensor(both).unbind(1)
        words = self.encode(sentences).words
        probabilities = self._probabilities(words, mention_table(sentences, ordered), earlier, later)
        return (1 - probabilities[:, NO_RELATION]).tolist()

    def encode(self, sentences: Sentences) -> Encoded:
        """The encoder's states; windows of like length are read together, which saves the padding."""
        cut = list(windows(sentences, self.pieces))
        states: list[Tensor] = [torch.empty(0)] * len(cut)
        order = iter(sorted(range(len(cut)), key=lambda index: len(cut[index].pieces)))
        while batch := list(islice(order, _WINDOWS_AT_ONCE)):
            for index, rows in zip(batch, self.network.encoder([cut[index] for index in batch]), strict=True):
                states[index] = rows[: len(cut[index].first)].float()
        hidden = self.network.encoder.capitals.embedding_dim
        return Encoded(cut, states, Words.of(torch.cat([torch.empty(0, hidden), *states])))

    def _mentions(self, encoded: Encoded) -> list[TokenMention]:
        found: list[TokenMention] = []
        tokens = _token_numbers(encoded.windows)
        for window, states, numbers in zip(encoded.windows, encoded.states, tokens, strict=True):
            scores = self.network.mentions(states[None])[0]
            scores = scores.masked_fill(~possible_spans([window])[0], float("-inf"))
            best, label = scores.max(0)
            first, last = (best > self.thresholds.mention).nonzero(as_tuple=True)
            forms = self.network.mentions.forms(states[first], states[last]).argmax(1)
            certainty = best[first, last].sigmoid()
            found += [
                TokenMention(window.sentence[i], numbers[i], numbers[j], ENTITY_LABELS[k], FORMS[form], score)
                for i, j, k, form, score in zip(
                    first.tolist(),
                    last.tolist(),
                    label[first, last].tolist(),
                    forms.tolist(),
                    certainty.tolist(),
                    strict=True,
                )
            ]
        return in_text_order(found)

    def _clusters(self, words: Words, table: MentionTable) -> list[int]:
        """The cluster of each mention: its best antecedent's, or a new one. Linear in the number of mentions."""
        clusters: list[int] = []
        if not len(table):
            return clusters
        spans = self.network.coreference.spans(words, table.start, table.end)
        named: dict[int, int] = {}
        for begin in range(0, len(table), _MENTIONS_AT_ONCE):
            end = min(begin + _MENTIONS_AT_ONCE, len(table))
            pairs = antecedent_pairs(table, begin, end, reach=REACH)
            scores = torch.full((end - begin, REACH + 1), float("-inf"))
            scores[:, 0] = self.thresholds.link
            scores[pairs.later - begin, pairs.later - pairs.earlier] = self.network.coreference(spans, pairs)
            for index, back in enumerate(scores.argmax(1).tolist(), start=begin):
                wording = int(table.wording[index]) if FORMS[int(table.form[index])] == "name" else -1
                if back:
                    clusters.append(clusters[index - back])
                else:
                    # Beyond the reach of the network a name means whom it meant before.
                    clusters.append(named.get(wording, index))
                if wording >= 0:
                    named[wording] = clusters[index]
        return clusters

    def _relations(
        self, words: Words, table: MentionTable, mentions: Sequence[TokenMention], clusters: Sequence[int]
    ) -> Iterator[TokenRelation]:
        if len(table) < 2:
            return
        number = torch.tensor(clusters)
        earlier, later = neighbours(table, sentences=1)
        different = number[earlier] != number[later]
        earlier, later = earlier[different], later[different]
        for begin in range(0, len(earlier), _PAIRS_AT_ONCE):
            one, other = earlier[begin : begin + _PAIRS_AT_ONCE], later[begin : begin + _PAIRS_AT_ONCE]
            probabilities = self._probabilities(words, table, one, other)
            related = 1 - probabilities[:, NO_RELATION]
            label = probabilities[:, 1:].argmax(1) + 1
            for index in (related > self.thresholds.relation).nonzero().flatten().tolist():
                name, forward = relation_of_class(int(label[index]))
                first, second = mentions[int(one[index])], mentions[int(other[index])]
                head, tail = (first, second) if forward else (second, first)
                yield TokenRelation(head, tail, name, float(probabilities[index, label[index]]))

    def _probabilities(self, words: Words, table: MentionTable, earlier: Tensor, later: Tensor) -> Tensor:
        states = self.network.relations.pair_states(words, table, relation_pairs(table, earlier, later))
        scores: Tensor = self.network.relations.relation(states)
        return (scores / self.thresholds.temperature).softmax(1)


def possible_spans(batch: Sequence[Window]) -> Tensor:
    """Which spans may be mentions: within one sentence, not too wide. (windows, words as first, words as last)."""
    words = max(len(window.sentence) for window in batch)
    sentence = torch.tensor([window.sentence + [-1] * (words - len(window.sentence)) for window in batch])
    position = torch.arange(words)
    width = position[None] - position[:, None]
    within = (sentence[:, :, None] == sentence[:, None, :]) & (sentence[:, :, None] >= 0)
    return within & ((width >= 0) & (width < WIDEST))[None]


def _token_numbers(cut: Sequence[Window]) -> Iterator[list[int]]:
    """For each word of each window its index in its sentence; a long sentence may go on in the next window."""
    sentence, token = -1, -1
    for window in cut:
        numbers: list[int] = []
        for index in window.sentence:
            token = token + 1 if index == sentence else 0
            sentence = index
            numbers.append(token)
        yield numbers


def _grouped(mentions: Sequence[TokenMention], clusters: Sequence[int]) -> list[list[TokenMention]]:
    groups: dict[int, list[TokenMention]] = {}
    for mention, cluster in zip(mentions, clusters, strict=True):
        groups.setdefault(cluster, []).append(mention)
    return list(groups.values())
