"""Page numbers and running heads that stand in paragraphs of their own: they are printed on pages, not told.

A number alone may also be a chapter's. What tells the two apart:

- "Page 12", "- p. 12 -", "12 | Page", "12 of 340" say it themselves;
- a running head has its number at the other side of the line ("THE NET-MENDERS          13"), beside running text;
- pages are numbered through, without beginning again, and
  - break sentences, or
  - go on from one chapter to the next where chapters have headings, or
  - are all of one length, no longer than pages are: at the foot of a page, so that as much text stands above the
    first number; or dozens of them at the head.

A number that the markup calls a heading is one. Numbers may also stand on lines of their own inside a paragraph. What
such a number parted, in the middle of a sentence, is joined.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from statistics import mean, pstdev

from litgraph.reading.apparatus.reference_marks import PAGE_WORD
from litgraph.reading.divisions.headings import LONGEST_HEADING, parse_heading
from litgraph.reading.mapped import Block, MappedText

_PAGE_WORD = re.compile(
    rf"\W{{0,5}}(?:{PAGE_WORD}\b[.:]?\s?(?:\d{{1,4}}|[ivxl]{{1,7}})(?:\s?(?:of|/)\s?\d{{1,4}})?"
    r"|\d{1,4}\s?(?:of|/)\s?\d{2,4}"
    r"|\d{1,4}\s?\|\s?p\s?a\s?g\s?e)\W{0,5}",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"[\s\[({<~*_—–|=:-]{0,8}(?P<number>\d{1,4})[\s\])}>~*_—–|=:-]{0,8}")
_RUNNING_HEAD = re.compile(
    r"[^\S\n]*(?:(?P<left>\d{1,4})(?:[^\S\n]{3,120}|\t)(?P<verso>\S[^\n]{0,80})"
    r"|(?P<recto>\S[^\n]{0,80}?)(?:[^\S\n]{3,120}|\t)(?P<right>\d{1,4}))[^\S\n]*"
)
_FEWEST = 3  # numbers that can be said to count
_COUNTING = 0.8  # of the steps must be up by one to three (blank pages and openings of chapters bear no number)
_LONGEST_STEP = 3
_VOLUMES = 40  # numbers for each time that they begin again; sections of a chapter begin again sooner
_BROKEN = 0.1  # of the numbers stand inside a sentence; in English prose, it is most
_EVEN = 0.3  # coefficient of variation of the lengths of pages (the last of each chapter is short)
_DOZENS = 24
_LONGEST_PAGE = 6000  # characters, of a quarto; chapters may be as even (.1 in "Alice"), but are longer
_SHORTEST_PAGE = 600  # characters, of a duodecimo in large type
_PROSE = 60  # characters; what is shorter is a heading or a line of a title page
_SENTENCE_END = re.compile(r"[.!?:;…—*][\"”’»)\]_*]*\s*\Z")


@dataclass(frozen=True, slots=True)
class _Number:
    """The block at ``index`` holds nothing but this number."""

    index: int
    number: int


def without_page_numbers(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks without page numbers and running heads; a paragraph that one of them parted is one again."""
    as_read, blocks = blocks, tuple(piece for block in blocks for piece in _cut_at_numbers(block))
    pages = _said_pages(blocks) | _running_heads(blocks)
    bare = _bare_numbers(blocks)
    if _number_pages(blocks, bare):
        pages |= {number.index for number in bare}
    if not pages:
        return as_read
    paragraphs: list[list[Block]] = []
    for index, block in enumerate(blocks):
        if index in pages:
            continue
        if index - 1 in pages and paragraphs and _is_parted(paragraphs[-1][-1], block):
            paragraphs[-1].append(block)
        else:
            paragraphs.append([block])
    return tuple(_joined(parts) for parts in paragraphs)


def _cut_at_numbers(block: Block) -> list[Block]:
    """A block of several lines, cut around those that hold nothing but a number."""
    text = block.content.text
    if block.heading or "\n" not in text:
        return [block]
    starts = [0]
    end = 0
    for line in text.splitlines(keepends=True):
        if _BARE_NUMBER.fullmatch(line.strip()) or _PAGE_WORD.fullmatch(line.strip()):
            starts += [end, end + len(line)]
        end += len(line)
    pieces = (block.content[start:stop].strip() for start, stop in pairwise([*starts, len(text)]))
    return [replace(block, content=piece) for piece in pieces if piece] if len(starts) > 1 else [block]


