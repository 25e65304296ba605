"""Mentions: who, where and what the text speaks of, stretch by stretch.

A setting says who finds them: the literary reader (names, noun phrases and pronouns, with chains of those that mean the
same) or the tagger of a spaCy pipeline (names only).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, groupby
from typing import Any

from litgraph.mentions.finder import Finder, Found, choose_finder
from litgraph.mentions.labels import with_labels
from litgraph.progress import Progress, Resume, from_the_start, in_step, silent
from litgraph.types import Book, Sentence

__all__ = ["Finder", "Found", "choose_finder", "find_mentions"]


def find_mentions(
    book: Book,
    sentences: Sequence[Sentence],
    finder: Finder | None = None,
    *,
    resume: Resume = from_the_start,
    progress: Progress = silent,
) -> Found:
    """All mentions of the book, and who seems to speak; chapters that an earlier run has finished are not done again.

    Args:
        book: the book.
        sentences: all its sentences.
        finder: from :func:`choose_finder`; by default the reader that comes with litgraph.
        resume: has the chapters that an interrupted run has finished.
        progress: told of each sentence, chapter by chapter.

    Raises:
        ModelError: the finder cannot be loaded.
    """
    finder = finder or choose_finder()
    chapters = [list(group) for _, group in groupby(sentences, key=lambda sentence: sentence.chapter)]
    ends = accumulate(map(len, chapters))
    found = zip(ends, resume(chapters, lambda rest: _by_chapter(book, rest, finder)), strict=False)
    in_order = in_step(found, lambda pair: pair[0], len(sentences), progress, "finding mentions, by sentence")
    return with_labels(book, sentences, finder.join(book, sentences, [values for _, values in in_order]))


def _by_chapter(book: Book, chapters: Iterable[list[Sentence]], finder: Finder) -> Iterator[list[Any]]:
    """What is found in each chapter. The model is not loaded when nothing is left to do."""
    rest = iter(chapters)
    first = next(rest, None)
    if first is not None:
        yield from finder.load()(book, chain([first], rest))
