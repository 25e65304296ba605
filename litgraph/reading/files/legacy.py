"""Which encoding a text is in that is not UTF-8 and declares nothing: Windows-1252, Mac Roman, or those of DOS.

All of them can decode nearly any bytes. In the right one, characters stand where such characters stand in prose: no
capital behind a small letter, no sign inside of a word, no quotation mark that opens behind one ("ItÕs", "caf‚").
"""

from __future__ import annotations

import re

_OTHERS = ("mac_roman", "cp850", "cp437")
_SAMPLE = 500_000  # bytes
_ODD = re.compile(
    "(?<=[a-zß-öø-ÿ])[À-ÖØ-ÞŠŽŸŒ]"  # a capital behind a small letter
    r"|(?<![^\W\d_])[Â-ÆÈÊ-ÏÐ-ÒÔ-ÖØ-ÞŠŽŒ](?![^\W\d_])"  # or alone
    r"|(?<=[^\W\d_])[^\x00-\x7f\w\s’‘–—…”»›†‡‐‑](?=[^\W\d_])"  # a sign inside of a word
    r"|(?<=[^\W\d_])[„‚‹«“¡¿£€](?![^\W\d_])"  # a mark that opens, behind a word
    # signs that no novel has, and single Greek letters
    "|[\x80-\x9f\ufffdƒˆ˜¤¦¬¨¸¯×÷±¶·ªºµ∂∑∏∫√≈∆◊ıˇ˘˙˚˝˛\u2500-\u25ff\u2310\u0370-\u03ff∞∩≡≥≤⌠⌡]"
)


def likeliest(data: bytes) -> str:
    """The encoding, Windows-1252 unless its characters stand much worse than those of another.

    Args:
        data: no UTF-8.
    """
    found, fewest = "cp1252", _odd(data, "cp1252")
    for encoding in _OTHERS:
        odd = _odd(data, encoding)
        if 2 * odd < fewest:
            found, fewest = encoding, odd
    return found if found != "cp1252" or _fits(data) else "latin-1"


def _odd(data: bytes, encoding: str) -> int:
    return len(_ODD.findall(data[:_SAMPLE].decode(encoding, "replace")))


def _fits(data: bytes) -> bool:
    """Whether Windows-1252 has all the characters."""
    return not re.search(rb"[\x81\x8d\x8f\x90\x9d]", data)
