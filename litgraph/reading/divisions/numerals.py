"""The grammar of numerals in headings: digits, Roman numerals, and numbers spelled out.

Spelled out are cardinals and ordinals to 9,999 as English books print them: "Twenty-One", "Twenty One", "the
One-and-Twentieth", "ONE HUNDRED AND ONE", "Hundred and First"; and, of other languages, the ordinals to twelve.
"""

from __future__ import annotations

import re

LAST = 10_000  # the number of "CHAPTER THE LAST"; no book has so many chapters

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_FIRSTS = "first second third fourth fifth sixth seventh eighth ninth".split()
_TENTHS = "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()
# French and German books spell out the number of a part or of the first chapter, hardly ever higher ones.
_FOREIGN_ORDINALS = (
    "premier première erster erstes erste primo prima primera", "deuxième seconde zweiter zweites zweite segunda",
    "troisième dritter drittes dritte terza tercera", "quatrième vierter viertes vierte", "cinquième fünfter fünftes",
    "sixième sechster sechstes", "septième siebenter siebentes siebtes", "huitième achter achtes",
    "neuvième neunter neuntes", "dixième zehnter zehntes", "onzième elfter elftes", "douzième zwölfter zwölftes",
)  # fmt: skip

_BELOW_TWENTY = {word: value for value, word in enumerate([*_ONES, *_TEENS], 1)}
_BELOW_TWENTY |= {word: value for value, word in enumerate([*_FIRSTS, *_TENTHS], 1)}
_ROUND = {word: tens * 10 for tens, word in enumerate(_TENS, 2)} | {"fourty": 40}
_ROUND |= {word[:-1] + "ieth": value for word, value in _ROUND.items()}
_FOREIGN = {word: value for value, words in enumerate(_FOREIGN_ORDINALS, 1) for word in words.split()}
_VALUES = _BELOW_TWENTY | _ROUND | _FOREIGN | {"a": 1, "zero": 0, "last": LAST, "final": LAST}

_GAP = r"(?:\s|[-‐‑]\s?)"  # between the words of one number; a dash with spaces around it separates a title
_ONE = "|".join([*_ONES, *_FIRSTS])
_TEN = "|".join([*_ROUND])
_BELOW_100 = (
    rf"(?:(?:{_TEN}){_GAP}(?:{_ONE})|(?:{'|'.join(_ONES)}){_GAP}and{_GAP}(?:{_TEN})"
    rf"|{'|'.join(sorted([*_BELOW_TWENTY, *_ROUND], key=len, reverse=True))})"
)
_AND_MORE = rf"{_GAP}(?:and{_GAP})?"
_HUNDREDS = rf"(?:(?:{'|'.join([*_ONES, *_TEENS])}|a){_GAP})?hundred(?:th|(?:{_AND_MORE}{_BELOW_100})?)"
_THOUSANDS = rf"(?:(?:{'|'.join(_ONES)}|a){_GAP})?thousand(?:th|(?:{_AND_MORE}(?:{_HUNDREDS}|{_BELOW_100}))?)"
_OTHERS = "|".join(sorted([*_FOREIGN, "zero", "last", "final"], key=len, reverse=True))

# One spelled number, as long as it goes; both are fragments of expressions that ignore case.
SPELLED = rf"(?:{_THOUSANDS}|{_HUNDREDS}|{_BELOW_100}|{_OTHERS})(?![^\W_])"
NUMERAL = rf"(?:{SPELLED}|[ivxlcdm]+(?![^\W_])|\d{{1,4}}(?:st|nd|rd|th)?(?![^\W_]))"

_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN = re.compile(r"[ivxlcdm]+")
_ROMAN_PARTS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def numeral_value(numeral: str) -> int | None:
    """The number that a numeral stands for, ``LAST`` for "last"; None if it is none (IIX, or the word "civil").

    >>> numeral_value("XLII"), numeral_value("One Hundred and First"), numeral_value("2nd"), numeral_value("IIX")
    (42, 101, 2, None)
    """
    lower = numeral.lower()
    if lower[:1].isdecimal():
        return int(re.sub(r"\D+\Z", "", lower))
    if _ROMAN.fullmatch(lower):
        return _roman_value(lower)
    return _spelled_value(re.findall(r"[^\W\d_]+", lower))


def is_cardinal(words: str) -> bool:
    """Whether a spelled number says how many ("Twenty-One"), not which one ("Twenty-First", "Last")."""
    return re.search(r"(?:first|second|third|th|last|final)\Z", words, re.IGNORECASE) is None


def _spelled_value(words: list[str]) -> int | None:
    """The sum that the words make: ones and tens add up, "hundred" and "thousand" multiply what stands before."""
    total = part = 0
    for word in words:
        if word in ("hundred", "hundredth"):
            part = (part or 1) * 100
        elif word in ("thousand", "thousandth"):
            total, part = (part or 1) * 1000, 0
        elif word in _VALUES:
            part += _VALUES[word]
        elif word != "and":
            return None
    return total + part if words else None


def _roman_value(letters: str) -> int | None:
    values = [_ROMAN_DIGITS[letter] for letter in letters]
    total = sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )
    return total if roman(total) == letters or letters == "iiii" else None


def roman(number: int) -> str:
    """A number in Roman numerals, lower case."""
    letters = ""
    for value, part in _ROMAN_PARTS:
        letters += part * (number // value)
        number %= value
    return letters
