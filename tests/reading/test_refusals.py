"""What is no book is refused with one clear error that says what to do."""

from __future__ import annotations

import errno
import io
import os
import sys
import time
import zipfile
from pathlib import Path

import pytest

from litgraph.errors import SourceError, SourceNotFound, UnreadableSource, UnsafeSource
from litgraph.reading import read_book, source
from litgraph.reading.files import markup, plain


def zipped(**members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return buffer.getvalue()


BAD = {
    "empty": (b"", "empty"),
    "only white space": (b"\xef\xbb\xbf \r\n\t\n ", "empty"),
    "only zeros": (b"\0" * 1000, "empty"),
    "pdf": (b"%PDF-1.7\nabc", "PDF"),
    "rtf": (b"{\\rtf1 text}", "RTF"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Word"),
    "docx": (zipped(word__document="", **{"word__document.xml": "<w/>"}), "Word"),
    "odt": (zipped(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": "<w/>"}), "OpenDocument"),
    "zip": (zipped(**{"a.txt": "Call me Ishmael."}), "not an EPUB"),
    "broken zip": (b"PK\x03\x04 and then nothing of the kind", "damaged"),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "image"),
    "executable": (b"\x7fELF" + bytes(range(256)), "executable"),
    "gzip": (b"\x1f\x8b\x08\x00rest", "gzip"),
    "kindle": (b"A title".ljust(60, b"\0") + b"BOOKMOBI" + b"\0" * 100, "Kindle"),
    "zeros in text": (b"Call me \0 Ishmael.", "binary"),
    "control characters": (b"\x01\x02\x03\x04text" * 20, "binary"),
    "other xml": (b'<?xml version="1.0"?><rdf:RDF xmlns:rdf="x"/>', "XML"),
    "damaged utf-16": (b"\xff\xfea", "damaged"),
    "only boilerplate": (
        b"*** START OF THIS PROJECT GUTENBERG EBOOK X ***\n\n*** END OF THIS PROJECT GUTENBERG EBOOK X ***\n\nlicence",
        "no text",
    ),
    "no letters": (b"... --- !!! ***\n\n* * *\n", "no text"),
    "only an illustration": (b"[Illustration: a whale]\n", "no text"),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_files(tmp_path: Path, what: str) -> None:
    data, word = BAD[what]
    path = tmp_path / "book.txt"
    path.write_bytes(data)
    with pytest.raises(UnreadableSource) as caught:
        read_book(path)
    assert word in caught.value.what
    assert caught.value.hint
    assert "\n" not in caught.value.what
    assert [file.name for file in tmp_path.iterdir()] == ["book.txt"]


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match=r"no-such\.txt"):
        read_book(tmp_path / "no-such.txt")


@pytest.mark.parametrize("name", ["x" * 5000, "nul\0byte", ""])
def test_impossible_names(name: str) -> None:
    with pytest.raises(SourceError):
        read_book(name)


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="folder"):
        read_book(tmp_path)


def test_a_book_that_was_not_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LITGRAPH_CACHE", str(tmp_path))
    monkeypatch.setattr("litgraph.reading.catalogue.cached_book", lambda identifier: None)
    with pytest.raises(SourceNotFound) as caught:
        read_book("2701")
    assert "litgraph fetch pg2701" in caught.value.hint


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(UnreadableSource, match="pipe or a device") as caught:
            read_book(path)
        assert "standard input" in caught.value.hint


def test_what_the_system_refuses_is_said_in_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, **options: bool) -> os.stat_result:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    monkeypatch.setattr(Path, "stat", refuse)
    with pytest.raises(UnreadableSource, match="Permission denied"):
        read_book(tmp_path / "book.txt")


@pytest.mark.parametrize(
    ("address", "hint"),
    [("https://www.gutenberg.org/ebooks/1342", "litgraph fetch pg1342"), ("http://example.org/a.txt", "curl")],
)
def test_a_web_address(address: str, hint: str) -> None:
    with pytest.raises(SourceNotFound) as caught:
        read_book(address)
    assert address in caught.value.what and hint in caught.value.hint


def test_no_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UnreadableSource, match="stdin is empty"):
        read_book("-")


