"""The grammar of headings: what one paragraph says about where it stands in a book.

A heading is a designator and a number ("CHAPTER THE LAST", "Book the Second", "ACT I. SCENE 2."), a number alone ("IV",
"3. The Kiss", "ONE"), or one of the names that divisions without a number bear ("PREFACE", "Epilogue", "FOOTNOTES").
Whether a paragraph that *could* be a heading *is* one, only its neighbours can tell: see ``chapters``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from litgraph.reading.mapped import Block

Rank = Literal["group", "leaf", "bare", "front", "story", "back", "contents"]

GROUPS = ("volume", "part", "book", "act")
_LEAVES = ("chapter", "letter", "adventure", "stave", "canto", "scene", "episode", "section")
# Abbreviations, and the words of the languages that Project Gutenberg has most novels in after English.
_SYNONYMS = {
    "vol": "volume", "tome": "volume", "band": "volume", "deel": "volume",
    "partie": "part", "teil": "part", "parte": "part",
    "livre": "book", "buch": "book", "libro": "book", "boek": "book",
    "acte": "act", "akt": "act", "aufzug": "act", "atto": "act", "acto": "act",
    "chap": "chapter", "chapitre": "chapter", "kapitel": "chapter", "capitolo": "chapter", "capítulo": "chapter",
    "capitulo": "chapter", "hoofdstuk": "chapter", "luku": "chapter",
    "scène": "scene", "szene": "scene", "scena": "scene", "escena": "scene",
}  # fmt: skip
LAST = 10_000  # the number of "CHAPTER THE LAST"

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_ONES += " eighteen nineteen"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
_ORDINALS += " fifteenth sixteenth seventeenth eighteenth nineteenth"
# French and German books spell out the number of a part or of the first chapter, hardly ever higher ones.
_FOREIGN_ORDINALS = (
    "premier première erster erstes erste primo prima primera", "deuxième seconde zweiter zweites zweite segunda",
    "troisième dritter drittes dritte terza tercera", "quatrième vierter viertes vierte", "cinquième fünfter fünftes",
    "sixième sechster sechstes", "septième siebenter siebentes siebtes", "huitième achter achtes",
    "neuvième neunter neuntes", "dixième zehnter zehntes", "onzième elfter elftes", "douzième zwölfter zwölftes",
)  # fmt: skip
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def _number_words() -> dict[str, int]:
    words = {word: value for value, word in enumerate(_ONES.split(), 1)}
    words |= {word: value for value, word in enumerate(_ORDINALS.split(), 1)}
    for tens, word in enumerate(_TENS.split(), 2):
        words[word] = tens * 10
        words[word[:-1] + "ieth"] = tens * 10
        for value, (one, ordinal) in enumerate(zip(_ONES.split()[:9], _ORDINALS.split()[:9], strict=True), 1):
            words[f"{word}-{one}"] = words[f"{word}-{ordinal}"] = tens * 10 + value
    for value, ordinals in enumerate(_FOREIGN_ORDINALS, 1):
        words |= dict.fromkeys(ordinals.split(), value)
    return words | {"last": LAST}


_WORDS = _number_words()
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_SPELLED = "|".join(sorted(_WORDS, key=lambda word: (-len(word), word)))
_NUMERAL = rf"(?:[ivxlc]+|\d{{1,3}}|{_SPELLED})"
_KEYWORD = "|".join((*GROUPS, *_LEAVES, *_SYNONYMS))
_DESIGNATOR_LINE = re.compile(
    rf"(?:the )?(?:(?P<keyword>{_KEYWORD})\b[ .]*(?:the )?(?P<number>{_NUMERAL})"
    rf"|(?P<ordinal>{_SPELLED}) (?P<after>{_KEYWORD}))(?=$|[\s.:;—–\-\])])(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_BARE = re.compile(rf"[\[(—–-]?\s*(?P<number>[IVXLC]+|\d{{1,3}}|{_SPELLED.upper()})[\])—–. -]*")
_NUMBER_AND_TITLE = re.compile(r"(?P<number>[IVXLC]+|\d{1,3})\s?[.:)—–]+\s?(?P<title>[\"“‘'A-ZÀ-Þ].{0,100})")
_NUMBER_WORD_AND_TITLE = re.compile(rf"(?P<number>{_SPELLED.upper()})[.:—]? (?P<title>[^a-z]{{3,100}})")
_SEPARATOR = re.compile(r"[\s\])]*(?P<strong>[.:;—–-]*)\s*")
_WHOSE = r"(?:the )?(?:(?:author|translator|editor|publisher)['’]?s['’]? )?"
_NAMES_OF_RANK: dict[Rank, re.Pattern[str]] = {
    "contents": re.compile(r"(?:table of )?contents\W*", re.IGNORECASE),
    "front": re.compile(
        _WHOSE + r"(?:preface|introduction|introductory(?: note)?|foreword|dedication|acknowledge?ments?|note"
        r"|dramatis person(?:ae|æ)|characters|persons represented|persons of the play|some commendatory verses"
        r"|(?:list of )?illustrations|to the reader|explanatory|notice)(?: (?:to|of|by) [^.]{1,60})?\W*",
        re.IGNORECASE,
    ),
    "story": re.compile(r"(?:the )?(?:prologue|epilogue|conclusion|interlude|afterpiece|l['’]envoi)\W*", re.IGNORECASE),
    "back": re.compile(
        r"(?:the )?(?:appendix(?: [a-z0-9]{1,4})?|foot-?notes?|end-?notes?|notes|index|glossary|bibliography|errata"
        r"|advertisements?|transcriber['’]?s['’]? notes?|afterword|typographical errors[^.]{0,60})\W*",
        re.IGNORECASE,
    ),
}
_NOTES_FOLLOW = re.compile(r"FOOT-?NOTES: ?\S")
LONGEST_HEADING = 300  # characters; some Victorian chapters print their whole argument


@dataclass(frozen=True, slots=True)
class Heading:
    """What a paragraph would be if it were a heading.

    Attributes:
        rank: "group" (volume, part, book, act), "leaf" (chapter, letter, scene …), "bare" (a number alone), or what
            kind of unnumbered division its name stands for.
        family: the designator ("chapter"), or the kind of bare number ("roman", "arabic", "spelled"), or "named".
        number: its number, ``LAST`` for "the last", 0 for a name.
        title: what follows the number; "" if nothing does.
        outer: the group named on the same line, as in "ACT I. SCENE 2."
        outer_text: that group as printed.
    """

    rank: Rank
    family: str
    number: int = 0
    title: str = ""
    outer: Heading | None = None
    outer_text: str = ""


def parse_heading(text: str) -> Heading | None:
    """What heading a paragraph (cleaned, on one line) could be; None if it is none."""
    if not text or len(text) > LONGEST_HEADING or text[0].islower():
        return None
    return _parse_designated(text) or _parse_bare(text) or _parse_name(text)


def _parse_designated(text: str) -> Heading | None:
    match = _DESIGNATOR_LINE.match(text)
    if not match:
        return None
    keyword = (match["keyword"] or match["after"]).lower()
    family = _SYNONYMS.get(keyword, keyword)
    number = _value(match["number"] or match["ordinal"])
    separator = _SEPARATOR.match(match["rest"])
    assert separator
    title = match["rest"][separator.end() :]
    if title and not separator["strong"] and not _starts_title(title):
        return None
    if number == 0:
        return None
    if family in GROUPS and (inner := _parse_designated(title)) and inner.rank == "leaf":
        outer_text = text[: match.start("rest")]
        return Heading("leaf", inner.family, inner.number, inner.title, Heading("group", family, number), outer_text)
    return Heading("group" if family in GROUPS else "leaf", family, number, title)


def _starts_title(title: str) -> bool:
    """Whether words straight after a number, without a point or dash, are a title and not the rest of a sentence."""
    initial = title.lstrip("\"“‘'([")[:1]
    return (
        (initial.isupper() or initial.isdigit()) and len(title) <= 120 and (title.isupper() or title[-1] not in ".,;:")
    )


def _parse_bare(text: str) -> Heading | None:
    match = _BARE.fullmatch(text)
    title = ""
    if not match:
        match = _NUMBER_AND_TITLE.fullmatch(text) or _NUMBER_WORD_AND_TITLE.fullmatch(text)
        if not match or match["title"][-1] in ",;:":
            return None
        title = match["title"]
    numeral = match["number"]
    value = _value(numeral)
    family = "arabic" if numeral.isdigit() else "spelled" if numeral.lower() in _WORDS else "roman"
    return Heading("bare", family, value, title) if value else None


def _parse_name(text: str) -> Heading | None:
    if text.isupper() or text.istitle() or len(text) <= 40:
        for rank, pattern in _NAMES_OF_RANK.items():
            if pattern.fullmatch(text):
                return Heading(rank, "named")
    return Heading("back", "named") if _NOTES_FOLLOW.match(text) else None


def _value(numeral: str) -> int:
    """The number that a numeral stands for, 0 if it is not well formed (such as IIX or the word "civil")."""
    lower = numeral.lower()
    if lower.isdigit():
        return int(lower)
    if lower in _WORDS:
        return _WORDS[lower]
    total = 0
    for digit, next_digit in zip(lower, [*lower[1:], ""], strict=True):
        value = _ROMAN_VALUES[digit]
        total += -value if value < _ROMAN_VALUES.get(next_digit, 0) else value
    return total if _roman(total) == lower or lower == "i" * total == "iiii" else 0


def _roman(number: int) -> str:
    digits = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    letters = ""
    for value, numeral in digits:
        letters += numeral * (number // value)
        number %= value
    return letters


def split_headings(block: Block) -> list[Block]:
    """A block of plain text at the headings inside it: a contents page set solid, or a heading without a line below.

    A block is cut before each line that opens an entry, if at least three of its lines do (a list); else after its
    first line, if that is nothing but a designator and prose follows; else before a line that is nothing but
    "THE EPILOGUE." in capitals.
    """
    text = block.content.text
    if block.heading or "\n" not in text or text.count("\n") > 400:
        return [block]
    lines = text.split("\n")
    headings = [parse_heading(re.sub(r"\s+", " ", line.strip()).replace("--", "—")) for line in lines]
    entries = [index for index, heading in enumerate(headings) if heading and heading.number]
    cuts: list[int] = []
    if len(entries) >= 3 and _numbers_run([headings[index] for index in entries]):
        cuts = entries
    elif headings[0] and headings[0].number and not headings[0].title and not _is_title("\n".join(lines[1:])):
        cuts = [1]
    else:
        cuts = [
            i for i, heading in enumerate(headings) if i and heading and heading.rank == "story" and lines[i].isupper()
        ]
    return _cut_at_lines(block, lines, cuts)


def _is_title(rest: str) -> bool:
    return rest.isupper() or (len(rest) <= 80 and "\n" not in rest)


def _numbers_run(headings: list[Heading | None]) -> bool:
    """Whether most of the numbers follow each other, as in a list of chapters, possibly restarting."""
    numbers = [heading.number for heading in headings if heading]
    steps = sum(after == before + 1 or after == 1 for before, after in pairwise(numbers))
    return steps * 4 >= (len(numbers) - 1) * 3


def _cut_at_lines(block: Block, lines: list[str], cuts: list[int]) -> list[Block]:
    ends = [0]
    for line in lines:
        ends.append(ends[-1] + len(line) + 1)
    bounds = [0, *(ends[cut] for cut in cuts if cut), len(block.content)]
    pieces = [block.content[start:end].strip() for start, end in pairwise(bounds)]
    return [Block(piece, member=block.member, role=block.role) for piece in pieces if piece]
