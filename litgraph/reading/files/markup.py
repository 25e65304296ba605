"""Markup that keeps its offsets: what HTML, XHTML and TEI have in common.

``read_markup`` cuts a source into tags and text, ``BlockBuilder`` puts text together into blocks. The tokenizer is our
own because ``html.parser`` does not say where a character reference began or a comment ended, differs between Python
versions, and is quadratic on hostile input; every search here goes through ``Finder`` and so takes linear time.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.entities import html5
from typing import Literal, NamedTuple

from litgraph.reading.files.damage import decode_utf8, mend_twice_encoded
from litgraph.reading.files.decode import byte_order_mark
from litgraph.reading.files.limits import LONGEST_PARAGRAPH, LONGEST_PREFORMATTED, MOST_TAGS, too_long, too_many
from litgraph.reading.mapped import MADE, Block, MappedText

WHITE_SPACE = " \t\r\n\f"  # what markup treats as white space; a no-break space is a character
MAX_ENDLESS_TAGS = 5  # tags that run to the end of the file; each costs a scan of the rest, so more are text
PIECE = 100_000  # characters; longer text is given in pieces, so that what takes it can refuse to take more
RAW_ELEMENTS = frozenset({"script", "style"})

_NAME = re.compile(r"[A-Za-z_][^\s/>]*")
_XML_NAME = re.compile(r"[^\W\d][^\s/>]*")
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]*))?""")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_WRAP = re.compile(r"(?<![ \t\f])[ \t\f]*\n[ \t\n\f]*")  # looks back so as to try a run of spaces only once
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_DECLARATION = re.compile(
    rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]*?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_WESTERN = re.compile(r"iso-?8859-1|latin-?1|us-ascii|ascii|windows-1252|cp1252")
