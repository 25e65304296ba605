"""Plain text → blocks: paragraphs as they stand in the file, still hard-wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from litgraph.reading.files.decode import decode
from litgraph.reading.files.limits import LONGEST_PARAGRAPH, MOST_LINES, too_long, too_many
from litgraph.reading.files.solid import paragraph_starts
from litgraph.reading.mapped import Block, Document, MappedText

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_LINE_END = re.compile(r"\r\n?")
# Project Gutenberg wraps at 55 to 75 characters ("Volunteers' FAQ"), nobody at more than a hundred.
_LONG_LINE = 100

Lines = list[tuple[int, int]]  # where each line begins and ends, its line end included


def read_plain(data: bytes, name: str) -> Document:
    """The paragraphs of a plain text: stretches between empty lines, or lines where the text is not hard-wrapped.

    Raises:
        UnreadableSource: damaged encoding, or a "paragraph" longer or more lines than any book has.
    """
    text, notices = decode(data, name)
    if text.count("\n") + text.count("\r") > MOST_LINES:
        raise too_many(name, MOST_LINES, "lines")
    blocks = []
    for start, end in _paragraphs(text):
        if end - start > LONGEST_PARAGRAPH:
            raise too_long(name, end - start)
        blocks.append(Block(MappedText.from_source(text[start:end], start).sub(_LINE_END, "\n")))
    return Document(tuple(blocks), notices=notices)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where each paragraph begins and ends, without the line end of its last line."""
    lines = [match.span() for match in _LINE.finditer(text) if match.end() > match.start()]
    is_unwrapped = sum(end - start for start, end in lines if end - start > _LONG_LINE) * 2 > len(text)
    for stretch in _stretches(text, lines):
        starts = range(len(stretch)) if is_unwrapped else paragraph_starts([text[start:end] for start, end in stretch])
        for first, stop in pairwise([*starts, len(stretch)]):
            start, last = stretch[first][0], stretch[stop - 1]
            yield start, last[0] + len(text[slice(*last)].rstrip("\r\n"))


def _stretches(text: str, lines: Lines) -> Iterator[Lines]:
    """Runs of lines between empty ones."""
    stretch: Lines = []
    for start, end in lines:
        if text[start:end].strip():
            stretch.append((start, end))
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch
