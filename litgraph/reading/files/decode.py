"""Bytes → characters, never guessed in silence."""

from __future__ import annotations

import codecs
import re

from litgraph.errors import UnreadableSource
from litgraph.reading.files.damage import decode_utf8, mend_twice_encoded

_DECLARATION = re.compile(rb"^[ \t]*Character set encoding:[ \t]*([^\r\n]{1,60})", re.MULTILINE | re.IGNORECASE)
_SAMPLE = 4000  # bytes
_HEADER_BYTES = 20_000  # the declaration stands in the distributor's header
# Bytes 0x80–0x9F are control characters in ISO 8859-1 and quotes and dashes in Windows-1252; no book holds the former,
# so a file that says "ISO-8859-1" is read as its superset, as browsers do (WHATWG Encoding Standard, "latin1").
_SINGLE_BYTE = "cp1252"
# What computers had before Windows-1252. In the right encoding characters stand where such characters stand in prose:
# no capital behind a small letter, no sign inside of a word, no mark that opens behind one ("ItÕs", "caf‚").
_BEFORE_WINDOWS = ("mac_roman", "cp850", "cp437")
_LEGACY_SAMPLE = 500_000  # bytes
_LEAST_ODD = 3  # places where they do not stand so; fewer may be slips
_ODD = re.compile(
    "(?<=[a-zß-öø-ÿ])[À-ÖØ-ÞŠŽŸŒ]"  # a capital behind a small letter
    r"|(?<![^\W\d_])[Â-ÆÈÊ-ÏÐ-ÒÔ-ÖØ-ÞŠŽŒ](?![^\W\d_])"  # or alone
    r"|(?<=[^\W\d_])[^\x00-\x7f\w\s’‘–—…”»›†‡‐‑](?=[^\W\d_])"  # a sign inside of a word
    r"|(?<=[^\W\d_])[„‚‹«“¡¿£€](?![^\W\d_])"  # a mark that opens, behind a word
    # signs that no novel has, and single Greek letters
    "|[\x80-\x9f\ufffdƒˆ˜¤¦¬¨¸¯×÷±¶·ªºµ∂∑∏∫√≈∆◊ıˇ˘˙˚˝˛\u2500-\u25ff\u2310\u0370-\u03ff∞∩≡≥≤⌠⌡]"
)
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The characters of a plain text, and notices where its encoding had to be guessed.

    A byte order mark decides; else UTF-8 if the bytes are UTF-8 but for a few, whatever the file declares (Gutenberg
    files declare ASCII and are UTF-8, but hardly any text in another encoding is valid UTF-8 by accident); else the
    encoding that the file declares; else Windows-1252, or Mac Roman or an encoding of DOS if the characters stand much
    better so, with a notice. What was encoded twice is mended, with a notice. A byte order mark is no part of the text.

    Args:
        data: the whole file.
        name: what to call it in messages.

    Raises:
        UnreadableSource: the bytes contradict their byte order mark.
    """
    text, notices = _decode_once(data, name)
    text, mended = mend_twice_encoded(text, name)
    return text, notices + mended


def _decode_once(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    mark, mark_encoding = byte_order_mark(data)
    data = data[len(mark) :]
    if mark_encoding not in ("", "utf-8"):
        return _decode_by_mark(data, mark_encoding, name), ()
    found = decode_utf8(data, name, sure=bool(mark))
    if found:
        return found
    bad_byte = _first_bad_byte(data)
    match = _DECLARATION.search(data, 0, _HEADER_BYTES)
    declaration = match[1].decode("ascii", "replace").strip() if match else ""
    encoding = _python_name(declaration)
    if encoding:
        try:
            return data.decode(encoding), ()
        except UnicodeDecodeError:
            pass
    reason = f"it declares {declaration}" if declaration else "it declares no encoding"
    guess = _likeliest(data)
    notice = (
        f"{name} is not UTF-8 (byte 0x{data[bad_byte]:02X} at position {bad_byte}) and {reason}; read as {guess}. "
        "If accented letters look wrong, convert the file to UTF-8."
    )
    return data.decode(guess), (notice,)


def byte_order_mark(data: bytes) -> tuple[bytes, str]:
    """The byte order mark that the bytes begin with, and the encoding that it means; empty if there is none.

    UTF-16 without a mark is known by its zeros: every second byte of Western text is one.
    """
    unmarked = (b"", _utf16_without_mark(data[:_SAMPLE]))
    return next(((mark, encoding) for mark, encoding in BYTE_ORDER_MARKS if data.startswith(mark)), unmarked)


def _utf16_without_mark(sample: bytes) -> str:
    first, second = sample[::2], sample[1::2]
    for zeros, others, encoding in ((second, first, "utf-16-le"), (first, second, "utf-16-be")):
        if zeros.count(0) > 0.7 * len(zeros) and others.count(0) < 0.05 * len(others):
            return encoding
    return ""


def _decode_by_mark(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableSource(
            f"{name} begins as {encoding.upper()} but is damaged at byte {error.start}.",
            "Get the file again, or convert it to UTF-8.",
        ) from None


def _first_bad_byte(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _python_name(declaration: str) -> str:
    """The codec to try for a declared encoding; "" where the declaration is of no use once UTF-8 has failed."""
    label = declaration.split("(")[0].strip().lower()
    try:
        codec = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    if codec in {"iso8859-1", "cp1252"}:
        return _SINGLE_BYTE
    # A declaration may name any codec of Python's; only the character sets of books are obeyed.
    return codec if re.fullmatch(r"(iso8859|cp12|koi8|mac|cp8|big5|gb|shift|euc|iso2022)[\w-]*", codec) else ""


def _likeliest(data: bytes) -> str:
    """The encoding, Windows-1252 unless its characters stand much worse than those of another.

    Args:
        data: no UTF-8.
    """
    found, fewest = "cp1252", _odd(data, "cp1252")
    for encoding in _BEFORE_WINDOWS:
        odd = _odd(data, encoding)
        if fewest >= _LEAST_ODD and 2 * odd < fewest:
            found, fewest = encoding, odd
    return found if found != "cp1252" or _fits(data) else "latin-1"


def _odd(data: bytes, encoding: str) -> int:
    return len(_ODD.findall(data[:_LEGACY_SAMPLE].decode(encoding, "replace")))


def _fits(data: bytes) -> bool:
    """Whether Windows-1252 has all the characters."""
    return not re.search(rb"[\x81\x8d\x8f\x90\x9d]", data)
