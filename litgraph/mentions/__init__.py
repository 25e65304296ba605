"""Mentions: who, where and what the text speaks of, stretch by stretch.

A setting says who finds them: the literary reader (names, noun phrases and pronouns, with chains of those that mean the
same) or the tagger of a spaCy pipeline (names only).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from litgraph.mentions.book_names import Read
from litgraph.mentions.literary import is_literary, literary_version, load_reader, mentions_read, read_chapter
from litgraph.mentions.names import name_mentions
from litgraph.mentions.tagger import Tagged, load_tagger, tag_chapter, tagger_version
from litgraph.progress import Progress, silent
from litgraph.run import Units
from litgraph.threads import in_order, usable_cores
from litgraph.types import Book, Mention, Sentence

__all__ = ["find_mentions", "finder_version"]


def find_mentions(
    book: Book, sentences: Sequence[Sentence], setting: str, *, units: Units, progress: Progress = silent
) -> tuple[Mention, ...]:
    """All mentions of the book, in text order; chapters that were done before are not done again.

    Args:
        book: the book.
        sentences: all its sentences.
        setting: who finds them, such as "literary" or "spacy:en_core_web_sm".
        units: the chapters that an interrupted run has finished.
        progress: told of each chapter.

    Raises:
        ModelError: what the setting names is not installed.
    """
    chapters = [list(group) for _, group in groupby(sentences, key=lambda sentence: sentence.chapter)]

    def find(rest: Iterable[list[Sentence]]) -> Iterator[list[Read] | list[Tagged]]:
        return _read(book, rest, setting) if is_literary(setting) else _tag(book, rest, setting)

    found = list(progress(units.resume(chapters, find), "finding mentions, by chapter", len(chapters)))
    if is_literary(setting):
        return mentions_read(book, sentences, ([Read(*row) for row in rows] for rows in found))
    return name_mentions(book, sentences, (Tagged(*row) for rows in found for row in rows))


def finder_version(setting: str) -> str:
    """The name and version of who finds the mentions, without loading it.

    Raises:
        ModelError: what the setting names is not installed.
    """
    return literary_version(setting) if is_literary(setting) else tagger_version(setting)


# A model is loaded when the first chapter needs it: not at all when nothing is left to do.


def _read(book: Book, chapters: Iterable[list[Sentence]], setting: str) -> Iterator[list[Read]]:
    rest = list(chapters)
    if rest:
        reader = load_reader(setting)
        # With few chapters it is the reader's windows that run side by side.
        workers = None if len(rest) >= 2 * usable_cores() else 1
        yield from in_order(lambda chapter: read_chapter(book, chapter, reader), rest, workers=workers)


def _tag(book: Book, chapters: Iterable[list[Sentence]], setting: str) -> Iterator[list[Tagged]]:
    tagger = None
    for chapter in chapters:
        tagger = tagger or load_tagger(setting)
        yield tag_chapter(book, chapter, tagger)
