"""Workers for tests of corpora: the whole road, with a finder that knows names by their capitals, and no model."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from litgraph.config import Settings
from litgraph.corpus.worker import Outcome, Task, Work, built_with
from litgraph.mentions.finder import ChapterFinder, Finder, Found
from litgraph.pipeline import Choice
from litgraph.relations.choice import choose_labeller
from litgraph.types import Book, Mention, Sentence

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")


def quick_work(settings: Settings) -> Work:
    """Builds books in milliseconds."""
    return built_with(settings, Choice(_FINDER, choose_labeller("rules")))


def slow_work(settings: Settings, seconds: float) -> Work:
    """Takes a while over each book, before it builds it."""
    quick = quick_work(settings)

    def work(task: Task) -> Outcome:
        time.sleep(seconds)
        return quick(task)

    return work


def deadly_work(settings: Settings, name: str) -> Work:
    """Ends its process over one book, whenever it meets it."""
    quick = quick_work(settings)

    def work(task: Task) -> Outcome:
        if task.id == name:
            os._exit(3)
        return quick(task)

    return work


def _load() -> ChapterFinder:
    def find(book: Book, chapters: Iterable[Sequence[Sentence]]) -> Iterator[list[Any]]:
        for sentences in chapters:
            yield [
                (match.start(), match.end(), sentence.index, sentence.chapter)
                for sentence in sentences
                for match in _NAME.finditer(book.text, sentence.start, sentence.end)
            ]

    return find


def _joined(book: Book, sentences: Sequence[Sentence], chapters: Iterable[list[Any]]) -> Found:
    found = [place for chapter in chapters for place in chapter]
    return Found(
        tuple(
            Mention(
                id=f"m{number}",
                start=start,
                end=end,
                text=book.text[start:end],
                label="PER",
                form="name",
                sentence=sentence,
                chapter=chapter,
            )
            for number, (start, end, sentence, chapter) in enumerate(found)
        )
    )


_FINDER = Finder("capitals-1", name="capitals", language="en", load=_load, join=_joined)
