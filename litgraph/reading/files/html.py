"""HTML and XHTML: which elements are paragraphs, headings, tables of contents, notes or nothing at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from litgraph.errors import UnreadableSource
from litgraph.reading.files.html_attributes import (
    BLOCKS,
    CELLS,
    CLOSED_BY_A_SIBLING,
    CONTENTS,
    DROPPED,
    HEAD_CONTENT,
    LISTS,
    NOTE_ANCHORS,
    NOTES,
    PAGE_NUMBERS,
    VOID,
    Anchor,
    Element,
    heading_level,
    is_mark_of_note,
    is_page_number,
    is_raised_mark,
    kinds_of,
    leads_inside,
    leads_to_note,
    page_metadata,
    refuse_entities,
)
from litgraph.reading.files.markup import (
    WHITE_SPACE,
    BlockBuilder,
    Tag,
    decode_markup,
    read_markup,
)
from litgraph.reading.files.pictures import (
    DROP_CAP,
    alternative_text,
    attribute_text,
    drawn_words,
    heading_words,
    label_of,
    shows_words,
    without_doubles,
    wordless_headings,
)
from litgraph.reading.mapped import Block, Document, MappedText, Metadata

DEEPEST_LIST = 3  # tables and lists inside each other that are looked at; contents are found outside or not at all

_MARKER = re.compile(r"\*\*\*\s*(?:START|END) OF TH", re.IGNORECASE)
LONGEST_BOILERPLATE = 40_000  # characters, twice the licence; a longer section was never closed and holds the book
LONGEST_CONTENTS_ENTRY = 300  # characters; a class named "toc" on anything longer is only borrowed for its layout


def read_html(data: bytes, name: str) -> Document:
    """Reads a book that is one HTML or XHTML file.

    Args:
        data: the file.
        name: what to call it in messages.

    Raises:
        UnreadableSource: there is no text in it, or more than in any book.
        UnsafeSource: it declares entities.
    """
    source, notices = decode_markup(data, name)
    page = read_page(source, name)
    if not page.blocks:
        raise UnreadableSource(f"{name} is HTML without any text.", "Is it the file of the book, or only its cover?")
    return Document(page.blocks, page.metadata, (*notices, *wordless_headings(page.wordless_headings)))


@dataclass(frozen=True, slots=True)
class Page:
    """What one HTML file says, and how many of its headings are pictures of which it gives no words."""

    blocks: tuple[Block, ...]
    metadata: Metadata
    wordless_headings: int = 0


def read_page(source: str, name: str, member: str = "") -> Page:
    """The blocks and metadata of one decoded HTML or XHTML file, which may be a member of an EPUB.

    Raises:
        UnreadableSource: it has more text or tags than any book.
        UnsafeSource: it declares entities.
    """
    refuse_entities(source, name)
    walker = _Walker(source, BlockBuilder(member, name))
    for item in read_markup(source, name):
        if isinstance(item, MappedText):
            walker.text(item)
        elif item.kind == "close":
            walker.close(item.name)
        else:
            walker.open(item)
    walker.end()
    blocks = without_doubles(walker.builder.blocks, walker.pictured)
    return Page(tuple(blocks), page_metadata(walker.metadata, walker.title), walker.wordless_headings)


@dataclass(slots=True)
class _Walker:
    """Follows the tags, keeps what is open, and tells the builder where blocks end."""

    source: str
    builder: BlockBuilder
    metadata: dict[str, str] = field(default_factory=dict)  # name in lower case -> content
    title: str = ""
    elements: list[Element] = field(default_factory=lambda: [Element("")])
    open_count: dict[str, int] = field(default_factory=dict)
    anchor: Anchor | None = None
    superscript: bool = False
    raised_mark: bool = False  # the superscript is the mark of a note that is not linked
    begins_as_note: bool = False  # the block begins with the mark of a note that leads back to the text
    note_ids: set[str] = field(default_factory=set)  # where the marks of notes behind words lead to
    in_head: bool = False
    in_title: bool = False
    in_boilerplate: bool = False
    drop_cap: bool = False  # the block holds nothing but a drop cap
    pictures: list[MappedText | None] = field(default_factory=list)  # the words of those in the block
    pictured: set[int] = field(default_factory=set)  # blocks, no headings by their markup, that a picture's words make
    wordless_headings: int = 0
    skipped_element: str = ""  # name of the element whose inside is left out
    skip_depth: int = 0

    def text(self, text: MappedText) -> None:
        if self.in_title:
            self.title += text.text
        elif not self.in_head and not self.skipped_element:
            if self.drop_cap and text.text.strip(WHITE_SPACE):
                self.drop_cap = False
            self.builder.add(text, linked=self.anchor is not None, pre=self.elements[-1].pre)

    def open(self, tag: Tag) -> None:
        name = tag.name
        if self.skipped_element and self._is_skipped(name, 1 if tag.kind == "open" else 0):
            return
        if name in ("html", "body"):
            self._note_language(tag)
        if name == "head":
            self.in_head = tag.kind == "open"
            return
        if name in ("title", "meta") or (self.in_head and name in HEAD_CONTENT):
            self._head_content(tag)
            return
        self.in_head = self.in_title = False
        kinds = kinds_of(tag)
        empty = tag.kind == "empty" or name in VOID
        if shows_words(tag):
            self.pictures.append(drawn_words(tag, self.source))
        if self._begins_note(tag):
            self.begins_as_note = True
        if name in DROPPED or kinds & PAGE_NUMBERS or self._is_page_number(tag):
            if not empty:
                self._skip(name)
        elif name in BLOCKS:
            self._open_block(tag, kinds, empty)
        elif name in CELLS:
            self._open_cell(name, empty)
        elif name in VOID or not empty:
            self._open_inline(tag, kinds)

    def _is_page_number(self, tag: Tag) -> bool:
        """Whether an inline element is nothing but the number of a page."""
        if tag.name in BLOCKS or tag.name in CELLS or tag.kind != "open" or self.elements[-1].heading:
            return False
        return is_page_number(self.source, tag, self.builder.tail(1))

    def _begins_note(self, tag: Tag) -> bool:
        """Whether the mark of a note leads to an inline element that the block begins with."""
        if tag.name in BLOCKS or self.builder.has_text:
            return False
        return any(tag.attributes.get(key, "") in self.note_ids for key in ("id", "name"))

    def _skip(self, name: str) -> None:
        """Leave an element out, to its end."""
        self.skipped_element, self.skip_depth = name, 1
        if name in BLOCKS:
            self._end_block()

    def _open_cell(self, name: str, empty: bool) -> None:
        self._close_siblings(name)
        self.builder.add(MappedText.made("\t"))
        if not empty:
            self._push(replace(self.elements[-1], name=name, boilerplate=False))

    def _open_inline(self, tag: Tag, kinds: frozenset[str]) -> None:
        if tag.name == "br":
            element = self.elements[-1]
            self.builder.break_line(heading=element.heading, role=self._role(), pre=element.pre)
            if not self.builder.has_text:
                self.anchor = None
        elif tag.name == "img":
            self._image(tag)
        elif tag.name == "a":
            self._close_anchor()
            if leads_inside(tag.attributes.get("href", "")):
                is_note = bool(kinds & NOTE_ANCHORS) or self.superscript
                self.anchor = Anchor(self.builder.mark(), is_note, tag.attributes.get("href", ""))
        elif tag.name == "sup":
            self.superscript = True
            if self.anchor:
                self.anchor = replace(self.anchor, note=True)
            elif is_raised_mark(self.source, tag, self.builder.tail(3) if self.builder.has_text else ""):
                self.builder.add(MappedText.made("["))  # the mark of a note is the same in every format
                self.raised_mark = True

    def close(self, name: str) -> None:
        if self.skipped_element and self._is_skipped(name, -1):
            return
        if name == "head":
            self.in_head = self.in_title = False
        elif name == "title":
            self.in_title = False
        elif name == "a":
            self._close_anchor()
        elif name == "sup":
            if self.raised_mark:
                self.builder.add(MappedText.made("]"))
            self.superscript = self.raised_mark = False
        elif name in CELLS:
            self.builder.add(MappedText.made(" "))
            self._pop_to(name)
        elif name in BLOCKS:
            self._pop_to(name)

    def end(self) -> None:
        """The end of the file closes whatever is still open."""
        while len(self.elements) > 1:
            self._pop()
        self._end_block()

    def _open_block(self, tag: Tag, kinds: frozenset[str], empty: bool) -> None:
        name = tag.name
        top = self.elements[-1]
        if top.name == "p" or (top.heading and self.builder.has_text):
            self._pop()  # neither can hold a block: its end tag was left out
        self._close_siblings(name)
        self._end_block()
        if empty:
            return
        top = self.elements[-1]
        role = top.role
        if name == "nav" or kinds & {"doc-toc"}:
            role = "contents"
        elif kinds & NOTES or (tag.attributes.get("id", "") in self.note_ids and not heading_level(tag)):
            role = "note"
        elif not role and any(CONTENTS.fullmatch(kind) for kind in kinds):
            role = "toc"
        boilerplate = not self.in_boilerplate and tag.attributes.get("id", "") in ("pg-header", "pg-footer")
        self.in_boilerplate = self.in_boilerplate or boilerplate
        self._push(
            Element(
                name,
                heading=heading_level(tag) or top.heading,
                role=role,
                pre=top.pre or name == "pre",
                boilerplate=boilerplate,
                first_block=len(self.builder.blocks),
                label=label_of(tag, self.source) if heading_level(tag) else None,
                links_before=self.builder.linked_blocks,
            )
        )

    def _push(self, element: Element) -> None:
        self.elements.append(element)
        self.open_count[element.name] = self.open_count.get(element.name, 0) + 1

    def _pop_to(self, name: str) -> None:
        """Closes everything up to the innermost open element of that name, if there is one."""
        if self.open_count.get(name, 0):
            while self._pop() != name:
                pass
        elif name not in CELLS:
            self._end_block()

    def _pop(self) -> str:
        element = self.elements[-1]
        if element.name not in CELLS:
            self._end_block()
        self.elements.pop()
        self.open_count[element.name] -= 1
        blocks = self.builder.blocks
        if element.name in LISTS:
            if sum(self.open_count.get(name, 0) for name in LISTS) < DEEPEST_LIST:
                self._mark_contents(element)
        elif element.boilerplate:
            self.in_boilerplate = False
            texts = [block.content.text for block in blocks[element.first_block :]]
            if sum(map(len, texts)) <= LONGEST_BOILERPLATE and not any(map(_MARKER.search, texts)):
                del blocks[element.first_block :]
        return element.name

    def _close_siblings(self, name: str) -> None:
        top = self.elements[-1].name
        if any(name in siblings and top in siblings for siblings in CLOSED_BY_A_SIBLING):
            self._pop()
        elif name == "tr" and top in CELLS:
            self._pop()
            self._close_siblings(name)

    def _end_block(self) -> None:
        if self.drop_cap:
            self.builder.take()
        element = self.elements[-1]
        if not self.builder.has_text and not self.skipped_element:
            self._words_of_pictures(element)
        self.pictures = []
        self.builder.finish(heading=element.heading, role=self._role(), pre=element.pre)
        self.anchor = None
        self.superscript = self.raised_mark = self.begins_as_note = self.drop_cap = False

    def _role(self) -> str:
        """The role of the current block, from where it stands and from how much of it is links."""
        element = self.elements[-1]
        if self.begins_as_note and not element.role and not element.heading:
            return "note"
        if element.role == "toc":
            return "contents" if self.builder.linked or self.builder.size <= LONGEST_CONTENTS_ENTRY else ""
        if not element.role and not element.heading and 2 * self.builder.linked > self.builder.size:
            return "contents"
        return element.role

    def _mark_contents(self, element: Element) -> None:
        """A list or table is a table of contents if at least half of its entries are short and hold a link."""
        blocks = self.builder.blocks
        entries = blocks[element.first_block :]
        if len(entries) < 2 or 2 * (self.builder.linked_blocks - element.links_before) < len(entries):
            return
        if sum(len(block.content) for block in entries) <= LONGEST_CONTENTS_ENTRY * len(entries):
            blocks[element.first_block :] = [replace(block, role=block.role or "contents") for block in entries]

    def _close_anchor(self) -> None:
        anchor, self.anchor = self.anchor, None
        if anchor:
            text = self.builder.since(anchor.mark)
            if is_mark_of_note(text, linked=anchor.note):
                self.builder.forget(anchor.mark)
                if anchor.mark.has_text and anchor.href[:1] == "#":
                    self.note_ids.add(anchor.href[1:])
                if not anchor.mark.has_text and leads_to_note(anchor.href):
                    self.begins_as_note = True

    def _image(self, tag: Tag) -> None:
        """A picture of the first letter of a paragraph is that letter."""
        letter = tag.attributes.get("alt", "").strip()
        if self.elements[-1].name == "p" and not self.builder.has_text and DROP_CAP.fullmatch(letter):
            self.builder.add(attribute_text(tag, "alt", letter, self.source))
            self.drop_cap = True
        else:
            self.pictures.append(alternative_text(tag, self.source))

    def _words_of_pictures(self, element: Element) -> None:
        """A block without text has the words that its pictures show, if it is a heading or they make it one."""
        words = heading_words(self.pictures, element.label, bool(element.heading))
        if element.heading:
            self.wordless_headings += bool(self.pictures) and not words
        elif words:
            self.pictured.add(len(self.builder.blocks))
        for picture in words:
            self.builder.add(MappedText.made(" "))
            self.builder.add(picture)

    def _is_skipped(self, name: str, step: int) -> bool:
        """Whether a tag belongs to what is left out. A block ends an inline element that was never closed."""
        if name == self.skipped_element:
            self.skip_depth += step
            if not self.skip_depth:
                self.skipped_element = ""
            return True
        if name in BLOCKS and self.skipped_element not in BLOCKS - {"p"} and self.skipped_element not in DROPPED:
            self.skipped_element = ""
            return False
        return True

    def _note_language(self, tag: Tag) -> None:
        language = tag.attributes.get("lang") or tag.attributes.get("xml:lang") or ""
        if language:
            self.metadata.setdefault("lang", language)

    def _head_content(self, tag: Tag) -> None:
        if tag.name == "title":
            self.in_title = tag.kind == "open" and not self.title
        elif tag.name == "meta":
            name = tag.attributes.get("name") or tag.attributes.get("property") or ""
            self.metadata.setdefault(name.lower(), tag.attributes.get("content", ""))
        elif tag.name in DROPPED and tag.kind == "open":
            self.skipped_element, self.skip_depth = tag.name, 1
