"""Project Gutenberg's boilerplate: found by its markers, cut at blocks, read for what it says about the book.

The same code serves plain text, HTML and EPUB: the blocks are joined with empty lines into one string, the markers are
looked for there, and the blocks outside are dropped (a block that holds a marker *and* text of the book is cut).

What counts as a marker, from three decades of files:

- ``*** START OF TH(E|IS) PROJECT GUTENBERG EBOOK … ***`` and its END, spaced or not, wrapped over lines or not: the
  first START and the last END, always at the start of a line and with asterisks, so no sentence of a book is one;
  where there is no END, the heading of the licence ("START: FULL LICENSE");
- the "Small Print" of the years before: its closing line ``*END*THE SMALL PRINT!…`` or ``["Small Print" V.…]``. It
  stands above the book, or from 2002 to 2004 below it, as the header or a closing line before it says; then the book
  ends at the first line of what leads to it ("End of …", "This file should be named …", "The Legal Small Print");
- where there is no START though one of these shows that the file is Project Gutenberg's: the last field or sentence of
  its header ("Character set encoding: …", "Copyright laws are changing …");
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
_LICENCE = re.compile(
    r"^[ \t*]*(?:START: FULL LICENSE|THE FULL PROJECT GUTENBERG(?:-tm|™)? LICENSE)\b", re.MULTILINE | re.IGNORECASE
)
_SMALL_PRINT = re.compile(
    r"^[ \t]*(?:\*+[ \t]*(?:END[ \t*]*THE )?SMALL PRINT!.*\*[ \t]*|\[\"Small Print\" V[^\]\n]*\])$",
    re.MULTILINE | re.IGNORECASE,
)
_SMALL_PRINT_OPENS = re.compile(r"^[ \t]*\*+[ \t]*START[ \t*]*THE SMALL PRINT!", re.MULTILINE | re.IGNORECASE)
_CLOSING_WORDS = r"End of (?:the |this )?(?:Project Gutenberg\b|(?:E-?text|E-?book) of\b)"
_CLOSING_LINE = re.compile(rf"^\W{{0,5}}{_CLOSING_WORDS}", re.MULTILINE | re.IGNORECASE)
_TAIL = re.compile(
    rf"^[ \t*]*(?:{_CLOSING_WORDS}"
    r"|This file should be named \S+\.(?:txt|zip|htm)|Corrected EDITIONS of our (?:e-?books|e-?texts)"
    r"|The Legal Small Print\b)",
    re.MULTILINE | re.IGNORECASE,
)
_LONGEST_TAIL = 40_000  # characters of the small print and what leads to it; that of 2002 has 17,000
_LONGEST_REMAINDER = 400  # characters below a small print at the bottom, such as the name of the file
_SAYS_BOTTOM = re.compile(r"\bat\s+the\s+(?:bottom|end)\s+of\s+this\s+(?:file|e-?book|e-?text)\b", re.IGNORECASE)
_HEADER_FIELD = re.compile(
    r"^(?:(?:Title|Subtitle|Author|Editor|Translator|Illustrator|Contributor|Release Date|Posting Date|Edition|Language"
    r"|Character set encoding|(?:Date )?last updated|Most recently updated|Original publication|Credits):[ \t]"
    r"|\[(?:This file was|Yes, we are|Most recently updated|Date last updated|E-?(?:book|text) ?#|Last updated))",
    re.MULTILINE | re.IGNORECASE,
)
_HEADER_WORDS = re.compile(
    r"[\s*]*(?:(?:The )?Project Gutenberg\b|Copyright laws are changing|This (?:e-?book|e-?text|header) (?:is|should) "
    r"|Please (?:do not remove|read the \"legal)|Welcome To The World of Free|These (?:e-?books|e-?texts) Were Prepared"
    r"|Information (?:on contacting|about) Project Gutenberg)",
    re.IGNORECASE,
)
_SAYS_ITSELF = re.compile(  # of the files of Project Gutenberg's sisters
    r"\W*(?:The )?Project Gutenberg\b(?s:.{0,2000}?)^\W*(?:Title|Author|E-?(?:book|text) No)\.?:", re.M | re.I
)
_LONGEST_HEADER = 15_000  # characters; with the small print above, headers have 12,000
_WORLD_LIBRARY = re.compile(r"<<THIS ELECTRONIC VERSION OF[^<>]*>>")
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
    begin, end, has_small_print = _bounds(text)
    if begin == 0 and end == len(text) and not _SAYS_ITSELF.match(text):
        return without_bracketed_notes(blocks), NO_HEADER
    if begin == 0:
        begin = _end_of_header(blocks, starts, end)
    body = _within(blocks, starts, begin, end)
    if has_small_print:
        body = tuple(replace(block, content=block.content.sub(_WORLD_LIBRARY, "").strip()) for block in body)
    body = tuple(block for block in body if block.content.text.strip())
    return _without_credits(without_bracketed_notes(body)), header_fields(text[:begin])


def _bounds(text: str) -> tuple[int, int, bool]:
    """Where the book begins and ends by the markers of a file, and whether a small print is among them."""
    begin, end = 0, len(text)
    if start := _START.search(text):
        begin = _marker_end(text, start.end())
    ends = [match.start() for match in _END.finditer(text, begin)]
    if not ends and (licence := _LICENCE.search(text, begin)):
        ends = [licence.start()]
    end = ends[-1] if ends else end
    small_prints = [match for match in _SMALL_PRINT.finditer(text) if match.start() >= begin]
    top = _end_of_top(text, end) if small_prints else 0
    above = [match for match in small_prints if not _at_bottom(text, match, top)]
    if len(above) < len(small_prints):
        end = min(end, _begin_of_tail(text, begin, small_prints[-1].start()))
    if above and "Project Gutenberg" in text[begin : above[-1].start()]:
        begin = above[-1].end()
    return begin, end, bool(small_prints)


def _end_of_top(text: str, end: int) -> int:
    """From where on a small print surely stands below the book: its END marker, or a closing line before that."""
    closing = _CLOSING_LINE.search(text, 0, end)
    return closing.start() if closing else end


def _at_bottom(text: str, small_print: re.Match[str], top: int) -> bool:
    """Whether a small print stands below the book: under its end, or where the header announces it, or last of all."""
    above, below = small_print.start(), len(text) - small_print.end()
    if above > top:
        return True
    header = min(above, _LONGEST_HEADER)
    if below < _LONGEST_REMAINDER and (above > _LONGEST_HEADER or _HEADER_FIELD.search(text, 0, header)):
        return True
    return below < above and _SAYS_BOTTOM.search(text, 0, header) is not None


def _begin_of_tail(text: str, begin: int, small_print: int) -> int:
    """Where what leads to a small print at the bottom begins; at its own first line if nothing does."""
    first = max(begin, small_print - _LONGEST_TAIL)
    opens = _SMALL_PRINT_OPENS.search(text, first, small_print)
    tail = _TAIL.search(text, first, opens.start() if opens else small_print)
    return tail.start() if tail else opens.start() if opens else small_print


def _end_of_header(blocks: tuple[Block, ...], starts: list[int], book_end: int) -> int:
    """The end of a header that no marker ends: of the last paragraph that only Project Gutenberg writes there."""
    end = 0
    for block, start in zip(blocks, starts, strict=False):
        if start > min(_LONGEST_HEADER, book_end):
            break
        if _HEADER_FIELD.match(block.content.text) or _HEADER_WORDS.match(block.content.text):
            end = start + len(block.content) + 2
    return end


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
    return len(text) <= _LONGEST_CREDIT and _CLOSING_LINE.match(text) is not None
