"""The table of books: what was measured, beside what the corpus's list says of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from litgraph.corpus.folder import Metadata
from litgraph.corpus.tables.columns import BOOKS, COLUMNS
from litgraph.files import written_whole
from litgraph.progress import Tell

BOOKS_FILE = "books.parquet"
_LARGEST = 2**63 - 1


def write_books(folder: Path, measured: Any, metadata: Mapping[str, Metadata], tell: Tell) -> None:
    """Write books.parquet, its rows in the order of the list.

    A column of the list that is called like one of litgraph's is called ``list_NAME``.

    Args:
        folder: of the tables.
        measured: the ``pyarrow.Table`` of all books without what the list says.
        metadata: id -> what the list says, in its order.
        tell: told of columns that are called otherwise.

    Raises:
        ExportError: the file cannot be written.
    """
    import pyarrow
    import pyarrow.parquet

    place = {book: number for number, book in enumerate(metadata)}
    order = sorted(range(measured.num_rows), key=lambda row: place[measured.column("book")[row].as_py()])
    table = measured.take(pyarrow.array(order, pyarrow.int64()))
    books = table.column("book").to_pylist()
    for name, column in _column_names(metadata.values(), tell).items():
        values = [metadata[book].get(name) for book in books]
        table = table.append_column(column, _array(values))
    with written_whole(folder / BOOKS_FILE) as file:
        pyarrow.parquet.write_table(table, file, compression="zstd")


def _column_names(metadata: Iterable[Metadata], tell: Tell) -> dict[str, str]:
    """What each column of the list is called in the table; case makes no difference to SQL."""
    taken = {name.casefold() for name in COLUMNS[BOOKS]}
    names: dict[str, str] = {}
    for name in dict.fromkeys(name for one in metadata for name in one):
        column = next(one for one in _candidates(name) if one.casefold() not in taken)
        taken.add(column.casefold())
        names[name] = column
    if renamed := [column for name, column in names.items() if name != column]:
        tell(f"Columns of the list whose names are litgraph's are called {', '.join(renamed)} in the table of books.")
    return names


def _candidates(name: str) -> Iterator[str]:
    clean = "".join(one for one in _encodable(name) if one.isprintable()).strip() or "unnamed"
    yield clean
    yield f"list_{clean}"
    number = 2
    while True:
        yield f"list_{clean}_{number}"
        number += 1


def _array(values: list[Any]) -> Any:
    """Whole numbers if all are, else numbers if all are, else text; None where the list says nothing."""
    import pyarrow

    given = [value for value in values if value is not None]
    if given and all(isinstance(value, int) and abs(value) <= _LARGEST for value in given):
        return pyarrow.array(values, pyarrow.int64())
    if given and all(isinstance(value, (int, float)) for value in given):
        return pyarrow.array([None if value is None else float(value) for value in values], pyarrow.float64())
    return pyarrow.array([None if value is None else _encodable(str(value)) for value in values], pyarrow.string())


def _encodable(text: str) -> str:
    return text.encode("utf-8", "ignore").decode("utf-8")
