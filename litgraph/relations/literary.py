"""The labeller that reads: the literary reader's relation head, with the whole chapter as context."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, islice
from operator import attrgetter
from typing import Protocol

from litgraph.literary.text import ChapterTokens, chapter_tokens
from litgraph.literary.types import TokenMention, TokenRelation
from litgraph.relations.labeller import batches
from litgraph.relations.ontology import allowed
from litgraph.relations.rules import kind_of
from litgraph.threads import in_order
from litgraph.types import Mention, Pair, Relation, Sentence

TokenPair = tuple[TokenMention, TokenMention]

_AT_ONCE = 128  # pairs
_DECIMALS = 4  # of a confidence; the next ones depend on which pairs are asked about together


class Reader(Protocol):
    """What the labeller needs of a :class:`litgraph.literary.reader.LiteraryReader`."""

    @property
    def name(self) -> str: ...

    def judge(
        self, sentences: Sequence[Sequence[str]], pairs: Sequence[TokenPair]
    ) -> Sequence[TokenRelation | None]: ...


class LiteraryLabeller:
    """Labels pairs by the literary reader; a :class:`litgraph.relations.labeller.Labeller`.

    ``raw`` is the reader's label and ``confidence`` its calibrated probability times how certain it is that the two
    mentions mean their entities. A label that the vocabulary does not
    allow between what the two entities are, such as a town's *spouse_of*, is kept as ``raw`` alone.

    Args:
        reader: judges pairs; it encodes a text that it is asked about again only once.
        book_text: what all offsets count in.
        sentences: all sentences of the book, in order.
    """

    def __init__(self, reader: Reader, book_text: str, sentences: Sequence[Sentence]) -> None:
        self.reader = reader
        self._text = book_text
        self._chapters = {number: list(group) for number, group in groupby(sentences, key=attrgetter("chapter"))}
        # A chapter comes in several batches, and some chapters are read at once.
        self._tokens = lru_cache(maxsize=64)(self._tokens_of)

    @property
    def name(self) -> str:
        """The reader's name."""
        return self.reader.name

    def label(self, pairs: Iterable[Pair]) -> Iterator[Relation | None]:
        """One answer a pair, lazily and in order; None where the reader finds no relation."""
        for batch in batches(pairs):
            for answers in in_order(lambda part: list(self._judged(*part)), _parts(batch)):
                yield from answers

    def _judged(self, chapter: int, pairs: Sequence[Pair]) -> Iterator[Relation | None]:
        tokens, first = self._tokens(chapter), self._chapters[chapter][0].index
        found = [(token_mention(pair.head, tokens, first), token_mention(pair.tail, tokens, first)) for pair in pairs]
        # Two mentions in the halves of one token ("Kellynch-Hall") are one mention to the reader: nothing to judge.
        asked = [pair for pair in found if not same_tokens(*pair)]
        answers = iter(self.reader.judge(tokens.tokens, asked))
        for pair, token_pair in zip(pairs, found, strict=True):
            answer = None if same_tokens(*token_pair) else next(answers)
            yield self._relation(pair, answer, forward=answer.head == token_pair[0]) if answer else None

    def _relation(self, pair: Pair, answer: TokenRelation, *, forward: bool) -> Relation:
        head, tail = (pair.head, pair.tail) if forward else (pair.tail, pair.head)
        fits = allowed(answer.label, kind_of(head.label), kind_of(tail.label))
        return Relation(
            head=head.entity,
            relation=answer.label if fits else "",
            tail=tail.entity,
            confidence=round(answer.confidence * head.certainty * tail.certainty, _DECIMALS),
            raw=answer.label,
            source=self.name,
            head_mention=head.id,
            tail_mention=tail.id,
            start=pair.start,
            end=pair.end,
            chapter=pair.head.chapter,
        )

    def _tokens_of(self, chapter: int) -> ChapterTokens:
        return chapter_tokens(self._text, self._chapters[chapter])


def _parts(batch: Iterable[Pair]) -> Iterator[tuple[int, list[Pair]]]:
    """The pairs of each chapter, with its number, some at a time: they are judged side by side."""
    for chapter, group in groupby(batch, key=lambda pair: pair.head.chapter):
        while part := list(islice(group, _AT_ONCE)):
            yield chapter, part


def token_mention(mention: Mention, tokens: ChapterTokens, first_sentence: int) -> TokenMention:
    """A mention in the tokens of its chapter, whose first sentence has this index in the book."""
    sentence = mention.sentence - first_sentence
    first, last = tokens.covering(sentence, mention.start, mention.end)
    return TokenMention(sentence, first, last, mention.label, mention.form)


def same_tokens(one: TokenMention, other: TokenMention) -> bool:
    """Whether two mentions are one to the reader, such as the halves of "Kellynch-Hall"."""
    return (one.sentence, one.first, one.last) == (other.sentence, other.first, other.last)
