"""Project Gutenberg's catalogue, book by book: the table ``pg_catalog.csv``, plain or gzipped, or the RDF files.

Both are offered for machines at https://www.gutenberg.org/ebooks/offline_catalogs.html. The table is read as it comes;
nothing of it is held that is not asked for.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from litgraph.corpus.selection.rdf import entries_of_archive, entries_of_rdf
from litgraph.corpus.selection.types import CatalogueEntry, Creator
from litgraph.errors import SourceNotFound, UnreadableSource

_COLUMNS = ("Text#", "Type", "Issued", "Title", "Language", "Authors", "Subjects", "Bookshelves")
_LONGEST_FIELD = 1_000_000  # characters; the longest of the catalogue of 2024 has 8,000
_HINT = "Give pg_catalog.csv, or the RDF files, from https://www.gutenberg.org/ebooks/offline_catalogs.html"
_ROLE = re.compile(r"\s*\[([^\]]*)\]\Z")
_YEAR = r"(\d{1,4})\??(?: (BCE))?"
_LIFE = re.compile(rf",\s*(?:(?:active|approximately|fl\.|ca?\.)?\s*{_YEAR})?\s*(?:-\s*(?:{_YEAR})?)?\s*\Z")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the table with its number, for messages."""

    number: int
    values: dict[str, str]


def read_catalogue(path: Path) -> Iterator[CatalogueEntry]:
    """The books of a catalogue, in its order.

    Args:
        path: ``pg_catalog.csv`` or ``pg_catalog.csv.gz``; an RDF file; a folder with such files, at any depth; or the
            archive of all of them, ``rdf-files.tar.bz2``.

    Raises:
        SourceNotFound: there is no such file or folder, or no RDF file in the folder.
        UnreadableSource: it is no catalogue, or a line or file of it cannot be read.
    """
    if path.is_dir():
        files = sorted(path.rglob("*.rdf"))
        if not files:
            raise SourceNotFound(f"There is no RDF file in {path}.", _HINT)
        for file in files:
            yield from entries_of_rdf(_bytes_of(file), str(file))
    elif not path.is_file():
        raise SourceNotFound(f"There is no catalogue {path}.", _HINT)
    elif path.suffix.lower() == ".rdf":
        yield from entries_of_rdf(_bytes_of(path), str(path))
    elif ".tar" in path.suffixes:
        yield from entries_of_archive(path)
    else:
        yield from _entries_of_table(path)


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UnreadableSource(f"{file} cannot be read: {error.strerror or error}.", _HINT) from error


def _entries_of_table(path: Path) -> Iterator[CatalogueEntry]:
    number = 0
    for row in _rows(path):
        number += 1
        yield _entry(row, path)
    if not number:
        raise UnreadableSource(f"{path} lists no books.", _HINT)


def _rows(path: Path) -> Iterator[_Row]:
    before = csv.field_size_limit(_LONGEST_FIELD)
    try:
        with _opened(path) as file:
            reader = csv.DictReader(file, restval="")
            missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise UnreadableSource(
                    f"{path} is not Project Gutenberg's catalogue: it has no column {', '.join(missing)}.", _HINT
                )
            for values in reader:
                yield _Row(reader.line_num, values)
    except UnicodeDecodeError as error:
        raise UnreadableSource(f"{path} is no UTF-8 text: {error}.", _HINT) from error
    except (csv.Error, EOFError, zlib.error) as error:
        raise UnreadableSource(f"{path} is damaged: {error}.", _HINT) from error
    except OSError as error:
        raise UnreadableSource(f"{path} cannot be read: {error.strerror or error}.", _HINT) from error
    finally:
        csv.field_size_limit(before)


def _opened(path: Path) -> TextIO:
    if path.suffix.lower() == ".gz":
        return io.TextIOWrapper(gzip.GzipFile(path), encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _entry(row: _Row, path: Path) -> CatalogueEntry:
    values = row.values
    if not values["Text#"].strip().isdecimal():
        raise UnreadableSource(f"{path}, line {row.number}: {values['Text#']!r} is no number of a book.", _HINT)
    return CatalogueEntry(
        number=int(values["Text#"]),
        type=values["Type"].strip(),
        issued=values["Issued"].strip(),
        title=values["Title"].strip(),
        languages=_parts(values["Language"]),
        creators=tuple(creator_from_text(part) for part in _parts(values["Authors"])),
        subjects=_parts(values["Subjects"]),
        bookshelves=_parts(values["Bookshelves"]),
    )


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in (part.strip() for part in cell.split("; ")) if part)


def creator_from_text(text: str) -> Creator:
    """Somebody as the table writes it.

    >>> creator_from_text("Leech, John, 1817-1864 [Illustrator]")
    Creator(name='Leech, John', born=1817, died=1864, role='Illustrator')
    """
    role = _ROLE.search(text)
    name = text[: role.start()] if role else text
    life = _LIFE.search(name)
    born = died = None
    if life and any(life.groups()):
        name = name[: life.start()]
        born, died = _year(life[1], life[2]), _year(life[3], life[4])
    return Creator(name.strip(), born, died, role[1] if role else "")


def _year(digits: str | None, before_christ: str | None) -> int | None:
    return None if digits is None else -int(digits) if before_christ else int(digits)
