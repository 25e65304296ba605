"""One worker: builds books one after the other with a reader that is loaded once, and never raises for a book's sake.

The same function works in a process of this machine and in an actor of Ray; who calls it makes no difference.
"""

from __future__ import annotations

import errno
import os
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from litgraph.corpus.states import DONE, FAILED, BookState, now
from litgraph.errors import LitgraphError
from litgraph.reading.catalogue import cached_book, normalise_identifier
from litgraph.reading.source import LARGEST_FILE
from litgraph.runs.folder import REPORT
from litgraph.threads import limit_threads

if TYPE_CHECKING:
    from litgraph.config import Settings
    from litgraph.pipeline import Choice, RunResult

_CORRECTED = ("cast.toml", "mentions.jsonl", "quotations.jsonl", "relations.jsonl")
_STAMPED = frozenset({*_CORRECTED, REPORT})
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


class Task(NamedTuple):
    """A book to build.

    Attributes:
        id: the book's.
        source: what is built.
        run: its run folder.
        key: goes into the state that it leaves.
        size: of the source, in bytes; 0 if nobody knows.
    """

    id: str
    source: str
    run: str
    key: str
    size: int


class Outcome(NamedTuple):
    """What came of a task.

    Attributes:
        state: of the book.
        disk_full: there was no room for what was found; other books would fare no better.
    """

    state: BookState
    disk_full: bool = False


Work = Callable[[Task], Outcome]
MakeWork = Callable[[], Work]
"""Loads what a worker needs. It is called once in the worker's own process, and so must be something to be pickled."""


def books_built(settings: Settings, threads: int) -> Work:
    """What a worker does with these settings, the models that they name loaded once.

    Args:
        settings: of all runs.
        threads: cores that it may use.

    Raises:
        LitgraphError: something that the settings name is not there.
    """
    limit_threads(threads)  # before torch is imported
    from litgraph.pipeline import choose

    return built_with(settings, choose(settings))


def built_with(settings: Settings, choice: Choice) -> Work:
    """What a worker does with what was chosen for these settings."""
    import gc

    from litgraph import literary
    from litgraph.pipeline import build_run, kept_loaded

    gc.set_threshold(100_000, 50, 100)  # as `litgraph build` does
    chosen = kept_loaded(choice)

    def build(task: Task) -> RunResult:
        try:
            return build_run(task.source, task.run, settings=settings, chosen=chosen)
        finally:
            literary.forget_texts()

    first = True

    def work(task: Task) -> Outcome:
        nonlocal first
        outcome = tried(task, build)
        gc.collect()  # graphs hold themselves, and would lie about beside the next book's
        if first:
            gc.freeze()  # what the first book loaded stays: looking through it again takes longer than a short book
            first = False
        return outcome

    return work


def tried(task: Task, build: Callable[[Task], RunResult]) -> Outcome:
    """What comes of building a book, whatever happens."""
    started = time.monotonic()
    stamp = source_stamp(task.source)

    def state(what: str, words: int = 0, notices: tuple[str, ...] = (), error: str = "", hint: str = "") -> BookState:
        return BookState(
            id=task.id,
            what=what,
            time=now(),
            key=task.key,
            stamp=f"{stamp} {run_stamp(Path(task.run))}" if what == DONE else "",
            size=task.size,
            seconds=round(time.monotonic() - started, 3),
            words=words,
            error=error,
            hint=hint,
            notices=notices,
        )

    try:
        result = build(task)
        return Outcome(state(DONE, result.report["stages"]["book"]["counts"]["words"], tuple(result.notices)))
    except LitgraphError as error:
        return Outcome(state(FAILED, error=error.what, hint=error.hint), _for_want_of_room(error))
    except OSError as error:
        return Outcome(state(FAILED, error=str(error)), _for_want_of_room(error))
    except MemoryError:
        return Outcome(state(FAILED, error="It needs more memory than there is.", hint="Use fewer workers at once."))
    except Exception as error:  # one book must not end the others, whatever is wrong with it or with litgraph
        place = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}: {error}"
        return Outcome(state(FAILED, error=what, hint="This is a fault of litgraph; please report it with the book."))


def _for_want_of_room(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            return True
        error = error.__cause__ or error.__context__
    return False


def source_stamp(source: str) -> str:
    """Another text when the file of a book was changed; "" if there is none, as for the books of the shelf."""
    path = cached_book(source) if normalise_identifier(source) == source else Path(source)
    try:
        found = path.stat() if path else None
    except (OSError, ValueError):
        return ""
    return f"{found.st_size}:{found.st_mtime_ns}" if found else ""


def size_in(stamp: str) -> int:
    """The bytes of the file that has a stamp; 0 if there is none, or one so large that it is refused unread."""
    size = int(stamp.partition(":")[0] or 0)
    return size if size <= LARGEST_FILE else 0


def run_stamp(run: Path) -> str:
    """Another text when a person corrected something in a run folder; "" if there is no run."""
    try:
        with os.scandir(run) as entries:
            times = {entry.name: entry.stat().st_mtime_ns for entry in entries if entry.name in _STAMPED}
    except OSError:
        return ""
    return ":".join(f"{times.get(name, 0):x}" for name in _CORRECTED) if REPORT in times else ""
