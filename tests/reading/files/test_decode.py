"""Encodings: right where it can be known, said aloud where it is a guess."""

from __future__ import annotations

from pathlib import Path

import pytest

from litgraph.errors import UnreadableSource
from litgraph.reading import read_book
from litgraph.reading.files.decode import decode

TEXT = "“Café” — naïve coöperation\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_never_a_guess(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "x.txt") == (TEXT, ())


@pytest.mark.parametrize("declared", ["ISO-8859-1", "ISO Latin-1", "Windows-1252", "CP-1252", "latin-1"])
def test_a_declared_encoding(declared: str) -> None:
    text = f"Character set encoding: {declared}\n\n{TEXT}"
    found, notices = decode(text.encode("cp1252"), "x.txt")
    assert found == text
    assert all(declared in notice for notice in notices)  # a name that Python does not know is a guess, and said


def test_another_declared_encoding() -> None:
    text = "Character set encoding: ISO-8859-2\n\nKapłan, žena\n"
    assert decode(text.encode("iso-8859-2"), "x.txt") == (text, ())


def test_a_file_that_declares_ascii_and_is_utf_8() -> None:
    text = f"Character set encoding: ASCII\n\n{TEXT}"
    assert decode(text.encode(), "x.txt") == (text, ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark(encoding: str) -> None:
    assert decode((TEXT * 3).encode(encoding), "x.txt") == (TEXT * 3, ())


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("mac_roman", "“Café,” said Zoë; “it’s naïve.” Édouard — coöperation\n"),
        ("cp850", "Café, said Zoë. Élise, Muñoz and Æneas came.\n"),
        ("cp1252", "“Café,” said Zoë; “it’s naïve.” Édouard — À Paris, Ève … £3\n"),
        ("cp1252", "ÉDOUARD, ZOÉ, ÇA VA? L’ÎLE ‘et’ «là»\n"),
    ],
)
def test_what_computers_had_before_unicode(encoding: str, text: str) -> None:
    found, (notice,) = decode(text.encode(encoding), "x.txt")
    assert found == text and encoding in notice


def test_a_guess_is_said_aloud() -> None:
    text, notices = decode(TEXT.encode("cp1252"), "x.txt")
    assert text == TEXT
    assert len(notices) == 1 and "cp1252" in notices[0] and "x.txt" in notices[0]


def test_bytes_that_no_windows_code_page_has() -> None:
    text, notices = decode(b"a\x81b\xe9", "x.txt")
    assert text == "a\x81bé" and "latin-1" in notices[0]


def test_a_codec_that_is_no_character_set_is_not_obeyed() -> None:
    data = b"Character set encoding: rot13\n\nCaf\xe9"
    assert decode(data, "x.txt")[0].endswith("Café")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize(
    "source",
    [
        "<html><body><p>Café</p></body></html>",
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><p>Café</p></text></TEI>',
    ],
)
def test_markup_is_known_in_every_encoding(encoding: str, source: str, tmp_path: Path) -> None:
    path = tmp_path / "book"
    path.write_bytes(source.encode(encoding))
    assert read_book(path).text == "Café"


def test_a_damaged_file() -> None:
    with pytest.raises(UnreadableSource, match="damaged"):
        decode(b"\xff\xfea", "x.txt")
