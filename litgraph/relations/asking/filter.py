"""Which pairs are worth a question: the literary reader's opinion whether the text relates two mentions at all.

Language models trained for labels name one for any two people they are shown; in LitBank's passages about one pair in
ten of those that share a sentence is related. So the small reader, which has learned that, looks at every pair first.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Protocol

from litgraph.literary.text import ChapterTokens, chapter_tokens
from litgraph.relations.literary import TokenPair, same_tokens, token_mention
from litgraph.types import Pair, Sentence


class Reader(Protocol):
    """What the filter needs of a :class:`litgraph.literary.reader.LiteraryReader`."""

    def relatedness(self, sentences: Sequence[Sequence[str]], pairs: Sequence[TokenPair]) -> list[float]:
        """For each pair the probability that it is related."""
        ...


class RelatednessFilter:
    """The opinion of a literary reader, which reads whole chapters.

    Args:
        reader: whose opinion.
        threshold: from which probability on a pair is worth a question.
        book_text: the text of the book.
        sentences: all of them, in order.
    """

    def __init__(self, reader: Reader, threshold: float, book_text: str, sentences: Sequence[Sentence]) -> None:
        self.reader = reader
        self.threshold = threshold
        self._text = book_text
        self._chapters = {number: list(group) for number, group in groupby(sentences, key=attrgetter("chapter"))}
        self._tokens = lru_cache(maxsize=1)(self._tokens_of)

    def relatedness(self, pairs: Sequence[Pair]) -> list[float]:
        """For each pair, in order, how likely the text relates its mentions; 0 where the reader sees but one."""
        found: list[float] = []
        for chapter, group in groupby(pairs, key=lambda pair: pair.head.chapter):
            tokens, first = self._tokens(chapter), self._chapters[chapter][0].index
            both = [
                (token_mention(pair.head, tokens, first), token_mention(pair.tail, tokens, first)) for pair in group
            ]
            scores = iter(self.reader.relatedness(tokens.tokens, [pair for pair in both if not same_tokens(*pair)]))
            found += [0.0 if same_tokens(*pair) else next(scores) for pair in both]
        return found

    def _tokens_of(self, chapter: int) -> ChapterTokens:
        return chapter_tokens(self._text, self._chapters[chapter])
