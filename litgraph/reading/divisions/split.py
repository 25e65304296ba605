"""Headings inside a block of plain text: lists of chapters set solid, headings without an empty line around them."""

from __future__ import annotations

import re
from itertools import pairwise

from litgraph.reading.divisions.headings import Heading, parse_heading
from litgraph.reading.mapped import Block


def split_headings(block: Block) -> list[Block]:
    """A block of plain text at the headings inside it: a contents page set solid, or a heading without a line below.

    A block is cut before each line that opens an entry, if at least three of its lines do (a list); else after its
    first line, if that is nothing but a designator and prose follows; else before a line that is nothing but
    "THE EPILOGUE." in capitals.
    """
    text = block.content.text
    if block.heading or "\n" not in text or text.count("\n") > 400:
        return [block]
    lines = text.split("\n")
    headings = [parse_heading(re.sub(r"\s+", " ", line.strip()).replace("--", "—")) for line in lines]
    entries = [index for index, heading in enumerate(headings) if heading and heading.number]
    cuts: list[int] = []
    if len(entries) >= 3 and _numbers_run([headings[index] for index in entries]):
        cuts = entries
    elif headings[0] and headings[0].number and not headings[0].title and not _is_title("\n".join(lines[1:])):
        cuts = [1]
    else:
        cuts = [
            i for i, heading in enumerate(headings) if i and heading and heading.rank == "story" and lines[i].isupper()
        ]
    return _cut_at_lines(block, lines, cuts)


def _is_title(rest: str) -> bool:
    return rest.isupper() or (len(rest) <= 80 and "\n" not in rest)


def _numbers_run(headings: list[Heading | None]) -> bool:
    """Whether most of the numbers follow each other, as in a list of chapters, possibly restarting."""
    numbers = [heading.number for heading in headings if heading]
    steps = sum(after == before + 1 or after == 1 for before, after in pairwise(numbers))
    return steps * 4 >= (len(numbers) - 1) * 3


def _cut_at_lines(block: Block, lines: list[str], cuts: list[int]) -> list[Block]:
    ends = [0]
    for line in lines:
        ends.append(ends[-1] + len(line) + 1)
    bounds = [0, *(ends[cut] for cut in cuts if cut), len(block.content)]
    pieces = [block.content[start:end].strip() for start, end in pairwise(bounds)]
    return [Block(piece, member=block.member, role=block.role) for piece in pieces if piece]
