"""Who finds mentions: what every finder is, and the table of those there are.

To add one, write a module with a function ``choose`` and add a row to :data:`FINDERS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NamedTuple, Protocol, cast

from litgraph.choices import ModuleRow, chosen
from litgraph.types import Book, Mention, Sentence, Voice

ChapterFinder = Callable[[Book, Iterable[Sequence[Sentence]]], Iterator[list[Any]]]
"""From a book and the sentences of some chapters to JSON values, such as one for each stretch that may be a mention.

One list a chapter, in order, as they are asked for.
"""


class Found(NamedTuple):
    """What is found in a book.

    Attributes:
        mentions: in text order, of two that begin together the longer first.
        voices: the quotations in text order, and what points to who says them; none if the finder does not look.
    """

    mentions: tuple[Mention, ...]
    voices: tuple[Voice, ...] = ()


@dataclass(frozen=True, slots=True)
class Finder:
    """A finder of mentions that was chosen: known to be there, but not loaded yet.

    Attributes:
        version: its name and version; two finders of one version find the same.
        name: what a person calls it.
        language: ISO 639-1 code of the language that it reads, or longer; "xx" for many.
        load: makes what looks through chapters, each by itself. Raises ModelError.
        join: from what was found in each chapter, in order, to what is found in the book; needs nothing loaded.
    """

    version: str
    name: str
    language: str
    load: Callable[[], ChapterFinder]
    join: Callable[[Book, Sequence[Sentence], Iterable[list[Any]]], Found]


class FinderModule(Protocol):
    """What a module that has a finder must have."""

    def choose(self, argument: str) -> Finder:
        """The finder, for what stands behind the name and a colon in the setting. Raises ModelError."""
        ...


FINDERS: dict[str, ModuleRow] = {
    "literary": ModuleRow(
        "litgraph.mentions.by_reader",
        "the reader of novels that comes with litgraph, or your own in a FOLDER",
        takes="FOLDER",
    ),
    "spacy": ModuleRow(
        "litgraph.mentions.by_tagger",
        "any installed spaCy pipeline with named entities; it finds names only",
        takes="NAME",
        alone=False,
    ),
}
"""Each in a :class:`FinderModule`."""


def choose_finder(setting: str = "literary") -> Finder:
    """The finder of mentions that a setting names, known to be there, but not loaded.

    Args:
        setting: such as "literary", "literary:FOLDER" or "spacy:en_core_web_sm"; see :data:`FINDERS`.

    Raises:
        SettingsError: there is no such finder.
        ModelError: what the setting names is not installed.
    """
    name, argument = check_finder(setting)
    return cast(FinderModule, import_module(FINDERS[name].module)).choose(argument)


def check_finder(setting: str) -> tuple[str, str]:
    """Name and argument of a setting. Raises SettingsError if there is no such finder."""
    return chosen(setting, FINDERS, key="mentions", what="source of mentions")
