"""Which format a source is in, judged by its content; what holds no book is refused here."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

from litgraph.errors import UnreadableSource
from litgraph.reading.files.decode import byte_order_mark
from litgraph.reading.files.plain import read_plain
from litgraph.reading.mapped import Document

Reader = Callable[[bytes, str], Document]

_FOREIGN_SIGNATURES = (
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
_ZIPPED_DOCUMENTS = {
    "word/document.xml": "a Word document",
    "content.xml": "an OpenDocument text",
    "Index/Document.iwa": "a Pages document",
}
_SAVE_AS = "Open it in the program that made it and save it as plain text (UTF-8) or HTML."
_KINDLE = (60, b"BOOKMOBI")
_READABLE = "litgraph reads plain text, HTML, EPUB and TEI-XML; convert the file to one of them."
_HEAD_SIZE = 4096  # bytes at the head of a file that tell its format
_XML_ROOT = re.compile(r"<(?:[A-Za-z][\w.-]*:)?(?:TEI(?:Corpus|\.2)?|teiCorpus)[\s>/]")
_HTML_ROOT = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_CONTROL = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b"))


def reader_for(data: bytes, name: str) -> Reader:
    """The reader for a source, by its content; the name's ending only decides for fragments of HTML."""
    for signature, kind in _FOREIGN_SIGNATURES:
        if data.startswith(signature):
            raise UnreadableSource(f"{name} is {kind}, which litgraph cannot read.", _READABLE)
    if data[_KINDLE[0] :].startswith(_KINDLE[1]):
        raise UnreadableSource(f"{name} is a Kindle book, which litgraph cannot read.", _READABLE)
    if data.startswith(b"PK"):
        return _zip_reader(data, name)
    mark, encoding = byte_order_mark(data)
    if encoding in ("", "utf-8") and _mostly_control(data):
        raise UnreadableSource(f"{name} is a binary file, not a text.", _READABLE)
    head = data[len(mark) : _HEAD_SIZE].decode(encoding or "utf-8", "ignore").lstrip()
    if head.startswith("<"):
        return _markup_reader(head, name)
    return read_plain


def _mostly_control(data: bytes) -> bool:
    """Whether a byte in a thousand is zero, or more than one in a hundred a control character that no text has."""
    if data.count(0) * 1000 > len(data):
        return True
    sample = data[:100_000]
    return (len(sample) - len(sample.translate(None, _CONTROL))) * 100 > len(sample)


def _zip_reader(data: bytes, name: str) -> Reader:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, EOFError, OSError) as error:
        raise UnreadableSource(f"{name} is a damaged zip file ({error}).", "Get the file again.") from None
    if "META-INF/container.xml" in members:
        from litgraph.reading.files.epub import read_epub

        return read_epub
    for member, kind in _ZIPPED_DOCUMENTS.items():
        if member in members:
            raise UnreadableSource(f"{name} is {kind}, which litgraph cannot read.", _SAVE_AS)
    raise UnreadableSource(f"{name} is a zip file but not an EPUB.", "Unpack it and name the book inside.")


def _markup_reader(head: str, name: str) -> Reader:
    if _XML_ROOT.search(head) or "http://www.tei-c.org/ns/" in head:
        from litgraph.reading.files.tei import read_tei

        return read_tei
    if _HTML_ROOT.search(head) or name.lower().endswith((".htm", ".html", ".xhtml")):
        from litgraph.reading.files.html import read_html

        return read_html
    if head.startswith("<?xml"):
        raise UnreadableSource(f"{name} is XML, but neither XHTML nor TEI.", _READABLE)
    return read_plain
