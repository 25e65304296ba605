"""TEI, the XML of the Text Encoding Initiative (P5, and P4 where it is alike), in which libraries publish books."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException, DTDForbidden
from defusedxml.ElementTree import XMLParser

from litgraph.drama import Role
from litgraph.errors import UnreadableSource, UnsafeSource
from litgraph.reading.catalogue import identifier_in_address
from litgraph.reading.files.markup import WHITE_SPACE, BlockBuilder, decode_markup, language_code, read_markup
from litgraph.reading.mapped import Block, Document, MappedText, Metadata
from litgraph.types import Gender

MAX_DEPTH = 200  # elements inside each other; real editions stay under 30, and our reading is recursive
ROOTS = frozenset({"tei", "tei.2", "teicorpus", "teicorpus.2"})
BLOCKS = frozenset(
    "ab address addrline argument back body byline castgroup castitem castlist cit closer dateline docauthor docdate "
    "docedition docimprint doctitle epigraph figure floatingtext front group imprimatur item label lg list opener p "
    "postscript quote row salute set signed sp table text titlepage titlepart trailer".split()
)
DIVISION = re.compile(r"div[0-7]?")
DROPPED = frozenset("teiheader fw del figdesc graphic index interpgrp spangrp listperson listplace divgen".split())
BREAKS = frozenset({"lb", "pb", "cb", "gb", "milestone"})
PREFERRED_READINGS = ("reg", "corr", "expan")
RUNNING_TEXT = frozenset("p l ab head speaker q said seg hi item cell note stage".split())  # a <stage> inside is inline
LINE_END_HYPHENS = "-¬\u00ad\u2010"


@dataclass(slots=True)
class Node:
    """An element: names are lower case, without prefix; the text inside it keeps its offsets."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | MappedText] = field(default_factory=list)

    def elements(self) -> Iterator[Node]:
        """The elements right inside this one."""
        return (child for child in self.children if isinstance(child, Node))

    def descendants(self, *names: str) -> Iterator[Node]:
        """The elements with one of these names at any depth, in order, but none inside another of them."""
        for child in self.elements():
            if child.name in names:
                yield child
            else:
                yield from child.descendants(*names)

    def first(self, *path: str) -> Node | None:
        """The first element that can be reached by these names, each at any depth inside the one before."""
        if not path:
            return self
        return next((descendant for node in self.descendants(path[0]) if (descendant := node.first(*path[1:]))), None)

    def text(self) -> str:
        """All text inside, on one line."""
        parts = (child.text() if isinstance(child, Node) else child.text for child in self.children)
        return " ".join(" ".join(parts).split())


def read_tei(data: bytes, name: str) -> Document:
    """Reads a book that is a TEI file.

    Args:
        data: the file.
        name: what to call it in messages.

    Raises:
        UnreadableSource: it is not well-formed, not TEI, or has no text.
        UnsafeSource: it declares entities or anything else in a DTD of its own, or nests without measure.
    """
    source, notices = decode_markup(data, name)
    _check(source, name)
    root = _tree(source, name)
    if root.name not in ROOTS:
        hint = "Convert it to TEI, HTML or plain text."
        raise UnreadableSource(f"{name} is XML but not TEI: its root element is <{root.name}>.", hint)
    reader = _Reader(name)
    for text in root.descendants("text"):
        reader.element(text, parent="", depth=0)
    if not reader.builder.blocks:
        raise UnreadableSource(f"{name} is TEI without any text.", "Is it only a header, or an edition of page images?")
    return Document(tuple(reader.builder.blocks), _metadata(root), notices, tuple(_listed_people(root)))


class _Ignore:
    """A parser target that builds nothing: the parse is for its errors alone."""

    def close(self) -> None:
        return None


def _check(source: str, name: str) -> None:
    """Raises unless the source is well-formed XML that declares nothing of its own."""
    try:
        parser = XMLParser(target=_Ignore(), forbid_entities=True, forbid_external=True)
        parser.parser.StartDoctypeDeclHandler = _refuse_internal_subset
        parser.feed(source)
        parser.close()
    except DefusedXmlException as error:
        message = f"{name} brings its own DTD, by which a small file can be made to expand without end."
        raise UnsafeSource(
            message, "Remove the [ ] of its DOCTYPE and put in the text of the entities it declares."
        ) from error
    except ParseError as error:
        hint = "Correct it there, or ask its publisher for a valid file."
        raise UnreadableSource(f"{name} is not well-formed XML: {error} (line {error.position[0]}).", hint) from error
    except (ValueError, LookupError) as error:
        raise UnreadableSource(f"{name} is not readable as XML: {error}.", "Save it as UTF-8.") from error


def _refuse_internal_subset(name: str, system: str | None, public: str | None, has_internal_subset: int) -> None:
    if has_internal_subset:
        raise DTDForbidden(name, system, public)


