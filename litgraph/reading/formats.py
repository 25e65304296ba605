"""Which format a source is in, told by its content; what holds no book is refused here."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

from litgraph.errors import UnreadableSource
from litgraph.reading.mapped import Document
from litgraph.reading.plain import read_plain

Reader = Callable[[bytes, str], Document]

_FOREIGN = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"\x7fELF", "an executable"),
    (b"MZ\x90", "an executable"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"AT&TFORM", "a DjVu document"),
)
_KINDLE = (60, b"BOOKMOBI")
_READABLE = "litgraph reads plain text, HTML, EPUB and TEI-XML; convert the file to one of them."
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SNIFFED = 4096  # bytes of the head that tell the format
_XML_ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?(?:TEI(?:Corpus|\.2)?|teiCorpus)[\s>/]")
_HTML_ROOT = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))


def reader_for(data: bytes, name: str) -> Reader:
    """The reader for a source, by its content; the name's ending only decides for fragments of HTML."""
    for signature, what in _FOREIGN:
        if data.startswith(signature):
            raise UnreadableSource(f"{name} is {what}, which litgraph cannot read.", _READABLE)
    if data[_KINDLE[0] :].startswith(_KINDLE[1]):
        raise UnreadableSource(f"{name} is a Kindle book, which litgraph cannot read.", _READABLE)
    if data.startswith(b"PK"):
        return _zip_reader(data, name)
    if data.startswith(_UTF_16):
        return read_plain
    if b"\0" in data or _mostly_control(data):
        raise UnreadableSource(f"{name} is a binary file, not a text.", _READABLE)
    head = data[:_SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<"):
        return _markup_reader(head, name)
    return read_plain


def _mostly_control(data: bytes) -> bool:
    """Whether more than one byte in a hundred is a control character that no text has."""
    sample = data[:100_000]
    return (len(sample) - len(sample.translate(None, _CONTROL))) * 100 > len(sample)


def _zip_reader(data: bytes, name: str) -> Reader:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, EOFError, OSError) as error:
        raise UnreadableSource(f"{name} is a damaged zip file ({error}).", "Get the file again.") from None
    if "META-INF/container.xml" in members:
        from litgraph.reading.epub import read_epub

        return read_epub
    what = "a Word document" if "word/document.xml" in members else "a zip file but not an EPUB"
    raise UnreadableSource(f"{name} is {what}.", "Unpack it and give litgraph the book inside. " + _READABLE)


def _markup_reader(head: bytes, name: str) -> Reader:
    if _XML_ROOT.search(head) or b"http://www.tei-c.org/ns/" in head:
        from litgraph.reading.tei import read_tei

        return read_tei
    if _HTML_ROOT.search(head) or name.lower().endswith((".htm", ".html", ".xhtml")):
        from litgraph.reading.html import read_html

        return read_html
    if head.startswith(b"<?xml"):
        raise UnreadableSource(f"{name} is XML, but neither XHTML nor TEI.", _READABLE)
    return read_plain
