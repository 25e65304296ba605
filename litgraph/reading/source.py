"""From what the user named to the Book: find its bytes, read them in their format, assemble."""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from litgraph.errors import SourceNotFound, UnreadableSource
from litgraph.reading.assemble import assemble
from litgraph.reading.catalogue import cached_book, identifier_in_address, normalise_identifier
from litgraph.reading.files.formats import reader_for
from litgraph.types import Book

LARGEST_FILE = 200_000_000  # bytes; the longest novels have 10 MB, illustrated EPUBs a few dozen
STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """A book's file as it is: the name to call it by (no folder) and its bytes."""

    name: str
    data: bytes = field(repr=False)


def read_book(source: str | os.PathLike[str]) -> Book:
    """Read a book: text without boilerplate, metadata, divisions, and the map back to the source.

    >>> book = read_book("pg11")
    >>> book.title, len(book.chapters), book.chapters[0].title
    ('Alice’s Adventures in Wonderland', 12, 'CHAPTER I. Down the Rabbit-Hole')

    Args:
        source: a file (plain text, HTML, EPUB or TEI-XML, told apart by content), "-" for standard input, or a Project
            Gutenberg number ("pg1342", "1342"), which is looked for on the shelf that ships with litgraph and then in
            the cache. Nothing is ever downloaded here.

    Raises:
        SourceNotFound: no such file, and no such book on the shelf or in the cache.
        UnreadableSource: the source is there but holds no book (empty, binary, damaged, another format, too large).
        UnsafeSource: the source tries something that no book does.
    """
    return parse_book(open_source(source))


def parse_book(source: Source) -> Book:
    """The Book that a source's bytes hold; raises as ``read_book``."""
    reader = reader_for(source.data, source.name)
    return assemble(reader(source.data, source.name), source.name)


def open_source(source: str | os.PathLike[str]) -> Source:
    """Find a source, as ``read_book`` does, and load it without looking inside; raises as ``read_book``."""
    if source == STANDARD_INPUT:
        # Python has no stdin where the caller closed it.
        return _check_content(Source("stdin", sys.stdin.buffer.read(LARGEST_FILE + 1) if sys.stdin else b""))
    path = Path(source).expanduser()
    mode = _mode(path) if source else 0
    if stat.S_ISREG(mode):
        return _file(path)
    if isinstance(source, str) and (identifier := normalise_identifier(source)):
        if identifier in shelf():
            name = f"{identifier}.txt"
            return Source(name, (files("litgraph") / "data" / name).read_bytes())
        if cache_file := cached_book(identifier):
            return _file(cache_file)
        raise SourceNotFound(
            f"{identifier} is neither on the shelf nor in the cache.",
            f"Fetch it from Project Gutenberg with: litgraph fetch {identifier}",
        )
    if stat.S_ISDIR(mode):
        raise UnreadableSource(f"{path} is a folder, not a book.", "Name one file in it.")
    if mode:  # might never end
        raise UnreadableSource(
            f"{path} is a pipe or a device, not a file.", 'Send the book to standard input and name it "-".'
        )
    raise _not_found(str(source))


def shelf() -> tuple[str, ...]:
    """Identifiers of the books that ship with litgraph."""
    names = (entry.name for entry in (files("litgraph") / "data").iterdir())
    return tuple(sorted(name[:-4] for name in names if name.startswith("pg") and name.endswith(".txt")))


def _mode(path: Path) -> int:
    """What kind of file a path leads to, as ``stat`` tells it; 0 if it leads nowhere."""
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a NUL in the name
        return 0
    except OSError as error:
        raise _unreadable(path, error) from None


def _not_found(source: str) -> SourceNotFound:
    if "://" in source:
        number = identifier_in_address(source)
        hint = "Download it, or send it on: curl -sL ADDRESS | litgraph build - -o FOLDER"
        return SourceNotFound(
            f"{source} is an address on the web; litgraph reads files.",
            f"Fetch it from Project Gutenberg with: litgraph fetch {number}" if number else hint,
        )
    return SourceNotFound(
        f"There is no file {source}." if source else "The book's name is empty.",
        "Check the path, or name a Gutenberg book such as pg1342.",
    )


def _unreadable(path: Path, error: OSError) -> UnreadableSource:
    return UnreadableSource(
        f"{path} could not be read: {error.strerror or error}.", "Check the file and your rights to it."
    )


def _file(path: Path) -> Source:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise _too_large(path.name, size)
        return _check_content(Source(path.name, path.read_bytes()))
    except OSError as error:
        raise _unreadable(path, error) from None


def _check_content(source: Source) -> Source:
    if len(source.data) > LARGEST_FILE:
        raise _too_large(source.name, len(source.data))
    if not source.data.strip(b"\xef\xbb\xbf \t\r\n\f\v\0"):
        raise UnreadableSource(f"{source.name} is empty.", "Check that the file was downloaded or copied whole.")
    return source


def _too_large(name: str, size: int) -> UnreadableSource:
    return UnreadableSource(
        f"{name} has {size / 1e6:,.0f} MB or more (the limit is {LARGEST_FILE / 1e6:,.0f} MB).",
        "No book is that large; split it into its volumes.",
    )
