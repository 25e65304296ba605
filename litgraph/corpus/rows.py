"""The rows of a list of books: from a folder, a pattern of names, a text file of paths, or a table."""

from __future__ import annotations

import csv
import glob
import io
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from litgraph.corpus.folder import Metadata
from litgraph.errors import CorpusError
from litgraph.progress import Tell
from litgraph.reading.catalogue import normalise_identifier
from litgraph.reading.source import LARGEST_FILE

_BOOKS = frozenset(".txt .text .htm .html .xhtml .epub .xml .tei".split())
_NOT_BOOKS = frozenset({"report.json", "list.jsonl"})  # mark a run folder, and a corpus
_PATTERN = re.compile(r"[*?\[]")
_PATHS = ("source", "path", "file", "filename")
_NUMBERS = ("gutenberg", "gutenberg_id", "text#", "pg")  # the second but last: pg_catalog.csv of Project Gutenberg
_ID = "id"
_LOOKED_AT = 20  # lines of a text file, of which one at least should name a book
_WHOLE, _FRACTION = re.compile(r"-?(?:0|[1-9]\d{0,17})", re.ASCII), re.compile(r"-?\d{1,17}\.\d+", re.ASCII)


class Row(NamedTuple):
    """What a list says of one book.

    Attributes:
        place: where, such as "line 3".
        source: a path or a Gutenberg number, as it stands there.
        id: "" if the list gives none.
        metadata: all other columns that are not empty.
    """

    place: str
    source: str
    id: str
    metadata: Metadata


class Rows(NamedTuple):
    """A list that was read.

    Attributes:
        folder: paths in it that are not whole are meant from here.
        rows: its books.
        columns: names of what it says of them.
    """

    folder: Path
    rows: list[Row]
    columns: tuple[str, ...] = ()


def read_rows(named: str, *, column: str = "", tell: Tell) -> Rows:
    """The rows of a list.

    Args:
        named: a folder, a pattern such as ``books/**/*.epub``, a text file with a path or a Gutenberg number a line,
            or a table (.csv, .tsv, .parquet).
        column: of a table, which names the books; by default one of those that are known.
        tell: is told of folders that cannot be read.

    Raises:
        CorpusError: it is not there, cannot be read, or is no list.
    """
    path = Path(named).expanduser()
    try:
        if path.is_dir():
            return Rows(path.resolve(), list(_in_folder(path, tell)))
        if not path.exists():
            if _PATTERN.search(named):
                return Rows(Path.cwd(), list(_by_pattern(str(path))))
            raise CorpusError(f"There is no list {named}.", "Name a folder, a pattern in quotation marks, or a file.")
        if path.suffix.lower() == ".parquet":
            return Rows(path.resolve().parent, *_table(named, *_parquet(path), column))
        if path.stat().st_size > LARGEST_FILE:
            raise CorpusError(f"{named} is too large for a list.", "To build one book: litgraph build BOOK")
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix.lower() in (".csv", ".tsv"):
            return Rows(path.resolve().parent, *_table(named, *_csv(path, text), column))
    except OSError as error:
        raise CorpusError(
            f"{named} cannot be read: {error.strerror or error}.", "Check its path and your rights to it."
        ) from error
    except UnicodeDecodeError as error:
        raise CorpusError(
            f"{named} is no list: byte {error.start} is not UTF-8 text.",
            "Save it as UTF-8. To build one book: litgraph build BOOK",
        ) from error
    return Rows(path.resolve().parent, _lines(named, path.resolve().parent, text))


def _in_folder(folder: Path, tell: Tell) -> Iterator[Row]:
    def unreadable(error: OSError) -> None:
        if error.filename == str(folder):
            raise error
        tell(f"{error.filename} could not be read ({error.strerror}) and was left out.")

    others = 0
    for here, folders, files in os.walk(folder, onerror=unreadable):
        if here != str(folder) and not _NOT_BOOKS.isdisjoint(files):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            if Path(name).suffix.lower() in _BOOKS:
                yield Row(name, str(Path(here, name).absolute()), "", {})
            else:
                others += 1
    if others:
        tell(f"{others:,} of the files in {folder} are no texts, by their endings, and were left out.")


