"""The reader at work: one pass of the encoder over a text, then mentions, who is who, and relations.

Importing this module imports torch; ``litgraph.literary.load`` is the light way in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from threading import Lock

import torch
from torch import Tensor

from litgraph.literary.consistency import chosen_mentions
from litgraph.literary.facts import Statement, settled
from litgraph.literary.links import linked, voices
from litgraph.literary.memory import EncodedTexts, LastFew, text_key
from litgraph.literary.network.features import (
    FORMS,
    MentionTable,
    in_text_order,
    mention_table,
    neighbours,
    relation_of_class,
    relation_pairs,
)
from litgraph.literary.network.heads import NO_MENTION, Words, surroundings
from litgraph.literary.network.inference import QuickEncoder, alone, batches, encoded_together, one_thread
from litgraph.literary.network.model import ReaderNetwork
from litgraph.literary.network.speech import paragraph_of, quotation_table
from litgraph.literary.network.windows import Window, WordPieces, windows
from litgraph.literary.places import PlaceContext, mention_evidence, place_question, spaced_words
from litgraph.literary.span_ends import NEVER_FIRST, NEVER_LAST
from litgraph.literary.text import text_tokens
from litgraph.literary.types import SPATIAL, PlaceAnswer, Reading, Thresholds, TokenMention, TokenRelation, TokenSpan
from litgraph.threads import in_order
from litgraph.types import ENTITY_LABELS

_CONTEXTS_AT_ONCE = 32
_WORDS_AT_ONCE = 500
_PAIRS_AT_ONCE = 256
_LABELS, _HARDLY = 4, 0.003  # how many labels of a pair may count, and which probabilities are next to nothing

Sentences = Sequence[Sequence[str]]
MentionPair = tuple[TokenMention, TokenMention]


class LiteraryReader:
    """Finds people and places, links them, and says how they relate.

    Args:
        network: trained.
        pieces: the base model's tokeniser.
        thresholds: where it says yes.
        name: the reader and its version; two readers of one name read alike.
    """

    def __init__(
        self,
        network: ReaderNetwork,
        pieces: WordPieces,
        thresholds: Thresholds | None = None,
        name: str = "literary-untrained",
    ) -> None:
        self.network = network.eval()
        self.pieces = pieces
        self.thresholds = thresholds or Thresholds()
        self.name = name
        self.forget()
        self._lock = Lock()  # several threads may read at once
        self._encoder: QuickEncoder | None = None
        self._encoder_state: list[tuple[int, int]] = []

    def forget(self) -> None:
        """Forget all texts that were read; what is read again gives the same."""
        self._remembered = EncodedTexts()
        self._recent: LastFew[Words] = LastFew(4)

    def read(self, text: str) -> Reading:
        """Everything that the reader finds in running text, whose paragraphs have empty lines between them.

        Sentences and tokens are those of ``litgraph.literary.text.text_tokens``.
        """
        return self.read_tokens(text_tokens(text).tokens)

    @alone()
    @torch.no_grad()
    def read_tokens(
        self,
        sentences: Sentences,
        *,
        relations: bool = True,
        mentions: Sequence[TokenMention] | None = None,
        quotations: Sequence[TokenSpan] = (),
        paragraphs: Sequence[int] = (),
    ) -> Reading:
        """Everything that the reader finds in sentences of tokens.

        Args:
            sentences: the tokens.
            relations: look for them too; mentions and clusters alone take less time.
            mentions: given ones; by default those that the reader finds.
            quotations: (sentence, token) of the marks, both inside, of what is said, in text order: who says it?
            paragraphs: for each sentence the number of its paragraph, if known.
        """
        words = self._words(sentences)
        mentions = in_text_order(self._mentions(words, sentences) if mentions is None else mentions)
        table = mention_table(sentences, mentions, quotations or None)
        links = linked(self.network.coreference, words, table, self.thresholds.link)
        related = self._relations(words, table, mentions, links.clusters) if relations else []
        spoken = quotation_table(sentences, quotations, paragraphs)
        where = paragraph_of(sentences, table, paragraphs)
        return Reading(
            mentions,
            _grouped(mentions, links.clusters),
            related,
            links.certainties,
            links.antecedents,
            voices(self.network.speech, words, table, spoken, where),
        )

    @alone()
    @torch.no_grad()
    def link(self, sentences: Sentences, mentions: Sequence[TokenMention]) -> list[list[TokenMention]]:
        """Given mentions, who is who: clusters in the order of their first mentions, singletons included."""
        ordered = in_text_order(mentions)
        table = mention_table(sentences, ordered)
        links = linked(self.network.coreference, self._words(sentences), table, self.thresholds.link)
        return _grouped(ordered, links.clusters)

    @alone()
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
        words = self._words(sentences)
        table = mention_table(sentences, ordered)
        if clusters is None:
            numbers = linked(self.network.coreference, words, table, self.thresholds.link).clusters
        else:
            of = {mention: number for number, cluster in enumerate(clusters) for mention in cluster}
            numbers = [of.get(mention, -1 - index) for index, mention in enumerate(ordered)]
        return self._relations(words, table, ordered, numbers)

    @alone()
    @torch.no_grad()
    def judge(self, sentences: Sentences, pairs: Sequence[MentionPair]) -> list[TokenRelation | None]:
        """For each pair of mentions their likeliest relation, or None if the text does not relate them.

        Args:
            sentences: tokens.
            pairs: mentions of different entities, of one sentence or of neighbouring ones.
        """
        mentions, table, earlier, later = _rows_of(sentences, pairs)
        return list(self._judged(self._words(sentences), table, mentions, earlier, later)) if pairs else []

    @alone()
    @torch.no_grad()
    def relatedness(self, sentences: Sentences, pairs: Sequence[MentionPair]) -> list[float]:
        """For each pair the calibrated probability that the text relates the two mentions at all."""
        if not pairs:
            return []
        _, table, earlier, later = _rows_of(sentences, pairs)
        words = self._words(sentences)
        return [score for related, _ in self._scored(words, table, earlier, later) for score in related.tolist()]

    @alone()
    @torch.no_grad()
    def raw_scores(self, sentences: Sentences, pairs: Sequence[MentionPair]) -> tuple[Tensor, Tensor]:
        """The relation head's scores before they are probabilities: of being related, (pairs,), and of each label."""
        _, table, earlier, later = _rows_of(sentences, pairs)
        batches = list(self._raw(self._words(sentences), table, earlier, later))
        return torch.cat([related for related, _ in batches]), torch.cat([labels for _, labels in batches])

    @alone()
    @torch.no_grad()
    def locate(self, contexts: Sequence[PlaceContext]) -> list[PlaceAnswer]:
        """Whether each character is at the place, and how, as far as the words around both tell."""
        if not contexts:
            return []
        evidence, spatial = self.raw_places(contexts)
        known = self.thresholds
        weights = torch.tensor([known.place_scale, known.place_person, known.place_site])
        valid = (evidence @ weights + known.place_shift).sigmoid()
        return [
            PlaceAnswer(score, dict(zip(SPATIAL, shares, strict=True)))
            for score, shares in zip(valid.tolist(), spatial.softmax(1).tolist(), strict=True)
        ]

    @alone()
    @torch.no_grad()
    def raw_places(self, contexts: Sequence[PlaceContext]) -> tuple[Tensor, Tensor]:
        """Scores before they are probabilities, one row a context: for its validity the place head's score and the
        mention head's opinion of the character and of the place, (contexts, 3), and of each spatial relation.
        """
        evidence, spatial = [], []
        rest = iter(contexts)
        while batch := list(islice(rest, _CONTEXTS_AT_ONCE)):
            question = place_question(batch, self.pieces)
            words = spaced_words(question, self._encoded(question.windows))
            reader = self.network.place_reader
            pairs = relation_pairs(question.table, question.earlier, question.later)
            valid, relations = self.network.places(reader(reader.view(words, question.table), pairs))
            known = mention_evidence(self.network.mentions, question, words, self.thresholds.mention_temperature)
            evidence.append(torch.cat([valid[:, None], known], 1))
            spatial.append(relations)
        return torch.cat(evidence), torch.cat(spatial)

    def _words(self, sentences: Sentences) -> Words:
        """The encoded words of a text; the last texts are remembered, so that each is encoded once."""
        key = text_key(sentences)
        return self._recent.get(key, lambda: Words.from_states(self._states(key, sentences).float()))

    def _states(self, key: bytes, sentences: Sentences) -> Tensor:
        states = self._remembered.get(key)
        if states is None:
            states = self._encoded(list(windows(sentences, self.pieces)), kind=torch.bfloat16)
            self._remembered.keep(key, states)
        return states

    def _encoded(self, cut: Sequence[Window], *, kind: torch.dtype = torch.float32) -> Tensor:
        """The states of the words of some windows, in order, as numbers of a kind; of equal windows one is encoded."""
        if torch.get_default_device().type != "cpu":
            return encoded_together(self.network.encoder, cut).to(kind)
        quick = self._quick()
        hidden = self.network.encoder.capitals.embedding_dim
        distinct = {window.key: window for window in cut}
        encoded = in_order(lambda batch: quick(batch).to(kind), batches(distinct.values()), begin=one_thread)
        states = torch.cat([torch.empty(0, hidden, dtype=kind), *encoded])
        if len(distinct) == len(cut):
            return states
        sizes = [len(window.first) for window in distinct.values()]
        rows = dict(zip(distinct, torch.split(torch.arange(len(states)), sizes), strict=True))
        return states[torch.cat([rows[window.key] for window in cut])]

    def _quick(self) -> QuickEncoder:
        """The encoder as it reads quickest, made anew when somebody has changed its weights."""
        parameters = self.network.encoder.parameters()
        state = [(parameter.data_ptr(), parameter._version) for parameter in parameters]
        with self._lock:
            if self._encoder is None or self._encoder_state != state:
                self._encoder, self._encoder_state = QuickEncoder(self.network.encoder), state
            return self._encoder

    def _mentions(self, words: Words, sentences: Sentences) -> list[TokenMention]:
        """The likely spans; and those less likely ones that are names elsewhere in the text, all with one label."""
        lowest = min(self.thresholds.mention, self.thresholds.name_again)
        likely = list(self._spans(words, sentences, at_least=lowest))
        return chosen_mentions(likely, sentences, self.thresholds)

    def _spans(self, words: Words, sentences: Sentences, *, at_least: float) -> Iterator[TokenMention]:
        first_words = torch.tensor([word not in NEVER_FIRST for sentence in sentences for word in sentence])
        last_words = torch.tensor([word not in NEVER_LAST for sentence in sentences for word in sentence])
        for begin, stop, numbers, tokens in _stretches(sentences):
            ends = first_words[begin:stop], last_words[begin:stop]
            scores = self.network.mentions(words.states[begin:stop], numbers, *ends)
            shares = (scores.labels / self.thresholds.mention_temperature).softmax(1)
            certainty = 1 - shares[:, NO_MENTION]
            found = (certainty > at_least).nonzero().flatten()
            found = found[(scores.start[found] * len(numbers) + scores.end[found]).argsort()]
            labels = shares[found, 1:].argmax(1)
            columns = (
                scores.start[found],
                scores.end[found] - 1,
                labels,
                scores.forms[found].argmax(1),
                certainty[found],
            )
            for first, last, label, form, score in zip(*(column.tolist() for column in columns), strict=True):
                yield TokenMention(
                    int(numbers[first]), tokens[first], tokens[last], ENTITY_LABELS[label], FORMS[form], score
                )

    def _relations(
        self, words: Words, table: MentionTable, mentions: Sequence[TokenMention], clusters: Sequence[int]
    ) -> list[TokenRelation]:
        if len(table) < 2:
            return []
        number = torch.tensor(clusters)
        earlier, later = neighbours(table, sentences=1)
        different = number[earlier] != number[later]
        statements = self._statements(words, table, earlier[different], later[different])
        return list(settled(statements, mentions, clusters, threshold=self.thresholds.fact))

    def _statements(self, words: Words, table: MentionTable, earlier: Tensor, later: Tensor) -> Iterator[Statement]:
        """What each pair may say, the likeliest first."""
        begin = 0
        for related, labels in self._scored(words, table, earlier, later):
            shares, classes = (related[:, None] * labels).topk(_LABELS, dim=1)
            row, rank = (shares > _HARDLY).nonzero(as_tuple=True)
            columns = (begin + row, classes[row, rank], shares[row, rank])
            for index, number, share in zip(*(column.tolist() for column in columns), strict=True):
                one, other = int(earlier[index]), int(later[index])
                label, forward = relation_of_class(number)
                yield Statement(*((one, other) if forward else (other, one)), label, share)
            begin += len(related)

    def _judged(
        self, words: Words, table: MentionTable, mentions: Sequence[TokenMention], earlier: Tensor, later: Tensor
    ) -> Iterator[TokenRelation | None]:
        pairs = zip(earlier.tolist(), later.tolist(), strict=True)
        for related, labels in self._scored(words, table, earlier, later):
            shares, classes = labels.max(1)
            for score, share, number in zip(related.tolist(), shares.tolist(), classes.tolist(), strict=True):
                one, other = (mentions[index] for index in next(pairs))
                if score <= self.thresholds.relation:
                    yield None
                    continue
                label, forward = relation_of_class(number)
                yield TokenRelation(*((one, other) if forward else (other, one)), label, score * share)

    def _scored(
        self, words: Words, table: MentionTable, earlier: Tensor, later: Tensor
    ) -> Iterator[tuple[Tensor, Tensor]]:
        """In batches, the probabilities of being related, and of each label if so."""
        known = self.thresholds
        for related, labels in self._raw(words, table, earlier, later):
            yield (
                (related / known.relation_temperature + known.relation_shift).sigmoid(),
                (labels / known.label_temperature).softmax(1),
            )

    def _raw(
        self, words: Words, table: MentionTable, earlier: Tensor, later: Tensor
    ) -> Iterator[tuple[Tensor, Tensor]]:
        if not len(earlier):
            return
        words, table = surroundings(words, table, earlier, later)
        heads = [(head, head.reader.view(words, table)) for head in self.network.relation_heads()]
        for begin in range(0, len(earlier), _PAIRS_AT_ONCE):
            one, other = earlier[begin : begin + _PAIRS_AT_ONCE], later[begin : begin + _PAIRS_AT_ONCE]
            pairs = relation_pairs(table, one, other)
            related, labels = zip(*(head(view, pairs) for head, view in heads), strict=True)
            yield torch.stack(related).mean(0), torch.stack(labels).mean(0)


