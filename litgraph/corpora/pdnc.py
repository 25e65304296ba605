"""The Project Dialogism Novel Corpus (Vishnubhotla, Hammond & Hirst, LREC 2022): novels with all their characters.

Folder: ``<novel>/{novel_text.txt,character_info.csv,quotation_info.csv}``. It is read where it lies; nothing of it is
kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from litgraph.corpora.pdnc_quotations import GoldQuotation, literal, read_quotations, table_rows
from litgraph.errors import SourceNotFound, UnreadableSource
from litgraph.names.likeness import comparable
from litgraph.types import Book, Chapter, Gender, Span

_PARAGRAPH = re.compile(r"(?:[^\n]|\n(?!\s*\n))+")
_HEADING = re.compile(r"^\s*(?:chapter|part|letter)?\s*(?:[ivxlc]+|\d+)\b[^\n]{0,60}$", re.I)
_GENDERS: dict[str, Gender] = {"F": "female", "M": "male"}


@dataclass(frozen=True, slots=True)
class GoldCharacter:
    """A character of the corpus.

    Attributes:
        name: its main name.
        aliases: all its names as they are compared, see ``comparable``.
        main: it is major or intermediate, not minor.
        gender: as the corpus gives it.
    """

    name: str
    aliases: frozenset[str]
    main: bool
    gender: Gender


@dataclass(frozen=True, slots=True)
class Novel:
    """A novel of the corpus: its text as a book, its characters, and its quotations with the mentions inside."""

    book: Book
    characters: tuple[GoldCharacter, ...]
    quotations: tuple[GoldQuotation, ...]

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.book.title


def read_corpus(folder: Path, *names: str) -> Iterator[Novel]:
    """The novels of the corpus in the order of their names.

    Args:
        folder: the corpus.
        names: folders of novels; all if none are named.

    Raises:
        SourceNotFound: there is no such novel, or none at all.
        UnreadableSource: a file of it cannot be read.
    """
    known = sorted(path.parent for path in folder.glob("*/character_info.csv"))
    if not known:
        raise SourceNotFound(
            f"{folder} holds no novel of PDNC.", "Name the folder in which each novel has one of its own."
        )
    for name in names:
        if folder / name not in known:
            raise SourceNotFound(f"{folder} holds no novel {name!r}.", f"It holds {', '.join(p.name for p in known)}.")
    for path in known:
        if not names or path.name in names:
            yield _novel(path)


def _novel(folder: Path) -> Novel:
    text_file = folder / "novel_text.txt"
    try:
        text = text_file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise SourceNotFound(f"{text_file} is missing.", "Take the novel's folder as the corpus has it.") from error
    except UnicodeDecodeError as error:
        raise UnreadableSource(f"{text_file} is no UTF-8: {error}", "Take the file as the corpus has it.") from error
    paragraphs = [Span(match.start(), match.end()) for match in _PARAGRAPH.finditer(text)]
    # Chapters where a short line looks like a heading.
    starts = [span.start for span in paragraphs if _HEADING.match(text[span.start : span.end])]
    bounds = [0, *[start for start in starts if start > 0], len(text)]
    chapters = tuple(Chapter(number, "", start, end) for number, (start, end) in enumerate(pairwise(bounds), 1))
    # Offsets must not move; each paragraph becomes one line, as in every book.
    lines = _PARAGRAPH.sub(lambda paragraph: paragraph.group().replace("\n", " "), text)
    book = Book(lines, title=folder.name, divisions=chapters, paragraphs=tuple(paragraphs))
    characters = tuple(_characters(folder / "character_info.csv"))
    main_names = _main_names(characters)
    quotations = read_quotations(
        folder / "quotation_info.csv",
        lambda name: main_names.get(name) or main_names.get(comparable(name)) or name,
    )
    return Novel(book, characters, tuple(quotations))


def _characters(path: Path) -> Iterator[GoldCharacter]:
    """Without the corpus's technical ones (``_group``)."""
    for row, (name, aliases, category, gender) in table_rows(path, "Main Name", "Aliases", "Category", "Gender"):
        if not name.startswith("_"):
            names = {name, *literal(aliases, path, row)}
            yield GoldCharacter(
                name,
                frozenset(comparable(alias) for alias in names),
                category in ("major", "intermediate"),
                _GENDERS.get(gender, "unknown"),
            )


def _main_names(characters: Sequence[GoldCharacter]) -> dict[str, str]:
    """By main name and by alias that only one character bears: some rows say "Lucy" for "Lucy Honeychurch"."""
    bearers: dict[str, list[str]] = {}
    for character in characters:
        for alias in sorted(character.aliases):
            bearers.setdefault(alias, []).append(character.name)
    aliases = {alias: names[0] for alias, names in bearers.items() if len(names) == 1}
    return aliases | {character.name: character.name for character in characters}
