"""EPUB: the XHTML files of a zip archive, in the order of its spine. Nothing is ever unpacked to disk."""

from __future__ import annotations

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from litgraph.errors import UnreadableSource, UnsafeSource
from litgraph.reading.catalogue import identifier_in_address
from litgraph.reading.files.html import read_page
from litgraph.reading.files.markup import decode_markup, language_code
from litgraph.reading.files.pictures import wordless_headings
from litgraph.reading.mapped import Block, Document, Metadata

MAX_MEMBERS = 20_000
MAX_BYTES = 50 * 1024 * 1024  # unpacked, of the text and nothing else; the longest novels have 10 MB
MAX_RATIO = 100  # unpacked to packed, above RATIO_APPLIES bytes; text packs about 1:4, a bomb 1:1000
RATIO_APPLIES = 1024 * 1024
CHUNK = 256 * 1024
COVER_TEXT = 60  # characters; a page named "cover" with no more text than this is no part of the book
PAGE_TYPES = frozenset({"application/xhtml+xml", "text/html"})
PAGE_SUFFIXES = (".xhtml", ".html", ".htm")
# Font obfuscation is no encryption of the text (EPUB Open Container Format, "Font Obfuscation"; Adobe's older scheme).
FONT_OBFUSCATION = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})

_ABSOLUTE = re.compile(r"/|[A-Za-z]:")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, RuntimeError, OSError, ValueError)
_TRY_ANOTHER = "Fetch the book again, or use its .txt or .html file."


