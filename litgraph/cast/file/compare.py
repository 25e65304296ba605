"""What a person decided: the difference between ``cast.toml`` and ``cast.proposed.toml``.

The second is the same text as the machine proposed it. A person edits the first and never the second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from litgraph.cast.file.contradictions import (
    refuse_empty_rows,
    refuse_second_narrators,
    refuse_unknown_ends,
    refuse_unknown_names,
    refuse_unknown_owners,
    refuse_wrong_sometimes,
)
from litgraph.cast.file.edits import Edits
from litgraph.cast.file.given import GivenMention
from litgraph.cast.file.parsing import CastFile, Row
from litgraph.types import Entity

__all__ = ["edits"]

_NEW = Row("", "", 0)

Value = TypeVar("Value")


def edits(edited: CastFile, proposed: CastFile, names: Iterable[str] = ()) -> Edits:
    """What a person changed.

    Args:
        edited: the file as the person left it.
        proposed: the machine's proposal that it was made from.
        names: all names of the book as it is read now, if they may be others than the proposal's.

    Raises:
        CastFileError: the file speaks of a name or a row that is not there.
    """
    files = _Files(edited, proposed)
    refuse_unknown_names(edited, {*names, *files.names_proposed})
    refuse_empty_rows(edited, files.before)
    merges = Edits(merged=_merged_rows(files))
    parted = _parted_names(files)
    refuse_wrong_sometimes(edited, proposed, merges, {(one.entity, one.name) for one in parted})
    dropped = _dropped_rows(files, merges.merged)
    given = (*edited.given, *(one for one in parted if one not in edited.given))
    refuse_unknown_owners(edited, files.before, merges, dropped)
    refuse_unknown_ends(edited, files.before, merges, dropped)
    said = tuple(replace(one, head=merges.end_of(one.head), tail=merges.end_of(one.tail)) for one in edited.said)
    cuts = _cut_names(files, merges, dropped)
    pins = _moved_names(files) | _removed_names(files) | _names_cut_to_one(cuts)
    changes = _changed_rows(files)
    refuse_second_narrators(edited, proposed, merges, changes.narrators)
    addresses = _addresses(files, merges)
    owners = {one.entity for one in given} | {end for one in said for end in (one.head, one.tail)}
    touched = {
        *_ids_changed(changes),
        *merges.merged,
        *merges.merged.values(),
        *dropped,
        *pins.values(),
        *owners,
        *addresses,
    }
    return Edits(
        pins=dict(sorted((_names_left(files, touched) | pins).items())),
        cuts=tuple(sorted(cut for cut, bearers in cuts.items() if len(bearers) > 1)),
        merged=dict(sorted(merges.merged.items())),
        dropped=tuple(sorted(dropped)),
        names=changes.names,
        kinds=changes.kinds,
        genders=changes.genders,
        ambiguous=changes.ambiguous,
        narrators=changes.narrators,
        same_as=addresses,
        kept=_rows_as_left(files, touched),
        given=given,
        said=said,
    )


@dataclass(frozen=True)
class _Files:
    """The two files, and what stands where in them."""

    edited: CastFile
    proposed: CastFile

    @cached_property
    def before(self) -> dict[str, Row]:
        """The proposed rows by id."""
        return {row.id: row for row in self.proposed.rows}

    @cached_property
    def after(self) -> dict[str, Row]:
        """The person's rows by id."""
        return {row.id: row for row in self.edited.rows}

    @cached_property
    def home(self) -> dict[str, str]:
        """Alias -> id of the row that the machine gave it to."""
        return {alias: row.id for row in self.proposed.rows for alias in row.aliases}

    @cached_property
    def place(self) -> dict[str, str]:
        """Alias -> id of the row that the person left it in, or put it in."""
        return {alias: row.id for row in self.edited.rows for alias in (*row.aliases, *row.absent)}

    @cached_property
    def names_proposed(self) -> set[str]:
        """All names of the proposal."""
        return {alias for row in self.proposed.rows for alias in (*row.aliases, *row.sometimes)}

    @cached_property
    def rows_that_stay(self) -> list[tuple[Row, Row]]:
        """The person's rows that are neither dropped nor merged, each with what the machine proposed."""
        stay = (row for row in self.edited.rows if not (row.drop or row.merge_into))
        return [(row, self.before.get(row.id, _NEW)) for row in stay]


# Rows that go


def _merged_rows(files: _Files) -> dict[str, str]:
    """Rows that were merged: by word, or by moving all their aliases to one other row and deleting them."""
    merged = {row.id: row.merge_into for row in files.edited.rows if row.merge_into}
    for row in files.proposed.rows:
        targets = {files.place.get(alias, "") for alias in row.aliases}
        if row.id not in files.after and len(targets) == 1:
            target = targets.pop()
            if target and Edits(merged=merged).end_of(target) != row.id:
                merged[row.id] = target
    return merged


def _dropped_rows(files: _Files, merged: Mapping[str, str]) -> set[str]:
    """Rows that were dropped: by word, or by deleting them."""
    by_word = {row.id for row in files.edited.rows if row.drop}
    return by_word | (files.before.keys() - files.after.keys() - merged.keys())


# Names that move


def _moved_names(files: _Files) -> dict[str, str]:
    """Names that stand in another row than the proposal's, or that it has under no row's ``aliases``."""
    return {alias: row for alias, row in files.place.items() if files.home.get(alias) != row}


