"""Bringing the tables of a corpus up to date: only books that are new, or were built again, are read.

Books are read in small parts, which several processes may do beside each other; a killed process loses the parts under
way. At the end small parts are put together. Of all that, one part is held in memory, and the rows of books.parquet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from litgraph.corpus.folder import finished_books
from litgraph.corpus.graphs.versions import graph_version
from litgraph.corpus.tables.books import write_books
from litgraph.corpus.tables.parts import (
    Part,
    live_parts,
    make_folders,
    measured_books,
    next_number,
    put_together,
    tables_folder,
    write_part,
)
from litgraph.corpus.tables.rows import Rows, checked, rows_of
from litgraph.errors import CorpusError, LitgraphError
from litgraph.progress import Progress, Tell, silent, warn
from litgraph.threads import in_processes

BOOKS_READ = 16
"""Books of a part as they are read: what a killed process does again at most."""
BOOKS_A_PART = 1_024
"""Books of a part when parts are put together."""

_LOCK = ".litgraph.lock"


@dataclass(frozen=True, slots=True)
class Update:
    """What became of the tables.

    Attributes:
        books: how many are in them.
        read: how many were read, because they are new or were built again.
        removed: how many were taken out, because the corpus has them no longer.
        failed: book -> why it could not be read.
    """

    books: int
    read: int
    removed: int
    failed: Mapping[str, str]


class _Book(NamedTuple):
    id: str
    run: Path
    version: str


class _PartMade(NamedTuple):
    books: tuple[str, ...]
    failed: Mapping[str, str]


def update_tables(corpus: Path, *, workers: int = 1, progress: Progress = silent, tell: Tell = warn) -> Update:
    """Bring the tables of a corpus up to date.

    Args:
        corpus: its folder.
        workers: processes that read books; with one, all is done in this process.
        progress: told of every book that was read.
        tell: told of columns of the list that are called otherwise in the tables.

    Raises:
        CorpusError: it is no corpus, pyarrow is not installed, somebody else is at it, or a table is damaged.
        ExportError: a file cannot be written.
    """
    _need_pyarrow()
    finished = list(finished_books(corpus))
    folder = tables_folder(corpus)
    with _alone(folder):
        make_folders(folder)
        books = [_Book(book.id, book.run, graph_version(book.run)) for book in finished]
        wanted = {book.id: book.version for book in books}
        known = _without_stale(folder, wanted)
        fresh = [book for book in books if book.version and known.get(book.id) != book.version]
        failed = {book.id: "its graph is missing" for book in books if not book.version}
        read = 0
        for made in progress(_read(folder, fresh, workers), "reading books", len(fresh)):
            read += not made[1]
            if made[1]:
                failed[made[0]] = made[1]
        _compact(folder)
        parts = live_parts(folder)
        write_books(folder, measured_books(folder, parts), {book.id: book.metadata for book in finished}, tell)
        present = sum(len(part.books) for part in parts)
        return Update(present, read, len(set(known) - set(wanted)), failed)


def _need_pyarrow() -> None:
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise CorpusError(
            "pyarrow, which writes the tables, is not installed.", 'In the folder of litgraph: pip install ".[corpus]"'
        ) from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / _LOCK, timeout=0):
            yield
    except Timeout:
        raise CorpusError(f"Another litgraph is writing the tables in {folder}.", "Wait until it is done.") from None


def _without_stale(folder: Path, wanted: Mapping[str, str]) -> dict[str, str]:
    """Take books out of the tables that are gone, or stand there as another version; gives what was in them."""
    known: dict[str, str] = {}
    number = next_number(folder)
    for part in live_parts(folder):
        known |= part.books
        keep = {book for book, version in part.books.items() if wanted.get(book) == version}
        if len(keep) < len(part.books):
            put_together(folder, number, [part], keep)
            number += 1
    return known


def _read(folder: Path, books: Sequence[_Book], workers: int) -> Iterator[tuple[str, str]]:
    """Read books into parts; gives each book, and why it could not be read."""
    first = next_number(folder)
    rest = iter(books)
    batches = list(enumerate(iter(lambda: list(islice(rest, BOOKS_READ)), []), first))
    work = partial(_made_part, folder)
    several = workers > 1 and len(batches) > 1
    made = in_processes(work, batches, workers=min(workers, len(batches))) if several else map(work, batches)
    for one in made:
        yield from ((book, one.failed.get(book, "")) for book in one.books)


def _made_part(folder: Path, numbered: tuple[int, list[_Book]]) -> _PartMade:
    number, books = numbered
    failed: dict[str, str] = {}
    rows = {book.id: found for book in books if (found := _rows(book, failed)) is not None}
    if rows:
        write_part(folder, number, {book.id: book.version for book in books if book.id in rows}, rows.values())
    return _PartMade(tuple(book.id for book in books), failed)


def _rows(book: _Book, failed: dict[str, str]) -> Rows | None:
    try:
        return checked(rows_of(book.id, book.run))
    except LitgraphError as error:
        failed[book.id] = error.what
    except Exception as error:  # whatever one of thousands of run folders holds, the others are read
        failed[book.id] = f"{book.run} cannot be read: {error!r}"
    return None


def _compact(folder: Path) -> None:
    number = next_number(folder)
    for group in list(_small(live_parts(folder))):
        put_together(folder, number, group, {book for part in group for book in part.books})
        number += 1


def _small(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Parts that are to be one: neighbours of less than half the size of a whole one, up to that."""
    group: list[Part] = []
    size = 0
    for part in parts:
        if len(part.books) >= BOOKS_A_PART // 2:
            continue
        if size + len(part.books) > BOOKS_A_PART:
            if len(group) > 1:
                yield group
            group, size = [], 0
        group.append(part)
        size += len(part.books)
    if len(group) > 1:
        yield group
