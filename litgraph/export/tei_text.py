"""The whole text of a book as TEI P5, with who says what to whom and who is meant where.

A ``<div>`` for each division, a ``<p>`` for each paragraph, ``<said who toWhom cert ana>`` for quotations (``@ana``
points to what tells the speaker, ``@n`` is the quotation's id), ``<persName ref>``, ``<placeName ref>``,
``<orgName ref>`` and ``<objectName ref>`` for names, ``<rs ref type>`` for noun phrases and pronouns. People and
organisations are listed in ``<particDesc>``, places in ``<settingDesc>``, vehicles in a ``<standOff>``.

Elements must nest. So a quotation over several paragraphs is a ``<said>`` in each, of two that cross the later is cut
where the earlier ends, and a mention that crosses a quotation, a paragraph or a longer mention has no element. The text
is the book's in any case, except for characters that XML 1.0 cannot hold.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, get_args
from xml.sax.saxutils import quoteattr

from litgraph.export.attributes import xml_text
from litgraph.export.tei_parts import (
    NAMESPACE,
    element,
    entity_lists,
    escaped,
    file_description,
    name_element,
    xml_id,
)
from litgraph.files import written_whole
from litgraph.types import Book, Cast, Chapter, Entity, Manner, Mention, Quotation

_LINE = re.compile(r"[^\n]+")
_HOW = {
    "named": "a name beside the quotation",
    "described": "a noun phrase or pronoun beside the quotation",
    "turn": "the turns of the dialogue",
    "narrator": "the narrator's “said I”",
    "person": "a person who corrected it",
}


class _Mark(NamedTuple):
    """An element around a stretch of the text: its start tag, and the name for its end tag."""

    start: int
    end: int
    tag: str
    name: str


def write_tei_text(
    book: Book,
    cast: Cast,
    mentions: Iterable[Mention],
    quotations: Iterable[Quotation],
    path: str | os.PathLike[str],
) -> None:
    """Write the text of a book as a TEI document, whole or not at all.

    Args:
        book: the book.
        cast: who and what is listed and can be pointed to.
        mentions: with their entities, as ``load_mentions`` gives them; those that mean nobody of the cast are text.
        quotations: from ``load_quotations``.
        path: the file.

    Raises:
        ExportError: the file cannot be written.
    """
    text = _Text(book.text, cast, mentions, quotations)
    with written_whole(path) as file:
        for line in _lines(book, cast, text):
            file.write(line.encode("utf-8") + b"\n")


def _lines(book: Book, cast: Cast, text: _Text) -> Iterator[str]:
    entities = [(xml_id(entity.id), entity.id, _attributes(entity)) for entity in cast.entities]
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<TEI xmlns="{NAMESPACE}">'
    yield "<teiHeader>"
    yield from file_description(book.title, book.author, book.source, "Speakers and persons, found by litgraph.")
    yield "<encodingDesc><classDecl><taxonomy>"
    for how in get_args(Manner):
        yield f'<category xml:id="{_how_id(how)}">{element("catDesc", _HOW[how])}</category>'
    yield "</taxonomy></classDecl></encodingDesc>"
    people = list(entity_lists(entities, ("listPerson", "listOrg")))
    places = list(entity_lists(entities, ("listPlace",)))
    if people or places:
        yield "<profileDesc>"
        yield from ["<particDesc>", *people, "</particDesc>"] if people else []
        yield from ["<settingDesc>", *places, "</settingDesc>"] if places else []
        yield "</profileDesc>"
    yield "</teiHeader>"
    objects = list(entity_lists(entities, ("listObject",)))
    yield from ["<standOff>", *objects, "</standOff>"] if objects else []
    yield "<text>"
    for name, divisions in _parts(book):
        yield f"<{name}>"
        for division in divisions:
            yield from _division(book.text, division, text)
        yield f"</{name}>"
    yield "</text>"
    yield "</TEI>"


def _attributes(entity: Entity) -> dict[str, object]:
    aliases = [alias for alias, _ in entity.aliases]
    return {"kind": entity.kind, "name": entity.name, "aliases": aliases, "gender": entity.gender}


def _parts(book: Book) -> Iterator[tuple[str, Sequence[Chapter]]]:
    """What stands before the first chapter, the chapters with what stands between, and what stands behind the last."""
    divisions = book.divisions or (Chapter(1, "", 0, len(book.text)),)
    chapters = [index for index, division in enumerate(divisions) if division.kind == "chapter"] or [0]
    first, last = chapters[0], chapters[-1] + 1
    yield from [("front", divisions[:first])] if first else []
    yield "body", divisions[first:last]
    yield from [("back", divisions[last:])] if last < len(divisions) else []


def _division(book_text: str, division: Chapter, text: _Text) -> Iterator[str]:
    number = f' n="{division.number}"' if division.kind == "chapter" else ""
    yield f'<div type="{division.kind}"{number}>'
    heading, empty = _folded(f"{division.part} {division.title}"), True
    for line in _LINE.finditer(book_text, division.start, division.end):
        words = _folded(line.group())
        if not words:
            continue
        # The heading as printed comes first, on one line or several.
        is_head = empty and f" {words} " in f" {heading} "
        name, empty = ("head" if is_head else "p"), is_head
        yield f"<{name}>{text.between(*line.span())}</{name}>"
    if empty:
        yield "<p/>"  # a div has more than a head
    yield "</div>"


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


class _Text:
    """A book's text with its elements, to be written paragraph by paragraph, in order."""

    def __init__(self, text: str, cast: Cast, mentions: Iterable[Mention], quotations: Iterable[Quotation]) -> None:
        self._text = text
        known = {entity.id: entity for entity in cast.entities}
        said = [_said(quotation, known) for quotation in quotations]
        named = [_meant(mention, known[mention.entity]) for mention in mentions if mention.entity in known]
        self._waiting = deque(sorted(said, key=_outer_first))
        self._begun: list[_Mark] = []  # quotations that may go on in the next paragraph
        self._named = sorted(named, key=_outer_first)
        self._starts = [mark.start for mark in self._named]

    def between(self, start: int, end: int) -> str:
        """The text of one paragraph as the inside of an element."""
        while self._waiting and self._waiting[0].start < end:
            self._begun.append(self._waiting.popleft())
        self._begun = [mark for mark in self._begun if mark.end > start]
        said = [mark._replace(start=max(mark.start, start), end=min(mark.end, end)) for mark in self._begun]
        said = list(_nested(said))
        borders = sorted(border for mark in said for border in (mark.start, mark.end))
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        named = [mark for mark in self._named[first:last] if mark.end <= end and not _crossed(mark, borders)]
        # The sort is stable: of a quotation and a mention of the same stretch the quotation is the outer one.
        marks = sorted([*said, *named], key=_outer_first)
        return "".join(_written(self._text, start, end, list(_nested(marks, cut=False))))


