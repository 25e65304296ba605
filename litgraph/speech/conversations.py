"""Who speaks to whom: the quotations of a book as turns of its conversations."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from statistics import fmean
from typing import NamedTuple

from litgraph.types import Book, Quotation, Span

_OPEN_END = frozenset(".,;:!?…—–-")


class Turn(NamedTuple):
    """One speech, from when somebody begins until somebody else does, or another is spoken to.

    Attributes:
        quotations: its pieces, at least one: they go on over "…," said she, "…", or over paragraphs.
        start, end: the speech with what the paragraphs tell around it, up to the speeches before and after.
    """

    quotations: tuple[Quotation, ...]
    start: int
    end: int

    @property
    def chapter(self) -> int:
        """Number of its chapter."""
        return self.quotations[0].chapter

    @property
    def speaker(self) -> str:
        """Id of the entity who speaks; "" if nobody knows."""
        return self.quotations[0].speaker

    @property
    def addressees(self) -> tuple[str, ...]:
        """Ids of those who are spoken to."""
        return self.quotations[0].addressees

    @property
    def certainty(self) -> float:
        """How likely the speaker is right, 0 to 1: the mean of the pieces."""
        return fmean(quotation.certainty for quotation in self.quotations)

    def words(self, text: str) -> int:
        """How many words are spoken; ``text`` is the book's."""
        return sum(words(text, quotation) for quotation in self.quotations)


class Conversation(NamedTuple):
    """All that one entity says to another, in text order."""

    speaker: str
    addressee: str
    turns: tuple[Turn, ...]


def words(text: str, quotation: Quotation) -> int:
    """How many words of the text stand in a quotation."""
    return len(text[quotation.start : quotation.end].split())


def turns(book: Book, quotations: Iterable[Quotation]) -> list[Turn]:
    """The turns that the quotations make, in text order, those without a speaker included.

    Pieces are one turn if they are said by one to the same hearers and stand in one paragraph, or if the first runs
    to the end of its paragraph, is not closed there, and the next paragraph begins with the second.

    Args:
        book: its paragraphs tell what is one speech, and how far the text around a speech goes.
        quotations: of this book.
    """
    paragraphs = _Paragraphs(book)
    pieces: list[list[Quotation]] = []
    for quotation in sorted(quotations, key=lambda one: (one.start, -one.end)):
        if pieces and _go_on(pieces[-1][-1], quotation, book.text, paragraphs):
            pieces[-1].append(quotation)
        else:
            pieces.append([quotation])
    found = []
    before = 0
    for index, turn in enumerate(pieces):
        end = max(piece.end for piece in turn)
        after = pieces[index + 1][0].start if index + 1 < len(pieces) else len(book.text)
        found.append(Turn(tuple(turn), *_around(book.text, paragraphs, turn[0].start, end, before, after)))
        before = end
    return found


def conversations(book: Book, quotations: Iterable[Quotation]) -> list[Conversation]:
    """Who speaks to whom, ordered by speaker, then by hearer. Nobody speaks to himself here.

    Args:
        book: see :func:`turns`.
        quotations: those without a speaker or without a hearer are in no conversation.
    """
    found: dict[tuple[str, str], list[Turn]] = {}
    for turn in turns(book, quotations):
        for addressee in dict.fromkeys(turn.addressees):
            if turn.speaker and addressee != turn.speaker:
                found.setdefault((turn.speaker, addressee), []).append(turn)
    return [Conversation(*pair, tuple(said)) for pair, said in sorted(found.items())]


class _Paragraphs:
    def __init__(self, book: Book) -> None:
        self.spans: Sequence[Span] = book.paragraphs or (Span(0, len(book.text)),)
        self._starts = [span.start for span in self.spans]

    def index(self, offset: int) -> int:
        """Of the paragraph that the offset stands in, or of the last one before it."""
        return max(0, bisect_right(self._starts, offset) - 1)


def _go_on(one: Quotation, other: Quotation, text: str, paragraphs: _Paragraphs) -> bool:
    said_alike = (one.speaker, one.addressees, one.chapter) == (other.speaker, other.addressees, other.chapter)
    if not (one.speaker and said_alike):
        return False
    here, there = paragraphs.index(one.end - 1), paragraphs.index(other.start)
    unclosed = one.end == paragraphs.spans[here].end and (text[one.end - 1].isalnum() or text[one.end - 1] in _OPEN_END)
    return here == there or (unclosed and there == here + 1 and other.start == paragraphs.spans[there].start)


def _around(text: str, paragraphs: _Paragraphs, start: int, end: int, before: int, after: int) -> tuple[int, int]:
    """The part of the paragraphs around a speech, without the speeches before and after it."""
    left = max(paragraphs.spans[paragraphs.index(start)].start, before if before <= start else start)
    right = min(paragraphs.spans[paragraphs.index(end - 1)].end, after if after >= end else end)
    left, right = min(left, start), max(right, end)
    part = text[left:right]
    return left + len(part) - len(part.lstrip()), right - len(part) + len(part.rstrip())
