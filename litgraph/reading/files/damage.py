"""Damaged encodings that can be mended: a few stray bytes in UTF-8, and text that was encoded twice.

UTF-8 is known by its characters of several bytes, which hardly ever stand in other encodings by chance. So a text in
which at least as many of them are whole as are broken *is* UTF-8, and what is broken is the damage.

A text that was read in the wrong encoding and saved as UTF-8 shows each character as the two or three that its bytes
are in Windows-1252 ("Ã‰" for "É", "â€™" for "’"), in Mac Roman ("√â") or an encoding of DOS ("├ë"). Nobody writes so:
where more of the characters beyond ASCII stand in such groups than outside of them, all groups are what their bytes
mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple


class _Wrong(NamedTuple):
    """An encoding in which UTF-8 may have been read: the byte of each character, and how groups of them look."""

    to_byte: dict[str, int]
    continues: str
    groups: re.Pattern[str]


def _wrong(encoding: str) -> _Wrong:
    # The bytes that Windows encodings lack were read as control characters, as browsers do.
    from_byte = {byte: bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in range(0x80, 0x100)}
    to_byte = {chr(byte): byte for byte in range(0x80, 0xA0)}
    to_byte |= {character: byte for byte, character in from_byte.items()}
    continues = _any(character for character, byte in to_byte.items() if byte < 0xC0)
    two, three, four = (
        _any(from_byte[byte] for byte in range(*bounds)) for bounds in ((0xC2, 0xE0), (0xE0, 0xF0), (0xF0, 0xF5))
    )
    return _Wrong(to_byte, continues, re.compile(f"{two}{continues}|{three}{continues}{{2}}|{four}{continues}{{3}}"))


def _any(characters: Iterable[str]) -> str:
    return "[" + re.escape("".join(characters)) + "]"


_WINDOWS = _wrong("cp1252")
_OTHERS = tuple(map(_wrong, ("mac_roman", "cp437", "cp850", "cp1250")))
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_LOST_QUOTE = re.compile(f"â€\ufffd?(?!{_WINDOWS.continues})")  # a ” whose last byte, 0x9D, Windows-1252 lacks
# How groups begin that no language has: É” may end a word in capitals, and é’” a quotation in another.
_SURE = frozenset("ÂÃÄÅÎÏÐÑ×ØÙâ")  # Latin letters and punctuation; Greek, Cyrillic, Hebrew, Arabic
_WITHOUT_SURE = (5, 0.9)  # groups and share of other scripts and encodings, whose groups begin otherwise
_WESTERN = re.compile("[\u00a0-\u024f\u2010-\u205e\u20ac\u2122]")  # what such a group may mean: Latin letters and marks
_MOST_ROUNDS = 3
_BROKEN = re.compile("[\udc80-\udcff]+")
_DAMAGED = b"\xc2\xc3\xe2"  # how the characters of Western texts begin in UTF-8; alone they are halves of one


def decode_utf8(data: bytes, name: str, *, sure: bool = False) -> tuple[str, tuple[str, ...]] | None:
    """The characters of UTF-8 in which some bytes may be damaged, and a notice that names the first of those.

    A byte that is no UTF-8 is read as Windows-1252; half a character becomes U+FFFD. A file that was cut off inside its
    last character has lost that character alone.

    Args:
        data: the file without its byte order mark.
        name: what to call it in messages.
        sure: it is UTF-8, whatever is damaged.

    Returns:
        None if it is not UTF-8.
    """
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        first = error.start
    parts = data.decode("utf-8", "surrogateescape")
    broken = sum("\udc80" <= character <= "\udcff" for character in parts)
    whole = sum(character > "\x7f" for character in parts) - broken
    cut = _cut_off(data)
    if not sure and (whole == 0 or whole < broken - cut):
        return None
    if cut:
        parts = parts[:-cut] + "\ufffd"
    text = _BROKEN.sub(_as_it_was_meant, parts)
    line = data.count(b"\n", 0, first) + 1
    others = f" and {broken - 1:,} more" if broken > 1 else ""
    what = "ends inside a character" if cut == broken else "is UTF-8 with damaged bytes"
    notice = (
        f"{name} {what}: byte 0x{data[first]:02X} at position {first} (line {line}){others}. It is read as UTF-8; "
        "if a word looks wrong there, get the file again or correct it."
    )
    return text, (notice,)


def _as_it_was_meant(broken: re.Match[str]) -> str:
    """Single bytes as Windows-1252; what begins a character that is not there as U+FFFD."""
    found = bytes(ord(character) - 0xDC00 for character in broken.group())
    if found[0] in _DAMAGED:
        return "\ufffd"
    return found.decode("cp1252", "replace")


def _cut_off(data: bytes) -> int:
    """How many bytes of an unfinished character the data end with."""
    for length in range(1, min(4, len(data) + 1)):
        byte = data[-length]
        if byte >= 0xC2:
            needed = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return length if length < needed and byte <= 0xF4 else 0
        if byte < 0x80:
            return 0
    return 0


def mend_twice_encoded(text: str, name: str) -> tuple[str, tuple[str, ...]]:
    """The text as it was before it was encoded twice (or three times), and a notice if it was.

    Args:
        text: decoded.
        name: what to call it in messages.
    """
    example, groups = "", 0
    for _ in range(_MOST_ROUNDS):
        for wrong in (_WINDOWS, *_OTHERS):
            mended, found, first = _decoded_again(text, wrong)
            if found:
                break
        else:
            break
        text = mended
        example, groups = example or first, max(groups, found)
    if not groups:
        return text, ()
    notice = (
        f"{name} was encoded twice ({example}, at {groups:,} places) and is read as it was meant. "
        "If letters look wrong, get the file again from where it was made."
    )
    return text, (notice,)


def _decoded_again(text: str, wrong: _Wrong) -> tuple[str, int, str]:
    """The text with its groups decoded, how many there were, and an example; 0 where it was not encoded twice."""
    groups = [match for match in wrong.groups.finditer(text) if _meant(match.group(), wrong)]
    is_sure = wrong is _WINDOWS and any(match.group()[0] in _SURE for match in groups)
    fewest, share = (1, 0.5) if is_sure else _WITHOUT_SURE
    inside = sum(len(match.group()) for match in groups)
    if len(groups) < fewest or inside <= share * len(_BEYOND_ASCII.findall(text)):
        return text, 0, ""
    if wrong is not _WINDOWS and not all(_WESTERN.fullmatch(_meant(match.group(), wrong)) for match in groups):
        return text, 0, ""
    shown, meant = groups[0].group(), _meant(groups[0].group(), wrong)
    mended = wrong.groups.sub(lambda match: _meant(match.group(), wrong) or match.group(), text)
    return _LOST_QUOTE.sub("”", mended), len(groups), f"“{shown}” for “{meant}”"


def _meant(group: str, wrong: _Wrong) -> str:
    """The character that the bytes of a group are in UTF-8; "" if they are none."""
    try:
        return bytes(wrong.to_byte[character] for character in group).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return ""
