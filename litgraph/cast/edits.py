"""What a person changed in ``cast.toml``, as values, and how it is applied to a cast made by the machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from litgraph.types import EntityKind, Gender


@dataclass(frozen=True, slots=True)
class Edits:
    """The difference between the file a person edited and the machine's proposal.

    Attributes:
        pins: alias -> id of the row it was moved to; "" if it was taken out of the cast.
        merged: id of a row -> id of the row it was merged into.
        dropped: ids of the rows that were dropped.
        names, kinds, genders: what was changed (or told of a new row), by id.
        settled: ids of the rows that the person no longer wants called ambiguous.
    """

    pins: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, EntityKind] = field(default_factory=dict)
    genders: Mapping[str, Gender] = field(default_factory=dict)
    settled: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        changes = (self.pins, self.merged, self.dropped, self.names, self.kinds, self.genders, self.settled)
        return any(changes)

    def row_of(self, alias: str, proposed: str) -> str:
        """The row that a mention of an alias belongs to after the edits; "" if to none.

        Args:
            alias: the name as the cast file lists it.
            proposed: id of the entity that the machine gave the mention.
        """
        row = self.pins.get(alias, proposed)
        seen: set[str] = set()
        while row in self.merged and row not in seen:
            seen.add(row)
            row = self.merged[row]
        return "" if row in self.dropped else row

    def notices(self, aliases: Sequence[str]) -> tuple[str, ...]:
        """One sentence for every pinned alias that the book, as it is read now, no longer has.

        Args:
            aliases: all names of the book, as a cast lists them.
        """
        known = set(aliases)
        return tuple(
            f"cast.toml pins “{alias}”, which is not among the book's names any more; the pin has no effect."
            for alias in sorted(self.pins)
            if alias not in known
        )
