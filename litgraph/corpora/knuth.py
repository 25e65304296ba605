"""Knuth's networks of novels (The Stanford GraphBase, 1993): who met whom in which chapter, read by a person.

A file names each character by two letters, then for each chapter the groups of characters that met. It is read
where it lies and not changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, groupby
from pathlib import Path

from litgraph.errors import SourceNotFound, UnreadableSource
from litgraph.types import Book

_ENCOUNTER = re.compile(r"^([\d.]+)(?::(.*))?$")
_CHARACTER = re.compile(r"^([A-Z0-9]{2}) ([^,]+)(?:, (.*))?$")
# TeX's accents: Th\'enardier, L\^o
_ACCENT = re.compile(r"\\([`'^\"~c])\s?\{?([A-Za-z])\}?")
_COMBINING = {"`": "\u0300", "'": "\u0301", "^": "\u0302", '"': "\u0308", "~": "\u0303", "c": "\u0327"}


@dataclass(frozen=True, slots=True)
class KnuthCharacter:
    """A character: two letters, name, and what the file says of it."""

    code: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class KnuthNetwork:
    """A novel as Knuth read it.

    Attributes:
        characters: by their two letters.
        chapters: of each chapter its number as in the file ("1.2.3" is volume, book, chapter) and its groups.
    """

    characters: dict[str, KnuthCharacter]
    chapters: tuple[tuple[str, tuple[frozenset[str], ...]], ...]

    def meetings(self) -> Iterator[tuple[int, str, str]]:
        """Who met whom: the chapter's place in the book from 0, and two characters, sorted; each once."""
        for index, (_, groups) in enumerate(self.chapters):
            pairs = {pair for group in groups for pair in combinations(sorted(group), 2)}
            yield from ((index, *pair) for pair in sorted(pairs))


def read_network(path: Path) -> KnuthNetwork:
    """Read a file such as ``huck.dat``.

    Raises:
        SourceNotFound: there is no such file.
        UnreadableSource: it is not of this kind; its line is told.
    """
    characters: dict[str, KnuthCharacter] = {}
    chapters: list[tuple[str, tuple[frozenset[str], ...]]] = []
    for number, line in _lines(path):
        character, encounter = _CHARACTER.match(line), _ENCOUNTER.match(line)
        if character and not chapters:
            code, name, description = character.groups()
            characters[code] = KnuthCharacter(code, _plain(name), _plain(description or ""))
        elif encounter:
            groups = tuple(
                frozenset(group.split(",")) for group in (encounter.group(2) or "").split(";") if group.strip()
            )
            unknown = {code for group in groups for code in group} - set(characters)
            if unknown:
                raise _unreadable(path, number, f"nobody is called {', '.join(sorted(unknown))}")
            chapters.append((encounter.group(1), groups))
        else:
            raise _unreadable(path, number, f"{line[:40]!r} is neither a character nor a chapter")
    if not characters or not chapters:
        raise _unreadable(path, 1, "it has no characters or no chapters")
    return KnuthNetwork(characters, tuple(chapters))


def chapter_numbers(network: KnuthNetwork, book: Book) -> tuple[int, ...]:
    """For each annotated chapter the number of the book's chapter that it is: those without people are not annotated.

    The last number of "1.2.3" counts chapters within what the others name; these groups come in the order of the
    book's parts.

    Raises:
        UnreadableSource: the book has other chapters.
    """
    parts = [[chapter.number for chapter in group] for _, group in groupby(book.chapters, key=lambda one: one.part)]
    numbers: list[int] = []
    group_number, before = -1, None
    for label, _ in network.chapters:
        *group, last = label.split(".")
        if group != before:
            group_number, before = group_number + 1, group
        if group_number >= len(parts) or not 1 <= int(last) <= len(parts[group_number]):
            raise UnreadableSource(
                f"The book has no chapter {label}: it has {len(book.chapters)} in {len(parts)} parts.",
                "Take an edition with the same chapters.",
            )
        numbers.append(parts[group_number][int(last) - 1])
    return tuple(numbers)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Lines that say something, with their numbers, continued ones ("&:") joined."""
    try:
        text = path.read_text(encoding="latin-1")
    except FileNotFoundError as error:
        raise SourceNotFound(f"There is no file {path}.", "Name a file such as huck.dat.") from error
    except OSError as error:
        raise UnreadableSource(f"{path} cannot be read: {error}", "Name a file such as huck.dat.") from error
    joined: list[tuple[int, str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip()
        if line.startswith("&:") and joined:
            joined[-1] = joined[-1][0], f"{joined[-1][1]};{line[2:]}"
        elif line and not line.startswith("*"):
            joined.append((number, line))
    yield from joined


def _plain(text: str) -> str:
    """Text without TeX."""
    text = _ACCENT.sub(lambda accent: accent.group(2) + _COMBINING[accent.group(1)], text)
    return unicodedata.normalize("NFC", text).replace("~", " ").replace("{", "").replace("}", "").strip()


def _unreadable(path: Path, line: int, what: str) -> UnreadableSource:
    return UnreadableSource(
        f"{path}, line {line}: {what}.", "Take a file of the Stanford GraphBase about a book, unchanged."
    )
