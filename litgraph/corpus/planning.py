"""Which books of a corpus have to be built, the longest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from litgraph.corpus.folder import ListedBook, run_folder_of
from litgraph.corpus.states import DONE, BookState
from litgraph.corpus.worker import Task, run_stamp, size_in, source_stamp


class Plan(NamedTuple):
    """What there is to do.

    Attributes:
        tasks: the books to be built, in the order in which they are begun.
        standing: how many books are done and stand as they are.
    """

    tasks: list[Task]
    standing: int


def planned(corpus: Path, books: Iterable[ListedBook], states: Mapping[str, BookState], key: str) -> Plan:
    """What of some books has to be built.

    A book stands if it was built with what ``key`` tells, and neither its file nor what a person may correct in its
    run folder was touched since. Only the times of files are looked at; what turns out to be unchanged after all is not
    built again by the run folder itself. Books that failed are tried again.

    Args:
        corpus: its folder.
        books: those that are wanted.
        states: what became of them, by id.
        key: digest of the settings and of what they name.
    """
    tasks, standing = [], 0
    for book in books:
        stamp, state, run = source_stamp(book.source), states.get(book.id), run_folder_of(corpus, book.id)
        if state and (state.what, state.key, state.stamp) == (DONE, key, f"{stamp} {run_stamp(run)}"):
            standing += 1
        else:
            tasks.append(Task(book.id, book.source, str(run), key, size_in(stamp)))
    return Plan(sorted(tasks, key=lambda task: -task.size), standing)
