"""What a long stage is given to work with: progress, resuming and a listener, as functions that are passed in."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeVar, runtime_checkable

from litgraph.errors import LitgraphWarning

Item = TypeVar("Item")

Tell = Callable[[str], None]
"""Is told at once, in a line, what a person should know: what is fetched, and where a model runs."""


def tell_nobody(line: str) -> None:
    """Says nothing."""


def warn(line: str) -> None:
    """Says it as a warning of Python's, which a notebook shows below the cell, at the line that called litgraph."""
    level, frame = 1, sys._getframe()
    while frame.f_back and frame.f_globals.get("__name__", "").partition(".")[0] == "litgraph":
        level, frame = level + 1, frame.f_back
    warnings.warn(line, LitgraphWarning, stacklevel=level)


class Progress(Protocol):
    """Passes items through, and may show a person how far the work has come."""

    def __call__(self, items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
        """The items, unchanged and in order.

        Args:
            items: what is being worked through.
            what: the work, in a few words for a person, such as "labelling pairs".
            total: how many items there are, if known.
        """
        ...


def silent(items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
    """The items, with nothing shown."""
    return iter(items)


def bar(items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
    """The items, with a bar and the time left on stderr after two seconds; no bar if stderr is no terminal."""
    from tqdm import tqdm

    return iter(tqdm(items, desc=what, total=total, delay=2, leave=False, disable=None, dynamic_ncols=True))


@runtime_checkable
class BuildProgress(Progress, Protocol):
    """Progress of a whole build, which is also told of its stages."""

    def begin(self, stage: str, words: int) -> None:
        """A stage begins that has to be done.

        Args:
            stage: its name in the report.
            words: length of the book; 0 while it is not read.
        """
        ...

    def end(self, stage: str) -> None:
        """A stage is done, now or in an earlier run."""
        ...


def in_step(
    items: Iterable[Item], position: Callable[[Item], int], total: int, progress: Progress, what: str
) -> Iterator[Item]:
    """The items, while progress is told how far through something else they have come, such as the sentences of a book.

    Args:
        items: what is being worked through, in the order of their positions.
        position: how much of the whole lies before an item is done.
        total: the whole.
        progress: told of each step from 0 to ``total``.
        what: the stage, in a few words for a person.
    """
    steps = progress(range(total), what, total)
    done = 0
    for item in items:
        reached = position(item)
        while done < reached and next(steps, None) is not None:
            done += 1
        yield item
    for _ in steps:
        pass


class Resume(Protocol):
    """Goes on with work that an earlier run began."""

    def __call__(self, items: Iterable[Item], work: Callable[[Iterable[Item]], Iterable[Any]]) -> Iterator[Any]:
        """One result an item, in order: those of the earlier run, then what ``work`` gives for the other items.

        Args:
            items: what is to be worked through; the same as in the earlier run.
            work: gives one result an item, a JSON value, lazily and in order.
        """
        ...


def from_the_start(items: Iterable[Item], work: Callable[[Iterable[Item]], Iterable[Any]]) -> Iterator[Any]:
    """Work that nobody began before."""
    return iter(work(items))
