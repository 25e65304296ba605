"""What a person changed in ``cast.toml``, as values, and how it is applied to a cast made by the machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field

from litgraph.cast.file.given import GivenMention
from litgraph.cast.file.said import SaidFact
from litgraph.types import Entity, EntityKind, Gender


@dataclass(frozen=True, slots=True)
class Edits:
    """The difference between the file a person edited and the machine's proposal.

    Attributes:
        pins: alias -> id of the row it was moved to; "" if it was taken out of the cast.
        cuts: (id of a row, alias): a name that several bear, taken out of ``sometimes`` of that row.
        merged: id of a row -> id of the row it was merged into.
        dropped: ids of the rows that were dropped.
        names, kinds, genders, ambiguous: what was changed (or told of a new row), by id.
        same_as: addresses of who somebody is elsewhere, by id.
        narrators: ids of the rows that shall (or shall not) say "I" where the machine said otherwise.
        kept: what the rows that somebody touched are, by id, for when the machine does not propose them any more.
        given: single mentions, and names in some chapters, that were given to somebody; wins over all others.
        said: facts that were asserted or denied, with the ids of rows as they stand after the merges.
    """

    pins: Mapping[str, str] = field(default_factory=dict)
    cuts: tuple[tuple[str, str], ...] = ()
    merged: Mapping[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, EntityKind] = field(default_factory=dict)
    genders: Mapping[str, Gender] = field(default_factory=dict)
    ambiguous: Mapping[str, bool] = field(default_factory=dict)
    narrators: Mapping[str, bool] = field(default_factory=dict)
    same_as: Mapping[str, str] = field(default_factory=dict)
    kept: Mapping[str, Entity] = field(default_factory=dict)
    given: tuple[GivenMention, ...] = ()
    said: tuple[SaidFact, ...] = ()

    def __bool__(self) -> bool:
        return any(astuple(self))

    def row_of(self, alias: str, proposed: str) -> str:
        """The row that a mention of an alias belongs to after the edits; "" if to none.

        Args:
            alias: the name as the cast file lists it.
            proposed: id of the entity that the machine gave the mention.
        """
        if alias not in self.pins and (proposed, alias) in self.cuts:
            return ""
        row = self.end_of(self.pins.get(alias, proposed))
        return "" if row in self.dropped else row

    def narrator_of(self, proposed: str, unnamed: str) -> str:
        """The row that a narrator's "I" belongs to after the edits; "" if to none.

        Args:
            proposed: id of the entity that the machine gave it.
            unnamed: id of the row for a narrator without a name.
        """
        row = self.row_of("", proposed)
        if row and self.narrators.get(row) is False:
            return next((other for other, tells in self.narrators.items() if tells), unnamed)
        return row

    def end_of(self, row: str) -> str:
        """The row that a row was merged into, directly or over others; itself if it was not."""
        seen: set[str] = set()
        while row in self.merged and row not in seen:
            seen.add(row)
            row = self.merged[row]
        return row

    def absent(self, names: Iterable[str]) -> dict[str, list[str]]:
        """By row, the pinned names that the book, as it is read now, does not have.

        Args:
            names: all names of the book, as a cast lists them.
        """
        known = set(names)
        absent: dict[str, list[str]] = {}
        for alias, row in sorted(self.pins.items()):
            if alias not in known:
                absent.setdefault(row, []).append(alias)
        return absent
