"""Plain text → blocks: paragraphs as they stand in the file, still hard-wrapped.

Markdown is plain text whose headings say what they are ("## The Quay", or a line under them), below a block of metadata
between lines of three hyphens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from litgraph.reading.files.decode import decode
from litgraph.reading.files.limits import LONGEST_PARAGRAPH, MOST_LINES, too_long, too_many
from litgraph.reading.files.solid import paragraph_starts
from litgraph.reading.header import language_code
from litgraph.reading.mapped import Block, Document, MappedText, Metadata

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_LINE_END = re.compile(r"\r\n?")
# Project Gutenberg wraps at 55 to 75 characters ("Volunteers' FAQ"), nobody at more than a hundred.
_LONG_LINE = 100
# Headings of Markdown (CommonMark 0.31, "ATX headings" and "Setext headings").
_MARKED_HEADING = re.compile(r" {0,3}(?P<marks>#{1,6})[ \t]+(?P<words>\S.*)")
_UNDERLINE = re.compile(r" {0,3}(?:=|-){3,}[ \t]*")
_LONGEST_HEADING = 100  # characters; a longer line above a rule is a paragraph
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<fields>(?:[^\n]*\n){1,60}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_LONGEST_FRONT_MATTER = 10_000  # characters
_FIELD = re.compile(r"(?P<name>title|author|lang|language|date):(?P<value>.*)", re.IGNORECASE)

Lines = list[tuple[int, int]]  # where each line begins and ends, its line end included


def read_plain(data: bytes, name: str) -> Document:
    """The paragraphs of a plain text: stretches between empty lines, or lines where the text is not hard-wrapped.

    Raises:
        UnreadableSource: damaged encoding, or a "paragraph" longer or more lines than any book has.
    """
    text, notices = decode(data, name)
    if text.count("\n") + text.count("\r") > MOST_LINES:
        raise too_many(name, MOST_LINES, "lines")
    blocks: list[Block] = []
    body, metadata = _front_matter(text)
    for start, end in _paragraphs(text):
        if start < body:
            continue
        if end - start > LONGEST_PARAGRAPH:
            raise too_long(name, end - start)
        blocks += _with_heading(MappedText.from_source(text[start:end], start).sub(_LINE_END, "\n"))
    return Document(tuple(blocks), metadata, notices)


def _front_matter(text: str) -> tuple[int, Metadata]:
    """Where the text begins behind a block of metadata in YAML, and what that says; 0 if there is none."""
    match = _FRONT_MATTER.match(text[:_LONGEST_FRONT_MATTER].replace("\r\n", "\n"))
    found = [_FIELD.fullmatch(line) for line in match["fields"].split("\n")] if match else []
    fields = {field["name"].lower(): field["value"].strip(" \t\"'") for field in found if field}
    if not match or not fields:
        return 0, Metadata()
    lines = match[0].count("\n")
    body = next((line.end() for line in islice(_LINE.finditer(text), lines - 1, None)), len(text))
    return body, Metadata(
        title=fields.get("title", ""),
        author=fields.get("author", ""),
        language=language_code(fields.get("lang", fields.get("language", ""))),
        release=fields.get("date", ""),
    )


def _with_heading(paragraph: MappedText) -> list[Block]:
    """A paragraph, cut below its first line if that is a heading of Markdown."""
    line, _, below = paragraph.text.partition("\n")
    underline = below.partition("\n")[0]
    if len(line) > _LONGEST_HEADING or not any(character.isalnum() for character in line):
        return [Block(paragraph)]
    start, end = 0, len(line)
    if marked := _MARKED_HEADING.fullmatch(line):
        level, start, stop = len(marked["marks"]), marked.start("words"), end
        end = start + len(marked["words"].rstrip().rstrip("#"))
    elif _UNDERLINE.fullmatch(underline):
        level, stop = 1 if "=" in underline else 2, end + 1 + len(underline)
    else:
        return [Block(paragraph)]
    rest = paragraph[stop:].strip()
    return [Block(paragraph[start:end].strip(), heading=level), *([Block(rest)] if rest else [])]


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where each paragraph begins and ends, without the line end of its last line."""
    lines = [match.span() for match in _LINE.finditer(text) if match.end() > match.start()]
    is_unwrapped = sum(end - start for start, end in lines if end - start > _LONG_LINE) * 2 > len(text)
    for stretch in _stretches(text, lines):
        lines_here = [text[start:end] for start, end in stretch]
        starts = _not_underlines(lines_here) if is_unwrapped else paragraph_starts(lines_here)
        for first, stop in pairwise([*starts, len(stretch)]):
            start, last = stretch[first][0], stretch[stop - 1]
            yield start, last[0] + len(text[slice(*last)].rstrip("\r\n"))


def _not_underlines(lines: list[str]) -> list[int]:
    return [index for index, line in enumerate(lines) if not index or not _UNDERLINE.fullmatch(line.rstrip())]


def _stretches(text: str, lines: Lines) -> Iterator[Lines]:
    """Runs of lines between empty ones."""
    stretch: Lines = []
    for start, end in lines:
        if text[start:end].strip():
            stretch.append((start, end))
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch
