"""Inline cleaning: one wrapped block in, one clean line out, every kept character still knowing its offset.

What is changed, and nothing else:

- control characters, soft hyphens, zero-width spaces, ``[Illustration …]``, ``[Transcriber's note …]`` and the word
  "Enlarge" on a line of its own (what conversions from HTML leave of a linked picture) go;
- character references that a conversion has left (``&eacute;``, ``&#8217;``) become what they mean;
- runs of white space (line breaks too) become one space; the text is brought to NFC;
- ``_italics_`` (also ``in_ter_`` and ``_this _``), ``=bold=`` and ``~gesperrt~`` lose their marks; a mark without a
  partner stays; where italics are the only marks of speech, ``italics`` has made them ``“…”`` before;
- ``--`` becomes ``—`` and four or more hyphens ``——``; a line break beside a dash goes without leaving a space;
- a word broken at a line's end keeps its hyphen if the book writes it with one, loses it if the book writes it without,
  and keeps it if the book has neither;
- ``` ``x'' ``` becomes ``“x”``. Straight quotes stay straight: which way one turns cannot be told for sure
  ('Tis, o' clock), and nothing after this needs it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from html import unescape

from litgraph.reading.mapped import MappedText

# How a bracketed note begins that is no part of the book; without its "]", as it may run over several paragraphs.
NOTE_OPENS = r"\[(?:Illustrations?|Transcriber[’']?s?[’']? notes?|Project Gutenberg Editor['’]s note)\b"
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff]")
_MARKER = re.compile(rf"{NOTE_OPENS}[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\]", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_PICTURE_LINK = re.compile(r"(?:\A|(?<=\n)) ?Enlarge ?(?=\n|\Z)")
_ITALICS = re.compile(
    r"(?<![^\W_])_(?=[^\s_])[^_]*(?:(?<=[^\s_])_(?!_)|(?<=\s)_(?!\w))"
    r"|(?<=[^\W_])_(?=[^\W\d_])[^_]*(?<=[^\s_])_(?!\w)"  # begins inside a word, so it must end at the end of one
)
_BOLD = re.compile(r"(?<![\w=~])([=~])(?=[^\s=~])[^=~\n]{0,300}(?<=[^\s=~])\1(?![\w=~])")
_DASH = re.compile(r"(?P<before> ?\n ?)?(?P<dash>-{2,}|—+)(?P<after> ?\n ?)?")
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])- ?\n ?(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WORD_BEFORE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*\Z")
_BLANKS = re.compile(r"[^\S\n]+")
_SPACE = re.compile(r"\s+")
_CONJUNCTIONS = {"and", "or", "to"}  # "land- and sea-breezes": the hyphen belongs to the first word alone


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """The words of a book, lower case, hyphenated ones whole; what broken words are looked up in."""
    words_as_written: set[str] = set()
    for text in texts:
        words_as_written.update(_WORD.findall(text))
    return frozenset(word.lower() for word in words_as_written)


def clean(block: MappedText, words: frozenset[str]) -> MappedText:
    """One paragraph on one line, as the head of this module says; empty where nothing but markers stood."""
    text = (
        block.sub(_REFERENCE, lambda reference: unescape(reference[0]))
        .sub(_INVISIBLE, "")
        .sub(_BLANKS, " ")
        .sub(_MARKER, "")
        .sub(_PICTURE_LINK, "")
    )  # blanks first: what follows relies on one
    text = _unmark(text, _BOLD)
    text = _unmark(text, _ITALICS)
    if "``" in text.text:
        text = text.sub(r"``", "“").sub(r"''", "”")
    text = _mend(text, words)
    text = _dashes(text)
    text = text.sub(_SPACE, " ").strip()
    return _compose(text)


def tidy(words: str) -> str:
    """A title or name from a file's metadata: on one line, without control characters, in NFC."""
    return unicodedata.normalize("NFC", " ".join(_INVISIBLE.sub("", words).split()))


def _unmark(text: MappedText, pattern: re.Pattern[str]) -> MappedText:
    """Without the first and last character of every match."""
    marks = {position for match in pattern.finditer(text.text) for position in (match.start(), match.end() - 1)}
    if not marks:
        return text
    return text.sub(r"[_=~]", lambda mark: "" if mark.start() in marks else mark[0])


def _mend(text: MappedText, words: frozenset[str]) -> MappedText:
    def join(gap: re.Match[str]) -> str:
        left = _WORD_BEFORE.search(text.text, max(0, gap.start() - 60), gap.start())
        right = _WORD.match(text.text, gap.end())
        if not left or not right:
            return "-"
        if right[0].lower() in _CONJUNCTIONS:
            return "- "
        before, after = left[0].lower(), right[0].lower()
        if f"{before}-{after}" not in words and before + after in words and right[0][0].islower():
            return ""
        return "-"

    return text.sub(_BROKEN_WORD, join)


def _dashes(text: MappedText) -> MappedText:
    def dash(match: re.Match[str]) -> str:
        stroke = match["dash"]
        omission = len(stroke) >= 4 and stroke[0] == "-"  # "D----" stands for a name
        new = "——" if omission else "—" if stroke[0] == "-" else stroke
        number = match.start("dash") > 0 and text.text[match.start("dash") - 1].isdigit()  # "17--": no clause ends
        before = " " if match["before"] and omission else ""
        return before + new + (" " if match["after"] and (omission or number) else "")

    return text.sub(_DASH, dash)


def _compose(text: MappedText) -> MappedText:
    """In Unicode normalisation form C, offsets kept for every character that it leaves alone."""
    if unicodedata.is_normalized("NFC", text.text):
        return text
    starts = [i for i, character in enumerate(text.text) if i == 0 or not unicodedata.combining(character)]
    parts = []
    for start, end in zip(starts, [*starts[1:], len(text.text)], strict=True):
        new = unicodedata.normalize("NFC", text.text[start:end])
        piece = text[start:end]
        parts.append(piece if new == piece.text else piece.sub(r"(?s).+", new))
    result = MappedText.join(parts)
    whole = unicodedata.normalize("NFC", text.text)
    return result if result.text == whole else result.sub(r"(?s).+", whole)
