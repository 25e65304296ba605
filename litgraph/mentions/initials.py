"""Names that begin with initials or a shortened given name: whole, and of the right kind.

A reader that knows "Lee" may leave out the "J. B." before it, and takes for a town what it has never seen after
initials. The initials before a name in its sentence are part of it. Who has initials and a surname that people of the
book bear is a person, and so is "Eliz. Cox"; what has a ship's prefix ("H.M.S. Beagle") is a vessel.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from litgraph.mentions.read import Read
from litgraph.names.abbreviations import GIVEN_NAMES
from litgraph.types import EntityLabel, Sentence

_SHORTENED = "|".join(sorted(name.capitalize() for name in GIVEN_NAMES))
_FIRST = rf"(?:(?!I\.\s)[A-Z]\.[\s-]?|(?:{_SHORTENED})\.\s)"
_BEFORE = re.compile(rf"(?<![\w.’'])(?:{_FIRST}){{1,4}}\Z")
_LONGEST = 40  # characters of initials
_INITIALS_AND_SURNAME = re.compile(rf"{_FIRST}{{1,4}}(?:[a-z]{{1,3}}\s)?([^\W\d_][\w’'-]+)")
_SHIP = re.compile(r"(?:[Tt]he )?(?:H\.\s?M\.\s?[SY]|U\.\s?S\.\s?S|R\.\s?M\.\s?S|S\.\s?S|H\.\s?M\.\s?A\.\s?S)\.\s[A-Z]")


def with_initials(text: str, sentences: Sequence[Sentence], found: Sequence[Read]) -> list[Read]:
    """What was found, each stretch once, the names with the initials before them.

    Args:
        text: ``Book.text``.
        sentences: all of the book.
        found: in any order.
    """
    starts = [sentence.start for sentence in sentences]
    whole: dict[tuple[int, int], Read] = {(read.start, read.end): read for read in found}
    for read in found:
        if read.form != "name" or not text[read.start].isupper():
            continue
        sentence = sentences[bisect_right(starts, read.start) - 1]
        before = _BEFORE.search(text, max(sentence.start, read.start - _LONGEST), read.start)
        if before:
            del whole[read.start, read.end]
            whole.setdefault((before.start(), read.end), read._replace(start=before.start()))
    surnames = {_last_word(text, read) for read in whole.values() if read.form == "name" and read.label == "PER"}
    return [read._replace(label=_label(text, read, surnames)) for read in whole.values()]


def _label(text: str, read: Read, surnames: set[str]) -> EntityLabel:
    wording = text[read.start : read.end]
    if _SHIP.match(wording):
        return "VEH"
    if read.form == "name" and read.label != "PER" and (match := _INITIALS_AND_SURNAME.fullmatch(wording)):
        is_shortened = wording.partition(".")[0].casefold() in GIVEN_NAMES
        return "PER" if is_shortened or match[1] in surnames else read.label
    return read.label


def _last_word(text: str, read: Read) -> str:
    return text[read.start : read.end].rpartition(" ")[2]
