"""Project Gutenberg's boilerplate: found by its markers, cut at blocks, read for what it says about the book.

The same code serves plain text, HTML and EPUB: the blocks are joined with empty lines into one string, the markers are
looked for there, and the blocks outside are dropped (a block that holds a marker *and* text of the book is cut).

What counts as a marker, from three decades of files:

- ``*** START OF TH(E|IS) PROJECT GUTENBERG EBOOK … ***`` and its END, spaced or not, wrapped over lines or not: the
  first START and the last END, always at the start of a line and with asterisks, so no sentence of a book is one;
- the "Small Print" of the years before: its closing line ``*END*THE SMALL PRINT!…`` or ``["Small Print" V.…]``;
- next to a marker only (never elsewhere): "End of the Project Gutenberg EBook of …", credits ("Produced by …").

A text without any marker is nobody's but its owner's, and nothing of it is cut.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate

from litgraph.reading.clean import NOTE_OPENS
from litgraph.reading.header import NO_HEADER, HeaderFields, header_fields
from litgraph.reading.mapped import Block

_START = re.compile(r"^[ \t]*\*{3,}[ \t]*START OF (?:TH[EI]S? )?PROJECT GUTENBERG\b", re.MULTILINE | re.IGNORECASE)
_END = re.compile(r"^[ \t]*\*{3,}[ \t]*END OF (?:TH[EI]S? )?PROJECT GUTENBERG\b", re.MULTILINE | re.IGNORECASE)
_SMALL_PRINT = re.compile(
    r"^[ \t]*(?:\*+[ \t]*(?:END[ \t*]*THE )?SMALL PRINT!.*\*[ \t]*|\[\"Small Print\" V[^\]\n]*\])$",
    re.MULTILINE | re.IGNORECASE,
)
_WORLD_LIBRARY = re.compile(r"<<THIS ELECTRONIC VERSION OF[^<>]*>>")
_CLOSING = re.compile(r"\W{0,5}End of (?:the |this )?(?:Project Gutenberg\b|(?:E-?text|E-?book) of\b)", re.IGNORECASE)
_CREDIT = re.compile(
    r"""[\[(_*]{0,3}(?:
        (?:This\ )?(?:e-?text|e-?book|file|electronic\ (?:text|edition|version))\ (?:(?:was|is)\ )?
            (?:produced|prepared|created|transcribed|scanned|converted|typed)\b
      | (?:E-?text\ )?(?:produced|prepared|scanned|digiti[sz]ed|typed|created|updated)
            (?:\ and\ \w+)?\ (?:by|for)\b
      | Transcribed\ (?:from\ the|by)\b
      | HTML\ version\ by\b
      | (?:Project\ Gutenberg\ )?(?:Editor|Transcriber)['’]s\ Note:?
      | There\ is\ an\ (?:illustrated|improved)\ edition\ of\ this\ title\b
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_CREDIT = 1200
_MOST_CREDITS = 6  # blocks
_NOTE_OPENS = re.compile(rf"\s*{NOTE_OPENS}", re.IGNORECASE)
_LONGEST_NOTE = 30  # blocks that a bracketed note may run over


def strip_boilerplate(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], HeaderFields]:
    """The blocks of the book itself, and what the header that was cut off said about it."""
    starts = [0, *accumulate(len(block.content) + 2 for block in blocks)]
    text = "\n\n".join(block.content.text for block in blocks)
    begin, end = 0, len(text)
    if start := _START.search(text):
        begin = _marker_end(text, start.end())
    closing = [match for match in _SMALL_PRINT.finditer(text) if match.start() >= begin]
    if closing and "Project Gutenberg" in text[begin : closing[-1].start()]:
        begin = closing[-1].end()
    for match in _END.finditer(text, begin):
        end = match.start()
    if begin == 0 and end == len(text):
        return without_bracketed_notes(blocks), NO_HEADER
    body = _within(blocks, starts, begin, end)
    if closing:
        body = tuple(replace(block, content=block.content.sub(_WORLD_LIBRARY, "").strip()) for block in body)
    body = tuple(block for block in body if block.content.text.strip())
    return _without_credits(without_bracketed_notes(body)), header_fields(text[:begin])


def without_bracketed_notes(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Without ``[Illustration: …]`` and ``[Transcriber's Note: …]`` that run over whole blocks, however many."""
    result: list[Block] = []
    index = 0
    while index < len(blocks):
        if not _NOTE_OPENS.match(blocks[index].content.text):
            result.append(blocks[index])
            index += 1
            continue
        depth = 0
        for last in range(index, min(index + _LONGEST_NOTE, len(blocks))):
            text = blocks[last].content.text
            depth += text.count("[") - text.count("]")
            if depth <= 0:
                break
        if depth == 0 and blocks[last].content.text.rstrip().endswith("]"):
            index = last + 1
        else:  # unbalanced, or text follows the bracket: leave it to the inline cleaning
            result.append(blocks[index])
            index += 1
    return tuple(result)


def _marker_end(text: str, position: int) -> int:
    """The end of a marker whose title may be wrapped: its closing asterisks, else the end of its line."""
    paragraph = text.find("\n\n", position)
    closing = re.compile(r"\*{3,}").search(text, position, len(text) if paragraph < 0 else paragraph)
    if closing:
        return closing.end()
    line = text.find("\n", position)
    return len(text) if line < 0 else line


def _within(blocks: tuple[Block, ...], starts: list[int], begin: int, end: int) -> tuple[Block, ...]:
    """The blocks between two positions of the joined text, the outermost cut where they straddle one."""
    result = []
    for index in range(max(0, bisect_right(starts, begin) - 1), len(blocks)):
        if starts[index] >= end:
            break
        content = blocks[index].content
        part = content[max(0, begin - starts[index]) : min(len(content), end - starts[index])]
        result.append(replace(blocks[index], content=part if len(part) == len(content) else part.strip()))
    return tuple(result)


def _without_credits(body: tuple[Block, ...]) -> tuple[Block, ...]:
    first, last = 0, len(body)
    while first < min(last, _MOST_CREDITS) and _is_credit(body[first]):
        first += 1
    while last > max(first, len(body) - _MOST_CREDITS) and (_is_credit(body[last - 1]) or _closes(body[last - 1])):
        last -= 1
    return body[first:last] if first < last else body


def _is_credit(block: Block) -> bool:
    text = block.content.text.strip()
    return len(text) <= _LONGEST_CREDIT and _CREDIT.match(text) is not None


def _closes(block: Block) -> bool:
    text = block.content.text.strip()
    return len(text) <= _LONGEST_CREDIT and _CLOSING.match(text) is not None
