"""Which mentions stand close enough together to be worth a question, and which entities share a window."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from litgraph.errors import SettingsError
from litgraph.speech.stage import label_keys, others_on_stage
from litgraph.types import Book, Mention, Pair, Sentence

LARGEST_WINDOW = 5


class Window(NamedTuple):
    """A stretch of ``Book.text``, whole sentences of one chapter, or a speech of a play."""

    chapter: int
    start: int
    end: int


class CoOccurrence(NamedTuple):
    """Two entities (``left < right``) and every window in which they meet, in text order."""

    left: str
    right: str
    windows: tuple[Window, ...]


def candidate_pairs(
    book_text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], *, window: int = 1
) -> Iterator[Pair]:
    """Give every pair of mentions of two different entities within ``window`` sentences of one chapter, once each.

    Pairs come in text order: by head, then by tail. The head is the mention that starts earlier; of two that start
    together ("his wife" and "his") the longer one. The window runs from the start of the sentence of the head to the
    end of the sentence of the tail. Mentions without an entity take no part.

    Args:
        book_text: what all offsets count in.
        mentions: in any order; ``sentence`` names one of ``sentences``.
        sentences: those of the book that the mentions stand in; ``index`` decides which are neighbours.
        window: 1 for pairs inside one sentence, up to 5.

    Raises:
        SettingsError: the window is not between 1 and 5.
    """
    _check_window(window)
    return _candidate_pairs(book_text, sentences, mentions, window)


def co_occurrences(
    sentences: Sequence[Sentence], mentions: Sequence[Mention], *, window: int = 1
) -> list[CoOccurrence]:
    """Count, for every two entities, the sentences in which they meet.

    They meet in a sentence if one of them is mentioned in it and the other in it too or in one of the ``window - 1``
    sentences before it, in the same chapter. The evidence is the shortest such stretch: from the start of the
    nearest sentence with the other one to the end of this sentence. One sweep: the time is linear in the mentions as
    long as their density is bounded.

    Returns:
        Pairs ordered by left, then right.

    Raises:
        SettingsError: the window is not between 1 and 5.
    """
    _check_window(window)
    sentence_at = {sentence.index: sentence for sentence in sentences}
    windows: dict[tuple[str, str], list[Window]] = {}
    recent: deque[tuple[Sentence, list[str]]] = deque()
    for index, group in groupby(_in_text_order(mentions), key=lambda mention: mention.sentence):
        sentence = sentence_at[index]
        here = sorted({mention.entity for mention in group})
        recent.append((sentence, here))
        while not _within(recent[0][0], sentence, window):
            recent.popleft()
        pairs_here: set[tuple[str, str]] = set()
        for earlier, there in reversed(recent):  # nearest first: the shortest stretch is the evidence
            for one in here:
                for other in there:
                    pair = (one, other) if one < other else (other, one)
                    if one != other and pair not in pairs_here:
                        pairs_here.add(pair)
                        windows.setdefault(pair, []).append(Window(sentence.chapter, earlier.start, sentence.end))
    return [CoOccurrence(left, right, tuple(found)) for (left, right), found in sorted(windows.items())]


def meetings(
    book: Book, sentences: Sequence[Sentence], mentions: Sequence[Mention], *, window: int = 1
) -> list[CoOccurrence]:
    """Who meets whom: the co-occurrences; of two who speak in a play, the speeches of one with the other on the stage.

    Args:
        book: the book.
        sentences: as for ``co_occurrences``.
        mentions: too.
        window: too; it does not count for two who both speak in a play.

    Returns:
        Pairs ordered by left, then right.

    Raises:
        SettingsError: the window is not between 1 and 5.
    """
    met = co_occurrences(sentences, mentions, window=window)
    if book.play is None:
        return met
    entity_at = {mention.start: mention.entity for mention in mentions if mention.form == "name" and mention.entity}
    starts = [sentence.start for sentence in sentences]
    speakers = [entity_at.get(speech.label.start, "") for speech in book.play.speeches]
    entity_of = dict(zip(label_keys(book), speakers, strict=True))
    together: dict[tuple[str, str], list[Window]] = {}
    for speech, speaker, others in zip(book.play.speeches, speakers, others_on_stage(book), strict=True):
        end = speech.pieces[-1].end if speech.pieces else speech.label.end
        here = dict.fromkeys(entity_of[key] for key in others)
        for other in here:
            if speaker and other not in ("", speaker):
                pair = (speaker, other) if speaker < other else (other, speaker)
                sentence = sentences[bisect_right(starts, speech.label.start) - 1]
                together.setdefault(pair, []).append(Window(sentence.chapter, speech.label.start, end))
    players = set(speakers)
    rest = [one for one in met if not (one.left in players and one.right in players)]
    on_stage = [CoOccurrence(*pair, tuple(windows)) for pair, windows in together.items()]
    return sorted([*rest, *on_stage], key=lambda one: (one.left, one.right))


def _candidate_pairs(
    book_text: str, sentences: Sequence[Sentence], mentions: Sequence[Mention], window: int
) -> Iterator[Pair]:
    sentence_at = {sentence.index: sentence for sentence in sentences}
    ordered = _in_text_order(mentions)
    for position, head in enumerate(ordered):
        first = sentence_at[head.sentence]
        for next_position in range(position + 1, len(ordered)):
            tail = ordered[next_position]
            last = sentence_at[tail.sentence]
            if not _within(first, last, window):
                break
            if tail.entity != head.entity:
                yield Pair(head, tail, first.start, last.end, book_text[first.start : last.end])


def _in_text_order(mentions: Sequence[Mention]) -> list[Mention]:
    resolved = (mention for mention in mentions if mention.entity)
    return sorted(resolved, key=lambda mention: (mention.sentence, mention.start, -mention.end))


def _within(earlier: Sentence, later: Sentence, window: int) -> bool:
    return later.index - earlier.index < window and later.chapter == earlier.chapter


def _check_window(window: int) -> None:
    if not 1 <= window <= LARGEST_WINDOW:
        raise SettingsError(
            f"A window of {window} sentences is not possible.", f"Choose between 1 and {LARGEST_WINDOW} sentences."
        )
