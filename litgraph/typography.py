"""A text as its readers see it: in modern letters and with the usual marks of speech, whatever its printer had.

The text of a book keeps its spelling; what reads it (rules, models, the grammar of names) is used to modern type.

- The long s, and ligatures such as ﬁ, are the letters that they stand for.
- The marks of speech of a text are one family: ``“…”``, ``«…»``, ``‹…›``, ``「…」``, ``‚…‘`` … Where it has more of
  another family than of the usual ones, each of its marks is read as the usual one in its place. A family whose two
  marks are one (the Swedish ``”…”``, the Finnish ``»…»``, ``„…„``) is read as the straight mark, which does not say
  whether it opens or closes either.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "ſ": "s"}
)  # the ligatures of Unicode's "Alphabetic Presentation Forms" that Latin type has


class _Family(NamedTuple):
    """A pair of marks, and what they are read as."""

    opening: str
    closing: str
    usual: str = "“”"


_FAMILIES = (
    _Family("‹", "›"),
    _Family("›", "‹"),
    _Family("「", "」"),
    _Family("『", "』"),
    _Family("《", "》"),
    _Family("〝", "〞"),
    _Family("〝", "〟"),
    _Family("❝", "❞"),
    _Family("‟", "”"),
    _Family("❛", "❜", "‘’"),
    _Family("‚", "‘", "‘’"),
    _Family("‚", "’", "‘’"),
    _Family("`", "'", "‘'"),
    _Family("`", "´", "‘’"),
)
_STRAIGHT = {"＂": '"', "″": '"', "〃": '"'}
_BEGINS = r"(?:(?<=[\s(\[—–-])|(?<![^\n]))"
_ENDS = r"(?=[\s.,;:!?)\]—–-]|\Z)"


@lru_cache(maxsize=4)
def plain_type(text: str) -> str:
    """The text with modern letters and usual marks of speech, without moving a character: offsets stay as they are.

    So ligatures, which stand for several letters, stay here; see ``modern_letters``.

    >>> plain_type("‹Oh, Miſs Jane,› ſaid he. ‹Don’t!›")
    '“Oh, Miss Jane,” said he. “Don’t!”'
    """
    return _in_usual_marks(text.replace("ſ", "s"))


def modern_letters(words: str) -> str:
    """Words without long s and ligatures; they may become longer.

    >>> modern_letters("Miſs Clariſſa Weﬅon")
    'Miss Clarissa Weston'
    """
    return words if words.isascii() else words.translate(LIGATURES)


def _in_usual_marks(text: str) -> str:
    for mark, straight in _STRAIGHT.items():
        text = text.replace(mark, straight) if mark in text else text
    usual = text.count("“") + text.count("„") + text.count("«") + text.count('"') // 2
    both = [(_times(text, family), family) for family in _FAMILIES if family.opening in text]
    most, family = max(both, default=(0, _FAMILIES[0]), key=lambda pair: pair[0])
    if most > usual and most > _single_openings(text):
        return _translated(text, family)
    return _with_one_mark(text)


def _times(text: str, family: _Family) -> int:
    """How many stretches stand between the two marks, each in one paragraph."""
    return len(re.findall(_stretch(family), text))


def _stretch(family: _Family) -> str:
    """From an opening mark to the next closing one; an apostrophe is no closing mark."""
    opening, closing = map(re.escape, family[:2])
    if family.usual != "“”":
        return rf"{_BEGINS}{opening}(?=\S)[^\n{opening}]*?(?<=\S){closing}{_ENDS}"
    return rf"{opening}[^\n{opening}{closing}]*{closing}"


def _translated(text: str, family: _Family) -> str:
    opening, closing = family.usual[0], family.usual[1]
    if family.usual != "“”":
        text = re.sub(_stretch(family), lambda match: opening + match.group()[1:-1] + closing, text)
        # A paragraph of a longer speech begins with a mark that it does not close.
        return re.sub(rf"{_BEGINS}{re.escape(family.opening)}(?=[\w'’])", opening, text)
    return text.translate({ord(family.opening): opening, ord(family.closing): closing})


def _single_openings(text: str) -> int:
    return len(re.findall(rf"{_BEGINS}‘(?=\w)", text))


def _with_one_mark(text: str) -> str:
    """With the straight mark where one curly mark, or one guillemet, both opens and closes."""
    for mark, others in (("”", "“„‟«»"), ("“", "”„«»"), ("„", "“”«»"), ("»", "«“”„"), ("«", "»“”„")):
        if mark in text and not any(other in text for other in others) and _opens_with(text, mark):
            return text.replace(mark, '"')
    if "’" in text and not any(mark in text for mark in '‘“„«"') and _opens_with(text, "’"):
        return re.sub(rf"{_BEGINS}’(?=\w)|(?<=[.,!?…])’{_ENDS}", "'", text)
    if "“" in text and len(re.findall(r"(?m)^”\w", text)) > len(re.findall(r"(?m)^“\w", text)):
        return text.translate({ord("“"): "”", ord("”"): "“"})
    return text


def _opens_with(text: str, mark: str) -> bool:
    """Does the mark stand before words, and as often behind them? An apostrophe before a word is no speech."""
    before = len(re.findall(rf"{_BEGINS}{mark}\s?(?=\w)", text))
    return before > 0 and 2 * len(re.findall(rf"(?<=[.,!?…]){mark}{_ENDS}", text)) >= before
