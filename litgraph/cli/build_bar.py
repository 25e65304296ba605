"""One bar for a whole build: how far it is, at what, and how long it will take."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

from litgraph.progress import Progress, Tell, bar, silent, tell_nobody

Item = TypeVar("Item")


class Cost(NamedTuple):
    """What a stage costs on two cores of a server, in seconds. Only the relation of the stages to each other counts.

    Attributes:
        once: whatever the book, such as loading a model.
        per_million: for a million words.
    """

    once: float
    per_million: float


class Stage(NamedTuple):
    """A stage of the road: what a person calls it, and what it costs."""

    words: str
    cost: Cost


# From builds of Alice (26,000 words), Pride and Prejudice (122,000) and Les Misérables (559,000).
STAGES: dict[str, Stage] = {
    "book": Stage("reading the book", Cost(0.0, 5.8)),
    "sentences": Stage("finding sentences", Cost(1.6, 3.9)),
    "mentions": Stage("finding people and places", Cost(1.0, 170.0)),
    "cast": Stage("deciding who is who", Cost(0.0, 22.0)),
    "speech": Stage("finding who speaks", Cost(0.0, 1.5)),
    "relations": Stage("deciding how they are related", Cost(0.0, 36.0)),
    "facts": Stage("weighing what is said", Cost(0.0, 3.0)),
    "graph": Stage("making the graph", Cost(0.0, 7.0)),
}


class Position(NamedTuple):
    """Where a build is.

    Attributes:
        done: share of the whole build, 0 to 1.
        left: seconds that the rest will take; None as long as nobody can tell.
        stage: what is being done, in words.
    """

    done: float
    left: float | None
    stage: str


class Course:
    """How far a build has come, from its stages and the time. What was done in an earlier run costs nothing now.

    Args:
        clock: seconds that only ever go on.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._words = 100_000
        self._ended: list[str] = []
        self._worked: list[str] = []  # those of them that were not done before
        self._stage = ""
        self._fraction = self._spent = self._began = 0.0

    def begin(self, stage: str, words: int) -> None:
        """A stage begins; ``words`` is the length of the book, 0 if it is not known yet."""
        self._words = words or self._words
        self._stage, self._fraction, self._began = stage, 0.0, self._clock()

    def advance(self, fraction: float) -> None:
        """So much of the stage that began last is done, 0 to 1."""
        self._fraction = min(1.0, fraction)

    def end(self, stage: str) -> None:
        """A stage is done, now or in an earlier run."""
        if stage == self._stage:
            self._worked.append(stage)
            self._spent += self._clock() - self._began
            self._stage = ""
        self._ended.append(stage)

    def position(self) -> Position:
        """Where the build is now."""
        whole = sum(map(self._cost, STAGES))
        part = self._cost(self._stage) * self._fraction if self._stage else 0.0
        done = sum(map(self._cost, self._ended)) + part
        worked = sum(map(self._cost, self._worked)) + part
        spent = self._spent + (self._clock() - self._began if self._stage else 0.0)
        left = (whole - done) * spent / worked if worked > 0.02 * whole else None
        words = STAGES[self._stage].words if self._stage else ""
        return Position(min(1.0, done / whole), left, words)

    def _cost(self, stage: str) -> float:
        once, per_million = STAGES[stage].cost
        return once + per_million * self._words / 1e6


@contextmanager
def build_bar(quiet: bool) -> Iterator[tuple[Progress, Tell]]:
    """A bar, and what prints lines beside it; neither shows anything if quiet."""
    if quiet:
        yield silent, tell_nobody
        return
    shown = BuildBar()
    try:
        yield shown, shown.tell
    finally:
        shown.close()


class BuildBar:
    """A :class:`litgraph.progress.BuildProgress` on stderr; nothing if stderr is no terminal."""

    def __init__(self) -> None:
        from tqdm import tqdm

        self._course = Course()
        self._busy = False
        self._shown = 0.0  # when
        self._bar: Any = tqdm(
            total=100,
            bar_format="{desc}{percentage:3.0f}%|{bar}|{postfix}",
            leave=False,
            disable=None,
            dynamic_ncols=True,
            mininterval=0.2,
        )

    def __call__(self, items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
        """The items; those of the stage move the bar, and what is worked through inside of it has one of its own."""
        if self._busy or not total:
            yield from bar(items, what, total) if self._busy else items
            return
        self._busy = True
        try:
            for number, item in enumerate(items, start=1):
                yield item
                self._course.advance(number / total)
                self._show()
        finally:
            self._busy = False

    def begin(self, stage: str, words: int) -> None:
        """See :meth:`litgraph.progress.BuildProgress.begin`."""
        self._course.begin(stage, words)
        self._show(at_once=True)

    def end(self, stage: str) -> None:
        """See :meth:`litgraph.progress.BuildProgress.end`."""
        self._course.end(stage)
        self._show(at_once=True)

    def tell(self, line: str) -> None:
        """Print a line on stderr, above the bar."""
        self._bar.write(line, file=sys.stderr)

    def close(self) -> None:
        """Take the bar away."""
        self._bar.close()

    def _show(self, *, at_once: bool = False) -> None:
        done, left, stage = self._course.position()
        now = time.monotonic()
        if self._bar.disable or not (at_once or now - self._shown > self._bar.mininterval):
            return
        self._shown = now
        self._bar.n = round(100 * done)
        self._bar.set_description_str(f"{stage} " if stage else "", refresh=False)
        self._bar.set_postfix_str("" if left is None else f"{in_words(left)} left", refresh=False)
        self._bar.refresh()


def in_words(seconds: float) -> str:
    """Minutes and seconds, with hours where there are any.

    >>> in_words(75.2), in_words(3675)
    ('1:15', '1:01:15')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
