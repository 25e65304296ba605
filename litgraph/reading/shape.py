"""Whether a source is prose at all: what is mostly verse or tables is read, but its reader should know."""

from __future__ import annotations

import re
from collections.abc import Sequence

from litgraph.reading.mapped import Block

_MOST = 0.5  # of the letters
_FEWEST_LINES = 3  # of a stanza
_LONGEST_LINE = 65  # characters of a line of verse; prose is wrapped there, but does not begin its lines with capitals
_CAPITALS = 0.75  # of the lines of a stanza begin so
_SPEAKER = re.compile(r"\W{0,3}[A-Z][A-Z'’ .-]{1,30}(?:[.:]|\n)|[A-Z][\w'’ .]{1,25}:\s")  # of a play
_GAP = re.compile(r"\t|(?<![.!?:;”\"’'])[ \u00a0]{2,}|\s\|\s?|[,;](?=[^\W\d])")
_FEWEST_GAPS = 2  # of a row


def shape_notices(blocks: Sequence[Block], name: str) -> tuple[str, ...]:
    """A sentence if most of a source is verse, or tables.

    Args:
        blocks: with their line breaks.
        name: what to call the source.
    """
    size = sum(map(_letters, blocks))
    verse = sum(_letters(block) for block in blocks if _is_verse(block.content.text))
    tables = sum(_letters(block) for block in blocks if _is_table(block.content.text))
    if tables > _MOST * size:
        return (
            f"{name} is mostly tables ({tables / size:.0%} of its text), in whose cells litgraph finds no sentences. "
            "Give it the running text alone, or take the tables out.",
        )
    if verse > _MOST * size:
        return (
            f"{name} is mostly verse ({verse / size:.0%} of its text); litgraph was made for prose, and finds fewer "
            "people and relations in verse. Go through the cast (litgraph cast) before you use the graph.",
        )
    return ()


def _letters(block: Block) -> int:
    return sum(character.isalpha() for character in block.content.text)


def _is_verse(text: str) -> bool:
    """A stanza: short lines that begin with capitals, and no speech of a play."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) < _FEWEST_LINES or max(map(len, lines)) > _LONGEST_LINE or _SPEAKER.match(text.lstrip()):
        return False
    if text.upper() == text:
        return False
    return sum(_begins_with_capital(line) for line in lines) >= _CAPITALS * len(lines)


def _begins_with_capital(line: str) -> bool:
    first = line.lstrip("“‘\"'(_—-– ")[:1]
    return first.isupper()


def _is_table(text: str) -> bool:
    """Rows: most lines have several gaps between their cells."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return 2 * sum(len(_GAP.findall(line)) >= _FEWEST_GAPS for line in lines) > len(lines)
