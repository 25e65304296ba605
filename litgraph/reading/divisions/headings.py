"""The grammar of headings: what one paragraph says about where it stands in a book.

A heading is a designator and a number ("CHAPTER THE LAST", "Book the Second", "ACT I. SCENE 2.", "2nd Letter"), a
number alone ("IV", "3. The Kiss", "ONE"), or one of the names that divisions without a number bear ("PREFACE",
"Epilogue", "FOOTNOTES"). Ornaments around it ("*** CHAPTER I ***", "**Chapter 1**") and the mark of a footnote behind
it are no part of it. Whether a paragraph that *could* be a heading *is* one, only its neighbours can tell: see
``chapters``. Which other words number the divisions of one book ("DAY I", "Fit the First"): see ``designators``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from unicodedata import category, normalize

from litgraph.reading.divisions.numerals import FOREIGN, NUMERAL, SPELLED, is_cardinal, numeral_value

Rank = Literal["group", "leaf", "bare", "front", "story", "back", "contents"]

GROUPS = ("volume", "part", "book", "act")
_LEAVES = ("chapter", "letter", "adventure", "stave", "canto", "scene", "episode", "section")
# Abbreviations, and the words of the languages that Project Gutenberg has most novels in after English.
_SYNONYMS = {
    "vol": "volume", "tome": "volume", "band": "volume", "deel": "volume",
    "partie": "part", "teil": "part", "parte": "part", "phase": "part", "epoch": "part", "period": "part",
    "livre": "book", "buch": "book", "libro": "book", "boek": "book",
    "acte": "act", "actus": "act", "jornada": "act", "akt": "act", "aufzug": "act", "atto": "act", "acto": "act",
    "chap": "chapter", "chapt": "chapter", "ch": "chapter", "cap": "chapter", "caput": "chapter",
    "chapitre": "chapter", "kapitel": "chapter", "capitolo": "chapter", "capítulo": "chapter",
    "capitulo": "chapter", "hoofdstuk": "chapter", "luku": "chapter", "kapittel": "chapter", "kapitlet": "chapter",
    "lettre": "letter", "carta": "letter",
    "scène": "scene", "szene": "scene", "scena": "scene", "scaena": "scene", "scæna": "scene", "escena": "scene",
}  # fmt: skip

_KEYWORD = "|".join((*GROUPS, *_LEAVES, *_SYNONYMS))
# Fragments that ignore case: an ordinal before its noun; "No." between a noun and its number; "of XII" behind it.
ORDINAL = rf"(?:{SPELLED}|{FOREIGN}|\d{{1,4}}(?:st|nd|rd|th|\.)|[ivxlc]+\.)"
NUMBER_SIGN = r"(?:(?:number|no|nr)\b\.? ?|n[º°]\.? ?|[№#] ?)?"
_DESIGNATOR_LINE = re.compile(
    rf"(?:the )?(?:(?P<keyword>{_KEYWORD})(?:\b|(?=\d))[ .:,—–-]*{NUMBER_SIGN}(?:the )?"
    rf"[(\[]?(?P<number>{NUMERAL})[)\]]?(?:(?: of |/){NUMERAL})?"
    rf"|(?P<ordinal>{ORDINAL}) (?P<after>{_KEYWORD}))(?=$|[\s.:;,—–\-)(\[])(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_BARE = re.compile(rf"[\[(—–-]?\s*(?P<number>[IVXLC]+|\d{{1,3}}|(?i:{SPELLED}))[\])—–. -]*")
_NUMBER_AND_TITLE = re.compile(r"(?P<number>[IVXLC]+|\d{1,3})\s?[.:)—–]+\s?(?P<title>[\"“‘'A-ZÀ-Þ].{0,100})")
_NUMBER_WORD_AND_TITLE = re.compile(rf"(?P<number>(?i:{SPELLED}))[.:—]? (?P<title>[^a-z]{{3,100}})")
_ROMAN = re.compile(r"[IVXLC]+")
_SEPARATOR = re.compile(r"[\s\])]*(?P<strong>,|[.:;—–-]*)\s*")
# How an argument begins that follows a number without a stop: "CHAPTER I In which Margaret goes to the quay".
_ARGUMENT = re.compile(
    r"(?:(?:in|of|on|by) which|wherein|whereby|containing|showing|shewing|treat(?:s|ing)|of how)\b", re.I
)
_ORNAMENTS = " *_~=+#|•●○◦■□★☆❖❦❧☙✦"
_DASHED = re.compile(r"[—–-]+\s*(?P<inside>[^—–\s-].*?)\s*[—–-]+")
_BRACKETED = re.compile(r"(?:\[([^\[\]]+)\]|\(([^()]+)\)|<([^<>]+)>|\{([^{}]+)\}|\[\[([^\[\]]+)\]\])")
_LETTER_SPACED = re.compile(rf"(?:{'|'.join(' '.join(word) for word in _KEYWORD.split('|'))})(?= |$)", re.IGNORECASE)
_SPACED_WORD = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_])+(?!\S)")
_ROMAN_SIGNS = {sign: normalize("NFKC", chr(sign)) for sign in range(0x2160, 0x2180)}  # "Ⅷ" is one character
_ONE_WORD = re.compile(r"\w+ ")
_NOTE_MARK = re.compile(
    r"(?:(?<=[\w.])|(?<=[\w.] ))(?:\[(?:\d{1,3}|[a-z*†‡])\]|\{\d{1,3}\}|[*†‡¹²³⁰⁴-⁹]{1,3}|\^\{?\d{1,3}\}?)\Z"
    r"|\s*\{[#.][^{}]{1,80}\}\Z"
)
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
        title: what follows the number; "" if nothing does, or a page number.
        outer: the group named on the same line, as in "ACT I. SCENE 2."
        outer_text: that group as printed.
    """

    rank: Rank
    family: str
    number: int = 0
    title: str = ""
    outer: Heading | None = None
    outer_text: str = ""


