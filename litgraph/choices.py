"""Settings such as "literary:FOLDER": a name from a table, and what that name takes. Read here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from litgraph.errors import SettingsError


class Row(Protocol):
    """A row of a table of choices.

    Attributes:
        takes: what may stand behind the name and a colon, such as "FOLDER"; "" if nothing may.
        alone: the name may also stand by itself.
    """

    @property
    def takes(self) -> str: ...

    @property
    def alone(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class ModuleRow:
    """A row of a table of choices, each of which has a module of its own.

    Attributes:
        module: has a function ``choose``; imported when it is chosen.
        meaning: what it is, for help.
        takes: what may stand behind its name and a colon, such as "FOLDER".
        alone: its name may also stand by itself.
    """

    module: str
    meaning: str
    takes: str = ""
    alone: bool = True


class Chosen(NamedTuple):
    """A setting in its parts; ``argument`` is "" if the name stands alone."""

    name: str
    argument: str


def chosen(setting: str, table: Mapping[str, Row], *, key: str, what: str) -> Chosen:
    """The name and the argument of a setting.

    >>> class Spacy(NamedTuple):
    ...     takes: str = "NAME"
    ...     alone: bool = False
    >>> chosen("spacy:de_core_news_sm", {"spacy": Spacy()}, key="mentions", what="source of mentions")
    Chosen(name='spacy', argument='de_core_news_sm')

    Args:
        setting: as the user wrote it.
        table: what there is, by name.
        key: the setting's own name, for messages.
        what: what is chosen, for messages.

    Raises:
        SettingsError: the table has no such name, or it takes no argument, or needs one.
    """
    name, colon, argument = setting.partition(":")
    row = table.get(name)
    if row is None or not (argument and row.takes if colon else row.alone):
        raise SettingsError(f"{key} = {setting!r} is no {what}.", f"Write {listed(table)}.")
    return Chosen(name, argument)


def listed(table: Mapping[str, Row]) -> str:
    """All that a setting may be, in a sentence: "literary, literary:FOLDER or rules"."""
    *most, last = spellings(table)
    return f"{', '.join(most)} or {last}" if most else last


def spellings(table: Mapping[str, Row]) -> list[str]:
    """All that a setting may be, such as "literary", "literary:FOLDER" and "rules"."""
    return [
        spelling
        for name, row in table.items()
        for spelling in (*([name] if row.alone else []), *([f"{name}:{row.takes}"] if row.takes else []))
    ]
