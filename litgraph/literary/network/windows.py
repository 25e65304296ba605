"""Sentences of tokens → windows of word pieces, as the encoder reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WINDOW = 220  # word pieces; long enough for the paragraph around a sentence, short enough to be quick
LONGEST_SENTENCE = 500  # word pieces; the encoder has 512 positions
CAPITALS = 5  # special pieces, lower case, Capitalised, UPPER CASE, other

# The base model's vocabulary was made from plain quotes and dashes.
_PLAIN = {"“": '"', "”": '"', "``": '"', "''": '"', "’": "'", "‘": "'", "—": "--", "–": "-"}


@dataclass(slots=True)
class Window:
    """Whole sentences that are encoded together.

    Attributes:
        pieces: word-piece ids, with the two special ones at the ends.
        capitals: how the word of each piece is written: 0 for special pieces, 1 lower, 2 Capitalised, 3 UPPER, 4 other.
        first: for each word the index of its first piece.
        sentence: for each word the index of its sentence.
    """

    pieces: list[int]
    capitals: list[int]
    first: list[int] = field(default_factory=list)
    sentence: list[int] = field(default_factory=list)

    @property
    def key(self) -> tuple[tuple[int, ...], ...]:
        """Equal for windows that the encoder sees alike."""
        return tuple(self.pieces), tuple(self.capitals), tuple(self.first)


class WordPieces:
    """The base model's tokeniser, word by word, with a memory: novels repeat their words.

    Args:
        tokenizer: of the base model; uncased.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()  # base models ship tokenisers that fill every text up to one length
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self.begin = self._special("[CLS]")
        self.end = self._special("[SEP]")
        self.unknown = self._special("[UNK]")
        self.ids = lru_cache(maxsize=100_000)(self._ids)

    def as_json(self) -> str:
        """The tokeniser, to be written to a file."""
        return self._tokenizer.to_str()

    def _special(self, token: str) -> int:
        identifier = self._tokenizer.token_to_id(token)
        if identifier is None:
            raise ValueError(f"the tokeniser has no {token}")
        return identifier

    def _ids(self, word: str) -> list[int]:
        encoded = self._tokenizer.encode(_PLAIN.get(word, word), add_special_tokens=False)
        return encoded.ids or [self.unknown]


def windows(sentences: Sequence[Sequence[str]], pieces: WordPieces, *, length: int = WINDOW) -> Iterator[Window]:
    """Pack sentences that follow each other into windows; every word is in exactly one.

    A sentence longer than the encoder can take goes into windows of its own, cut between words.

    Args:
        sentences: tokens.
        pieces: cuts a word into pieces.
        length: pieces a window has at most, a single long sentence excepted.
    """
    window = Window([pieces.begin], [0])
    for index, sentence in enumerate(sentences):
        cut = [pieces.ids(word) for word in sentence]
        size = sum(map(len, cut))
        if window.first and len(window.pieces) + size + 1 > length:
            yield _closed(window, pieces)
            window = Window([pieces.begin], [0])
        for word, ids in zip(sentence, cut, strict=True):
            if window.first and len(window.pieces) + len(ids) + 1 > LONGEST_SENTENCE:
                yield _closed(window, pieces)
                window = Window([pieces.begin], [0])
            window.first.append(len(window.pieces))
            window.sentence.append(index)
            window.pieces.extend(ids[: LONGEST_SENTENCE - 2])
            window.capitals.extend([capitals(word)] * len(ids[: LONGEST_SENTENCE - 2]))
    if window.first:
        yield _closed(window, pieces)


def capitals(word: str) -> int:
    """How a word is written, as ``Window.capitals`` counts it. The base model is uncased; names are not.

    >>> [capitals(word) for word in ("house", "House", "HOUSE", "McHouse", "?")]
    [1, 2, 3, 2, 1]
    """
    if not any(char.isupper() for char in word):
        return 1
    if len(word) > 1 and word.isupper():
        return 3
    return 2 if word[0].isupper() else 4


def _closed(window: Window, pieces: WordPieces) -> Window:
    window.pieces.append(pieces.end)
    window.capitals.append(0)
    return window
