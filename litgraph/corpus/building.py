"""The one who hands out the books: the longest first, a lost one once more, each outcome written down at once."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from litgraph.corpus.folder import LIST, STATES, ListedBook, alone_in, listed_books, write_list
from litgraph.corpus.listing import merged
from litgraph.corpus.planning import planned
from litgraph.corpus.states import (
    BEGUN,
    DONE,
    FAILED,
    SESSION,
    BookState,
    StateWriter,
    last_states,
    now,
    states_to_write,
)
from litgraph.corpus.team import Team
from litgraph.corpus.worker import Task
from litgraph.errors import CorpusError

_TRIES = 2  # of a book whose worker dies
_TICK = 0.5  # seconds between two looks at the time, for whoever watches
_DIED = "The process that read it was ended before it was done, twice: killed, or for want of memory."
_DIED_HINT = "Give the same command again with fewer workers."


class Position(NamedTuple):
    """How far a build of a corpus is.

    Attributes:
        done: books that were built.
        failed: books that cannot be built.
        books: all that this build has to do.
        share: of the bytes of those, that is done, 0 to 1.
        left: seconds that the rest will take; None as long as nobody can tell.
    """

    done: int
    failed: int
    books: int
    share: float
    left: float | None


class Built(NamedTuple):
    """What a build of a corpus has done.

    Attributes:
        done: books that were built.
        standing: books that were done before and stand.
        failed: what became of the others, in the order of their failing.
    """

    done: int
    standing: int
    failed: list[BookState]


def build_corpus(
    corpus: Path,
    books: Sequence[ListedBook],
    key: str,
    team: Callable[[int], Team],
    *,
    watch: Callable[[Position], None] = lambda _: None,
) -> Built:
    """Build the books of a corpus that are not built yet.

    Args:
        corpus: its folder; made if it is not there.
        books: those that are wanted; the list of the corpus gets those that are new to it.
        key: digest of the settings and of what they name.
        team: gives who builds so many books; asked only if there are any.
        watch: is told how far the build is, about twice a second.

    Raises:
        CorpusError: the folder is none for a corpus, another build is at work in it, the disk is full, or workers
            cannot start. What was finished is kept.
        ExportError: the list or the states cannot be written.
    """
    corpus = corpus.absolute()  # workers may have another folder
    with alone_in(corpus):
        known = listed_books(corpus) if (corpus / LIST).exists() else []
        listed = merged(known, books)
        if listed != known:
            write_list(corpus, listed)
        states = last_states(corpus / STATES)
        states.pop("", None)
        plan = planned(corpus, books, states, key)
        if not plan.tasks:
            return Built(0, plan.standing, [])
        with states_to_write(corpus / STATES, states.values()) as writer, closing(team(len(plan.tasks))) as workers:
            del states
            writer.write(BookState("", SESSION, now(), workers=workers.size))
            round_ = _Round(plan.tasks, workers, writer, watch)
            round_.run()
        return Built(round_.done, plan.standing, round_.failed)


class _Round:
    """One build: the books that wait, those under way, and what came of the others."""

    def __init__(
        self, tasks: Sequence[Task], team: Team, writer: StateWriter, watch: Callable[[Position], None]
    ) -> None:
        self.done, self.failed = 0, list[BookState]()
        self._waiting, self._under_way = deque(tasks), dict[str, float]()  # id -> since when
        self._lost: dict[str, int] = {}
        self._team, self._writer, self._watch = team, writer, watch
        self._course = Course([task.size for task in tasks], team.size)
        self._tasks = len(tasks)

    def run(self) -> None:
        while self._waiting or self._under_way:
            for _ in range(min(self._team.free(), len(self._waiting))):
                self._begin(self._waiting.popleft())
            for task, outcome in self._team.ended(_TICK):
                began = self._under_way.pop(task.id)
                if outcome is None:
                    self._lose(task)
                else:
                    self._end(task, outcome.state)
                    if outcome.disk_full:
                        raise CorpusError(
                            f"There is no room on the disk for {task.id}: {outcome.state.error}",
                            "What was finished is kept. Make room, then give the same command again.",
                        )
                    self._course.end(task.size, time.monotonic() - began, built=outcome.state.what == DONE)
            self._watch(self._position())

    def _begin(self, task: Task) -> None:
        self._writer.write(BookState(task.id, BEGUN, now(), size=task.size))
        self._under_way[task.id] = time.monotonic()
        self._team.give(task)

    def _lose(self, task: Task) -> None:
        self._lost[task.id] = self._lost.get(task.id, 0) + 1
        if self._lost[task.id] < _TRIES:
            self._waiting.appendleft(task)
        else:
            state = BookState(task.id, FAILED, now(), task.key, size=task.size, error=_DIED, hint=_DIED_HINT)
            self._end(task, state)
            self._course.end(task.size, 0.0, built=False)

    def _end(self, task: Task, state: BookState) -> None:
        self._writer.write(state)
        if state.what == DONE:
            self.done += 1
        else:
            self.failed.append(state)

    def _position(self) -> Position:
        moment = time.monotonic()
        share, left = self._course.position([moment - began for began in self._under_way.values()])
        return Position(self.done, len(self.failed), self._tasks, share, left)


class Course:
    """How far the bytes of the books have come, and how long the rest will take.

    Args:
        sizes: of all books, in bytes.
        workers: how many build at once.
    """

    def __init__(self, sizes: Sequence[int], workers: int) -> None:
        self._whole, self._workers = sum(sizes), workers
        self._ended = self._built = 0
        self._seconds = 0.0

    def end(self, size: int, seconds: float, *, built: bool) -> None:
        """A book is no longer to do; what was refused says nothing of how long books take."""
        self._ended += size
        if built:
            self._built += size
            self._seconds += seconds

    def position(self, under_way: Sequence[float]) -> tuple[float, float | None]:
        """The share that is done, and the seconds that are left, if anybody can tell.

        Args:
            under_way: for how many seconds each book under way has been so.
        """
        if not self._whole:
            return 1.0, None
        if not self._built or not self._seconds:
            return self._ended / self._whole, None
        each = self._seconds / self._built  # of one worker, for a byte
        rest = max(0.0, (self._whole - self._ended) * each - sum(under_way))
        return self._ended / self._whole, rest / self._workers
