"""Notes at the foot of a page or the end of a chapter, told from the story.

A note is what the markup calls so; what a bracket calls so (``[Footnote 1: …]``, ``[4: …]``, over several paragraphs
too); and a paragraph that begins with a mark (``[1] …``, ``* …``, ``Footnote 1: …``) which stood in the running text
before and which no note has answered yet. A note in brackets without a label answers a star. So a page number at the
beginning of a paragraph is no note, nor is a row of stars.

Notes are somebody else's words about other people (the editor's, on Lord Byron). They are put behind the story, where
they stay in the text but are not read. A sentence that a note or the number of a page had cut in two is whole again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from typing import NamedTuple

from litgraph.reading.apparatus.reference_marks import counted_marks, label_of, labels_of, without_marks
from litgraph.reading.divisions.headings import parse_heading
from litgraph.reading.mapped import Block, MappedText

_OPENS = re.compile(
    r"\[\s*(?:(?:foot-?|end-?)notes?\b|(?:ed(?:itor)?['’]?s?\.?\s)?notes?(?=\s*[\dA-Z*†‡§]{0,3}\s*[:.—])"
    r"|(?=[\dA-Za-z*†‡§]{1,3}:\s))"
    r"\s*(?P<label>[\dA-Za-z]{1,3}|[*†‡§¶]{1,3})?\s*[:.—]?",
    re.IGNORECASE,
)
_INLINE = re.compile(_OPENS.pattern + r"[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\]", re.IGNORECASE)
_LABELLED = re.compile(
    r"\s*(?:\[(?:\^|fn[-# ]?|note )?(?P<a>\d{1,3}|[A-Za-z]|[*†‡§¶]{1,3}|[ivxl]{2,5})\]|\((?P<b>\d{1,3})\)"
    r"|\^\{?(?P<c>\d{1,3})\}?|(?P<d>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|(?P<e>\*{1,3}(?![^*\n]{0,80}\*)|[†‡§¶]{1,3})"
    r"|\{(?P<f>\d{1,3})\}|<(?P<g>\d{1,3})>|(?:foot|end)-?note (?P<h>\d{1,3}|[*†‡§])(?=[.:]))[.:)]?"
    r"\s*(?=[^\s*])(?=.*[^\W\d_])",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\s*\[?\(?(?P<label>\d{1,3}|[A-Za-z])[\].):]+\s+(?=\S)")
_HEADING = re.compile(r"\W*(?:foot-?notes?|end-?notes?|notes)\W*", re.IGNORECASE)
_LONGEST = 30  # blocks that a bracketed note may run over
_MOST = 0.5  # of the text; what is more than half of a book is the book, whatever its markup says
_UNFINISHED = re.compile(r"[^\W\d_][,;-]?\s*\Z")
_GOES_ON = re.compile(r"\s*[^\W\d_]")


class Parted(NamedTuple):
    """The blocks of the story without marks of pages and notes, and those of the notes, in text order."""

    story: tuple[Block, ...]
    notes: tuple[Block, ...]


def _without_marks(content: MappedText, labels: Set[str], counted: re.Pattern[str] | None) -> MappedText:
    """The content without marks; the number of "CHAPTER [4]" is none."""
    plain = without_marks(content, labels, counted)
    return content if parse_heading(content.text) and not parse_heading(plain.text) else plain


def part_notes(blocks: Sequence[Block]) -> Parted:
    """Tell the notes from the story, and take the marks of notes and pages out of it."""
    size = sum(len(block.content) for block in blocks)
    if sum(len(block.content) for block in blocks if block.role == "note") > _MOST * size:
        blocks = [replace(block, role="" if block.role == "note" else block.role) for block in blocks]
    pieces = list(_pieces(blocks))
    labels = {piece.label or "*" for piece in pieces if piece.is_note}
    story: list[Block] = []
    counted = counted_marks(piece.block.content.text for piece in pieces if not piece.is_note)
    interrupted = False
    for piece in pieces:
        content = piece.block.content if piece.is_note else _without_marks(piece.block.content, labels, counted)
        if piece.is_note or not content.text.strip():
            interrupted = interrupted or not piece.is_inline
            continue
        block = replace(piece.block, content=content)
        if interrupted and story and _is_one_sentence(story[-1], block):
            story[-1] = replace(block, content=MappedText.join([story[-1].content, MappedText.made("\n"), content]))
        else:
            story.append(block)
        interrupted = False
    if not story:
        return Parted(tuple(blocks), ())
    return Parted(
        tuple(story), tuple(replace(piece.block, role="note", heading=0) for piece in pieces if piece.is_note)
    )


def is_notes_heading(text: str) -> bool:
    """Does a paragraph say no more than that notes follow ("FOOTNOTES:")?"""
    return _HEADING.fullmatch(text) is not None


class _Piece(NamedTuple):
    """A block, or what is left of one; ``is_inline``: a note that stood inside of a paragraph."""

    block: Block
    is_note: bool = False
    label: str = ""
    is_inline: bool = False


def _pieces(blocks: Sequence[Block]) -> Iterator[_Piece]:
    pending: Counter[str] = Counter()
    under_heading = False
    index = 0
    while index < len(blocks):
        block = blocks[index]
        text = block.content.text
        stop = _end_of_bracket(blocks, index)
        label = _label(text, pending, under_heading=under_heading)
        if block.role == "note":
            mark = _LABELLED.match(text) or _NUMBERED.match(text)
            yield _Piece(block, is_note=True, label=label_of(mark.group()) if mark else "")
        elif stop > index:
            mark = _OPENS.match(text.lstrip())
            label = label_of(mark["label"] or "") if mark else ""
            yield from (_Piece(part, is_note=True, label=label) for part in blocks[index:stop])
            index = stop - 1
        elif label:
            pending[label] -= 1
            yield _Piece(block, is_note=True, label=label)
        elif is_notes_heading(text) and index + 1 < len(blocks) and _begins_notes(blocks[index + 1].content.text):
            under_heading = True
            yield _Piece(block, is_note=True)
            index += 1
            continue
        else:
            under_heading = False
            pending.update(labels_of(text))
            yield from _without_inline_notes(block)
        index += 1


def _label(text: str, pending: Counter[str], *, under_heading: bool) -> str:
    """The label of the note that a paragraph is; "" if it is none."""
    if match := _LABELLED.match(text):
        label = label_of(next(group for group in match.groups() if group))
        if pending[label] > 0 or under_heading:
            return label
    numbered = _NUMBERED.match(text) if under_heading else None
    return label_of(numbered["label"]) if numbered else ""


def _begins_notes(text: str) -> bool:
    return bool(_LABELLED.match(text) or _NUMBERED.match(text) or _OPENS.match(text.lstrip()))


def _end_of_bracket(blocks: Sequence[Block], index: int) -> int:
    """Behind the last block of the bracketed note that begins with a block; its own index if none does, or ends."""
    if not _OPENS.match(blocks[index].content.text.lstrip()):
        return index
    depth = 0
    for last in range(index, min(index + _LONGEST, len(blocks))):
        text = blocks[last].content.text
        depth += text.count("[") - text.count("]")
        if depth <= 0:
            # What follows the bracket in its paragraph is story, and is told from it as in any paragraph.
            return (
                last + 1
                if depth == 0 and text.rstrip().endswith("]") and _is_one_bracket(text, last > index)
                else index
            )
    return index


def _is_one_bracket(text: str, continued: bool) -> bool:
    """Whether a block is nothing but notes: "[1: …] He rose. [2: …]" is not."""
    return continued or not _INLINE.sub("", text).strip()


def _without_inline_notes(block: Block) -> Iterator[_Piece]:
    """A paragraph, and the notes that stand in it between brackets."""
    if "[" not in block.content.text or not (found := list(_INLINE.finditer(block.content.text))):
        yield _Piece(block)
        return
    rest = block.content.sub(_INLINE, "")
    yield _Piece(replace(block, content=rest))
    for match in found:
        note = replace(block, content=block.content[match.start() : match.end()], heading=0)
        yield _Piece(note, is_note=True, label=label_of(match["label"] or ""), is_inline=True)


def _is_one_sentence(before: Block, after: Block) -> bool:
    """Whether two paragraphs are halves of one: the first ends inside a sentence, the second goes on small."""
    begin = _GOES_ON.match(after.content.text)
    return (
        not (before.heading or after.heading or before.role or after.role)
        and before.member == after.member
        and _UNFINISHED.search(before.content.text) is not None
        and begin is not None
        and begin.group().strip().islower()
    )
