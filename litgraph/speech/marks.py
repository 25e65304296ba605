"""Quotation marks: which ones a text uses for speech, and what stands between them.

Printers mark speech by double or by single marks or by a dash. An apostrophe looks like a closing single mark, and a
straight mark does not say whether it opens or closes, so that both need more care. Each paragraph of a long speech
begins with a mark that only the last one closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from litgraph.speech.verbs import SPEECH_VERB
from litgraph.typography import plain_type

MarkStyle = Literal["double", "single", "dash", "none"]

PARAGRAPH = re.compile(r"[^\n]+")
_DOUBLE = re.compile(r"[“”„«»\"]")
# Single marks; "don't", "'tis" and "Lord C-'s" have none. What may be an apostrophe ("goin',", "the boys'.") closes
# only where nothing better does. The mark itself comes first, so that a search goes from mark to mark, and what stands
# before it is looked back at over the mark.
_SINGLE = re.compile(
    r"[‘’'](?:"
    r"(?P<open>(?<!’)(?:(?<=[\s(\[—–-].)|(?<![^\n].))"
    r"(?!(?:tis|twas|twill|twere|twould|em|bout|cause|til|n|s)\b)(?=[\w—–-]|[’']\w))"
    r"|(?P<close>(?<!‘)(?:(?<=[.,!?;:…)—–-].)(?!\w)|(?<=\w.)(?<!in.)(?<!an.)(?<!th.)(?<!s.)(?=[.,;:!?])))"
    r"|(?P<perhaps>(?<!‘)(?<=\w.)(?=[.,;:!?\n]|\Z))"
    r")"
)
_OTHER_OPENING = "‘'«»„"
_INNER = str.maketrans("“”", "‘’")
_DASH = re.compile(r"\s*(?:—|―|--|[–-](?=\s))\s*")
# In a paragraph that a dash opens: "—I see it, Stephen said, and you?", "—Come, said the old man."
_INQUIT = re.compile(
    rf"(?<=[,.!?…])\s+(?:{SPEECH_VERB}\b"
    rf"|(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Mm]y)\s+)?[\w.’'-]+(?:\s+[\w.’'-]+){{0,2}}\s+{SPEECH_VERB}\b)"
    r"(?:\b(?:Mr|Mrs|Dr|St|M|Mme|Mlle|Rev|Capt|Col)\.|[^,.;:!?])*[,.;:!?]?\s*"
)


@dataclass(frozen=True, slots=True)
class Marked:
    """What stands between marks: offsets with the marks; ``closed`` is False where the paragraph ended before."""

    start: int
    end: int
    closed: bool


def mark_style(text: str) -> MarkStyle:
    """How a text marks speech: by the marks that it uses most; "none" if it has not one.

    Marks of the other kind stand inside of quotations, so they are fewer. Guillemets are double marks.

    Args:
        text: paragraphs are single lines.
    """
    return _style(plain_type(text))


def _style(text: str) -> MarkStyle:
    double = text.count("“") + text.count("„") + text.count("«") + text.count('"') // 2
    single = sum(match.lastgroup == "open" for match in _SINGLE.finditer(text))
    dashes = sum(_DASH.match(text, *paragraph.span()) is not None for paragraph in PARAGRAPH.finditer(text))
    if dashes > double + single:
        return "dash"
    if double or single:
        return "double" if 2 * double >= single else "single"
    return "none"


def marked(text: str) -> list[Marked]:
    """All that stands between a text's marks of speech, in order, without what is marked inside of others.

    >>> text = "“Oh, Jane,” said he. “Don’t!”"
    >>> [text[one.start : one.end] for one in marked(text)]
    ['“Oh, Jane,”', '“Don’t!”']

    Args:
        text: paragraphs are single lines.
    """
    text = plain_type(text)
    style = _style(text)
    if style == "none":
        return []
    turned = style == "double" and len(re.findall(r"(?m)^»", text)) > len(re.findall(r"(?m)^«", text))
    return [
        one
        for paragraph in PARAGRAPH.finditer(text)
        for one in _in_paragraph(text, *paragraph.span(), style, turned)
        if any(character.isalnum() for character in text[one.start : one.end]) or one.closed
    ]


@lru_cache(maxsize=4)
def in_double_marks(text: str) -> str:
    """The text with its speech between double marks, and what is quoted in it between single ones; no character moves.

    What reads a text has mostly seen it so, and should not read another one where the printer chose other marks.

    >>> in_double_marks("‘Oh, Jane,’ said he. ‘Don’t say “no”!’")
    '“Oh, Jane,” said he. “Don’t say ‘no’!”'

    Args:
        text: paragraphs are single lines.
    """
    text = plain_type(text)
    parts: list[str] = []
    end = 0
    for one in marked(text):
        if text[one.start] in _OTHER_OPENING:
            parts += (text[end : one.start], "“")
            inside, last = text[one.start + 1 : one.end], ""
            if one.closed and inside:
                inside, last = inside[:-1], "”"
            is_single = text[one.start] in "‘'"
            parts += (inside.translate(_INNER) if is_single else inside, last)
            end = one.end
    return "".join((*parts, text[end:])) if parts else text


def _in_paragraph(text: str, start: int, end: int, style: MarkStyle, turned: bool) -> Iterator[Marked]:
    if style == "double":
        yield from _doubly(text, start, end, turned)
    elif style == "dash":
        yield from _after_dash(text, start, end)
    else:
        # Double marks are speech inside of speech, unless they stand outside of all single ones.
        at = start
        for one in _singly(text, start, end):
            yield from _doubly(text, at, one.start, turned)
            yield one
            at = one.end
        yield from _doubly(text, at, end, turned)


def _doubly(text: str, start: int, end: int, turned: bool) -> Iterator[Marked]:
    """``turned``: guillemets point inwards, as German printers set them."""
    opened = -1
    for match in _DOUBLE.finditer(text, start, end):
        mark, position = match.group(), match.start()
        if opened < 0:
            if mark in "“„" or mark == "«»"[turned] or (mark == '"' and not _can_only_close(text, position, end)):
                opened = position
        elif mark == '"' and _can_only_open(text, position, start, end):  # the one before was never closed
            yield Marked(opened, position, closed=False)
            opened = position
        elif mark in '”"' or mark == "»«"[turned] or (mark == "“" and text[opened] == "„"):
            yield Marked(opened, position + 1, closed=True)
            opened = -1
    if opened >= 0:
        yield Marked(opened, end, closed=False)


def _can_only_open(text: str, position: int, start: int, end: int) -> bool:
    """A straight mark with a word behind it and none before it, nor a mark of punctuation."""
    before = text[position - 1] if position > start else " "
    after = text[position + 1] if position + 1 < end else " "
    return not after.isspace() and not (before.isalnum() or before in ".,!?;:…")


def _can_only_close(text: str, position: int, end: int) -> bool:
    """A straight mark at the end of a paragraph, or between the end of a word and a space."""
    if position + 1 >= end:
        return True
    return text[position + 1].isspace() and position > 0 and not text[position - 1].isspace()


def _singly(text: str, start: int, end: int) -> Iterator[Marked]:
    opened = perhaps = -1
    for match in _SINGLE.finditer(text, start, end):
        if match.lastgroup == "perhaps":
            perhaps = match.end()
        elif match.lastgroup == "close":
            if opened >= 0:
                yield Marked(opened, match.end(), closed=True)
            opened = perhaps = -1
        elif opened < 0:
            opened, perhaps = match.start(), -1
        elif perhaps >= 0:  # what might have been an apostrophe was the mark
            yield Marked(opened, perhaps, closed=True)
            opened, perhaps = match.start(), -1
    if opened >= 0:
        yield Marked(opened, end, closed=False) if perhaps < 0 else Marked(opened, perhaps, closed=True)


def _after_dash(text: str, start: int, end: int) -> Iterator[Marked]:
    if not (dash := _DASH.match(text, start, end)):
        return
    at, begin = start, dash.end()
    for inquit in _INQUIT.finditer(text, begin, end):
        if begin < inquit.start():
            yield Marked(at, inquit.start(), closed=True)
        at = begin = inquit.end()
    if begin < end:
        yield Marked(at, end, closed=True)
