"""Damaged encodings: stray bytes leave UTF-8 what it is, and what was encoded twice is mended, both said aloud."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from litgraph.reading import read_book
from litgraph.reading.files.damage import decode_utf8, mend_twice_encoded
from litgraph.reading.files.decode import decode
from litgraph.reading.files.markup import decode_markup

TEXT = "“Café,” said Zoë to Édouard — naïve coöperation at the Château d’Évreux\n"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (TEXT.encode() + b"She\xa0sat.", TEXT + "She\u00a0sat."),
        (TEXT.encode() + b"the boy\x92s hat", TEXT + "the boy’s hat"),
        (b"caf\xe9 " + TEXT.encode(), "café " + TEXT),  # a line pasted from another file
        (TEXT.encode() + b"He said \xe2\x80 and left", TEXT + "He said \ufffd and left"),  # the third byte was lost
        (TEXT.encode() + b"Zo\xc3 sat", TEXT + "Zo\ufffd sat"),
        (TEXT.encode() + b"odd \x81 byte", TEXT + "odd \ufffd byte"),
        (TEXT.encode() + "é".encode()[:1], TEXT + "\ufffd"),  # cut inside the last character
        (TEXT.encode() + "’".encode()[:2], TEXT + "\ufffd"),
        (TEXT.encode() + "𝕏".encode()[:3], TEXT + "\ufffd"),
        ("Zoë".encode() + b" sat\x97down", "Zoë sat—down"),  # one whole and one broken
    ],
)
@pytest.mark.parametrize("declared", ["", "Character set encoding: ISO-8859-1\n\n"])
def test_stray_bytes(data: bytes, expected: str, declared: str) -> None:
    text, notices = decode(declared.encode() + data, "x.txt")
    assert text == declared + expected
    assert len(notices) == 1 and "x.txt" in notices[0] and "UTF-8" in notices[0]


def test_the_notice_names_the_byte_and_its_line() -> None:
    _, (notice,) = decode(f"Zoë\n{TEXT}".encode() + b"so \x97 it\x92s", "x.txt")
    assert "byte 0x97 at position" in notice and "(line 3)" in notice and "1 more" in notice


def test_a_byte_order_mark_is_believed_in_spite_of_stray_bytes() -> None:
    text, notices = decode(b"\xef\xbb\xbfthe boy\x92s hat", "x.txt")
    assert text == "the boy’s hat" and notices


@pytest.mark.parametrize("text", ["Café, naïve", "“Quoth he”", "Der Spaß“, sagte er, „ist groß und schön“", "caf\xe9"])
def test_windows_1252_is_not_taken_for_damaged_utf_8(text: str) -> None:
    assert decode_utf8(text.encode("cp1252"), "x.txt") is None
    assert decode(text.encode("cp1252"), "x.txt")[0] == text


def test_markup_is_mended_too() -> None:
    page = f"<html><body><p>{TEXT}She</p></body></html>"
    assert decode_markup(page.encode().replace(b"She", b"She\x97"), "x.htm")[0] == page.replace("She", "She—")
    assert decode_markup(twice(page, "cp1252"), "x.htm")[0] == page


def twice(text: str, wrong: str) -> bytes:
    """The text, saved, read in a wrong encoding and saved again."""
    data = text.encode()
    if wrong == "latin-1":
        return data.decode("latin-1").encode()
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data).encode()


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Only one Zoë",
        "‘It’s’ “well” — … œuvre, Œdipe, ÀÁÍÏÐÝ",
        "Пьер любил Наташу",
        "神は言った",
        "a ship ⚓ and a smile 😀",
    ],
)
def test_text_that_was_encoded_twice(text: str, wrong: str) -> None:
    found, notices = decode(twice(text, wrong), "x.txt")
    assert found == text
    assert len(notices) == 1 and "twice" in notices[0] and "x.txt" in notices[0]


def test_text_that_was_encoded_three_times() -> None:
    assert decode(twice(twice(TEXT, "cp1252").decode(), "cp1252"), "x.txt")[0] == TEXT


def test_a_closing_quotation_mark_whose_last_byte_was_lost() -> None:
    broken = twice("“Then let her ask,” said Zoë.", "cp1252").decode().replace("\u009d", "")
    assert mend_twice_encoded(broken, "x.txt")[0] == "“Then let her ask,” said Zoë."


@pytest.mark.parametrize(
    "text",
    [
        "He wrote Ã© for é, and Zoë, Édouard and the Château d’Évreux laughed.",
        "São João, irmã, «À IRMÃ» e não",
        "Â la carte, l’École, “Où”",
        "£5 and 20°, § 3, naïve",
        "“‘To the café’”",
        "“CAFÉ”",
    ],
)
def test_text_that_only_looks_odd_stays(text: str) -> None:
    assert mend_twice_encoded(text, "x.txt") == (text, ())


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
@example("“É’")
def test_whole_utf_8_is_never_touched_but_by_what_reads_as_encoded_twice(text: str) -> None:
    assert decode_utf8(text.encode(), "x.txt") == (text, ())


@given(st.text("abc é’ßÑ“”…—Ž", min_size=1, max_size=40), st.sampled_from(["cp1252", "latin-1"]))
def test_mending_undoes_what_was_done(text: str, wrong: str) -> None:
    once = mend_twice_encoded(text, "x.txt")[0]
    assert mend_twice_encoded(twice(text, wrong).decode(), "x.txt")[0] == once


@given(st.text("abcé’ñ“\n", min_size=5, max_size=60), st.integers(0, 200), st.sampled_from([0x92, 0x96, 0xA0, 0xB0]))
def test_one_stray_byte_changes_nothing_else(text: str, place: int, byte: int) -> None:
    text = f"“é’ñ{text}"
    place %= len(text) + 1
    data = text[:place].encode() + bytes([byte]) + text[place:].encode()
    found = decode(data, "x.txt")[0]
    assert found[:place] + found[place + 1 :] == text


@pytest.mark.parametrize("data", [b"\x92" * 300_000 + "é".encode() * 400_000, "Ã©".encode() * 100_000])
def test_long_damage_takes_linear_time(data: bytes) -> None:
    assert decode(data, "x.txt")[0]


def test_a_book_reads_alike_damaged_and_whole(tmp_path: Path) -> None:
    story = "Édouard Hollis came along the wall.\n\n“Édouard,” said Zoë, “come home with me to Évreux.”\n"
    whole, stray, double = (tmp_path / name for name in ("whole.txt", "stray.txt", "double.txt"))
    whole.write_bytes(story.encode())
    stray.write_bytes(story.encode().replace(b" along", b"\xa0along"))
    double.write_bytes(twice(story, "cp1252"))
    assert read_book(stray).text == read_book(double).text == read_book(whole).text
    assert not read_book(whole).notices and read_book(stray).notices and read_book(double).notices


@pytest.mark.parametrize("wrong", ["mac_roman", "cp437", "cp850", "cp1250"])
def test_text_that_other_encodings_garbled(wrong: str) -> None:
    garbled = TEXT.encode().decode(wrong, "ignore")
    text, (notice,) = mend_twice_encoded(garbled, "x.txt")
    assert "Café" in text and "Zoë" in text and "twice" in notice
    assert mend_twice_encoded(TEXT, "x.txt") == (TEXT, ())