_LEGACY = re.compile(r"iso-?8859|windows-|cp\d|koi8|mac|gb|big5|shift|sjis|euc")
# ISO 639-2, both variants, for the languages that most digital editions are in.
_THREE_LETTERS = {
    "eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "ita": "it", "spa": "es", "por": "pt", "nld": "nl",
    "dut": "nl", "swe": "sv", "dan": "da", "nor": "no", "fin": "fi", "rus": "ru", "pol": "pl", "ces": "cs", "cze": "cs",
    "hun": "hu", "ell": "el", "gre": "el", "lat": "la",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as it stands in ``source[start:end]``; names are lower case, without a namespace prefix."""

    name: str
    kind: Literal["open", "close", "empty"]
    attributes: dict[str, str]
    start: int
    end: int


def decode_markup(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of a markup file, without its byte order mark, and notices about its encoding.

    A byte order mark decides. Else it is UTF-8 if it can be but for a few bytes, as nothing else looks like UTF-8 by
    chance; else what the XML declaration or ``<meta charset>`` says; else Windows-1252, and a notice says that this is
    a guess. What was encoded twice is mended, with a notice.

    Args:
        data: the whole file.
        name: what to call it in messages.
    """
    text, notices = _decode_once(data, name)
    text, mended = mend_twice_encoded(text, name)
    return text, notices + mended


def _decode_once(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    mark, encoding = byte_order_mark(data)
    if encoding not in ("", "utf-8"):
        return data[len(mark) :].decode(encoding, "replace"), ()
    if found := decode_utf8(data[len(mark) :], name, sure=bool(mark)):
        return found
    match = _DECLARATION.search(data, 0, 4096)
    declaration = (match.group(1) or match.group(2)).decode("ascii").lower() if match else ""
    # Files that declare latin-1 or ASCII mean Windows-1252 (WHATWG Encoding Standard, "Names and labels").
    legacy = "cp1252" if _WESTERN.fullmatch(declaration) else declaration if _LEGACY.match(declaration) else "utf-8"
    try:
        return data.decode(legacy), ()
    except (LookupError, UnicodeError):
        pass
    reason = (
        f"it declares {declaration}, which it is not" if declaration else "it is not UTF-8 and declares no encoding"
    )
    return data.decode("cp1252", "replace"), (f"{name} is read as Windows-1252, which is a guess: {reason}.",)


def language_code(tag: str) -> str:
    """ISO 639-1 code of a language tag (BCP 47: "en-GB") or of a three-letter code that libraries use ("eng")."""
    primary = re.split(r"[-_]", tag.strip().lower())[0]
    return _THREE_LETTERS.get(primary, primary)


class Finder:
    """``source.find`` for starts that only ever grow: no stretch is scanned twice for the same needle."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._offsets: dict[str, int] = {}

    def __call__(self, needle: str, start: int) -> int:
        """Offset of the first ``needle`` from ``start`` on, -1 if there is none."""
        offset = self._offsets.get(needle, -2)
        if offset == -2 or -1 < offset < start:
            offset = self._offsets[needle] = self._source.find(needle, start)
        return offset


def read_markup(source: str, name: str = "The file", *, xml: bool = False) -> Iterator[Tag | MappedText]:
    """The tags and the text of ``source``, in order. Comments, declarations and processing instructions are left out.

    Character references are decoded: the first character has the offset of the "&", any others are ``MADE``. What
    looks like markup but never ends is text, so that damage costs no words.

    Args:
        source: the decoded file.
        name: what to call it in messages.
        xml: a processing instruction ends at "?>" and script and style are elements like any other.

    Raises:
        UnreadableSource: there are more tags than any book has.
    """
    if source.count("<") > MOST_TAGS:
        raise too_many(name, MOST_TAGS, "tags")
    find = Finder(source)
    tag_name = _XML_NAME if xml else _NAME
    length = len(source)
    text_start = position = 0  # source[text_start:position] is text that was not yet given
    endless = 0
    while position < length:
        position = find("<", position)
        if position < 0 or find(">", position) < 0:
            break
        item: Tag | MappedText | None = None
        match = tag_name.match(source, position + 1)
        if match and endless < MAX_ENDLESS_TAGS:
            item = _read_tag(source, position, match.group(), match.end())
            end = item.end if item else -1
            endless += not item
        else:
            item, end = _read_other(source, find, position, tag_name, xml=xml)
        if end < 0:
            position += 1
            continue
        yield from _text(source, text_start, position)
        text_start = position = end
        if item:
            yield item
        if isinstance(item, Tag) and item.name in RAW_ELEMENTS and item.kind == "open" and not xml:
            text_start = position = _end_of_raw(find, item.name, end)
    yield from _text(source, text_start, length)


def _read_other(
    source: str, find: Finder, position: int, tag_name: re.Pattern[str], *, xml: bool
) -> tuple[Tag | MappedText | None, int]:
    """What else begins with "<": what it gives, if anything, and where it ends; -1 if it never does."""
    if source.startswith("<!--", position):
        end = _end_after(find, "-->", position + 2)
        return None, _end_after(find, ">", position) if end < 0 else end
    if source.startswith("<![CDATA[", position):
        close = find("]]>", position)
        if close >= 0:
            return MappedText.from_source(source[position + 9 : close], position + 9), close + 3
        return None, -1
    if source.startswith("</", position):
        match = tag_name.match(source, position + 2)
        end = _end_after(find, ">", position)
        if match and end >= 0:
            return Tag(_local(match.group()), "close", {}, position, end), end
        return None, end
    if source.startswith("<!", position):
        return None, _after_declaration(source, find, position)
    if source.startswith("<?", position):
        return None, _end_after(find, "?>" if xml else ">", position)
    return None, -1


def _end_of_raw(find: Finder, name: str, start: int) -> int:
    """Where the text of a script or a style, which holds no tags, ends; where it begins if it never does."""
    close = find(f"</{name}", start)
    close = find(f"</{name.upper()}", start) if close < 0 else close
    return close if close >= 0 else start


def _end_after(find: Finder, needle: str, start: int) -> int:
    offset = find(needle, start)
    return offset + len(needle) if offset >= 0 else -1


def _after_declaration(source: str, find: Finder, start: int) -> int:
    """The end of a <!DOCTYPE …>, also of one with an internal subset in brackets."""
    end = _end_after(find, ">", start)
    if source[start + 2 : start + 9].lower() == "doctype":
        bracket = find("[", start)
        if 0 <= bracket < end:
            return max(end, _end_after(find, "]>", bracket))
    return end


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()


def _read_tag(source: str, start: int, name: str, position: int) -> Tag | None:
    """The opening or empty tag at ``start``, whose name ends at ``position``; None if it never ends."""
    attributes: dict[str, str] = {}
    while match := _ATTRIBUTE.match(source, position):
        value = match.group(2) or ""
        is_quoted = value[:1] in ('"', "'") and len(value) > 1 and value[-1] == value[0]
        key = match.group(1).lower()
        # A namespace prefix is kept where it tells attributes apart (xml:id, epub:type), as they are few and known.
        attributes.setdefault(key, unescape(value[1:-1] if is_quoted else value))
        position = match.end()
    end = source.find(">", position)
    if end < 0:
        return None
    return Tag(_local(name), "empty" if source[end - 1] == "/" else "open", attributes, start, end + 1)


def _text(source: str, start: int, end: int) -> Iterator[MappedText]:
    """``source[start:end]`` with its character references decoded, in pieces if it is long."""
    if start >= end:
        return
    if source.find("&", start, end) < 0:
        yield MappedText.from_source(source[start:end], start)
        return
    parts: list[str] = []
    offsets = array("q")
    position = start
    for match in _REFERENCE.finditer(source, start, end):
        character, length = _decode_reference(match.group())
        if length:
            parts += (source[position : match.start()], character)
            offsets.extend(range(position, match.start()))
            offsets.extend((match.start(), *[MADE] * (len(character) - 1))[: len(character)])
            position = match.start() + length
        if len(offsets) > PIECE:
            yield MappedText("".join(parts), offsets)
            parts, offsets = [], array("q")
    offsets.extend(range(position, end))
    yield MappedText("".join((*parts, source[position:end])), offsets)


def _decode_reference(reference: str) -> tuple[str, int]:
    """What a character reference stands for and how much of it does so: 0 if it is no reference at all."""
    if reference[1] == "#":
        return unescape(reference), len(reference)
    # Without a semicolon only the old names are known, such as "&nbsp"; a longer word that begins so is no reference.
    character = html5.get(reference[1:], "")
    return character, len(reference) if character else 0


class Mark(NamedTuple):
    """A place in the block that a ``BlockBuilder`` works on."""

    parts: int
    has_text: bool
    line_has_text: bool
    size: int
    linked: int


@dataclass(slots=True)
class BlockBuilder:
    """Collects text into blocks.

    Attributes:
        member: given to every block.
        name: what to call the source in messages.
        blocks: those that are finished.
        size: how many characters that are no white space the current block has.
        linked: how many of them stand inside links to other parts of the book.
        linked_blocks: how many finished blocks had such links.
    """

    member: str = ""
    name: str = "The file"
    blocks: list[Block] = field(default_factory=list)
    size: int = 0
    linked: int = 0
    linked_blocks: int = 0
    _parts: list[MappedText] = field(default_factory=list)
    _line_has_text: bool = False
    _has_text: bool = False

    @property
    def has_text(self) -> bool:
        """Whether anything but white space is in the current block."""
        return self._has_text

    @property
    def last(self) -> str:
        """The last character of the current block that is no white space, "" if there is none."""
        for part in reversed(self._parts):
            if text := part.text.rstrip():
                return text[-1]
        return ""

    def tail(self, length: int) -> str:
        """The last characters of the current block, as many as it has of ``length``."""
        text = ""
        for part in reversed(self._parts):
            text = part.text + text
            if len(text) >= length:
                break
        return text[-length:]

    def mark(self) -> Mark:
        """A place in the current block, for ``since`` and ``forget``. Finishing the block makes it void."""
        return Mark(len(self._parts), self._has_text, self._line_has_text, self.size, self.linked)

    def since(self, mark: Mark) -> str:
        """The text that was added after ``mark``."""
        return "".join(part.text for part in self._parts[mark.parts :])

    def forget(self, mark: Mark) -> None:
        """Drops the text that was added after ``mark``."""
        del self._parts[mark.parts :]
        self._has_text, self._line_has_text = mark.has_text, mark.line_has_text
        self.size, self.linked = mark.size, mark.linked

    def take(self) -> list[MappedText]:
        """The current block's text, unfinished; the block is then empty."""
        parts, self._parts = self._parts, []
        self._has_text = self._line_has_text = False
        self.size = self.linked = 0
        return parts

    def add(self, text: MappedText, *, linked: bool = False, pre: bool = False) -> None:
        """Adds text to the current block; raises UnreadableSource when it becomes longer than in any book."""
        if text.text.strip(WHITE_SPACE):
            self._has_text = self._line_has_text = True
            size = len("".join(text.text.split()))
            self.size += size
            self.linked += size if linked else 0
            limit = LONGEST_PREFORMATTED if pre else LONGEST_PARAGRAPH
            if self.size > limit:
                raise too_long(self.name, self.size, limit)
        self._parts.append(text)

    def trim(self, characters: str = WHITE_SPACE) -> None:
        """Drops ``characters`` from the end of the current block."""
        while self._parts:
            text = self._parts[-1].text.rstrip(characters)
            self._parts[-1] = self._parts[-1][: len(text)]
            if text:
                return
            self._parts.pop()

    def break_line(self, *, heading: int = 0, role: str = "", pre: bool = False) -> None:
        """A line break. The second in a row ends the block, unless it is a heading, which stays whole."""
        if self._has_text and not self._line_has_text and not heading:
            self.finish(role=role, pre=pre)
        elif self._has_text:
            self._parts.append(MappedText.made("\n"))
            self._line_has_text = False

    def finish(self, *, heading: int = 0, role: str = "", pre: bool = False) -> None:
        """Ends the current block. One without text is dropped; preformatted text is split at its blank lines."""
        has_text = self._has_text
        self.linked_blocks += self.linked > 0
        parts = self.take()
        if not has_text:
            return
        content = MappedText.join(parts).sub("\r\n?", "\n")
        if not pre:
            pieces = [content.sub(_WRAP, "\n")]
        else:
            pieces = []
            start = 0
            for match in _BLANK_LINE.finditer(content.text):
                pieces.append(content[start : match.start()])
                start = match.end()
            pieces.append(content[start:])
        for piece in pieces:
            if text := piece.strip():
                self.blocks.append(Block(text, heading=heading, member=self.member, role=role))
