"""Files that are written whole or not at all.

A file appears under its name only when its last byte is on the disk; until then the old file, if there is one, stays
as it was. A process killed in between leaves at most one ``.litgraph-*.part`` beside the target, which nothing reads.
"""

from __future__ import annotations

import io
import json
import os
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from litgraph.errors import ExportError, RunFolderError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

# On Windows a virus scanner or an indexer may hold the old file open for a moment: 0.01 s, 0.02 s … 1.3 s in all.
_REPLACE_PAUSES = tuple(0.01 * 2**attempt for attempt in range(7))
_IN_ONE_LINE = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
_INDENTED = json.JSONEncoder(ensure_ascii=False, allow_nan=False, indent=2)


@contextmanager
def written_whole(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Give a binary file to write to; on leaving the block without an error it takes the place of ``path``.

    An error inside the block passes through; then ``path`` is as it was before and the temporary file is gone.

    Raises:
        ExportError: the file cannot be written: no such folder, no permission, a full disk, a folder of that name.
    """
    target = Path(os.path.realpath(path))  # a link stays a link: the file that it points to is replaced
    temporary = target.with_name(f".litgraph-{secrets.token_hex(8)}.part")
    try:
        raw = _File(temporary, "xb")
    except OSError as error:
        raise _not_written(path, error) from error
    try:
        with io.BufferedWriter(raw) as file:
            yield file
            file.flush()
            with _on_disk():
                os.fsync(file.fileno())
        with _on_disk():
            _replace(temporary, target)
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        if isinstance(error, _WriteError):
            raise _not_written(path, error.cause) from error.cause
        raise


def write_bytes(path: str | os.PathLike[str], data: bytes) -> None:
    """Write ``data`` to ``path``, whole or not at all. Raises ExportError if it cannot be written."""
    with written_whole(path) as file:
        file.write(data)


def move(source: Path, target: Path) -> None:
    """Let a file take the place of another. Raises ExportError if it cannot."""
    try:
        _replace(source, target)
    except OSError as error:
        raise _not_written(target, error) from error


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Write ``text`` to ``path`` in UTF-8, line ends as they are, whole or not at all.

    Raises:
        ExportError: the file cannot be written, or the text holds half a surrogate pair, which UTF-8 cannot express.
    """
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ExportError(
            f"{path} was not written: character {error.start} of the text is half a surrogate pair.",
            "Decode the source of the text with its right encoding.",
        ) from error
    write_bytes(path, data)


def write_json(path: str | os.PathLike[str], value: object) -> None:
    """Write a value as indented JSON: UTF-8, keys in the order they stand, one newline at the end.

    Raises:
        ExportError: the file cannot be written, or the value holds what JSON cannot: a set, a NaN, an object.
    """
    write_bytes(path, _json_bytes(path, value, _INDENTED) + b"\n")


def write_jsonl(path: str | os.PathLike[str], rows: Iterable[Mapping[str, object]]) -> None:
    """Write one JSON object a line, taking the rows as they come. Raises ExportError as `write_json` does."""
    with written_whole(path) as file:
        for row in rows:
            file.write(_json_bytes(path, row, _IN_ONE_LINE) + b"\n")


def numbered_jsonl(path: str | os.PathLike[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Read what `write_jsonl` wrote, row by row, each with the number of its line, from 1; empty lines are skipped.

    Raises:
        RunFolderError: there is no such file, or one of its lines is not a JSON object.
    """
    try:
        with Path(path).open(encoding="utf-8", newline="\n") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, _json_object(path, number, line)
    except OSError as error:
        raise RunFolderError(f"{path} cannot be read: {error.strerror or error}.", _REBUILD) from error
    except UnicodeDecodeError as error:
        raise RunFolderError(f"{path} is not UTF-8 text.", _REBUILD) from error


_REBUILD = "Mend it, or delete the file to have it made anew by the next build."


def remove_leftovers(folder: Path) -> None:
    """Remove what killed processes left half-written in a folder that no other process is writing to."""
    for path in folder.glob(".litgraph-*.part"):
        with suppress(OSError):
            path.unlink()


class _WriteError(Exception):
    """The disk refused a write; kept apart from an OSError that the caller's own code raises inside the block."""

    def __init__(self, cause: OSError) -> None:
        super().__init__(cause)
        self.cause = cause


class _File(io.FileIO):
    def write(self, data: ReadableBuffer, /) -> int:
        with _on_disk():
            return super().write(data)


@contextmanager
def _on_disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _WriteError(error) from error


def _replace(temporary: Path, target: Path) -> None:
    for pause in _REPLACE_PAUSES:
        try:
            temporary.replace(target)
            return
        except PermissionError:
            time.sleep(pause)
    temporary.replace(target)


def _json_object(path: str | os.PathLike[str], number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise RunFolderError(f"Line {number} of {path} is not JSON: {error}.", _REBUILD) from error
    if not isinstance(row, dict):
        raise RunFolderError(f"Line {number} of {path} is not a JSON object.", _REBUILD)
    return row


def _not_written(path: str | os.PathLike[str], error: OSError) -> ExportError:
    folder = Path(path).parent
    if not folder.is_dir():
        return ExportError(f"{path} was not written: there is no folder {folder}.", "Make the folder first.")
    return ExportError(
        f"{path} was not written: {error.strerror or error}.",
        "Choose another place, or make room or permission for it there.",
    )


def _json_bytes(path: str | os.PathLike[str], value: object, encoder: json.JSONEncoder) -> bytes:
    try:
        text = encoder.encode(value)
    except (TypeError, ValueError, RecursionError) as error:
        raise ExportError(
            f"{path} was not written: {error}.",
            "JSON holds text, finite numbers, true, false, null, lists and objects.",
        ) from error
    # Only half a surrogate pair cannot be encoded; Python's escape for it, \udc80, is JSON's as well.
    return text.encode("utf-8", errors="backslashreplace")
