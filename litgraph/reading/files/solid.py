"""Paragraphs of text that is set solid: no empty lines between them, only indents or short last lines.

Old transcriptions and text copied out of PDF files look like that. Only stretches far longer than a paragraph are
looked at, so that text with empty lines between its paragraphs is never touched.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from litgraph.reading.divisions.headings import parse_heading

_SOLID = 60  # lines; hardly any paragraph is that long
_ENDS_SENTENCE = re.compile(r"""(?:[.!?:;…—]|--)[_"'”’»)\]]*\Z""")
_RELIABLE = 0.8  # of the indented lines must follow the end of a sentence, or the indents mean something else (verse)
_NARROWEST = 50  # characters; narrower lines are verse or columns
_FULL = 0.8  # of the width: a line that has less ended before the margin made it
_MOSTLY_FULL = 0.6  # of the lines must be full, or the text is not hard-wrapped prose


def paragraph_starts(lines: Sequence[str]) -> list[int]:
    """Where the paragraphs of one stretch of lines begin, as indexes of its lines; [0] if it is one paragraph."""
    if len(lines) < _SOLID:
        return [0]
    starts = _by_indent(lines) or _by_short_lines(lines) or set()
    return [0, *sorted(index for index in starts if 0 < index < len(lines))]


def _by_indent(lines: Sequence[str]) -> set[int]:
    """Lines indented otherwise than most, if nearly all of them follow the end of a sentence; and headings between."""
    indents = [len(line) - len(line.lstrip()) for line in map(str.expandtabs, lines)]
    margin = Counter(indents).most_common(1)[0][0]
    starts = {index for index in range(1, len(lines)) if indents[index] != margin}
    if len(starts) < 2 or sum(_ends(lines[index - 1]) for index in starts) < _RELIABLE * len(starts):
        return set()
    width = _width(lines)
    for index in range(1, len(lines)):
        if index not in starts and _ends(lines[index - 1]) and _is_heading(lines[index], width):
            starts |= {index, index + 1}
    return starts


def _by_short_lines(lines: Sequence[str]) -> set[int]:
    """Lines below one that ends a sentence before the right margin, in hard-wrapped prose; and headings between."""
    width = _width(lines)
    full = [len(line.rstrip()) >= _FULL * width for line in lines]
    if width < _NARROWEST or sum(full) < _MOSTLY_FULL * len(lines):
        return set()
    starts = set()
    for index in range(1, len(lines)):
        ends_sentence, is_short = _ends(lines[index - 1]), not full[index - 1]
        if (ends_sentence or is_short) and _is_heading(lines[index], width):
            starts |= {index, index + 1}
        elif ends_sentence and is_short:
            starts.add(index)
    return starts


def _width(lines: Sequence[str]) -> int:
    """How long the lines of a hard-wrapped text may be, about: one in ten is longer."""
    return sorted(len(line.rstrip()) for line in lines)[len(lines) * 9 // 10]


def _ends(line: str) -> bool:
    return _ENDS_SENTENCE.search(line.rstrip()) is not None


def _is_heading(line: str, width: int) -> bool:
    heading = parse_heading(line.strip()) if len(line.rstrip()) < _FULL * width else None
    return heading is not None and heading.rank in ("group", "leaf", "bare")
