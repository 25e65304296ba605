"""What is said and what is told: the quotations of a book.

Printers mark speech by double or by single quotation marks, and each paragraph of a long speech begins with a mark
that only the last one closes. An apostrophe looks like a closing single mark, so that those need more care.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from litgraph.types import Span

_PARAGRAPH = re.compile(r"[^\n]+")
_DOUBLE = re.compile(r"[“”„«»\"]")
# Opening and closing single marks; "don't", "the boys' own" and "'tis" have neither.
_SINGLE = re.compile(
    r"(?P<open>(?:(?<=[\s(\[—–-])|(?<![^\n]))[‘'](?!(?:tis|twas|twill|em|bout|cause|til|n)\b)(?=\w))"
    r"|(?P<close>(?:(?<=[.,!?;:…)—–-])[’'](?!\w)|(?<=\w)[’'](?=[.,;:!?])))"
)
_DASH = re.compile(r"\s*(?:—|―|--)")


class Quotations:
    """The quotations of a text.

    Args:
        text: paragraphs are single lines.

    Attributes:
        spans: each from its opening mark to behind its closing one, or to the end of the paragraph, in order.
    """

    def __init__(self, text: str) -> None:
        self.spans: Sequence[Span] = quotations(text)
        self._starts = [span.start for span in self.spans]

    def hold(self, offset: int) -> bool:
        """Does the character at the offset stand in a quotation?"""
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self.spans[index].end


def quotations(text: str) -> list[Span]:
    """The quotations of a text, in order, without those inside of others.

    The marks that the text uses most tell what speech is; in a text that has more paragraphs beginning with a dash than
    marks, such a paragraph is speech.

    >>> [text[s.start : s.end] for text in ["“Oh, Jane,” said he. “Don’t!”"] for s in quotations(text)]
    ['“Oh, Jane,”', '“Don’t!”']

    Args:
        text: paragraphs are single lines.
    """
    paragraphs = [match.span() for match in _PARAGRAPH.finditer(text)]
    double = text.count("“") + text.count("«") + text.count('"') // 2
    single = sum(match.lastgroup == "open" for match in _SINGLE.finditer(text))
    dashes = sum(_DASH.match(text, *paragraph) is not None for paragraph in paragraphs)
    if dashes > double + single:
        return [Span(*paragraph) for paragraph in paragraphs if _DASH.match(text, *paragraph)]
    # Marks of the other kind stand inside of quotations, so they are fewer.
    marked = _doubly_marked if 2 * double >= single else _singly_marked
    return [span for paragraph in paragraphs for span in marked(text, *paragraph)]


def _doubly_marked(text: str, start: int, end: int) -> Iterator[Span]:
    opened = -1
    for match in _DOUBLE.finditer(text, start, end):
        mark, position = match.group(), match.start()
        opens = mark in "“„«" or (mark == '"' and _may_open(text, position, start, end))
        if opened < 0:
            opened = position if opens else -1
        elif mark == '"' and opens:  # the one before was never closed
            yield Span(opened, position)
            opened = position
        elif not opens:
            yield Span(opened, position + 1)
            opened = -1
    if opened >= 0:
        yield Span(opened, end)


def _may_open(text: str, position: int, start: int, end: int) -> bool:
    before = text[position - 1] if position > start else " "
    after = text[position + 1] if position + 1 < end else " "
    return not after.isspace() and not (before.isalnum() or before in ".,!?;:…")


def _singly_marked(text: str, start: int, end: int) -> Iterator[Span]:
    opened = -1
    for match in _SINGLE.finditer(text, start, end):
        if opened < 0 and match.lastgroup == "open":
            opened = match.start()
        elif opened >= 0 and match.lastgroup == "close":
            yield Span(opened, match.end())
            opened = -1
    if opened >= 0:
        yield Span(opened, end)
