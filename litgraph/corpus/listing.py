"""From the rows of a list to the books of a corpus: whole paths, and an id for each that stays."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from litgraph.corpus.folder import ListedBook, safe_name
from litgraph.corpus.rows import Row, read_rows
from litgraph.corpus.where import parse_where
from litgraph.errors import CorpusError
from litgraph.progress import Tell
from litgraph.reading.catalogue import normalise_identifier

_TOLD = 10  # rows that were left out for one reason and are named


class Selection(NamedTuple):
    """Which books of a list are wanted.

    Attributes:
        where: an expression (:mod:`litgraph.corpus.where`); "" for all.
        sample: so many of them, drawn by chance; 0 for all. The same ones for the same seed, whatever their order, and
            a larger sample has those of a smaller one.
        seed: of the chance.
        limit: the first so many of those; 0 for all.
    """

    where: str = ""
    sample: int = 0
    seed: int = 0
    limit: int = 0


ALL = Selection()


def read_list(
    named: str, known: Sequence[ListedBook], *, column: str = "", selection: Selection = ALL, tell: Tell
) -> list[ListedBook]:
    """The books of a list, in its order.

    A book whose list gives no id is called as its file or its Gutenberg number; files that are called alike bear the
    folders above them, too. What the corpus knows keeps the id that it has.

    Args:
        named: see :func:`litgraph.corpus.rows.read_rows`.
        known: the books that the corpus has.
        column: as for ``read_rows``.
        selection: which of them are wanted.
        tell: is told which rows were left out, and why.

    Raises:
        CorpusError: it is not there, cannot be read, is no list, or no book of it is wanted.
    """
    folder, rows, columns = read_rows(named, column=column, tell=tell)
    if not rows:
        raise CorpusError(f"There are no books in {named}.", "Texts end with .txt, .html, .epub, .xml or .tei.")
    located = list(_located(folder, rows, tell))
    books = list(_once(_identified(located, known), tell))
    if selection.where:
        fits = parse_where(selection.where, columns)
        books = [book for book in books if fits(book.metadata)]
    if selection.sample:
        drawn = sorted(books, key=lambda book: _by_chance(selection.seed, book.id))[: selection.sample]
        wanted = {book.id for book in drawn}
        books = [book for book in books if book.id in wanted]
    books = books[: selection.limit or None]
    if not books:
        raise CorpusError(f"No book of {named} is one that you want.", "Ask for less with --where.")
    return books


def merged(known: Iterable[ListedBook], books: Iterable[ListedBook]) -> list[ListedBook]:
    """The books that a corpus has, and new ones after them; of one id, the new one."""
    return list(({book.id: book for book in known} | {book.id: book for book in books}).values())


def _located(folder: Path, rows: Iterable[Row], tell: Tell) -> Iterator[Row]:
    """The rows with whole paths or Gutenberg numbers as sources."""
    nameless, outside, doubled = _Omitted("names no book"), _Omitted("leads out of the folder of the list"), 0
    seen: set[str] = set()
    for row in rows:
        source = row.source
        whole = Path(os.path.normpath(folder / Path(source).expanduser())) if source else folder
        number = normalise_identifier(source)
        if number and not whole.is_file():
            source = number
        elif not source:
            nameless.add(row.place)
            continue
        elif not Path(source).expanduser().is_absolute() and folder not in whole.parents:
            outside.add(f"{row.place} ({source})")
            continue
        else:
            source = str(whole)
        if source in seen:
            doubled += 1
            continue
        seen.add(source)
        yield row._replace(source=source)
    nameless.tell(tell)
    outside.tell(tell, "Write the whole path if you mean it.")
    if doubled:
        tell(f"{doubled:,} of the rows name a file or number that an earlier one names, and were left out.")


class _Omitted:
    """Rows that were left out for one reason."""

    def __init__(self, why: str) -> None:
        self._why = why
        self._places: list[str] = []

    def add(self, place: str) -> None:
        self._places.append(place)

    def tell(self, tell: Tell, hint: str = "") -> None:
        if self._places:
            more = f" and {len(self._places) - _TOLD:,} more" if len(self._places) > _TOLD else ""
            tell(f"Left out, since it {self._why}: {', '.join(self._places[:_TOLD])}{more}. {hint}".rstrip())


def _identified(rows: Sequence[Row], known: Sequence[ListedBook]) -> list[tuple[str, ListedBook]]:
    """Where each book stands in the list, and the book."""
    of_source = {book.source: book.id for book in known}
    here = {row.source for row in rows}
    taken = {book.id for book in known if book.source not in here and Path(book.source).exists()}
    given = [row.id or of_source.get(row.source, "") for row in rows]
    taken.update(filter(None, given))
    open_rows = [number for number, name in enumerate(given) if not name]
    for level in range(64):
        names = {number: _name(rows[number].source, level) for number in open_rows}
        times = Counter(names.values())
        whole = [number for number in open_rows if _name(rows[number].source, level + 1) == names[number]]
        fit = {number for number in open_rows if times[names[number]] == 1 and names[number] not in taken} | set(whole)
        for number in sorted(fit):
            given[number] = names[number]
        taken.update(names[number] for number in fit)
        open_rows = [number for number in open_rows if number not in fit]
        if not open_rows:
            break
    return [
        (row.place, ListedBook(name or row.source, row.source, row.metadata))
        for row, name in zip(rows, given, strict=True)
    ]


def _name(source: str, level: int) -> str:
    """What a book is called by its source: without the ending, with it, with one folder above, with two …"""
    if normalise_identifier(source) == source:
        return source
    path = Path(source)
    return path.stem if level == 0 else "/".join(path.parts[-level:])


def _once(books: Iterable[tuple[str, ListedBook]], tell: Tell) -> Iterator[ListedBook]:
    """The books whose ids, and so whose folders, no earlier one has."""
    seen: set[str] = set()
    doubled = _Omitted("has the id of an earlier row")
    for place, book in books:
        names = {book.id, safe_name(book.id)}
        if seen.isdisjoint(names):
            yield book
        else:
            doubled.add(f"{place} ({book.id})")
        seen |= names
    doubled.tell(tell, "Give every book an id of its own.")


def _by_chance(seed: int, identifier: str) -> bytes:
    return hashlib.sha256(f"{seed}:{identifier}".encode("utf-8", "surrogatepass")).digest()
