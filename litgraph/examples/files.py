"""Reading and writing labelled examples: JSON lines, Parquet, and data sets of the Hugging Face hub by name.

A *source* is a file, a folder with one file a split (``train_0.jsonl``, ``data/test_0-00000-of-00002.parquet``), or the
name of a data set on the hub (``hub:Despina/re_littune``), which is the only thing that uses the network.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from litgraph.errors import DatasetError
from litgraph.examples.record import COLUMNS, Record, record_from_row
from litgraph.files import write_jsonl, written_whole
from litgraph.progress import Progress, silent

HUB = "hub:"
LONGEST_LINE = 1 << 20
"""Characters of a row; the longest known text of the paper's data has 6,260."""

_ENDINGS = (".jsonl", ".parquet")
_BATCH = 1024  # rows of a Parquet file held at once


def read_records(source: str, split: str = "", *, progress: Progress = silent) -> list[Record]:
    """All records of a source.

    Args:
        source: a file, a folder, or "hub:OWNER/NAME".
        split: such as "train_0", "eval_0" or "test_0"; needed for a folder and for the hub.
        progress: told of every row.

    Raises:
        DatasetError: the source or the split is not there, or a row is not in the format.
    """
    records = []
    for path in files_of(source, split):
        rows = progress(enumerate(read_rows(path), start=1), f"reading {path.name}")
        for number, row in rows:
            try:
                records.append(record_from_row(row, dataset=Path(source).stem))
            except DatasetError as error:
                raise DatasetError(
                    f"{path}, row {number}: {error.what}.",
                    f"Each row needs the columns {', '.join(COLUMNS)}; `litgraph train examples` makes such files.",
                ) from error
    if not records:
        raise DatasetError(f"{source} holds no examples.", "Name another file or split.")
    return records


def write_records(path: Path, records: Iterable[Record]) -> int:
    """Write records to a .jsonl or .parquet file, whole or not at all; gives how many.

    Raises:
        DatasetError: the file's ending is neither, or the package for Parquet is not installed.
        ExportError: the file cannot be written.
    """
    rows = [record.to_row() for record in records]
    if path.suffix == ".jsonl":
        write_jsonl(path, rows)
    elif path.suffix == ".parquet":
        arrow, parquet = _pyarrow()
        with written_whole(path) as file:
            parquet.write_table(arrow.Table.from_pylist([dict.fromkeys(_columns(rows)) | row for row in rows]), file)
    else:
        raise DatasetError(f"{path} is neither .jsonl nor .parquet.", "Choose one of the two endings.")
    return len(rows)


def files_of(source: str, split: str = "") -> list[Path]:
    """The files of a source and split, in the order of their names. Fetches those of a hub data set.

    Raises:
        DatasetError: there are none.
    """
    if source.startswith(HUB):
        return _from_hub(source.removeprefix(HUB), split)
    path = Path(source)
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise DatasetError(
            f"{source} is neither a file nor a folder.",
            f"A data set of the Hugging Face hub is written {HUB}OWNER/NAME.",
        )
    names = sorted(str(file.relative_to(path)) for file in path.rglob("*") if file.suffix in _ENDINGS)
    return [path / name for name in _of_split(names, split, source)]


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a .jsonl or .parquet file, by column.

    Raises:
        DatasetError: it cannot be read as what its ending says.
    """
    if path.suffix == ".parquet":
        yield from _parquet_rows(path)
    elif path.suffix == ".jsonl":
        yield from _json_rows(path)
    else:
        raise DatasetError(f"{path} is neither .jsonl nor .parquet.", "Convert it with `litgraph train examples`.")


def _json_rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            number = 0
            while line := file.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    raise DatasetError(
                        f"{path}, line {number}: longer than {LONGEST_LINE:,} characters.", "Shorten it."
                    )
                if line.strip():
                    yield _object(path, number, line)
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path} cannot be read: {error}.", "Check the file.") from error


def _object(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise DatasetError(f"{path}, line {number}: not JSON ({error}).", "Mend that line.") from error
    if not isinstance(row, dict):
        raise DatasetError(f"{path}, line {number}: not a JSON object.", "Mend that line.")
    return row


def _parquet_rows(path: Path) -> Iterator[dict[str, Any]]:
    arrow, parquet = _pyarrow()
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_BATCH):
                yield from batch.to_pylist()
    except (OSError, arrow.ArrowException) as error:
        raise DatasetError(f"{path} cannot be read as Parquet: {error}.", "Get the file again.") from error


def _pyarrow() -> tuple[Any, Any]:
    """Apache Arrow, which is 40 MB and needed for this alone. Raises DatasetError if it is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise DatasetError(
            "Parquet files need the package pyarrow.", "Install litgraph with [train], or use a .jsonl file."
        ) from error
    return pyarrow, pyarrow.parquet


def _columns(rows: Iterable[Mapping[str, object]]) -> list[str]:
    return list(dict.fromkeys(column for row in rows for column in row))


def _of_split(names: list[str], split: str, source: str) -> list[str]:
    """Those of the files that hold the split: ``test_0.jsonl``, ``test_0-00000-of-00002.parquet``, in any folder."""
    by_split: dict[str, list[str]] = {}
    for name in names:
        by_split.setdefault(re.sub(r"-\d+-of-\d+\Z", "", Path(name).stem), []).append(name)
    if split in by_split:
        return by_split[split]
    there = ", ".join(sorted(by_split)) or "none"
    said = f"no split {split!r}" if split else "several splits"
    raise DatasetError(f"{source} has {said}; there are: {there}.", "Name one with --split.")


def _from_hub(name: str, split: str) -> list[Path]:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    if not split:
        raise DatasetError(f"Which part of {name}?", "Name a split, such as --split test_0.")
    wanted = [f"{folder}{split}{part}{ending}" for folder in ("", "*/") for part in ("", "-*") for ending in _ENDINGS]
    try:
        folder = Path(snapshot_download(name, repo_type="dataset", allow_patterns=wanted))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as error:
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise DatasetError(
            f"The data set {name} could not be fetched from the Hugging Face hub: {lines[0]}",
            "Check its name and the network, or download its files and name their folder.",
        ) from error
    names = sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.suffix in _ENDINGS)
    return [folder / name for name in _of_split(names, split, name)]
