"""The labeller that reads: the literary reader's relation head, with the whole chapter as context."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, islice
from operator import attrgetter
from typing import NamedTuple, Protocol

from litgraph.literary import TokenMention, TokenRelation, find_reader, load
from litgraph.literary.text import ChapterTokens, chapter_tokens
from litgraph.ontology import KIND_OF_LABEL, allowed
from litgraph.progress import Progress, Tell
from litgraph.relations.labeller import LabellerChoice, relation_of
from litgraph.relations.options import LabellerOptions
from litgraph.threads import in_order
from litgraph.types import Mention, Pair, Relation, Sentence

TokenPair = tuple[TokenMention, TokenMention]

_AT_ONCE = 128  # pairs
_DECIMALS = 4  # of a confidence; the next ones depend on which pairs are asked about together


class PairReader(Protocol):
    """What the labeller needs of a :class:`litgraph.literary.reader.LiteraryReader`."""

    @property
    def name(self) -> str: ...

    def judge(
        self, sentences: Sequence[Sequence[str]], pairs: Sequence[TokenPair]
    ) -> Sequence[TokenRelation | None]: ...


def choose(folder: str, options: LabellerOptions, *, progress: Progress, tell: Tell) -> LabellerChoice:
    """The labeller of the reader in a folder, or ("") of the one that comes with litgraph.

    Raises:
        ModelError: the folder holds no reader.
    """
    files = find_reader(folder or None)
    return LabellerChoice(files.version, lambda text, sentences: LiteraryLabeller(load(files), text, sentences))


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

    def __init__(self, reader: PairReader, book_text: str, sentences: Sequence[Sentence]) -> None:
        self.reader = reader
        self._chapters = ChapterPairs(book_text, sentences)

    @property
    def name(self) -> str:
        """The reader's name."""
        return self.reader.name

    def label(self, pairs: Iterable[Pair]) -> Iterator[Relation | None]:
        """One answer a pair, lazily and in order; None where the reader finds no relation."""
        parts = self._chapters.by_chapter(pairs, at_once=_AT_ONCE)
        for relations in in_order(self._judged, parts):
            yield from relations

    def _judged(self, chapter: PairsInTokens) -> list[Relation | None]:
        answers = iter(self.reader.judge(chapter.tokens, chapter.distinct))
        relations: list[Relation | None] = []
        for pair, token_pair in zip(chapter.pairs, chapter.token_pairs, strict=True):
            answer = None if same_tokens(*token_pair) else next(answers)
            relations.append(self._relation(pair, answer, forward=answer.head == token_pair[0]) if answer else None)
        return relations

    def _relation(self, pair: Pair, answer: TokenRelation, *, forward: bool) -> Relation:
        head, tail = (pair.head, pair.tail) if forward else (pair.tail, pair.head)
        fits = allowed(answer.label, KIND_OF_LABEL[head.label], KIND_OF_LABEL[tail.label])
        return relation_of(
            pair,
            head,
            tail,
            relation=answer.label if fits else "",
            confidence=round(answer.confidence * head.certainty * tail.certainty, _DECIMALS),
            raw=answer.label,
            source=self.name,
        )


class PairsInTokens(NamedTuple):
    """Pairs of one chapter as a reader of tokens sees them.

    Attributes:
        tokens: of the chapter, by sentence.
        pairs: in the order given.
        token_pairs: the same pairs in tokens.
    """

    tokens: list[list[str]]
    pairs: list[Pair]
    token_pairs: list[TokenPair]

    @property
    def distinct(self) -> list[TokenPair]:
        """Without pairs in the halves of one token ("Kellynch-Hall"): one mention to the reader, nothing to judge."""
        return [pair for pair in self.token_pairs if not same_tokens(*pair)]


class ChapterPairs:
    """Finds pairs of mentions in the tokens of their chapters.

    Args:
        book_text: what all offsets count in.
        sentences: all sentences of the book, in order.
    """

    def __init__(self, book_text: str, sentences: Sequence[Sentence]) -> None:
        self._text = book_text
        self._sentences = {number: list(group) for number, group in groupby(sentences, key=attrgetter("chapter"))}
        # A chapter comes in several batches, and some chapters are read at once.
        self._tokens = lru_cache(maxsize=64)(self._tokens_of)

    def by_chapter(self, pairs: Iterable[Pair], *, at_once: int | None = None) -> Iterator[PairsInTokens]:
        """The pairs, chapter by chapter as they come, ``at_once`` of a chapter at most; None for all of them."""
        for chapter, group in groupby(pairs, key=lambda pair: pair.head.chapter):
            tokens, first = self._tokens(chapter), self._sentences[chapter][0].index
            while own := list(islice(group, at_once)):
                both = [
                    (token_mention(pair.head, tokens, first), token_mention(pair.tail, tokens, first)) for pair in own
                ]
                yield PairsInTokens(tokens.tokens, own, both)

    def _tokens_of(self, chapter: int) -> ChapterTokens:
        return chapter_tokens(self._text, self._sentences[chapter])


def token_mention(mention: Mention, tokens: ChapterTokens, first_sentence: int) -> TokenMention:
    """A mention in the tokens of its chapter, whose first sentence has this index in the book."""
    sentence = mention.sentence - first_sentence
    first, last = tokens.covering(sentence, mention.start, mention.end)
    return TokenMention(sentence, first, last, mention.label, mention.form)


def same_tokens(one: TokenMention, other: TokenMention) -> bool:
    """Whether two mentions are one to the reader, such as the halves of "Kellynch-Hall"."""
    return (one.sentence, one.first, one.last) == (other.sentence, other.first, other.last)