def _outer_first(mark: _Mark) -> tuple[int, int]:
    return mark.start, -mark.end


def _said(quotation: Quotation, known: Collection[str]) -> _Mark:
    attributes = {"n": quotation.id}
    if quotation.speaker in known:
        attributes["who"] = f"#{xml_id(quotation.speaker)}"
        attributes["cert"] = str(float(quotation.certainty))
        attributes["ana"] = f"#{_how_id(quotation.how)}"
    hearers = [f"#{xml_id(addressee)}" for addressee in quotation.addressees if addressee in known]
    if hearers:
        attributes["toWhom"] = " ".join(hearers)
    return _Mark(quotation.start, quotation.end, _tag("said", attributes), "said")


def _meant(mention: Mention, entity: Entity) -> _Mark:
    name = name_element(entity.kind) if mention.form == "name" else "rs"
    attributes = {"ref": f"#{xml_id(entity.id)}"} | ({"type": entity.kind} if name == "rs" else {})
    return _Mark(mention.start, mention.end, _tag(name, attributes), name)


def _tag(name: str, attributes: dict[str, str]) -> str:
    return f"<{name}{''.join(f' {key}={quoteattr(xml_text(value))}' for key, value in attributes.items())}>"


def _how_id(how: str) -> str:
    return f"_how.{how}"  # no entity's id begins so, see xml_id


def _nested(marks: Iterable[_Mark], *, cut: bool = True) -> Iterator[_Mark]:
    """Those of the marks, in order, that nest; one that crosses an earlier one ends where that ends, or is left out."""
    open_until: list[int] = []
    for mark in marks:
        while open_until and open_until[-1] <= mark.start:
            open_until.pop()
        if open_until and mark.end > open_until[-1]:
            if not cut:
                continue
            mark = mark._replace(end=open_until[-1])
        if mark.start < mark.end:
            open_until.append(mark.end)
            yield mark


def _crossed(mark: _Mark, borders: Sequence[int]) -> bool:
    """Does a quotation begin or end inside of the mark?"""
    index = bisect_right(borders, mark.start)
    return index < len(borders) and borders[index] < mark.end


def _written(text: str, start: int, end: int, marks: Sequence[_Mark]) -> Iterator[str]:
    """The text with the tags of marks that nest."""
    position = start
    still_open: list[_Mark] = []
    for mark in marks:
        while still_open and still_open[-1].end <= mark.start:
            yield f"{escaped(text[position : still_open[-1].end])}</{still_open[-1].name}>"
            position = still_open.pop().end
        yield escaped(text[position : mark.start]) + mark.tag
        position = mark.start
        still_open.append(mark)
    while still_open:
        yield f"{escaped(text[position : still_open[-1].end])}</{still_open[-1].name}>"
        position = still_open.pop().end
    yield escaped(text[position:end])