def bare_heading(text: str) -> str:
    """A heading without the ornaments around it and the mark of a footnote behind it; other text as it is.

    >>> bare_heading("*** CHAPTER I ***"), bare_heading("## [Chapter 2]"), bare_heading("CHAPTER III[1]")
    ('CHAPTER I', 'Chapter 2', 'CHAPTER III')
    >>> bare_heading("C H A P T E R  X I V"), bare_heading("🌊 Chapter Ⅳ 🌊")
    ('CHAPTER XIV', 'Chapter IV')
    """
    plain = _without_signs(text.translate(_ROMAN_SIGNS)).strip(_ORNAMENTS)
    if (mark := _NOTE_MARK.search(plain)) and not _ONE_WORD.fullmatch(plain, 0, mark.start()):  # "CHAPTER [1]"
        plain = plain[: mark.start()].strip(_ORNAMENTS)
    if dashed := _DASHED.fullmatch(plain):
        plain = dashed["inside"]
    if bracketed := _BRACKETED.fullmatch(plain):
        plain = next(inside for inside in bracketed.groups() if inside).strip(_ORNAMENTS)
    if keyword := _LETTER_SPACED.match(plain):
        rest = _SPACED_WORD.sub(lambda word: word[0].replace(" ", ""), plain[keyword.end() :])
        plain = keyword[0].replace(" ", "") + rest
    return plain or text


def _without_signs(text: str) -> str:
    """A text without the pictures ("🌊") at its ends."""
    start, end = 0, len(text)
    while start < end and _is_picture(text[start]):
        start += 1
    while start < end and _is_picture(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_picture(character: str) -> bool:
    return character in " \ufe0e\ufe0f\u200d" or (character > "\u2190" and category(character) == "So")


def parse_heading(text: str) -> Heading | None:
    """What heading a paragraph (cleaned, on one line) could be; None if it is none."""
    if not text or len(text) > LONGEST_HEADING:
        return None
    plain = bare_heading(text)
    if plain[0].islower():
        heading = _parse_designated(plain)
        return heading if heading and not heading.title and not heading.outer else None
    return _parse_designated(plain) or _parse_bare(plain) or _parse_name(plain)


def _parse_designated(text: str) -> Heading | None:
    match = _DESIGNATOR_LINE.match(text)
    if not match:
        return None
    keyword = (match["keyword"] or match["after"]).lower()
    family = _SYNONYMS.get(keyword, keyword)
    number = numeral_value((match["number"] or match["ordinal"]).rstrip("."))
    separator = _SEPARATOR.match(match["rest"])
    assert separator
    title = match["rest"][separator.end() :]
    if number is None or (title and not _opens_title(separator["strong"], title)):
        return None
    if title.isdecimal() and not separator["strong"]:  # the number of the page, in a list or a running head
        title = ""
    if family in GROUPS and (inner := _parse_designated(title)) and inner.rank == "leaf":
        outer_text = text[: match.start("rest")]
        return Heading("leaf", inner.family, inner.number, inner.title, Heading("group", family, number), outer_text)
    return Heading("group" if family in GROUPS else "leaf", family, number, title)


def _opens_title(mark: str, words: str) -> bool:
    """Whether words after a number and a mark ("" if none) are a title or argument, not the rest of a sentence."""
    if _ARGUMENT.match(words):
        return True
    if mark == ",":
        return _starts_title(words) or _DESIGNATOR_LINE.match(words) is not None
    return bool(mark) or _starts_title(words)


def _starts_title(title: str) -> bool:
    """Whether words straight after a number, without a point or dash, are a title and not the rest of a sentence."""
    initial = title.lstrip("\"“‘'([")[:1]
    return (
        (initial.isupper() or initial.isdigit()) and len(title) <= 120 and (title.isupper() or title[-1] not in ".,;:")
    )


def _parse_bare(text: str) -> Heading | None:
    match = _BARE.fullmatch(text)
    title = ""
    if match:
        is_number = printed_as_number(match["number"])
    else:
        match = _NUMBER_AND_TITLE.fullmatch(text) or _NUMBER_WORD_AND_TITLE.fullmatch(text)
        if not match or match["title"][-1] in ",;:":
            return None
        title, is_number = match["title"], match["number"].isupper() or match["number"].isdecimal()
    numeral = match["number"]
    value = numeral_value(numeral)
    if not value or not is_number:
        return None
    family = "arabic" if numeral.isdecimal() else "roman" if _ROMAN.fullmatch(numeral) else "spelled"
    return Heading("bare", family, value, title)


def printed_as_number(numeral: str) -> bool:
    """Whether a numeral is printed as one: in digits, in capitals, or as "Twenty-One"; not as "first" or "First"."""
    return numeral[0].isdecimal() or numeral.isupper() or (numeral[0].isupper() and is_cardinal(numeral))


def _parse_name(text: str) -> Heading | None:
    if text.isupper() or text.istitle() or len(text) <= 40:
        for rank, pattern in _NAMES_OF_RANK.items():
            if pattern.fullmatch(text):
                return Heading(rank, "named")
    return Heading("back", "named") if _NOTES_FOLLOW.match(text) else None
