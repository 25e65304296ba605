"""Whether a text is a play, and which of its lines begin with a speaker's label.

A text is a play if speeches under labels that come again are most of it, from the first of them to the last: a novel
has lines such as "EMMA." here and there, and the paragraphs between them are nobody's. Plays with long prefaces stay
plays, for these stand before the first label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from litgraph.reading.plays.labels import DIRECTION, Label, Style, labels

_FEWEST_SPEECHES = 4
_FEWEST_LABELS = 2
_STYLES: tuple[Style, ...] = ("capitals", "ordinary")
_OFTEN: Mapping[Style, int] = {"capitals": 2, "ordinary": 3}
"""How often a label must come; a line in verse may begin with "Good." once or twice."""
_REACH = 0.3  # of the text that the speeches must span: a novel may have one scene set as a play
_COVERED = 0.6  # of that span that must be speeches


_MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class Line:
    """A line that begins with a label: the line's index in its block, and the label."""

    index: int
    label: Label


def label_lines(blocks: Sequence[Sequence[str]], listed: Container[str] = ()) -> list[list[Line]] | None:
    """The lines that begin with labels, block by block; None if the text is no play.

    Args:
        blocks: the lines of each paragraph.
        listed: names of the dramatis personae, folded; a label that is one need not come again.
    """
    every = [[(index, labels(line)) for index, line in enumerate(lines)] for lines in blocks]
    for bracketed in (False, True):
        candidates = [
            [(index, [label for label in found if label.bracketed == bracketed]) for index, found in lines]
            for lines in every
        ]
        for style in _STYLES:
            chosen = _in_style(candidates, style, listed)
            if _is_play(blocks, chosen, style):
                return chosen
    return None


def _in_style(
    candidates: Sequence[Sequence[tuple[int, list[Label]]]], style: Style, listed: Container[str]
) -> list[list[Line]]:
    often = _OFTEN[style]
    times = Counter(label.key for block in candidates for _, found in block for label in found if label.style == style)
    times.update({key: often for key in list(times) if key in listed and times[key] < often})
    chosen = [
        [Line(index, label) for index, found in block if (label := _best(found, times, style))] for block in candidates
    ]
    again = [line for lines in chosen for line in lines if times[line.label.key] >= often]
    # Where labels begin paragraphs, a line that begins with a name has it there by chance.
    at_start = sum(line.index == 0 for line in again) >= _MOSTLY * len(again)
    # A messenger may speak once, if his label is set as the others are.
    alone = sum(line.label.alone for line in again) * 2 > len(again)
    return [
        [
            line
            for line in lines
            if (line.index == 0 or not at_start) and (times[line.label.key] >= often or line.label.alone <= alone)
        ]
        for lines in chosen
    ]


def _best(found: Sequence[Label], times: Mapping[str, int], style: Style) -> Label | None:
    """Of the labels that a line may begin with, the one that it does: the longer if the shorter is mostly its part.

    In ordinary letters only what comes again is a label.
    """
    best: Label | None = None
    for label in found:
        fits = label.style == style and (style == "capitals" or times[label.key] >= _OFTEN[style])
        if fits and (best is None or 2 * times[label.key] >= times[best.key]):
            best = label
    return best


def _is_play(blocks: Sequence[Sequence[str]], found: Sequence[Sequence[Line]], style: Style) -> bool:
    times = Counter(line.label.key for lines in found for line in lines)
    again = {key for key, count in times.items() if count >= _OFTEN[style]}
    spoken = [number for number, lines in enumerate(found) if any(line.label.key in again for line in lines)]
    speeches = sum(times[key] for key in again)
    if len(again) < _FEWEST_LABELS or speeches < _FEWEST_SPEECHES or not spoken:
        return False
    sizes = [sum(map(len, lines)) for lines in blocks]
    first, last = spoken[0], spoken[-1] + 2  # the last label may stand alone above its speech
    covered = 0
    neutral = 0
    under_label = False
    for number in range(first, min(last, len(blocks))):
        lines = found[number]
        if lines:
            covered += sizes[number]
            under_label = lines[-1].label.alone and lines[-1].index == len(blocks[number]) - 1
        elif under_label:
            covered += sizes[number]
            under_label = False
        elif is_direction("\n".join(blocks[number])):
            neutral += sizes[number]
    span = sum(sizes[first:last])
    return span >= _REACH * sum(sizes) and covered >= _COVERED * (span - neutral)


def is_direction(text: str) -> bool:
    """Is a paragraph a stage direction and nothing else, by its brackets or by the word that it begins with?"""
    bare = text.strip(" _*=\n")
    if DIRECTION.match(bare):
        return True
    if bare[:1] not in ("(", "["):
        return False
    end = bare.find("])"[bare[0] == "("])
    return end < 0 or not any(map(str.isalnum, bare[end:]))
