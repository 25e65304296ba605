"""What became of each book of a corpus, a line whenever something does: written by one process, read by any.

A line is appended and handed to the system at once, so that a killed process loses none; one that was being written
then is no line, since its end is missing. The last line of a book counts.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, BinaryIO

from litgraph.errors import CorpusError, ExportError
from litgraph.files import write_jsonl

BEGUN, DONE, FAILED = "begun", "done", "failed"
SESSION = "session"
"""What a line without a book tells: that a build began."""


@dataclass(frozen=True, slots=True)
class BookState:
    """What became of a book.

    Attributes:
        id: the book's; "" for a session.
        what: BEGUN, DONE, FAILED or SESSION.
        time: when, in seconds since 1970.
        key: digest of all that the book's graph depends on, beside the book and a person's corrections.
        stamp: tells whether the book's file, or what a person may correct, was touched since.
        size: of the book's file, in bytes.
        seconds: that its build took.
        words: of the book.
        error: why it failed, a sentence.
        hint: what to do about it.
        notices: what its user should know, a sentence each.
        workers: of a session.
    """

    id: str
    what: str
    time: float
    key: str = ""
    stamp: str = ""
    size: int = 0
    seconds: float = 0.0
    words: int = 0
    error: str = ""
    hint: str = ""
    notices: tuple[str, ...] = ()
    workers: int = 0


def last_states(path: Path) -> dict[str, BookState]:
    """The last state of each book, and under "" of the last session, if there were any.

    Args:
        path: the file; nothing has become of any book if it is not there.

    Raises:
        CorpusError: it cannot be read or is damaged.
    """
    return {state.id: state for state in _lines(path)}


def _lines(path: Path) -> Iterator[BookState]:
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if not line.endswith(b"\n"):
                    return  # was being written when the process died, or is just now
                yield _state(path, number, line)
    except FileNotFoundError:
        return
    except OSError as error:
        raise CorpusError(f"{path} cannot be read: {error.strerror or error}.", _MEND) from error


_NAMES = {field.name for field in fields(BookState)}
_MEND = "Delete it; the next build looks through all books again and does what is missing."


def _state(path: Path, number: int, line: bytes) -> BookState:
    try:
        row: dict[str, Any] = json.loads(line)
        notices = tuple(row.pop("notices", ()))
        return BookState(**{name: value for name, value in row.items() if name in _NAMES}, notices=notices)
    except (ValueError, TypeError, AttributeError) as error:
        raise CorpusError(f"Line {number} of {path} is no state of a book: {error}.", _MEND) from error


class StateWriter:
    """Appends states to the file."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._file, self._path = file, path

    def write(self, state: BookState) -> None:
        """Append a state. Raises ExportError if the disk is full or gone."""
        try:
            self._file.write(_line(state))
            self._file.flush()
        except OSError as error:
            raise ExportError(
                f"{self._path} cannot be written: {error.strerror or error}.",
                "Make room or permission for it, then give the same command again: what was finished is kept.",
            ) from error


@contextmanager
def states_to_write(path: Path, known: Iterable[BookState]) -> Iterator[StateWriter]:
    """Write the file anew with the states that are known, a line a book, and open it for more.

    Raises:
        ExportError: it cannot be written.
    """
    write_jsonl(path, map(_row, known))
    with path.open("ab") as file:
        yield StateWriter(file, path)


def now() -> float:
    """Seconds since 1970, to the millisecond."""
    return round(time.time(), 3)


def _row(state: BookState) -> dict[str, Any]:
    """Without what is empty: 50,000 of them are read at every start."""
    return {name: value for name, value in asdict(state).items() if value or name == "id"}


def _line(state: BookState) -> bytes:
    return json.dumps(_row(state), ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
