"""Italics that are a book's only marks of speech: _You are late,_ said he."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from litgraph.reading.mapped import Block, MappedText

_MARKS = re.compile(r"[“”„«»\"‹›「」『』]|(?<![\w])[‘'](?=\w)")
_ITALICS = re.compile(r"(?<![\w_])_(?=[^\s_])(?P<said>[^_]{1,2000})(?<=[^\s_])_(?![\w_])")
_SAID = r"(?:said|says|cried|asked|replied|answered|returned|whispered|exclaimed|called|shouted|muttered|murmured)"
_BESIDE = re.compile(rf"\s+(?:{_SAID}\b|(?:[\w.’'-]+\s+){{1,3}}?{_SAID}\b)")
_FEWEST = 3  # italics with a verb of speech right behind them
_MOST_MARKS = 0.2  # quotation marks for each of these; an old letter may quote a word


def with_marks_of_speech(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; of a book without quotation marks, whose italics are followed by verbs of speech, with “…” for them.

    Each mark stands where the mark of italics stood, so the map to the source stays.

    Args:
        blocks: of a book that is no play, not yet cleaned.
    """
    beside = marks = 0
    for block in blocks:
        text = block.content.text
        marks += len(_MARKS.findall(text))
        for match in _ITALICS.finditer(text):
            beside += match["said"][-1] in ",.!?;:—-…" and _BESIDE.match(text, match.end()) is not None
    if beside < _FEWEST or marks > _MOST_MARKS * beside:
        return list(blocks)
    return [replace(block, content=_marked(block.content)) for block in blocks]


def _marked(content: MappedText) -> MappedText:
    text = content.text
    said = [match for match in _ITALICS.finditer(text) if match["said"][-1] in ",.!?;:—-…"]
    marks = {match.start(): "“" for match in said} | {match.end() - 1: "”" for match in said}
    return content.sub("_", lambda mark: marks.get(mark.start(), "_"))