def _tree(source: str, name: str) -> Node:
    """The root element of a source that is known to be well-formed."""
    outside = Node("")
    open_nodes = [outside]
    for item in read_markup(source, name, xml=True):
        if isinstance(item, MappedText):
            open_nodes[-1].children.append(item)
        elif item.kind == "close":
            open_nodes.pop()
        else:
            node = Node(item.name, item.attributes)
            open_nodes[-1].children.append(node)
            if item.kind == "open":
                open_nodes.append(node)
                if len(open_nodes) > MAX_DEPTH:
                    message = f"{name} nests more than {MAX_DEPTH} elements inside each other."
                    raise UnsafeSource(message, "No edition of a book does that; do not trust this file.")
    return next(outside.elements())


class _Reader:
    """Puts the text of elements into blocks, recursively."""

    def __init__(self, name: str, role: str = "") -> None:
        self.builder = BlockBuilder(name=name)
        self.role = role
        self.who = ""  # ids of who speaks, or of whom a line of the cast list speaks
        self.speaker = ""  # the label of the speech whose first block is not finished yet
        self.in_speech = False
        self.notes: list[Block] = []  # to be placed after the block that they are inside of
        self.speaker_size = 0  # size of the block when it held only a speaker's name, which the speech is to follow
        self.after_line = False  # the block ends with a line of verse
        self.joining = False  # a line break inside a word: what follows continues it

    def element(self, node: Node, *, parent: str, depth: int) -> None:
        """Reads one element; ``depth`` counts the divisions it stands in."""
        name = node.name
        if name in DROPPED:
            return
        if name in BREAKS:
            self.line_break(node)
        elif name == "note":
            self.note(node, depth)
        elif name == "choice":
            self.choice(node, depth)
        elif DIVISION.fullmatch(name):
            self.division(node, depth)
        elif name == "head":
            self.end_block()
            self.inside(node, depth)
            is_title = bool(DIVISION.fullmatch(parent)) or parent in ("front", "body", "back", "text")
            self.end_block(heading=min(6, max(1, depth)) if is_title else 0)
        elif name == "sp":
            self.end_block()
            self.who = _ids(node.attributes.get("who", ""))
            if self.who and node.first("speaker") is None:
                self.label(MappedText.made(_readable(self.who)))
            self.in_speech = True
            self.inside(node, depth)
            self.end_block()
            self.who, self.speaker, self.in_speech = "", "", False
        elif name == "speaker":
            self.end_block()
            self.label(*(child for child in _texts(node)))
        elif name == "stage":
            self.stage(node, depth, inline=parent in RUNNING_TEXT)
        elif name == "castitem":
            self.cast_item(node, depth)
        elif name == "roledesc":
            if self.builder.has_text and self.builder.last not in ",;(—–:":
                self.builder.trim()
                self.builder.add(MappedText.made(", "))
            self.inside(node, depth)
        elif name == "l":
            if self.after_line:
                self.builder.add(MappedText.made("\n"))
            else:
                self.start_block()
            self.inside(node, depth)
            self.after_line = self.builder.has_text
        elif name in BLOCKS:
            self.start_block()
            self.inside(node, depth)
            self.end_block()
        else:
            self.inside(node, depth)
            if name == "cell":
                self.builder.add(MappedText.made(" "))

    def inside(self, node: Node, depth: int) -> None:
        """Reads what is inside an element."""
        for child in node.children:
            if isinstance(child, Node):
                self.element(child, parent=node.name, depth=depth)
            else:
                self.text(child)

    def text(self, text: MappedText) -> None:
        if self.joining:
            text = text[len(text) - len(text.text.lstrip(WHITE_SPACE)) :]
            self.joining = not text
        self.builder.add(text)

    def line_break(self, node: Node) -> None:
        if node.attributes.get("break") == "no":
            self.builder.trim()
            self.builder.trim(LINE_END_HYPHENS)
            self.joining = True
        elif node.name == "lb" and not self.joining:
            self.builder.add(MappedText.made("\n"))

    def note(self, node: Node, depth: int) -> None:
        """A note is a block of its own, after the paragraph that its mark stands in."""
        reader = _Reader(self.builder.name, role="note")
        reader.inside(node, depth)
        reader.end_block()
        self.notes += reader.builder.blocks
        if not self.builder.has_text:
            self.place_notes()

    def choice(self, node: Node, depth: int) -> None:
        """Of several readings: the regular, corrected or expanded one, else the first."""
        readings = {child.name: child for child in reversed(list(node.elements()))}
        preferred_reading = next((readings[name] for name in PREFERRED_READINGS if name in readings), None)
        reading = preferred_reading or next(node.elements(), None)
        if reading:
            self.inside(reading, depth)

    def division(self, node: Node, depth: int) -> None:
        self.end_block()
        role = self.role
        if node.attributes.get("type", "").lower() in ("contents", "toc"):
            self.role = "contents"
        self.inside(node, depth + 1)
        self.end_block()
        self.role = role

    def label(self, *texts: MappedText) -> None:
        """The name of who begins to speak, which the speech follows."""
        for text in texts:
            self.text(text)
        self.builder.trim()
        self.speaker = " ".join("".join(text.text for text in texts).split()).rstrip(".:;, ")
        self.builder.add(MappedText.made(" " if self.builder.last in ".:;,!?—" else ". "))
        self.speaker_size = self.builder.size

    def cast_item(self, node: Node, depth: int) -> None:
        """A line of the dramatis personae is a block of its own."""
        self.end_block()
        role, who = self.role, self.who
        self.role, holder = "cast", node.first("role") or node
        ids = (one.attributes.get(name, "") for one in (node, holder) for name in ("xml:id", "corresp", "sameas"))
        self.who = _ids(next((id_ for id_ in ids if id_), ""))
        self.inside(node, depth)
        self.end_block()
        self.role, self.who = role, who

    def stage(self, node: Node, depth: int, *, inline: bool) -> None:
        """A stage direction is a block of its own; in a speech, or behind a speaker's name, it stands in brackets."""
        after_speaker = self.holds_only_speaker()
        if not inline and not after_speaker:
            self.end_block()
            self.inside(node, depth)
            self.end_block(role="stage")
            return
        bracketed = not self.in_speech or node.text()[:1] in ("[", "")
        self.builder.add(MappedText.made("" if bracketed else "["))
        self.inside(node, depth)
        if not bracketed:
            self.builder.trim()
            self.builder.add(MappedText.made("] "))
        if after_speaker:
            self.builder.add(MappedText.made(" "))
            self.speaker_size = self.builder.size

    def holds_only_speaker(self) -> bool:
        return 0 < self.speaker_size == self.builder.size

    def start_block(self) -> None:
        """Ends the block before, unless it is the name of who now begins to speak."""
        if not self.holds_only_speaker():
            self.end_block()

    def end_block(self, heading: int = 0, role: str = "") -> None:
        before = len(self.builder.blocks)
        self.builder.finish(heading=heading, role=self.role or role)
        if before < len(self.builder.blocks) and (self.speaker or self.role == "cast"):
            first = self.builder.blocks[before]
            self.builder.blocks[before] = replace(first, speaker=self.speaker, who=self.who)
            self.speaker = ""
        self.speaker_size = 0
        self.after_line = self.joining = False
        self.place_notes()

    def place_notes(self) -> None:
        self.builder.blocks += self.notes
        self.notes = []