def test_html_that_declares_entities(tmp_path: Path) -> None:
    path = tmp_path / "book.html"
    path.write_text('<!DOCTYPE html [<!ENTITY a "aaa"><!ENTITY b "&a;&a;">]><html><p>&b;</p></html>', encoding="utf-8")
    with pytest.raises(UnsafeSource, match="entities"):
        read_book(path)


@pytest.mark.parametrize("line", ["&amp;", "<p>", "<p>a", "<", "word "])
def test_a_single_line_of_html(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr(markup, "MOST_TAGS", 100_000)
    path = tmp_path / "line.html"
    path.write_text("<html><body>" + line * (12_000_000 // len(line)), encoding="utf-8", newline="\n")
    begin = time.process_time()
    with pytest.raises(UnreadableSource, match=r"line\.html has (a paragraph|more than)"):
        read_book(path)
    assert time.process_time() - begin < 10


def test_more_lines_than_any_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "MOST_LINES", 1000)
    path = tmp_path / "lines.txt"
    path.write_text("a\n" * 1001, encoding="utf-8")
    with pytest.raises(UnreadableSource, match="1,000 lines"):
        read_book(path)


def test_a_single_line_of_50_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_bytes(b"It was the best of times, it was the worst of times. " * 950_000)
    begin = time.process_time()
    with pytest.raises(UnreadableSource, match="paragraph of"):
        read_book(path)
    assert time.process_time() - begin < 10


def test_a_file_above_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "LARGEST_FILE", 1000)
    path = tmp_path / "large.txt"
    path.write_text("words " * 200, encoding="utf-8")
    with pytest.raises(UnreadableSource, match="limit"):
        read_book(path)


@pytest.mark.parametrize(
    "hostile",
    [
        "_" * 300_000,
        "-" * 300_000,
        "[" * 300_000,
        "[Illustration " * 20_000,
        "[Transcriber's note [x] " * 12_000,
        " \n" * 150_000 + "x",
        "a-\n" * 100_000,
        "=" * 300_000,
        "=a" * 150_000,
        "*** START OF THIS PROJECT GUTENBERG EBOOK " * 7_000,
        "*** START OF THIS PROJECT GUTENBERG EBOOK\n" * 7_000,
        "CHAPTER I\n\n" * 20_000,
        "PART I\n\n" * 20_000,
        "I.\n\n" * 20_000,
        "CONTENTS\n\nAbc\n\nDef\n\n" * 5_000,
        "Title: x\n" * 30_000,
        "x" + " " * 300_000 + "y",
        "[Illustration\n\n" * 20_000,
        "A\u0301" * 100_000,
    ],
    ids=lambda text: repr(text[:18]),
)
def test_hostile_repetition_is_read_in_linear_time(tmp_path: Path, hostile: str) -> None:
    path = tmp_path / "hostile.txt"
    path.write_text("A start.\n\n" + hostile + "\n\nAn end.", encoding="utf-8", newline="\n")
    begin = time.process_time()
    assert read_book(path).text
    assert time.process_time() - begin < 6


class _Input:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", _Input(b"Chapter 1\n\nCall me Ishmael.\n\nChapter 2\n\nSome years ago.\n"))
    book = read_book("-")
    assert [chapter.title for chapter in book.chapters] == ["Chapter 1", "Chapter 2"]
    assert book.source == "stdin"


def test_the_shelf() -> None:
    assert source.shelf() == ("pg11",)
    for name in ("pg11", "11", "PG11"):
        book = read_book(name)
        assert (book.identifier, len(book.chapters), book.source) == ("pg11", 12, "pg11.txt")


def test_a_file_is_preferred_to_the_shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("11").write_text("Mine own words, and nobody else's.", encoding="utf-8")
    assert read_book("11").text == "Mine own words, and nobody else's."
