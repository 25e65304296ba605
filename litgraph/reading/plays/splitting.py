"""The blocks of a play, cut so that every label begins one and every stage direction without brackets is one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from litgraph.reading.mapped import Block
from litgraph.reading.plays.labels import DIRECTION
from litgraph.reading.plays.persons import cut_list, list_places, listed_names
from litgraph.reading.plays.recognition import Line, is_direction, label_lines

# At the right margin of a line of verse: "The pale companion is not for our pomp.     Exit PHILOSTRATE"
_AT_MARGIN = re.compile(
    r"(?<=\S)(?: {3,}|\t)\s*[\[(_]*(?=(?:Re-?enter|Enter|Exit|Exeunt|Aside|Flourish|Alarum|Trumpets?)\b)"
)

_FAR_RIGHT = " " * 24  # where a direction goes on in the next line


def split_speeches(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; those of a play with their speakers' labels and with stage directions apart.

    Args:
        blocks: not yet cleaned, so that their lines are those of the source.
    """
    if any(block.speaker for block in blocks):  # the markup tells
        return list(blocks)
    places = list_places(blocks)
    lines_of = [
        [] if block.heading or block.role or number < places.stop else block.content.text.split("\n")
        for number, block in enumerate(blocks)
    ]
    entries = list(cut_list(blocks[places.start : places.stop]))
    found = label_lines(lines_of, listed_names(entries))
    if found is None:
        return list(blocks)
    pieces: list[Block] = []
    for number, (block, lines, labelled) in enumerate(zip(blocks, lines_of, found, strict=True)):
        if number not in places:
            pieces += _pieces(block, lines, labelled)
        elif number == places.start:
            pieces += entries
    return pieces


def _pieces(block: Block, lines: Sequence[str], labelled: Sequence[Line]) -> Iterator[Block]:
    if block.role or block.heading:
        yield block
        return
    if not labelled and is_direction(block.content.text):
        yield replace(block, role="stage")
        return
    label_of = {line.index: line.label.text for line in labelled}
    cuts: dict[int, tuple[str, str]] = {0: ("", label_of.get(0, ""))}  # offset -> role and speaker
    position, inside = 0, False
    for index, line in enumerate(lines):
        starts = DIRECTION.match(line) is not None and index not in label_of
        goes_on = inside and index not in label_of and (line.lstrip()[:1].islower() or line.startswith(_FAR_RIGHT))
        if index in label_of or starts or (inside and not goes_on):
            cuts[position] = ("stage" if starts else "", label_of.get(index, ""))
        inside = starts or goes_on
        if (margin := _AT_MARGIN.search(line)) and not starts:
            cuts[position + margin.start()] = ("stage", "")
            inside = True
        position += len(line) + 1
    bounds = [*sorted(cuts), len(block.content)]
    for start, end in pairwise(bounds):
        role, speaker = cuts[start]
        if piece := block.content[start:end].strip():
            yield replace(block, content=piece, role=role, speaker=speaker)