def _joined(parts: list[Block]) -> Block:
    if len(parts) == 1:
        return parts[0]
    gap = MappedText.made("\n")
    contents = [piece for part in parts for piece in (gap, part.content)]
    return replace(parts[0], content=MappedText.join(contents[1:]))


def _is_parted(above: Block, below: Block) -> bool:
    """Whether two blocks are one paragraph: no sentence ends above, and no heading stands below."""
    if below.heading or above.member != below.member or above.role != below.role:
        return False
    return _is_prose(above) and not _ends_sentence(above) and (_is_prose(below) or _goes_on(below))


def _goes_on(block: Block) -> bool:
    """Whether a block begins like the rest of a sentence."""
    return block.content.text.lstrip("_*")[:1].islower()


def _ends_sentence(block: Block) -> bool:
    return _SENTENCE_END.search(block.content.text[-_PROSE:]) is not None


def _words(block: Block) -> str:
    return block.content.text.strip()


def _is_prose(block: Block) -> bool:
    text = block.content.text
    return len(text) >= _PROSE and not block.heading and not text.isupper()


def _said_pages(blocks: tuple[Block, ...]) -> set[int]:
    """Blocks that say that they are page numbers; a single one may be a quotation."""
    said = {i for i, block in enumerate(blocks) if not block.heading and _PAGE_WORD.fullmatch(_words(block))}
    return said if len(said) > 1 else set()


def _running_heads(blocks: tuple[Block, ...]) -> set[int]:
    """Blocks that are running heads: they stand beside running text, and their numbers count."""
    heads: list[_Number] = []
    for index, block in enumerate(blocks):
        match = _RUNNING_HEAD.fullmatch(block.content.text) if not block.heading else None
        if not match or not (match["verso"] or match["recto"])[0].isalpha():
            continue
        if any(
            _is_prose(neighbour) for neighbour in (*blocks[max(0, index - 1) : index], *blocks[index + 1 : index + 2])
        ):
            heads.append(_Number(index, int(match["left"] or match["right"])))
    return {head.index for head in heads} if len(heads) > 1 and _count(heads) else set()


def _bare_numbers(blocks: tuple[Block, ...]) -> list[_Number]:
    matches = ((i, _BARE_NUMBER.fullmatch(_words(block))) for i, block in enumerate(blocks) if not block.heading)
    return [_Number(index, int(match["number"])) for index, match in matches if match]


def _count(numbers: Sequence[_Number]) -> bool:
    """Whether numbers count on through the book, as those of pages do."""
    steps = [after.number - before.number for before, after in pairwise(numbers)]
    new_volumes = sum(step <= 0 for step in steps)
    return sum(1 <= step <= _LONGEST_STEP for step in steps) >= _COUNTING * len(steps) >= _VOLUMES * new_volumes


def _number_pages(blocks: tuple[Block, ...], numbers: Sequence[_Number]) -> bool:
    """Whether these bare numbers are those of pages, as the head of this module says."""
    if len(numbers) < _FEWEST or not _count(numbers):
        return False
    parted = sum(
        _goes_on(blocks[index + 1]) and _is_parted(blocks[index - 1], blocks[index + 1])
        for index in (number.index for number in numbers)
        if 0 < index < len(blocks) - 1
    )
    if parted and parted >= _BROKEN * len(numbers):
        return True
    chapters = [index for index, block in enumerate(blocks) if _is_chapter(block)]
    first, last = numbers[0], numbers[-1]
    if len(chapters) > 1 and bisect_left(chapters, first.index) < bisect_left(chapters, last.index):
        return True
    return _are_even(blocks, numbers)


def _is_chapter(block: Block) -> bool:
    line = " ".join(block.content.text[:LONGEST_HEADING].split())
    heading = parse_heading(line)
    return heading is not None and (heading.rank == "leaf" or (heading.rank == "bare" and heading.family != "arabic"))


def _are_even(blocks: tuple[Block, ...], numbers: Sequence[_Number]) -> bool:
    """Whether bare numbers part a text into pages of one length, at their feet or at their heads."""
    ends = [0, *accumulate(len(block.content) if _is_prose(block) else 0 for block in blocks)]
    lengths = [ends[after.index] - ends[before.index] for before, after in pairwise(numbers)]
    length = mean(lengths)
    if not 0 < length <= _LONGEST_PAGE or pstdev(lengths) > _EVEN * length:
        return False
    above = ends[numbers[0].index]
    if length / 2 <= above <= length * 2 and (numbers[0].number != 2 or len(numbers) >= _DOZENS):
        return True  # where the first is a 2, it may be the first chapter that has no number
    return len(numbers) >= _DOZENS and length >= _SHORTEST_PAGE