def _removed_names(files: _Files) -> dict[str, str]:
    """Names that were taken out of their row and put into no other: "" for each."""
    listed = {*files.place, *(alias for row in files.edited.rows for alias in row.sometimes)}
    return {
        alias: ""
        for row in files.proposed.rows
        if _tells_names(files, row)
        for alias in row.aliases
        if alias not in listed
    }


def _tells_names(files: _Files, row: Row) -> bool:
    """Does the person's row say which names are left of the machine's row? A merged one does where its names go."""
    left = files.after.get(row.id)
    if left is None or left.drop:
        return False
    if left.merge_into and not left.lists_names:
        return any(files.place.get(alias) == left.merge_into for alias in row.aliases)
    return left.lists_names and not left.merge_into


def _cut_names(files: _Files, merges: Edits, dropped: Set[str]) -> dict[tuple[str, str], list[str]]:
    """(row, name that several bear) that a person took out of ``sometimes``, and the rows that still list the name."""
    bearers = _bearers(files, merges, dropped)
    cuts: dict[tuple[str, str], list[str]] = {}
    for row in files.proposed.rows:
        end = merges.end_of(row.id)
        if end in dropped or end not in files.after or not files.after[end].lists_names:
            continue
        for alias in row.sometimes:
            if alias not in files.place and end not in bearers.get(alias, []):
                cuts[row.id, alias] = bearers.get(alias, [])
    return cuts


def _bearers(files: _Files, merges: Edits, dropped: Set[str]) -> dict[str, list[str]]:
    """By name the rows that still list it under ``sometimes``, in order."""
    bearers: dict[str, list[str]] = {}
    for row in files.edited.rows:
        end = merges.end_of(row.id)
        for alias in row.sometimes:
            if end not in dropped and end not in bearers.setdefault(alias, []):
                bearers[alias].append(end)
    return bearers


def _names_cut_to_one(cuts: Mapping[tuple[str, str], Sequence[str]]) -> dict[str, str]:
    """Names that only one row (or none: "") still lists after the cuts: they are its wherever they stand."""
    return {alias: bearers[0] if bearers else "" for (_, alias), bearers in cuts.items() if len(bearers) < 2}


def _parted_names(files: _Files) -> list[GivenMention]:
    """Names under ``sometimes`` of a place, which the machine gave to a person, or the other way round.

    Which of their mentions are the place's is for the words around them to say.
    """
    given = {(row.id, alias) for row in files.proposed.rows for alias in row.names}
    kinds = {(row.kind, alias) for row in files.proposed.rows for alias in row.names}
    return [
        GivenMention(row.id, name=alias, kind=kind)
        for row, old in files.rows_that_stay
        if (kind := row.kind or old.kind) in ("character", "place")
        for alias in row.sometimes
        if (row.id, alias) not in given and ("place" if kind == "character" else "character", alias) in kinds
    ]


def _names_left(files: _Files, touched: Set[str]) -> dict[str, str]:
    """The names that are left in the rows that a person touched.

    Such a row stays what it is even if the machine would call it something else on the next run.
    """
    return {
        alias: row.id
        for row in files.proposed.rows
        if row.id in touched
        for alias in row.aliases
        if files.place.get(alias, row.id) == row.id
    }


# What is said of rows


def _changed_rows(files: _Files) -> Edits:
    """Names, kinds, genders and marks that are not the proposal's, by id of the row."""
    rows = files.rows_that_stay
    return Edits(
        names=_said_anew(rows, lambda row: row.name),
        kinds=_said_anew(rows, lambda row: row.kind),
        genders=_said_anew(rows, lambda row: row.gender),
        # A row that the machine does not propose now, but may again, is as the person left it.
        ambiguous={
            row.id: row.ambiguous for row, old in rows if row.ambiguous != old.ambiguous or row.id not in files.before
        },
        narrators={row.id: row.narrator for row, old in rows if row.narrator != old.narrator},
    )


def _said_anew(rows: Iterable[tuple[Row, Row]], value_of: Callable[[Row], Value | None]) -> dict[str, Value]:
    """By id of the row, what it says, if it is not silent and says something else than the proposal."""
    return {row.id: value for row, old in rows if (value := value_of(row)) and value != value_of(old)}


def _addresses(files: _Files, merges: Edits) -> dict[str, str]:
    """Who the rows are elsewhere, by id. What a merged row says holds of where it went, unless that says it itself."""
    merged = {merges.end_of(row.id): row.same_as for row in files.edited.rows if row.merge_into and row.same_as}
    return dict(sorted((merged | _said_anew(files.rows_that_stay, lambda row: row.same_as)).items()))


def _ids_changed(changes: Edits) -> set[str]:
    return {*changes.names, *changes.kinds, *changes.genders, *changes.ambiguous, *changes.narrators}


def _rows_as_left(files: _Files, touched: Set[str]) -> dict[str, Entity]:
    """What the rows are that a person touched and whose kind is told, by id."""
    rows = files.rows_that_stay
    return {row.id: _entity(row, old) for row, old in rows if row.id in touched and (row.kind or old.kind)}


def _entity(row: Row, old: Row) -> Entity:
    """The row as it is, without its names; where it is silent, as it was."""
    return Entity(
        id=row.id,
        name=row.name or old.name,
        kind=row.kind or old.kind or "character",
        gender=row.gender or old.gender or "unknown",
        ambiguous=row.ambiguous,
        same_as=row.same_as,
    )
