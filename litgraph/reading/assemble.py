"""Document → Book: boilerplate off, paragraphs clean, divisions found, everything still mapped to the source."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from litgraph.errors import UnreadableSource
from litgraph.reading.apparatus.notes import is_notes_heading, part_notes
from litgraph.reading.apparatus.pages import without_page_numbers
from litgraph.reading.clean import clean, tidy, vocabulary
from litgraph.reading.divisions.chapters import divisions, opening
from litgraph.reading.divisions.headings import parse_heading
from litgraph.reading.divisions.paragraph import Paragraph
from litgraph.reading.divisions.split import split_headings
from litgraph.reading.files.limits import LONGEST_PARAGRAPH, too_long
from litgraph.reading.gutenberg import strip_boilerplate
from litgraph.reading.header import HeaderFields, readable_case, title_page
from litgraph.reading.italics import with_marks_of_speech
from litgraph.reading.mapped import Block, Document, Metadata
from litgraph.reading.notices import division_notices
from litgraph.reading.plays import play_of, split_speeches
from litgraph.reading.shape import shape_notices
from litgraph.types import Book, Chapter, SourceRun, Span

_SLUG_GAP = re.compile(r"[^a-z0-9]+")


def assemble(document: Document, name: str) -> Book:
    """Make the Book of what a format's reader gave.

    Args:
        document: the blocks, metadata and notices of the source.
        name: the file name or identifier it came from, without folder.

    Raises:
        UnreadableSource: nothing but boilerplate is there, or a paragraph is longer than any book's.
    """
    longest = max((len(block.content) for block in document.blocks), default=0)
    if longest > LONGEST_PARAGRAPH:
        raise too_long(name, longest)
    body, header = strip_boilerplate(document.blocks)
    story, notes = part_notes(without_page_numbers(tuple(block for block in body if block.role != "page")))
    split = [piece for block in story for piece in ([block] if block.speaker else split_headings(block))]
    marked = split_speeches(split)
    is_play = any(block.speaker for block in marked)
    blocks = _clean_blocks([*(marked if is_play else with_marks_of_speech(marked)), *notes])
    if not any(character.isalnum() for block in blocks for character in block.content.text):
        raise UnreadableSource(f"{name} holds no text.", "Check that it is the file you meant.")
    paragraphs: list[Paragraph] = []
    runs: list[SourceRun] = []
    position = 0
    for block in blocks:
        text = block.content.text
        span, opens = Span(position, position + len(text)), None if block.speaker else parse_heading(text)
        paragraphs.append(Paragraph(text, span, block.heading, block.role, opens, block.speaker, block.who))
        runs += (
            SourceRun(position + offset, source, length, block.member)
            for offset, source, length in block.content.runs()
        )
        position += len(text) + 2
    chapters = _divisions(paragraphs)
    page = title_page([line.text for line in opening(paragraphs[:-1], chapters)])  # one of one sentence has none
    metadata = _metadata(document.metadata, header, page, name)
    text = "\n\n".join(paragraph.text for paragraph in paragraphs)
    cut_off = sum(len(block.content) for block in document.blocks) - sum(len(block.content) for block in body)
    return Book(
        text=text,
        title=metadata.title,
        author=metadata.author,
        identifier=metadata.identifier,
        language=metadata.language,
        release=metadata.release,
        divisions=chapters,
        paragraphs=tuple(paragraph.span for paragraph in paragraphs),
        source=name,
        source_map=tuple(runs),
        notices=(*document.notices, *division_notices(text, chapters, cut_off), *shape_notices(story, name)),
        play=play_of(paragraphs, chapters, document.roles),
    )


def _divisions(paragraphs: list[Paragraph]) -> tuple[Chapter, ...]:
    """The divisions, with the notes as the last one, which is not read."""
    notes = [paragraph for paragraph in paragraphs if paragraph.role == "note"]
    story = paragraphs[: len(paragraphs) - len(notes)]
    if not notes or not story:
        return divisions(paragraphs)
    start = notes[0].span.start
    title = notes[0].text if is_notes_heading(notes[0].text) else ""
    *before, last = divisions(story)
    return (*before, replace(last, end=start), Chapter(0, title, start, notes[-1].span.end, kind="back"))


def _clean_blocks(blocks: list[Block]) -> list[Block]:
    words = vocabulary(block.content.text for block in blocks)
    results = (replace(block, content=clean(block.content, words)) for block in blocks)
    return [block for block in results if block.content]


def _metadata(format_metadata: Metadata, header: HeaderFields, page: Metadata, name: str) -> Metadata:
    """The first that says something: header field, the format's own metadata, title page, header line, file name."""
    fields, line = header.metadata, header.first_line
    stem = name.rsplit(".", 1)[0] if "." in name[1:] else name
    return Metadata(
        title=tidy(
            fields.title or format_metadata.title or page.title or line.title or readable_case(stem.replace("_", " "))
        ),
        author=tidy(fields.author or format_metadata.author or page.author or line.author),
        identifier=fields.identifier or format_metadata.identifier or _slug(stem),
        language=fields.language or format_metadata.language,
        release=tidy(fields.release or format_metadata.release),
    )


def _slug(stem: str) -> str:
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode("ascii").lower()
    return _SLUG_GAP.sub("-", plain).strip("-") or "book"
