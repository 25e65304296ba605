"""The tables of a run as files: CSV for spreadsheets and R, Parquet for programs.

Names are written as they are. Spreadsheet programs take a cell that begins with ``=`` for a formula: import the columns
of a file as text there.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from litgraph.errors import ExportError
from litgraph.export.tables import LIST_SEPARATOR
from litgraph.files import write_bytes

Tables = Mapping[str, Sequence[Mapping[str, Any]]]


def write_csv_tables(tables: Tables, folder: str | os.PathLike[str]) -> list[Path]:
    """Write each table as ``NAME.csv`` into a folder, which is made if it is not there; lists are joined by "; ".

    Returns:
        the files.

    Raises:
        ExportError: a file cannot be written.
    """
    return [_write(_folder(folder) / f"{name}.csv", _csv(rows)) for name, rows in tables.items()]


def write_parquet_tables(tables: Tables, folder: str | os.PathLike[str]) -> list[Path]:
    """Write each table as ``NAME.parquet`` into a folder, which is made if it is not there; lists stay lists.

    Returns:
        the files.

    Raises:
        ExportError: pyarrow is not installed, or a file cannot be written.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ExportError(
            "pyarrow, which writes Parquet, is not installed.",
            'In the folder of litgraph: pip install ".[notebook]"',
        ) from error
    files = []
    for name, rows in tables.items():
        data = io.BytesIO()
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist([_encodable(row) for row in rows]), data)
        files.append(_write(_folder(folder) / f"{name}.parquet", data.getvalue()))
    return files


def _folder(folder: str | os.PathLike[str]) -> Path:
    path = Path(folder)
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise ExportError(f"The folder {path} cannot be made: {error.strerror}.", "Choose another place.") from error
    return path


def _write(path: Path, data: bytes) -> Path:
    write_bytes(path, data)
    return path


def _csv(rows: Sequence[Mapping[str, Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    if rows:
        writer.writerow(rows[0])
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return text.getvalue().encode("utf-8", errors="ignore")


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return LIST_SEPARATOR.join(map(str, value)) if isinstance(value, list) else value


def _encodable(row: Mapping[str, Any]) -> dict[str, Any]:
    """Without half surrogate pairs, which UTF-8 cannot hold."""

    def clean(value: Any) -> Any:
        if isinstance(value, str):
            return value.encode("utf-8", errors="ignore").decode("utf-8")
        return [clean(item) for item in value] if isinstance(value, list) else value

    return {name: clean(value) for name, value in row.items()}
