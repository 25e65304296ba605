"""Plain text → blocks: paragraphs as they stand in the file, still hard-wrapped."""

from __future__ import annotations

import re

from litgraph.errors import UnreadableSource
from litgraph.reading.decode import decode
from litgraph.reading.mapped import Block, Document, MappedText

LONGEST_PARAGRAPH = 2_000_000  # characters; the longest chapters of any novel are a tenth of that
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_LINE_END = re.compile(r"\r\n?")
# Project Gutenberg wraps at 55 to 75 characters ("Volunteers' FAQ"), nobody at more than a hundred.
_LONG_LINE = 100


def read_plain(data: bytes, name: str) -> Document:
    """The paragraphs of a plain text: stretches between empty lines, or lines where the text is not hard-wrapped.

    Raises:
        UnreadableSource: damaged encoding, or a "paragraph" longer than any book has.
    """
    text, notices = decode(data, name)
    blocks = []
    for start, end in _paragraphs(text):
        if end - start > LONGEST_PARAGRAPH:
            raise too_long(name, end - start)
        blocks.append(Block(MappedText.of(text[start:end], start).sub(_LINE_END, "\n")))
    return Document(tuple(blocks), notices=notices)


def too_long(name: str, length: int) -> UnreadableSource:
    """The error for a paragraph that no book has."""
    return UnreadableSource(
        f"{name} has a paragraph of {length:,} characters (the limit is {LONGEST_PARAGRAPH:,}).",
        "This is no book; give litgraph a text whose paragraphs are separated by empty lines.",
    )


def _paragraphs(text: str) -> list[tuple[int, int]]:
    lines = [match.span() for match in _LINE.finditer(text) if match.end() > match.start()]
    unwrapped = sum(end - start for start, end in lines if end - start > _LONG_LINE) * 2 > len(text)
    spans: list[tuple[int, int]] = []
    first = last = -1
    for start, end in lines:
        if not text[start:end].strip():
            if first >= 0:
                spans.append((first, last))
            first = -1
            continue
        if first >= 0 and unwrapped:
            spans.append((first, last))
            first = -1
        if first < 0:
            first = start
        last = start + len(text[start:end].rstrip("\r\n"))
    if first >= 0:
        spans.append((first, last))
    return spans
