"""How far a corpus is: from its list and its states, while it is built or when nobody is at work."""

from __future__ import annotations

import time
from pathlib import Path
from typing import NamedTuple

from litgraph.corpus.folder import STATES, ListedBook, is_being_built, listed_books
from litgraph.corpus.states import BEGUN, DONE, FAILED, BookState, last_states
from litgraph.corpus.worker import size_in, source_stamp


class Status(NamedTuple):
    """What has become of the books of a corpus.

    Attributes:
        books: how many there are.
        done: how many of them are built.
        failed: those that cannot be, in the order of the list.
        under_way: those that are being built, the longest at work first; none if nobody is at work.
        to_do: how many of the others wait.
        at_work: whether a build is at work, as far as this machine can tell.
        books_an_hour: that the last build makes or made; None if it made none yet.
        seconds_left: that the build at work will take; None if nobody can tell.
    """

    books: int
    done: int
    failed: list[BookState]
    under_way: list[BookState]
    to_do: int
    at_work: bool
    books_an_hour: float | None
    seconds_left: float | None


def status_of(corpus: Path) -> Status:
    """How far a corpus is. Raises CorpusError if it is none, or is damaged."""
    books = listed_books(corpus)
    states = last_states(corpus / STATES)
    session = states.pop("", None)
    at_work = is_being_built(corpus)
    known = [states[book.id] for book in books if book.id in states]
    done = [state for state in known if state.what == DONE]
    failed = [state for state in known if state.what == FAILED]
    begun = sorted((state for state in known if state.what == BEGUN), key=lambda state: state.time) if at_work else []
    to_do = len(books) - len(done) - len(failed) - len(begun)
    built = [state for state in done if session and state.time >= session.time]
    took = (time.time() if at_work else max(state.time for state in built)) - session.time if session and built else 0.0
    left = _seconds_left(books, done, failed, begun, session.workers) if at_work and session else None
    rate = 3600 * len(built) / took if took > 0 else None
    return Status(len(books), len(done), failed, begun, to_do, at_work, rate, left)


def _seconds_left(
    books: list[ListedBook], done: list[BookState], failed: list[BookState], begun: list[BookState], workers: int
) -> float | None:
    """By the bytes of the books that are done."""
    each = sum(state.seconds for state in done) / max(1, sum(state.size for state in done))
    if not each or not workers:
        return None
    ended = {state.id for state in (*done, *failed)}
    sizes = [size_in(source_stamp(book.source)) for book in books if book.id not in ended]
    spent = sum(time.time() - state.time for state in begun)
    return max(0.0, sum(sizes) * each - spent) / workers