def read_epub(data: bytes, name: str) -> Document:
    """Reads a book that is an EPUB 2 or 3.

    Args:
        data: the file.
        name: what to call it in messages.

    Raises:
        UnreadableSource: it is no zip, is damaged or DRM-protected, or has no text in its spine.
        UnsafeSource: it is a zip bomb, names paths outside itself, or its XML declares entities.
    """
    # Counted before zipfile builds an object for each; the signature opens every entry of the central directory.
    if data.count(b"PK\x01\x02") > MAX_MEMBERS:
        raise UnsafeSource(f"{name} holds more than {MAX_MEMBERS:,} files.", "No EPUB needs so many; do not trust it.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGE as error:
        raise UnreadableSource(f"{name} is not a whole EPUB: {error}.", _TRY_ANOTHER) from error
    with archive:
        return _read_package(_Archive(archive, name), name)


class _Archive:
    """A zip archive whose members are read with limits that its own headers cannot talk away."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.archive = archive
        self.name = name
        self.read_so_far = 0
        self.members = {info.filename: info for info in archive.infolist()}
        for member in self.members:
            if _is_outside(member):
                raise UnsafeSource(f"{name} holds a file that lies outside of it: {member!r}.", "Do not trust it.")

    def __contains__(self, member: str) -> bool:
        return member in self.members

    def read(self, member: str) -> bytes:
        """The unpacked bytes of a member."""
        info = self.members[member]
        if info.flag_bits & 0x1:
            raise _protection_error(self.name)
        most = max(RATIO_APPLIES, MAX_RATIO * info.compress_size)
        if info.file_size > most or self.read_so_far + info.file_size > MAX_BYTES:
            raise self._bomb(member)
        chunks: list[bytes] = []
        size = 0
        # The only methods that an EPUB may use (Open Container Format); the others unpack without a limit per read.
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableSource(f"{member} in {self.name} is packed in a way that EPUB does not know.", _TRY_ANOTHER)
        try:
            with self.archive.open(info) as stream:
                while chunk := stream.read(CHUNK):
                    size += len(chunk)
                    if size > most or self.read_so_far + size > MAX_BYTES:
                        raise self._bomb(member)
                    chunks.append(chunk)
        except _DAMAGE as error:
            raise UnreadableSource(f"{member} in {self.name} is damaged: {error}.", _TRY_ANOTHER) from error
        self.read_so_far += size
        return b"".join(chunks)

    def xml(self, member: str) -> Element:
        """The root of a member that is XML, parsed without entities."""
        try:
            return fromstring(self.read(member), forbid_entities=True, forbid_external=True)
        except DefusedXmlException as error:
            raise UnsafeSource(f"{member} in {self.name} declares XML entities.", "Do not trust this file.") from error
        except (ParseError, ValueError, LookupError) as error:
            raise UnreadableSource(f"{member} in {self.name} is not well-formed XML: {error}.", _TRY_ANOTHER) from error

    def _bomb(self, member: str) -> UnsafeSource:
        message = f"{member} in {self.name} unpacks to far more than a book holds: this is a zip bomb."
        return UnsafeSource(message, "Do not open this file with other programs either.")


@dataclass(frozen=True, slots=True)
class _Page:
    """A spine item."""

    member: str
    linear: bool
    cover: bool


def _read_package(archive: _Archive, name: str) -> Document:
    package_member = _package_member(archive, name)
    package = archive.xml(package_member)
    pages = list(_spine(package, posixpath.dirname(package_member), name))
    if not pages:
        raise UnreadableSource(f"{name} is an EPUB with an empty spine: it names no text.", _TRY_ANOTHER)
    _refuse_protection(archive, frozenset(page.member for page in pages), name)
    notices: list[str] = []
    contents: list[tuple[_Page, tuple[Block, ...]]] = []
    without_words = 0
    for page in pages:
        if page.member not in archive:
            notices.append(f"The EPUB names {page.member} but does not hold it.")
            continue
        source, page_notices = decode_markup(archive.read(page.member), page.member)
        notices += page_notices
        content = read_page(source, f"{page.member} in {name}", page.member)
        without_words += content.wordless_headings
        contents.append((page, content.blocks))
    blocks = [
        block
        for page, page_blocks in contents
        if page.linear and not _is_cover(page, page_blocks)
        for block in page_blocks
    ]
    # What is outside the reading order (notes, answers) is left out, unless the whole book was marked so.
    blocks = blocks or [block for _, page_blocks in contents for block in page_blocks]
    if not blocks:
        raise UnreadableSource(f"{name} is an EPUB without any text.", "It may hold only pictures of pages.")
    return Document(tuple(blocks), _metadata(package), (*notices, *wordless_headings(without_words)))


def _package_member(archive: _Archive, name: str) -> str:
    """The package document that META-INF/container.xml names."""
    if "META-INF/container.xml" not in archive:
        raise UnreadableSource(f"{name} is a zip archive but no EPUB: META-INF/container.xml is missing.", _TRY_ANOTHER)
    for element in _descendants(archive.xml("META-INF/container.xml"), "rootfile"):
        path = element.get("full-path", "")
        if _is_outside(path):
            raise UnsafeSource(f"{name} places its package document outside of itself: {path!r}.", "Do not trust it.")
        if path in archive:
            return path
    raise UnreadableSource(f"{name} is an EPUB without its package document (.opf).", _TRY_ANOTHER)


def _spine(package: Element, folder: str, name: str) -> Iterator[_Page]:
    """The pages of the book in reading order, each file once, without the navigation page."""
    items = {item.get("id", ""): item for item in _descendants(package, "item")}
    guide = (reference for reference in _descendants(package, "reference") if reference.get("type") == "cover")
    covers = {_path(reference, folder, name) for reference in guide}
    members: set[str] = set()
    for reference in _descendants(package, "itemref"):
        identifier = reference.get("idref", "")
        item = items.get(identifier)
        if item is None or "nav" in item.get("properties", "").split():
            continue
        member = _path(item, folder, name)
        if member in members or not _is_page(item, member):
            continue
        members.add(member)
        cover = member in covers or "cover" in identifier.lower() or "cover" in posixpath.basename(member).lower()
        yield _Page(member, reference.get("linear", "yes") != "no", cover)


def _is_page(item: Element, member: str) -> bool:
    return item.get("media-type", "") in PAGE_TYPES or member.lower().endswith(PAGE_SUFFIXES)


def _is_cover(page: _Page, blocks: tuple[Block, ...]) -> bool:
    return page.cover and sum(len(block.content) for block in blocks) <= COVER_TEXT


def _path(item: Element, folder: str, name: str) -> str:
    """The member that an href of the package document means. It may climb (../Text/1.xhtml), but not out."""
    href = unquote(item.get("href", "").partition("#")[0])
    path = posixpath.normpath(posixpath.join(folder, href))
    if href.startswith(("/", "\\")) or _SCHEME.match(href) or _is_outside(path):
        raise UnsafeSource(f"{name} names a file outside of itself: {href!r}.", "Do not trust this file.")
    return path


def _is_outside(path: str) -> bool:
    normal = path.replace("\\", "/")
    return bool(_ABSOLUTE.match(normal)) or ".." in normal.split("/") or "\0" in normal


def _refuse_protection(archive: _Archive, pages: frozenset[str], name: str) -> None:
    """Raises if META-INF/encryption.xml says that a page is encrypted, by anything but an obfuscated font."""
    if "META-INF/encryption.xml" not in archive:
        return
    for entry in _descendants(archive.xml("META-INF/encryption.xml"), "EncryptedData"):
        methods = {method.get("Algorithm", "") for method in _descendants(entry, "EncryptionMethod")}
        members = {unquote(cipher.get("URI", "")) for cipher in _descendants(entry, "CipherReference")}
        if members & pages and not methods <= FONT_OBFUSCATION:
            raise _protection_error(name)


def _protection_error(name: str) -> UnreadableSource:
    return UnreadableSource(f"{name} is DRM-protected: its text is encrypted.", "Use an edition without protection.")


def _descendants(root: Element, name: str) -> Iterator[Element]:
    """All descendants with a local name, whatever their namespace."""
    return (element for element in root.iter() if _local(element.tag) == name)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _metadata(package: Element) -> Metadata:
    """The Dublin Core elements of the package document."""

    def texts(name: str, attribute: str = "", values: tuple[str, ...] = ()) -> list[str]:
        """The texts of an element: of those without the attribute or with one of its values, if there are any."""
        elements = [(element, " ".join("".join(element.itertext()).split())) for element in _descendants(package, name)]
        pairs = [(_attribute(element, attribute), text) for element, text in elements if text]
        return [text for value, text in pairs if not value or value in values] or [text for _, text in pairs]

    dates = texts("date", "event", ("publication", "original-publication"))
    identifiers = [number for text in texts("identifier") if (number := identifier_in_address(text))]
    return Metadata(
        title=next(iter(texts("title")), ""),
        author=", ".join(dict.fromkeys(texts("creator", "role", ("aut",)))),
        identifier=next(iter(identifiers), ""),
        language=language_code(next(iter(texts("language")), "")),
        release=next(iter(dates), "").partition("T")[0],
    )


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if _local(key) == name), "") if name else ""
