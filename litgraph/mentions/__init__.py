"""Mentions: who, where and what the text names, stretch by stretch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from litgraph.mentions.names import name_mentions
from litgraph.mentions.tagger import Tagged, load_tagger, tag_chapter, tagger_version
from litgraph.progress import Progress, silent
from litgraph.run import Units
from litgraph.types import Book, Mention, Sentence

__all__ = ["find_mentions", "tagger_version"]


def find_mentions(
    book: Book, sentences: Sequence[Sentence], setting: str, *, units: Units, progress: Progress = silent
) -> tuple[Mention, ...]:
    """All mentions of the book, in text order; chapters that were tagged before are not tagged again.

    Args:
        book: the book.
        sentences: all its sentences.
        setting: who finds them, such as "spacy:en_core_web_sm".
        units: the chapters that an interrupted run has finished.
        progress: told of each chapter.

    Raises:
        ModelError: what the setting names is not installed.
    """
    chapters = [list(group) for _, group in groupby(sentences, key=lambda sentence: sentence.chapter)]

    def tag(rest: Iterable[list[Sentence]]) -> Iterator[list[Tagged]]:
        tagger = None
        for chapter in rest:
            tagger = tagger or load_tagger(setting)  # not needed when nothing is left to do
            yield tag_chapter(book, chapter, tagger)

    tagged: list[Tagged] = []
    for found in progress(units.resume(chapters, tag), "finding names, by chapter", len(chapters)):
        tagged.extend(Tagged(*span) for span in found)
    return name_mentions(book, sentences, tagged)