def _by_pattern(pattern: str) -> Iterator[Row]:
    for name in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207 (Path.glob takes no whole path)
        if Path(name).is_file():
            yield Row(name, str(Path(name).absolute()), "", {})


def _lines(named: str, folder: Path, text: str) -> list[Row]:
    rows = [
        Row(f"line {number}", line.strip(), "", {})
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip() and not line.startswith("#")
    ]
    first = [row.source for row in rows[:_LOOKED_AT]]
    if rows and not any(normalise_identifier(source) or _is_file(folder / source) for source in first):
        raise CorpusError(
            f"{named} is no list: none of its first {len(first)} lines is the path of a file or a Gutenberg number.",
            "Paths that are not whole are meant from the folder of the list. To build one book: litgraph build BOOK",
        )
    return rows


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # no path at all, but a line of prose
        return False


def _csv(path: Path, text: str) -> tuple[list[str], Iterable[Sequence[Any]]]:
    csv.field_size_limit(1_000_000)  # characters; a catalogue's longest cells have some thousands
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if path.suffix.lower() == ".tsv" else ",")

    def rows() -> Iterator[Sequence[str]]:
        try:
            yield from reader
        except csv.Error as error:
            raise CorpusError(f"{path}, line {reader.line_num}: {error}.", "Mend that line.") from error

    cells = rows()
    return list(next(cells, [])), cells


def _parquet(path: Path) -> tuple[list[str], Iterable[Sequence[Any]]]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise CorpusError(
            f"{path} is a Parquet file, which needs pyarrow.", 'In the folder of litgraph: pip install ".[corpus]"'
        ) from error
    try:
        table = parquet.read_table(path)
    except (pyarrow.ArrowException, ValueError) as error:
        raise CorpusError(f"{path} is no Parquet file: {error}.", "Make it anew.") from error
    return list(table.column_names), zip(*(column.to_pylist() for column in table.columns), strict=True)


def _table(
    named: str, header: list[str], cells: Iterable[Sequence[Any]], column: str
) -> tuple[list[Row], tuple[str, ...]]:
    names = [name.strip() for name in header]
    known = {name.casefold(): name for name in names}
    books = next((known[name] for name in (column.casefold(), *_PATHS, *_NUMBERS) if name and name in known), "")
    if column and books.casefold() != column.casefold():
        raise CorpusError(f"{named} has no column {column!r}.", f"Its columns: {', '.join(names)}.")
    if not books and _ID in known:
        books = known[_ID]  # of Gutenberg's numbers
    if not books:
        raise CorpusError(
            f"No column of {named} is called {', '.join((*_PATHS, *_NUMBERS[:-1]))} or {_NUMBERS[-1]}.",
            f"Name the one with paths or Gutenberg numbers by --column. Its columns: {', '.join(names)}.",
        )
    others = [name for name in names if name not in ("", books, known.get(_ID))]
    rows = [
        {name: _plain(cell) for name, cell in zip(names, row, strict=False)} for row in cells if any(map(_plain, row))
    ]
    typed = {name: _kind([row[name] for row in rows if row.get(name)]) for name in others}
    return [
        Row(
            f"row {number}",
            row.get(books, ""),
            row.get(known.get(_ID, ""), ""),
            {name: typed[name](row[name]) for name in others if row.get(name)},
        )
        for number, row in enumerate(rows, start=1)
    ], tuple(others)


def _plain(cell: Any) -> str:
    """A cell as text: the same from CSV and Parquet."""
    return "" if cell is None or cell != cell else str(cell).strip()


def _kind(cells: Sequence[str]) -> type[int] | type[float] | type[str]:
    """What all the cells of a column are; "007" is text."""
    if all(map(_WHOLE.fullmatch, cells)):
        return int
    return float if all(_WHOLE.fullmatch(cell) or _FRACTION.fullmatch(cell) for cell in cells) else str
