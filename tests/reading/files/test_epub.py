"""EPUB: two real books against their plain text, and every way in which an archive can be wrong."""

from __future__ import annotations

import io
import re
import struct
import time
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from litgraph.errors import SourceError, UnreadableSource, UnsafeSource
from litgraph.reading.files import epub
from litgraph.reading.files.epub import read_epub
from litgraph.reading.files.markup import decode_markup
from litgraph.reading.mapped import MADE, Document

CONTAINER = '<container xmlns="urn:x"><rootfiles><rootfile full-path="{}"/></rootfiles></container>'
XHTML = "application/xhtml+xml"


def package(items: dict[str, str], spine: list[str], *, metadata: str = "", guide: str = "") -> str:
    """A package document: id -> rest of the item's attributes, and the attributes of each itemref."""
    manifest = "".join(f'<item id="{key}" media-type="{XHTML}" {rest}/>' for key, rest in items.items())
    refs = "".join(f"<itemref {reference}/>" for reference in spine)
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:opf="http://www.idpf.org/2007/opf">'
        f"<metadata>{metadata}</metadata><manifest>{manifest}</manifest><spine>{refs}</spine><guide>{guide}</guide>"
        "</package>"
    )


def archive(members: dict[str, str | bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return stream.getvalue()


def book(pages: dict[str, str], opf: str | None = None, **more: str | bytes) -> bytes:
    """An EPUB whose package document is OEBPS/content.opf and whose pages stand beside it."""
    items = {f"i{index}": f'href="{name}"' for index, name in enumerate(pages)}
    members: dict[str, str | bytes] = {
        "META-INF/container.xml": CONTAINER.format("OEBPS/content.opf"),
        "OEBPS/content.opf": opf or package(items, [f'idref="{key}"' for key in items]),
        **{f"OEBPS/{name}": f"<html><body>{page}</body></html>" for name, page in pages.items()},
        **more,
    }
    return archive(members)


def texts(document: Document) -> list[str]:
    return [block.content.text for block in document.blocks]


@pytest.mark.parametrize(
    ("file", "title", "author", "identifier", "release", "headings", "first", "last"),
    [
        (
            "768/pg768.epub",
            "Wuthering Heights",
            "Emily Brontë",
            "pg768",
            "1996-12-01",
            36,
            "1801.—I have",
            "quiet earth.",
        ),
        ("1342/pg1342-images.epub", "Pride and Prejudice", "Jane Austen", "pg1342", "1998-06-01", 63, "It is", "them."),
    ],
)
def test_real_books(
    data_folder: Path,
    file: str,
    title: str,
    author: str,
    identifier: str,
    release: str,
    headings: int,
    first: str,
    last: str,
) -> None:
    data = (data_folder / "gutenberg" / file).read_bytes()
    document = read_epub(data, file)
    metadata = document.metadata
    assert (metadata.title, metadata.author, metadata.identifier) == (title, author, identifier)
    assert (metadata.language, metadata.release) == ("en", release)
    assert sum(block.heading > 0 for block in document.blocks) == headings
    assert document.notices == ()
    chapters = [
        index for index, block in enumerate(document.blocks) if re.match(r"chapter \w+", block.content.text, re.I)
    ]
    story = [index for index in chapters if document.blocks[index].heading]
    assert texts(document)[story[0] + 1].startswith(first)
    end = next(index for index, text in enumerate(texts(document)) if "END OF TH" in text)
    assert any(text.endswith(last) for text in texts(document)[end - 3 : end])
    with zipfile.ZipFile(io.BytesIO(data)) as members:
        sources = {block.member: "" for block in document.blocks}
        sources = {member: decode_markup(members.read(member), member)[0] for member in sources}
    for block in document.blocks:
        for character, offset in zip(block.content.text, block.content.offsets, strict=True):
            if offset != MADE:
                found = sources[block.member][offset]
                assert found in (character, "&") or (character == "\n" and found.isspace())


def test_the_epub_and_the_text_of_wuthering_heights_agree(data_folder: Path) -> None:
    folder = data_folder / "gutenberg" / "768"
    plain = Counter(re.findall(r"\w+", (folder / "768.txt").read_bytes().decode("cp1252").replace("_", " ")))
    packed = Counter(re.findall(r"\w+", "\n".join(texts(read_epub((folder / "pg768.epub").read_bytes(), "pg768")))))
    assert sum((plain & packed).values()) >= 0.99 * max(sum(plain.values()), sum(packed.values()))


def test_pages_come_in_spine_order_each_once() -> None:
    items = {"a": 'href="b%20c.xhtml"', "b": 'href="a.xhtml#top"', "n": 'href="nav.xhtml" properties="nav"'}
    spine = ['idref="n"', 'idref="b"', 'idref="a"', 'idref="b"', 'idref="missing"']
    pages = {"a.xhtml": "<p>one</p>", "b c.xhtml": "<h2>two</h2><p>three</p>", "nav.xhtml": "<p>Contents</p>"}
    document = read_epub(book(pages, package(items, spine)), "x.epub")
    assert texts(document) == ["one", "two", "three"]
    assert [block.member for block in document.blocks] == ["OEBPS/a.xhtml", "OEBPS/b c.xhtml", "OEBPS/b c.xhtml"]
    assert document.blocks[1].heading == 2


def test_paths_may_climb_inside_the_archive() -> None:
    opf = package({"a": 'href="../Text/a.xhtml"'}, ['idref="a"'])
    assert texts(read_epub(book({}, opf, **{"Text/a.xhtml": "<p>one</p>"}), "x.epub")) == ["one"]


def test_covers_and_what_is_outside_the_reading_order() -> None:
    items = {"c": 'href="titlecover.xhtml"', "a": 'href="a.xhtml"', "z": 'href="z.xhtml"'}
    pages = {"titlecover.xhtml": "<p>Cover</p>", "a.xhtml": "<p>one</p>", "z.xhtml": "<p>answers</p>"}
    spine = ['idref="c" linear="yes"', 'idref="a"', 'idref="z" linear="no"']
    assert texts(read_epub(book(pages, package(items, spine)), "x.epub")) == ["one"]
    all_outside = ['idref="a" linear="no"', 'idref="z" linear="no"']
    assert texts(read_epub(book(pages, package(items, all_outside)), "x.epub")) == ["one", "answers"]


def test_a_page_that_is_missing_is_said_aloud() -> None:
    opf = package({"a": 'href="a.xhtml"', "b": 'href="b.xhtml"'}, ['idref="a"', 'idref="b"'])
    document = read_epub(book({"a.xhtml": "one"}, opf), "x.epub")
    assert texts(document) == ["one"]
    assert document.notices == ("The EPUB names OEBPS/b.xhtml but does not hold it.",)


def test_metadata() -> None:
    said = (
        '<dc:title>A <i xmlns="">Tale</i></dc:title><dc:creator opf:role="ill">An Artist</dc:creator>'
        '<dc:creator opf:role="aut">Mark Twain</dc:creator><dc:creator>C. D. Warner</dc:creator>'
        "<dc:language>en-US</dc:language><dc:identifier>urn:uuid:1</dc:identifier>"
        "<dc:identifier>https://www.gutenberg.org/3178</dc:identifier>"
        '<dc:date opf:event="modification">2020-01-01</dc:date>'
        '<dc:date opf:event="publication">2006-08-20T00:00</dc:date>'
    )
    opf = package({"a": 'href="a.xhtml"'}, ['idref="a"'], metadata=said)
    metadata = read_epub(book({"a.xhtml": "x"}, opf), "x.epub").metadata
    assert (metadata.title, metadata.author) == ("A Tale", "Mark Twain, C. D. Warner")
    assert (metadata.language, metadata.identifier, metadata.release) == ("en", "pg3178", "2006-08-20")


def test_a_font_may_be_obfuscated_but_no_page_encrypted() -> None:
    encryption = (
        '<encryption xmlns="urn:o"><EncryptedData><EncryptionMethod Algorithm="{}"/><CipherData>'
        '<CipherReference URI="{}"/></CipherData></EncryptedData></encryption>'
    )
    font = encryption.format("http://www.idpf.org/2008/embedding", "OEBPS/font.otf")
    assert texts(read_epub(book({"a.xhtml": "one"}, **{"META-INF/encryption.xml": font}), "x.epub")) == ["one"]
    page = encryption.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/a.xhtml")
    with pytest.raises(UnreadableSource, match="DRM"):
        read_epub(book({"a.xhtml": "one"}, **{"META-INF/encryption.xml": page}), "x.epub")


def _flagged(data: bytes, flag: int) -> bytes:
    """The archive with a general purpose flag set for every member, in both headers."""
    changed = bytearray(data)
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for match in re.finditer(re.escape(signature), data):
            struct.pack_into("<H", changed, match.start() + at, flag)
    return bytes(changed)


def _understated(data: bytes) -> bytes:
    """The archive with all unpacked sizes declared as 10 bytes."""
    changed = bytearray(data)
    for match in re.finditer(rb"PK\x01\x02", data):
        struct.pack_into("<I", changed, match.start() + 24, 10)
    return bytes(changed)


GOOD = book({"a.xhtml": "<p>one</p>"})
ENTITIES = '<!DOCTYPE package [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
ONE = package({"a": 'href="a.xhtml"'}, ['idref="a"'])
HOSTILE: dict[str, tuple[bytes, type[SourceError]]] = {
    "empty": (b"", UnreadableSource),
    "no zip": (b"It is a truth universally acknowledged", UnreadableSource),
    "cut short": (GOOD[: len(GOOD) // 2], UnreadableSource),
    "cut at its head": (GOOD[40:], UnreadableSource),
    "no container": (archive({"a.txt": "x"}), UnreadableSource),
    "no package": (archive({"META-INF/container.xml": CONTAINER.format("x.opf")}), UnreadableSource),
    "empty spine": (book({}, package({}, [])), UnreadableSource),
    "only pictures": (book({"a.xhtml": "<img src='a.png'/>"}), UnreadableSource),
    "all pages missing": (book({}, ONE), UnreadableSource),
    "broken xml": (book({"a.xhtml": "x"}, "<package><spine>"), UnreadableSource),
    "unknown encoding": (book({"a.xhtml": "x"}, "<?xml version='1.0' encoding='nope'?><a/>"), UnreadableSource),
    "password": (_flagged(GOOD, 1), UnreadableSource),
    "lzma": (archive({"META-INF/container.xml": "x" * 99}, compression=zipfile.ZIP_LZMA), UnreadableSource),
    "climbs out": (book({}, package({"a": 'href="../../etc/passwd"'}, ['idref="a"'])), UnsafeSource),
    "climbs out, encoded": (book({}, package({"a": 'href="%2e%2e/%2e%2e/x"'}, ['idref="a"'])), UnsafeSource),
    "absolute": (book({}, package({"a": 'href="/etc/passwd"'}, ['idref="a"'])), UnsafeSource),
    "another host": (book({}, package({"a": 'href="http://x.example/a.xhtml"'}, ['idref="a"'])), UnsafeSource),
    "package outside": (archive({"META-INF/container.xml": CONTAINER.format("../x.opf")}), UnsafeSource),
    "member outside": (book({"a.xhtml": "x"}, **{"../evil.sh": "x"}), UnsafeSource),
    "member absolute": (book({"a.xhtml": "x"}, **{"/evil.sh": "x"}), UnsafeSource),
    "member on a drive": (book({"a.xhtml": "x"}, **{"C:\\evil.exe": "x"}), UnsafeSource),
    "entities": (book({"a.xhtml": "x"}, ENTITIES + ONE), UnsafeSource),
    "bomb": (book({"a.xhtml": "x" * 30_000_000}), UnsafeSource),
    "bomb that lies": (_understated(book({"a.xhtml": "x" * 30_000_000})), SourceError),
    "many files": (archive({f"f{index}": b"" for index in range(epub.MAX_MEMBERS + 1)}), UnsafeSource),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_no_book_is_refused_at_once(case: str) -> None:
    data, error = HOSTILE[case]
    start = time.process_time()
    with pytest.raises(error, match=r"x\.epub") as caught:
        read_epub(data, "x.epub")
    assert time.process_time() - start < 3
    assert caught.value.hint


def test_many_members_of_a_fair_size_are_a_bomb_together(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = {f"{index}.xhtml": "<p>x</p>" * 200 for index in range(30)}
    assert len(texts(read_epub(book(pages), "x.epub"))) == 6_000
    monkeypatch.setattr(epub, "MAX_BYTES", 20_000)
    with pytest.raises(UnsafeSource):
        read_epub(book(pages), "x.epub")


def test_a_damaged_page_is_named() -> None:
    data = archive({"META-INF/container.xml": CONTAINER.format("p"), "p": ONE, "a.xhtml": "y" * 500}, compression=0)
    with pytest.raises(UnreadableSource, match=r"a\.xhtml in x\.epub is damaged"):
        read_epub(data.replace(b"yyy", b"zzz"), "x.epub")
