"""Document → Book: boilerplate off, paragraphs clean, divisions found, everything still mapped to the source."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from litgraph.errors import UnreadableSource
from litgraph.reading.clean import clean, tidy, vocabulary
from litgraph.reading.divisions.chapters import divisions, opening
from litgraph.reading.divisions.headings import parse_heading
from litgraph.reading.divisions.paragraph import Paragraph
from litgraph.reading.divisions.split import split_headings
from litgraph.reading.files.limits import LONGEST_PARAGRAPH, too_long
from litgraph.reading.gutenberg import strip_boilerplate
from litgraph.reading.header import HeaderFields, readable_case, title_page
from litgraph.reading.mapped import Block, Document, Metadata
from litgraph.reading.notices import division_notices
from litgraph.reading.pages import without_page_numbers
from litgraph.types import Book, SourceRun, Span

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
    told = without_page_numbers(tuple(block for block in body if block.role != "page"))
    blocks = _clean_blocks([piece for block in told for piece in split_headings(block)])
    if not any(character.isalnum() for block in blocks for character in block.content.text):
        raise UnreadableSource(f"{name} holds no text.", "Check that it is the file you meant.")
    paragraphs: list[Paragraph] = []
    runs: list[SourceRun] = []
    position = 0
    for block in blocks:
        text = block.content.text
        paragraphs.append(
            Paragraph(text, Span(position, position + len(text)), block.heading, block.role, parse_heading(text))
        )
        runs += (
            SourceRun(position + offset, source, length, block.member)
            for offset, source, length in block.content.runs()
        )
        position += len(text) + 2
    chapters = divisions(paragraphs)
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
        notices=(*document.notices, *division_notices(text, chapters, cut_off)),
    )


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
