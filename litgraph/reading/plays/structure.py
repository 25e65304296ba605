"""From the clean paragraphs of a play to its speeches, stage directions and dramatis personae."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from litgraph.drama import Play, PlaySpeech, Role
from litgraph.reading.divisions.headings import parse_heading
from litgraph.reading.divisions.paragraph import Paragraph
from litgraph.reading.plays.persons import roles_of, with_ids
from litgraph.reading.plays.recognition import is_direction
from litgraph.types import Chapter, Span

_MOSTLY = 0.5  # of the chapters that must be speeches and stage directions
_LONGEST_MARKS = 3  # characters before a label that are left of **bold**
_BEHIND_LABEL = re.compile(r"[\s.:,;—–*_+|/>\])}-]*")
_BRACKET = re.compile(r"\[[^\]\n]*(?:\]|$)|\([^()\n]*(?:\)[.,]?|$)")
_HOW = re.compile(r"[a-z][^.:,]{2,60}[.:]")  # "MACBETH, aside. If chance …"
_CAPITALS = re.compile(r"\b[A-ZÀ-Þ][A-ZÀ-Þ’'-]+\b")


def play_of(paragraphs: Sequence[Paragraph], divisions: Sequence[Chapter], listed: Iterable[Role] = ()) -> Play | None:
    """The marks of a play; None if no paragraph begins with a speaker's label.

    Args:
        paragraphs: of the whole book.
        divisions: of it; speeches do not go on over them, and the dramatis personae stand before the first scene.
        listed: roles that the markup lists beside the text.
    """
    if not any(paragraph.speaker for paragraph in paragraphs):
        return None
    starts = {division.start for division in divisions}
    read = [division for division in divisions if division.kind == "chapter"]
    named = {paragraph.speaker for paragraph in paragraphs if paragraph.speaker.isupper()}
    in_capitals = {word for label in named for word in _CAPITALS.findall(label)}
    speeches: list[PlaySpeech] = []
    directions: list[Span] = []
    current: tuple[Span, list[Span], tuple[str, ...]] | None = None

    def close() -> None:
        nonlocal current
        if current:
            speeches.append(PlaySpeech(current[0], tuple(current[1]), current[2]))
        current = None

    for paragraph in paragraphs:
        start = paragraph.span.start
        if start in starts or paragraph.heading:
            close()
        if not any(chapter.start <= start < chapter.end for chapter in _around(read, start)):
            continue
        if paragraph.speaker:
            close()
            at = paragraph.text.find(paragraph.speaker, 0, len(paragraph.speaker) + _LONGEST_MARKS)
            stop = at + len(paragraph.speaker)
            current = (Span(start + at, start + stop), [], tuple(paragraph.who.split())) if at >= 0 else None
            start += _end(_BEHIND_LABEL, paragraph.text, stop) if at >= 0 else 0
        elif paragraph.role == "stage" or _is_direction(paragraph, in_capitals):
            directions.append(paragraph.span)
            continue
        if current and paragraph.role == "" and not paragraph.heading:
            said, aside = _apart(paragraph.text, start - paragraph.span.start, bool(paragraph.speaker))
            current[1].extend(Span(paragraph.span.start + a, paragraph.span.start + b) for a, b in said)
            directions += [Span(paragraph.span.start + a, paragraph.span.start + b) for a, b in aside]
    close()
    told = sum(span.end - span.start for span in directions)
    told += sum(piece.end - speech.label.start for speech in speeches for piece in speech.pieces[-1:])
    if told < _MOSTLY * sum(chapter.end - chapter.start for chapter in read):
        return None  # a novel with a scene in it that the markup calls a play
    return Play(tuple(speeches), tuple(directions), with_ids(roles_of(paragraphs), listed))


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    """Where a pattern ends that begins at an offset; the offset if it does not."""
    match = pattern.match(text, start)
    return match.end() if match else start


def _around(read: Sequence[Chapter], offset: int) -> Iterator[Chapter]:
    index = bisect_right(read, offset, key=lambda chapter: chapter.start) - 1
    if index >= 0:
        yield read[index]


def _is_direction(paragraph: Paragraph, in_capitals: set[str]) -> bool:
    """A paragraph in brackets; or one without a label in which somebody stands in capitals, as in the labels."""
    if is_direction(paragraph.text):
        return True
    if paragraph.heading or parse_heading(paragraph.text):
        return False
    told = _BRACKET.sub("", paragraph.text)
    return not told.isupper() and any(word in in_capitals for word in _CAPITALS.findall(told))


def _apart(text: str, start: int, labelled: bool) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """What is said from an offset on, and the stage directions in it.

    In square brackets all is a direction; in round ones what stands right behind the label, or begins with a capital:
    people also speak (as they may) in brackets.
    """
    said: list[tuple[int, int]] = []
    aside: list[tuple[int, int]] = []
    at = start
    if labelled and (how := _HOW.match(text, start)) and text[:start].rstrip().endswith(","):
        aside.append(how.span())
        at = start = _end(_BEHIND_LABEL, text, how.end())
    for match in _BRACKET.finditer(text, start):
        behind_label = labelled and match.start() == start
        inner = match.group()[1:2]
        if match.group()[0] == "[" or behind_label or inner.isupper():
            said.append((at, match.start()))
            aside.append(match.span())
            at = match.end()
            at = _end(_BEHIND_LABEL, text, at) if behind_label else at
    said.append((at, len(text)))
    trimmed = [(a + len(text[a:b]) - len(text[a:b].lstrip()), a + len(text[a:b].rstrip())) for a, b in said]
    return [(a, b) for a, b in trimmed if any(map(str.isalnum, text[a:b]))], aside
