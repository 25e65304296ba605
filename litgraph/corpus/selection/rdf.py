"""The RDF files of Project Gutenberg's catalogue, one for each book."""

from __future__ import annotations

import lzma
import re
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from litgraph.corpus.selection.types import CatalogueEntry, Creator
from litgraph.errors import UnreadableSource, UnsafeSource

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "terms": "http://purl.org/dc/terms/",
    "memberships": "http://purl.org/dc/dcam/",
    "pg": "http://www.gutenberg.org/2009/pgterms/",
    "roles": "http://id.loc.gov/vocabulary/relators/",
}
_RDF = f"{{{_SPACES['rdf']}}}"
_ROLES = {
    "edt": "Editor", "trl": "Translator", "ill": "Illustrator", "ctb": "Contributor", "com": "Compiler",
    "aui": "Author of introduction, etc.", "cmm": "Commentator", "ann": "Annotator", "adp": "Adapter",
    "pbl": "Publisher",
}  # fmt: skip
"""Those of the MARC relators (https://www.loc.gov/marc/relators/) whose names the table of the catalogue spells out."""
_NUMBER = re.compile(r"ebooks/(\d+)\Z")
_LARGEST = 5_000_000  # bytes of one file; the largest of 2024 has 300,000
_HINT = "Fetch it again from https://www.gutenberg.org/ebooks/offline_catalogs.html"


def entries_of_archive(path: Path) -> Iterator[CatalogueEntry]:
    """The books of ``rdf-files.tar.bz2`` and its like, which is read once and never unpacked.

    Raises:
        UnreadableSource: it is no such archive, is damaged, or holds a file that is no RDF.
        UnsafeSource: a file in it is larger than any of a catalogue, or declares XML entities.
    """
    try:
        with tarfile.open(path, "r|*") as archive:
            for member in archive:
                if not (member.isfile() and member.name.endswith(".rdf")):
                    continue
                if member.size > _LARGEST:
                    raise UnsafeSource(f"{member.name} in {path} has {member.size:,} bytes.", _HINT)
                file = archive.extractfile(member)
                yield from entries_of_rdf(file.read() if file else b"", f"{member.name} in {path}")
    except (tarfile.TarError, EOFError, zlib.error, lzma.LZMAError, OSError) as error:
        raise UnreadableSource(f"{path} is damaged or no archive: {error}.", _HINT) from error


def entries_of_rdf(data: bytes, name: str) -> Iterator[CatalogueEntry]:
    """The books that an RDF file describes, one as a rule.

    Args:
        data: the file.
        name: its name, for messages.

    Raises:
        UnreadableSource: it is no RDF, or describes no book.
        UnsafeSource: it declares XML entities.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise UnsafeSource(f"{name} declares XML entities, which no catalogue does.", _HINT) from error
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise UnreadableSource(f"{name} is no RDF: {error}.", _HINT) from error
    found = [_entry(book) for book in root.iterfind("pg:ebook", _SPACES)]
    if None in found or not found:
        raise UnreadableSource(f"{name} describes no book of Project Gutenberg.", _HINT)
    yield from (entry for entry in found if entry)


def _entry(book: Element) -> CatalogueEntry | None:
    number = _NUMBER.search(book.get(f"{_RDF}about", ""))
    if not number:
        return None
    creators = [_creator(agent, "") for agent in book.iterfind("terms:creator/pg:agent", _SPACES)]
    for part in book:
        space, _, name = part.tag[1:].partition("}")
        if space == _SPACES["roles"]:
            creators += [_creator(agent, _ROLES.get(name, name)) for agent in part.iterfind("pg:agent", _SPACES)]
    headings = [
        value.text or ""
        for subject in book.iterfind("terms:subject/rdf:Description", _SPACES)
        if _is_heading(subject) and (value := subject.find("rdf:value", _SPACES)) is not None
    ]
    return CatalogueEntry(
        number=int(number[1]),
        type=" ".join(_values(book, "terms:type")),
        issued=(book.findtext("terms:issued", "", _SPACES) or "").strip(),
        title=(book.findtext("terms:title", "", _SPACES) or "").strip(),
        languages=_values(book, "terms:language"),
        creators=tuple(creators),
        subjects=tuple(sorted(headings)),
        bookshelves=tuple(sorted(_values(book, "pg:bookshelf"))),
    )


def _values(book: Element, name: str) -> tuple[str, ...]:
    found = (value.text for value in book.iterfind(f"{name}/rdf:Description/rdf:value", _SPACES))
    return tuple(text.strip() for text in found if text and text.strip())


def _is_heading(subject: Element) -> bool:
    """Whether it is a heading in words, not a class such as PR."""
    member = subject.find("memberships:memberOf", _SPACES)
    return member is None or not member.get(f"{_RDF}resource", "").endswith("LCC")


def _creator(agent: Element, role: str) -> Creator:
    name = (agent.findtext("pg:name", "", _SPACES) or "").strip()
    return Creator(name, _year(agent, "pg:birthdate"), _year(agent, "pg:deathdate"), role)


def _year(agent: Element, name: str) -> int | None:
    text = (agent.findtext(name, "", _SPACES) or "").strip()
    return int(text) if re.fullmatch(r"-?\d{1,4}", text) else None
