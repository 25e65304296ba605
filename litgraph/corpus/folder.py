"""The folder of a corpus: a list of its books, what became of each, and a run folder for each.

::

    CORPUS/
      list.jsonl              a line for each book: its id, its source, what else is known of it
      states.jsonl            a line whenever something becomes of a book (:mod:`litgraph.corpus.states`)
      books/1f/pg1342/        the book's run folder, as `litgraph build` makes it

A folder of 50,000 others is slow on many disks, so run folders lie in 256 folders by a digest of the book's id.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

from litgraph.corpus.states import DONE, last_states
from litgraph.errors import CorpusError
from litgraph.files import numbered_jsonl, remove_leftovers, write_jsonl

LIST, STATES, BOOKS, LOCK = "list.jsonl", "states.jsonl", "books", ".litgraph.lock"

Metadata = Mapping[str, str | int | float]
"""What a list says of a book: its other columns, without those that are empty."""

_LONGEST_NAME = 80  # characters of a run folder's name; Windows allows 260 in a whole path
_UNSAFE = re.compile(r"[^a-z0-9._-]")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9]|lpt[0-9])(?:\..*)?")  # devices of Windows
_PATIENCE = 2.0  # seconds to wait for one who only looks whether somebody is at work


@dataclass(frozen=True, slots=True)
class ListedBook:
    """A book of a corpus.

    Attributes:
        id: tells it from all others of the corpus.
        source: what `litgraph build` takes: the whole path of a file, or a Gutenberg number such as "pg1342".
        metadata: what its list says of it.
    """

    id: str
    source: str
    metadata: Metadata


class FinishedBook(NamedTuple):
    """A book whose graph is made.

    Attributes:
        id: as in the list.
        run: its run folder.
        metadata: as in the list.
        finished: when it was done, in seconds since 1970; another number whenever it was built again.
    """

    id: str
    run: Path
    metadata: Metadata
    finished: float


def finished_books(corpus: Path) -> Iterator[FinishedBook]:
    """The books of a corpus whose graphs are made, in the order of the list.

    Args:
        corpus: its folder.

    Raises:
        CorpusError: it is no corpus, or its list is damaged.
    """
    books = listed_books(corpus)
    states = last_states(corpus / STATES)
    for book in books:
        state = states.get(book.id)
        if state is not None and state.what == DONE:
            yield FinishedBook(book.id, run_folder_of(corpus, book.id), book.metadata, state.time)


def listed_books(corpus: Path) -> list[ListedBook]:
    """All books of a corpus, in the order of its list. Raises CorpusError if it is no corpus or its list is damaged."""
    path = corpus / LIST
    if not path.is_file():
        raise CorpusError(
            f"{corpus} is no corpus: it has no {LIST}.", "Make one with: litgraph corpus build LIST -o CORPUS"
        )
    books = []
    for number, row in numbered_jsonl(path):
        try:
            books.append(ListedBook(str(row["id"]), str(row["source"]), dict(row["metadata"])))
        except (KeyError, TypeError, ValueError) as error:
            raise CorpusError(
                f"Line {number} of {path} is no book of a list: {error!r}.",
                "Mend the line, or delete the file and give the same `litgraph corpus build` command again.",
            ) from error
    return books


def write_list(corpus: Path, books: Iterable[ListedBook]) -> None:
    """Write the list of a corpus, whole or not at all. Raises ExportError if it cannot be written."""
    write_jsonl(corpus / LIST, map(asdict, books))


def run_folder_of(corpus: Path, identifier: str) -> Path:
    """Where the run folder of a book lies, whether it is there or not."""
    return corpus / BOOKS / hashlib.sha256(_bytes(identifier)).hexdigest()[:2] / safe_name(identifier)


def safe_name(identifier: str) -> str:
    """A name for a folder that every system takes as it is, other for every other id.

    >>> safe_name("pg1342"), safe_name("../Émile"), safe_name("con")
    ('pg1342', 'emile-ecbca42a', 'bookcon-1143da2b')
    """
    plain = unicodedata.normalize("NFKD", identifier).encode("ascii", "ignore").decode().lower()
    name = _UNSAFE.sub("-", plain)[:_LONGEST_NAME].strip("-. ")
    if not name or _RESERVED.fullmatch(name):
        name = f"book{name}"
    if name == identifier:
        return name
    # Two ids may be made alike here, and "Emma" and "emma" are one folder on Windows and macOS.
    return f"{name}-{hashlib.sha256(_bytes(identifier)).hexdigest()[:8]}"


@contextmanager
def alone_in(corpus: Path) -> Iterator[None]:
    """Keep other builds out of a corpus, which is made if it is not there.

    Raises:
        CorpusError: another build is at work in it, it holds something else, or it cannot be used.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(corpus / LOCK)
    try:
        entries = [entry.name for entry in corpus.iterdir()] if corpus.exists() else []
        others = sorted(name for name in entries if not name.startswith("."))
        if others and LIST not in others:
            raise CorpusError(
                f"{corpus} is no corpus, but holds other files ({others[0]} …).", "Choose a new folder with -o."
            )
        corpus.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=_PATIENCE)
    except Timeout:
        raise CorpusError(
            f"Another litgraph is building {corpus}, so nothing was changed.",
            "`litgraph corpus status` tells how far it is.",
        ) from None
    except OSError as error:
        raise CorpusError(
            f"{corpus} cannot be used for a corpus: {error.strerror or error}.", "Choose another folder with -o."
        ) from error
    try:
        remove_leftovers(corpus)
        yield
    finally:
        lock.release()


def is_being_built(corpus: Path) -> bool:
    """Whether a build is at work in a corpus, as far as this machine can tell."""
    from filelock import FileLock, Timeout

    if not (corpus / LOCK).exists():
        return False
    try:
        with FileLock(corpus / LOCK, timeout=0):
            return False
    except Timeout:
        return True
    except OSError:  # somebody else's corpus, which may be read only
        return False


def _bytes(identifier: str) -> bytes:
    return identifier.encode("utf-8", "surrogatepass")
