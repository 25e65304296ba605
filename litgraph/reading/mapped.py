"""Text that remembers where each of its characters stood in the source."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from litgraph.drama import Role

MADE = -1  # the offset of a character that stands nowhere in the source


class MappedText:
    """An immutable string and, for each character, its offset in the source (or ``MADE``).

    Cleaning steps take one and give one, so the map back to the source is never a separate bookkeeping.

    >>> wrapped = MappedText.from_source("a wrapped\\nline")
    >>> joined = wrapped.sub(r"\\n", " ")
    >>> joined.text, joined.offsets[10]
    ('a wrapped line', 10)
    """

    __slots__ = ("offsets", "text")

    def __init__(self, text: str, offsets: array[int]) -> None:
        if len(text) != len(offsets):
            raise ValueError(f"{len(text)} characters but {len(offsets)} offsets")
        self.text = text
        self.offsets = offsets

    @classmethod
    def from_source(cls, text: str, start: int = 0) -> MappedText:
        """Text that stands unchanged in the source from offset ``start`` on."""
        return cls(text, array("q", range(start, start + len(text))))

    @classmethod
    def made(cls, text: str) -> MappedText:
        """Text that stands nowhere in the source, such as the space that replaces a line break."""
        return cls(text, array("q", [MADE]) * len(text))

    @classmethod
    def join(cls, parts: Iterable[MappedText]) -> MappedText:
        """The parts, one after the other."""
        texts: list[str] = []
        offsets = array("q")
        for part in parts:
            texts.append(part.text)
            offsets.extend(part.offsets)
        return cls("".join(texts), offsets)

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __repr__(self) -> str:
        return f"MappedText({self.text!r})"

    def __getitem__(self, part: slice) -> MappedText:
        return MappedText(self.text[part], self.offsets[part])

    def __add__(self, other: MappedText) -> MappedText:
        return MappedText.join((self, other))

    def strip(self) -> MappedText:
        """Without white space at both ends."""
        start = len(self.text) - len(self.text.lstrip())
        return self[start : max(start, len(self.text.rstrip()))]

    def sub(self, pattern: str | re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]) -> MappedText:
        """As ``re.sub``, with plain replacements (no group references).

        A replacement as long as its match keeps the match's offsets, character by character; a shorter or longer one
        keeps the offset of the match's first character for its own first and is MADE for the rest.
        """
        parts: list[MappedText] = []
        position = 0
        for match in re.finditer(pattern, self.text):
            start, end = match.span()
            new = replacement if isinstance(replacement, str) else replacement(match)
            if new == match.group():  # a space for a space: most of what is cleaned
                continue
            parts.append(self[position:start])
            if len(new) == end - start:
                parts.append(MappedText(new, self.offsets[start:end]))
            elif new:
                first = self.offsets[start] if start < end else MADE
                parts.append(MappedText(new, array("q", [first]) + array("q", [MADE]) * (len(new) - 1)))
            position = end
        if not parts:
            return self
        parts.append(self[position:])
        return MappedText.join(parts)

    def runs(self) -> Iterator[tuple[int, int, int]]:
        """The map, compressed: (start here, start in the source, length), in order, without MADE characters."""
        offsets = self.offsets
        start = 0
        for index in range(1, len(offsets) + 1):
            if index == len(offsets) or offsets[index] != offsets[index - 1] + 1 or offsets[index - 1] == MADE:
                if offsets[start] != MADE:
                    yield start, offsets[start], index - start
                start = index


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or heading as it came from the source, not yet cleaned.

    Attributes:
        content: its text; line breaks inside are the source's hard wraps.
        heading: 1–6 where the markup says that it is a heading of that level, else 0. Plain text never says.
        member: the file inside an EPUB that ``content.offsets`` count in; "" for every other source.
        role: what the markup says about it beyond that: "contents" (a table of contents), "note" (a footnote or
            a transcriber's note), "page" (a page number; dropped), "stage" (a stage direction), "cast" (a line of
            the dramatis personae), "" otherwise.
        speaker: the label that the block begins with if a speech of a play begins here, as it is printed; else "".
        who: what the markup says of who speaks: ids of roles, with spaces between.
    """

    content: MappedText
    heading: int = 0
    member: str = ""
    role: str = ""
    speaker: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a source says about the book it holds; "" for what it does not say."""

    title: str = ""
    author: str = ""
    identifier: str = ""
    language: str = ""
    release: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """What every format's reader gives: blocks in reading order, before boilerplate and chapters are looked for.

    Attributes:
        blocks: in reading order.
        metadata: what the source says about the book.
        notices: what a reader of the book should be told.
        roles: the people of a play whom the markup lists.
    """

    blocks: tuple[Block, ...]
    metadata: Metadata = Metadata()
    notices: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
