"""The tables of a corpus on the disk: parts of some books each, which are written whole and put together.

::

    CORPUS/tables/
      books.parquet                     a row for each book, with what the list says of it
      characters/part-000001.parquet    the other tables, in parts of the same books
      facts/…  conversations/…
      measures/part-000001.parquet      the rows of books.parquet, without what the list says
      parts/part-000001.json            which books are in the part, and as which version

A part counts from when its JSON file is there, until that of another part says that it took its place; so a killed
process leaves at most files that count for nothing, which the next one removes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from litgraph.corpus.tables.columns import BOOKS, TABLES, Row, schema
from litgraph.errors import CorpusError, ExportError, RunFolderError
from litgraph.files import remove_leftovers, write_json, written_whole
from litgraph.runs.loading import read_json

FORMAT = 1
"""Of the columns; a part with another one is made anew."""

_ROWS_A_GROUP = 50_000
_FOLDERS = {table: "measures" if table == BOOKS else table for table in TABLES}
_PARTS = "parts"


@dataclass(frozen=True, slots=True)
class Part:
    """Some books in all tables.

    Attributes:
        number: of its files.
        books: id -> what tells this version of the book from others.
        replaces: numbers of the parts that this one was made from.
    """

    number: int
    books: Mapping[str, str]
    replaces: tuple[int, ...] = ()


def tables_folder(corpus: Path) -> Path:
    """Where the tables of a corpus are."""
    return corpus / "tables"


def part_file(folder: Path, table: str, number: int) -> Path:
    """The file of one table that belongs to a part."""
    return folder / _FOLDERS[table] / f"part-{number:06d}.parquet"


def live_parts(folder: Path) -> list[Part]:
    """The parts that count, by number. Raises CorpusError if one cannot be read."""
    parts = _all_parts(folder)
    replaced = {number for part in parts for number in part.replaces}
    return [part for part in parts if part.number not in replaced]


def next_number(folder: Path) -> int:
    """A number that no part has or had."""
    return max((number for part in _all_parts(folder) for number in (part.number, *part.replaces)), default=0) + 1


def make_folders(folder: Path) -> None:
    """Make the folders of the tables, and remove files that count for nothing.

    Raises:
        ExportError: a folder cannot be made.
        CorpusError: a part cannot be read.
    """
    try:
        for name in (*_FOLDERS.values(), _PARTS):
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            f"{folder} cannot be made: {error.strerror or error}.", "Make room or permission for it there."
        ) from error
    live = {part.number for part in live_parts(folder)}
    for table in TABLES:
        for file in (folder / _FOLDERS[table]).glob("part-*.parquet"):
            if _number(file) not in live:
                _remove(file)
        remove_leftovers(folder / _FOLDERS[table])
    for part in _all_parts(folder):
        if part.number not in live:
            _remove(_json_file(folder, part.number))
    remove_leftovers(folder / _PARTS)
    remove_leftovers(folder)


def write_part(folder: Path, number: int, books: Mapping[str, str], rows: Iterable[Mapping[str, list[Row]]]) -> Part:
    """Write the rows of some books as a part.

    Args:
        folder: of the tables.
        number: of the part.
        books: id -> version.
        rows: for each book its rows by table.

    Raises:
        ExportError: a file cannot be written.
    """
    import pyarrow

    schemas = {table: schema(table) for table in TABLES}
    waiting: dict[str, list[Row]] = {table: [] for table in TABLES}
    with _writers(folder, number) as writers:
        for of_book in rows:
            for table in TABLES:
                waiting[table] += of_book[table]
                if len(waiting[table]) >= _ROWS_A_GROUP:
                    writers[table].write_table(pyarrow.Table.from_pylist(waiting[table], schemas[table]))
                    waiting[table] = []
        for table in TABLES:
            writers[table].write_table(pyarrow.Table.from_pylist(waiting[table], schemas[table]))
    return _committed(folder, Part(number, dict(books)))


def put_together(folder: Path, number: int, parts: Sequence[Part], keep: Collection[str]) -> Part:
    """Make one part of several, and drop the books that are not to be kept. The old ones count no longer.

    Raises:
        ExportError: a file cannot be written.
        CorpusError: a file of a part is damaged.
    """
    import pyarrow

    with _writers(folder, number) as writers:
        for table in TABLES:
            waiting: list[Any] = []
            for batch in _batches(folder, table, parts, keep):
                waiting.append(batch)
                if sum(one.num_rows for one in waiting) >= _ROWS_A_GROUP:
                    writers[table].write_table(pyarrow.Table.from_batches(waiting).combine_chunks())
                    waiting = []
            writers[table].write_table(pyarrow.Table.from_batches(waiting, schema(table)).combine_chunks())
    books = {book: version for part in parts for book, version in part.books.items() if book in keep}
    # What those replaced may still be there, where it could not be removed, and must not count again without them.
    left = {number for part in parts for number in part.replaces if _json_file(folder, number).exists()}
    made = _committed(folder, Part(number, books, tuple(sorted(left | {part.number for part in parts}))))
    for part in parts:
        _remove_part(folder, part.number)
    return made


def _batches(folder: Path, table: str, parts: Sequence[Part], keep: Collection[str]) -> Iterator[Any]:
    """The rows of a table in some parts, batch by batch, those of kept books alone."""
    import pyarrow
    import pyarrow.compute
    import pyarrow.parquet

    for part in parts:
        drop = pyarrow.array(sorted(set(part.books) - set(keep)), pyarrow.string())
        path = part_file(folder, table, part.number)
        try:
            with pyarrow.parquet.ParquetFile(path) as file:
                for batch in file.iter_batches(batch_size=_ROWS_A_GROUP):
                    dropped = pyarrow.compute.is_in(batch.column("book"), value_set=drop)
                    yield batch.filter(pyarrow.compute.invert(dropped)) if len(drop) else batch
        except (pyarrow.ArrowException, OSError, KeyError) as error:
            raise damaged(path, error) from error


def measured_books(folder: Path, parts: Sequence[Part]) -> Any:
    """The ``pyarrow.Table`` of all books in some parts, without what the list says. Raises CorpusError if damaged."""
    import pyarrow

    keep = [book for part in parts for book in part.books]
    return pyarrow.Table.from_batches(list(_batches(folder, BOOKS, parts, keep)), schema(BOOKS))


def damaged(path: Path, error: Exception) -> CorpusError:
    """The error for a file of the tables that cannot be read."""
    return CorpusError(
        f"{path} is missing or damaged: {str(error).splitlines()[0]}.",
        "Delete the folder of the tables, and make them anew with: litgraph corpus tables CORPUS",
    )


@contextmanager
def _writers(folder: Path, number: int) -> Iterator[dict[str, Any]]:
    """A ``ParquetWriter`` for each table; the files appear together when the block is left without an error."""
    import pyarrow.parquet

    with ExitStack() as files:
        opened = {table: files.enter_context(written_whole(part_file(folder, table, number))) for table in TABLES}
        with ExitStack() as writers:
            yield {
                table: writers.enter_context(pyarrow.parquet.ParquetWriter(file, schema(table), compression="zstd"))
                for table, file in opened.items()
            }


def _committed(folder: Path, part: Part) -> Part:
    content = {"format": FORMAT, "books": dict(part.books), "replaces": list(part.replaces)}
    write_json(_json_file(folder, part.number), content)
    return part


def _json_file(folder: Path, number: int) -> Path:
    return folder / _PARTS / f"part-{number:06d}.json"


def _all_parts(folder: Path) -> list[Part]:
    return [_part(file) for file in sorted((folder / _PARTS).glob("part-*.json"))]


def _part(file: Path) -> Part:
    try:
        content = read_json(file)
        stale = content["format"] != FORMAT  # then its books are of no version that is looked for
        books = {str(book): "" if stale else str(version) for book, version in content["books"].items()}
        return Part(_number(file), books, tuple(map(int, content["replaces"])))
    except (RunFolderError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise damaged(file, error) from error


def _number(file: Path) -> int:
    digits = file.stem.removeprefix("part-")
    return int(digits) if digits.isdecimal() else -1


def _remove_part(folder: Path, number: int) -> None:
    """Files of a part that counts no longer; its JSON last, so that others know whose the rest is."""
    for table in TABLES:
        _remove(part_file(folder, table, number))
    _remove(_json_file(folder, number))


def _remove(file: Path) -> None:
    with suppress(OSError):  # somebody reads it on Windows: the next update removes it
        file.unlink(missing_ok=True)