def _ids(pointers: str) -> str:
    """The ids that pointers such as "#nora #helmer" lead to."""
    return " ".join(pointer.rpartition("#")[2] for pointer in pointers.split())


def _readable(ids: str) -> str:
    return " and ".join(id_.replace("_", " ").replace("-", " ").title() for id_ in ids.split())


def _texts(node: Node) -> Iterator[MappedText]:
    for child in node.children:
        if isinstance(child, Node):
            yield from _texts(child)
        else:
            yield child


def _listed_people(root: Node) -> Iterator[Role]:
    """The people whom the header lists (``<particDesc><listPerson>``), as DraCor does."""
    for people in root.descendants("listperson"):
        for person in people.descendants("person", "persongrp"):
            name = person.first("persname") or person.first("name")
            id_ = person.attributes.get("xml:id", "")
            if id_ and (printed := name.text() if name else _readable(id_)):
                yield Role((printed,), id=id_, gender=_SEXES.get(person.attributes.get("sex", "").lower(), "unknown"))


_SEXES: dict[str, Gender] = {"female": "female", "f": "female", "2": "female", "male": "male", "m": "male", "1": "male"}


def _metadata(root: Node) -> Metadata:
    """What the TEI header says."""
    header = root.first("teiheader") or Node("")
    statement = header.first("titlestmt") or Node("")
    titles = list(statement.descendants("title"))
    main = [title for title in titles if title.attributes.get("type", "main") == "main"] or titles
    languages = [node.attributes.get("xml:lang", "") for node in (root, *root.descendants("text"))]
    languages += [node.attributes.get("ident", "") for node in header.descendants("language")]
    date = header.first("publicationstmt", "date") or Node("")
    publication = header.first("publicationstmt") or Node("")
    identifiers = (identifier_in_address(node.text()) for node in publication.descendants("idno"))
    return Metadata(
        title=main[0].text() if main else "",
        author=", ".join(dict.fromkeys(author.text() for author in statement.descendants("author"))),
        identifier=next((identifier for identifier in identifiers if identifier), ""),
        language=language_code(next((language for language in reversed(languages) if language), "")),
        release=date.attributes.get("when") or date.text(),
    )