def _stretches(sentences: Sentences) -> Iterator[tuple[int, int, Tensor, list[int]]]:
    """Whole sentences, some thousand words at once: first word, end, and each word's sentence and token in it."""
    begin, size = 0, 0
    numbers: list[int] = []
    tokens: list[int] = []
    for number, sentence in enumerate(sentences):
        numbers += [number] * len(sentence)
        tokens += range(len(sentence))
        size += len(sentence)
        if size >= _WORDS_AT_ONCE or (number == len(sentences) - 1 and size):
            yield begin, begin + size, torch.tensor(numbers), tokens
            begin, size, numbers, tokens = begin + size, 0, [], []


def _rows_of(
    sentences: Sentences, pairs: Sequence[MentionPair]
) -> tuple[list[TokenMention], MentionTable, Tensor, Tensor]:
    mentions = in_text_order(list(dict.fromkeys(mention for pair in pairs for mention in pair)))
    row = {mention: index for index, mention in enumerate(mentions)}
    both = torch.tensor([sorted((row[one], row[other])) for one, other in pairs], dtype=torch.long).reshape(-1, 2)
    return mentions, mention_table(sentences, mentions), both[:, 0], both[:, 1]


def _grouped(mentions: Sequence[TokenMention], clusters: Sequence[int]) -> list[list[TokenMention]]:
    groups: dict[int, list[TokenMention]] = {}
    for mention, cluster in zip(mentions, clusters, strict=True):
        groups.setdefault(cluster, []).append(mention)
    return list(groups.values())
