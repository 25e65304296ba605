"""The grammar of numerals in headings: digits, Roman numerals, and numbers spelled out.

Spelled out are cardinals and ordinals to 9,999 as English books print them: "Twenty-One", "Twenty One", "the
One-and-Twentieth", "TWENTYONE", "ONE HUNDRED AND ONE", "Hundred and First"; and, of other languages, the ordinals to
twenty, which number chapters and parts ("Zweites Kapitel", "CAPITOLO TERZO") but are no headings by themselves.
"""

from __future__ import annotations

import re

LAST = 10_000  # the number of "CHAPTER THE LAST"; no book has so many chapters

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_FIRSTS = "first second third fourth fifth sixth seventh eighth ninth".split()
_TENTHS = "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split()
# The ordinals of other languages from the first on, by their endings: French (with its two firsts and its second),
# Latin (as in Shakespeare's folios), German, Italian, Spanish, Portuguese, Dutch, Danish and Norwegian, Swedish,
# Finnish.
_FOREIGN_ORDINALS = (
    ("er ère", "premi"), ("", "premier seconde"),
    ("ième", "un deux trois quatr cinqu six sept huit neuv dix onz douz treiz quatorz quinz seiz dix-sept dix-huit "
        "dix-neuv vingt"),
    ("us a", "prim secund terti quart quint sext septim octav non decim"),
    ("er es e", "erst zweit dritt viert fünft sechst siebent"),
    ("er es e", "erst zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft dreizehnt vierzehnt fünfzehnt "
        "sechzehnt siebzehnt achtzehnt neunzehnt zwanzigst"),
    ("o a", "prim second terz quart quint sest settim ottav non decim undicesim dodicesim tredicesim quattordicesim "
        "quindicesim sedicesim diciassettesim diciottesim diciannovesim ventesim"),
    ("", "primer segundo tercer"),
    ("o a", "primer segund tercer cuart quint sext séptim octav noven décim undécim duodécim decimotercer decimocuart "
        "decimoquint decimosext decimoséptim decimoctav decimonoven vigésim"),
    ("o a", "primeir segund terceir quart quint sext sétim oitav non décim"),
    ("e", "eerst tweed derd vierd vijfd zesd zevend achtst negend tiend elfd twaalfd dertiend veertiend vijftiend "
        "zestiend zeventiend achttiend negentiend twintigst"),
    ("", "første anden tredje fjerde femte sjette syvende ottende niende tiende"),
    ("", "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde"),
    ("", "ensimmäinen toinen kolmas neljäs viides kuudes seitsemäs kahdeksas yhdeksäs kymmenes"),
)  # fmt: skip

_BELOW_TWENTY = {word: value for value, word in enumerate([*_ONES, *_TEENS], 1)}
_BELOW_TWENTY |= {word: value for value, word in enumerate([*_FIRSTS, *_TENTHS], 1)}
_ROUND = {word: tens * 10 for tens, word in enumerate(_TENS, 2)} | {"fourty": 40}
_ROUND |= {word[:-1] + "ieth": value for word, value in _ROUND.items()}
_FOREIGN = {
    stem + ending: value
    for endings, stems in _FOREIGN_ORDINALS
    for value, stem in enumerate(stems.split(), 1)
    for ending in endings.split() or [""]
}
_VALUES = _BELOW_TWENTY | _ROUND | {"a": 1, "zero": 0, "last": LAST, "final": LAST}

_GAP = r"(?:\s|[-‐‑–]\s?)"  # between the words of one number; a dash with spaces around it separates a title
_ONE = "|".join([*_ONES, *_FIRSTS])
_TEN = "|".join([*_ROUND])
_BELOW_100 = (
    rf"(?:(?:{_TEN}){_GAP}?(?:{_ONE})|(?:{'|'.join(_ONES)}){_GAP}and{_GAP}(?:{_TEN})"
    rf"|{'|'.join(sorted([*_BELOW_TWENTY, *_ROUND], key=len, reverse=True))})"
)
_AND_MORE = rf"{_GAP}(?:and{_GAP})?"
_HUNDREDS = rf"(?:(?:{'|'.join([*_ONES, *_TEENS])}|a){_GAP})?hundred(?:th|(?:{_AND_MORE}{_BELOW_100})?)"
_THOUSANDS = rf"(?:(?:{'|'.join(_ONES)}|a){_GAP})?thousand(?:th|(?:{_AND_MORE}(?:{_HUNDREDS}|{_BELOW_100}))?)"
# Fragments of expressions that ignore case. One spelled number, as long as it goes; one of another language.
SPELLED = rf"(?:{_THOUSANDS}|{_HUNDREDS}|{_BELOW_100}|zero|last|final)(?![^\W_])"
FOREIGN = rf"(?:{'|'.join(sorted(_FOREIGN, key=len, reverse=True))})(?![^\W_])"
NUMERAL = rf"(?:{SPELLED}|{FOREIGN}|[ivxlcdm]+(?![^\W_])|\d{{1,4}}(?:st|nd|rd|th)?(?![^\W_]))"

_JOINED = re.compile(rf"\b(?:{_TEN})(?=(?:{_ONE})\b)")
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
    return _FOREIGN.get(lower) or _spelled_value(re.findall(r"[^\W\d_]+", _JOINED.sub(r"\g<0> ", lower)))


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
