"""What a person decided: the difference between ``cast.toml`` and ``cast.proposed.toml``.

The second is the same text as the machine proposed it. A person edits the first and never the second.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from litgraph.cast.file.edits import Edits
from litgraph.cast.file.parsing import CastFile, Row
from litgraph.cast.file.render import quoted
from litgraph.errors import CastFileError
from litgraph.types import Entity

__all__ = ["edits"]

_NEW = Row("", "", 0)


def edits(edited: CastFile, proposed: CastFile, names: Iterable[str] = ()) -> Edits:
    """What a person changed.

    Args:
        edited: the file as the person left it.
        proposed: the machine's proposal that it was made from.
        names: all names of the book as it is read now, if they may be others than the proposal's.

    Raises:
        CastFileError: the file speaks of a name or a row that is not there.
    """
    before = {row.id: row for row in proposed.rows}
    after = {row.id: row for row in edited.rows}
    home = {alias: row.id for row in proposed.rows for alias in row.aliases}
    place = {alias: row.id for row in edited.rows for alias in (*row.aliases, *row.absent)}
    kept = {*place, *(alias for row in edited.rows for alias in row.sometimes)}
    _refuse_unknown_names(edited, {*names, *home, *(alias for row in proposed.rows for alias in row.sometimes)})
    _refuse_empty_rows(edited, before)

    merged = _merged(edited, proposed, place)
    rows = Edits(merged=merged)
    _refuse_wrong_sometimes(edited, proposed, rows)
    dropped = {row.id for row in edited.rows if row.drop}
    dropped |= {row.id for row in proposed.rows if row.id not in after} - set(merged)
    pins = {alias: row for alias, row in place.items() if home.get(alias) != row}
    for row in proposed.rows:
        left = after.get(row.id)
        if left and not left.drop and _tells_names(left, row, place):
            pins |= {alias: "" for alias in row.aliases if alias not in kept}
    cuts = _cuts(edited, proposed, rows, dropped, place)
    pins |= {alias: bearers[0] if bearers else "" for (_, alias), bearers in cuts.items() if len(bearers) < 2}

    changed = [(row, before.get(row.id, _NEW)) for row in edited.rows if not (row.drop or row.merge_into)]
    new_names = {row.id: row.name for row, old in changed if row.name and row.name != old.name}
    kinds = {row.id: row.kind for row, old in changed if row.kind and row.kind != old.kind}
    genders = {row.id: row.gender for row, old in changed if row.gender and row.gender != old.gender}
    # A row that the machine does not propose now, but may again, is as the person left it.
    ambiguous = {
        row.id: row.ambiguous for row, old in changed if row.ambiguous != old.ambiguous or row.id not in before
    }
    narrators = {row.id: row.narrator for row, old in changed if row.narrator != old.narrator}
    _refuse_second_narrators(edited, proposed, rows, narrators)
    # A row that a person touched stays what it is even if the machine would call it something else on the next run.
    touched = {
        *new_names,
        *kinds,
        *genders,
        *ambiguous,
        *narrators,
        *merged,
        *merged.values(),
        *dropped,
        *pins.values(),
    }
    for row in proposed.rows:
        if row.id in touched:
            pins = {alias: row.id for alias in row.aliases if place.get(alias, row.id) == row.id} | pins
    return Edits(
        pins=dict(sorted(pins.items())),
        cuts=tuple(sorted(cut for cut, bearers in cuts.items() if len(bearers) > 1)),
        merged=dict(sorted(merged.items())),
        dropped=tuple(sorted(dropped)),
        names=new_names,
        kinds=kinds,
        genders=genders,
        ambiguous=ambiguous,
        narrators=narrators,
        kept={row.id: _entity(row, old) for row, old in changed if row.id in touched and (row.kind or old.kind)},
    )


def _entity(row: Row, old: Row) -> Entity:
    """The row as it is, without its names; where it is silent, as it was."""
    return Entity(
        id=row.id,
        name=row.name or old.name,
        kind=row.kind or old.kind or "character",
        gender=row.gender or old.gender or "unknown",
        ambiguous=row.ambiguous,
    )


def _merged(edited: CastFile, proposed: CastFile, place: Mapping[str, str]) -> dict[str, str]:
    """Rows that were merged: by word, or by moving all their aliases to one other row and deleting them."""
    after = {row.id for row in edited.rows}
    merged = {row.id: row.merge_into for row in edited.rows if row.merge_into}
    for row in proposed.rows:
        targets = {place.get(alias, "") for alias in row.aliases}
        if row.id not in after and len(targets) == 1:
            target = targets.pop()
            if target and Edits(merged=merged).end_of(target) != row.id:
                merged[row.id] = target
    return merged


def _tells_names(left: Row, row: Row, place: Mapping[str, str]) -> bool:
    """Does the person's row say which names are left of the machine's row? A merged one does where its names go."""
    if left.merge_into and not left.lists_names:
        return any(place.get(alias) == left.merge_into for alias in row.aliases)
    return left.lists_names and not left.merge_into


def _cuts(
    edited: CastFile, proposed: CastFile, rows: Edits, dropped: set[str], place: Mapping[str, str]
) -> dict[tuple[str, str], list[str]]:
    """(row, name that several bear) that a person took out of ``sometimes``, and the rows that still list the name."""
    after = {row.id: row for row in edited.rows}
    bearers: dict[str, list[str]] = {}
    for row in edited.rows:
        end = rows.end_of(row.id)
        for alias in row.sometimes:
            if end not in dropped and end not in bearers.setdefault(alias, []):
                bearers[alias].append(end)
    cuts: dict[tuple[str, str], list[str]] = {}
    for row in proposed.rows:
        end = rows.end_of(row.id)
        if end in after and end not in dropped and after[end].lists_names:
            gone = (alias for alias in row.sometimes if alias not in place and end not in bearers.get(alias, []))
            cuts |= {(row.id, alias): bearers.get(alias, []) for alias in gone}
    return cuts


def _refuse_unknown_names(edited: CastFile, known: set[str]) -> None:
    for row in edited.rows:
        for alias in (*row.aliases, *row.sometimes):
            if alias not in known:
                raise CastFileError(
                    f"{edited.path}, line {row.lines[alias]}: the book has no name {alias!r}, "
                    f"so it cannot be one of {row.id!r}.",
                    "Take it out, or write it as the book does; to change what the graph shows, change name instead.",
                )


def _refuse_empty_rows(edited: CastFile, before: Mapping[str, Row]) -> None:
    targets = {row.merge_into for row in edited.rows}
    for row in edited.rows:
        if row.id not in before and not row.names and row.id not in targets:
            raise CastFileError(
                f"{edited.path}, line {row.line}: there is no {row.id!r} in the cast, and this row lists no names.",
                "Write the id of a row that is there, or give the row aliases.",
            )


def _refuse_second_narrators(edited: CastFile, proposed: CastFile, rows: Edits, narrators: Mapping[str, bool]) -> None:
    """Refuse what leaves open which "I" belongs to a row that is newly called a narrator."""
    new = [row for row in edited.rows if narrators.get(row.id)]
    told = {rows.end_of(row.id) for row in proposed.rows if row.narrator}
    lost = [row for row, tells in narrators.items() if not tells]
    for place, row in enumerate(new):
        if place or (told - {row.id} and not lost and row.id not in told):
            other = new[0].id if place else sorted(told)[0]
            raise CastFileError(
                f"{edited.path}, line {row.line}: {row.id!r} and {other!r} are both narrators, and nothing says which "
                "of them says which “I”.",
                f"Take narrator = true out of the row that is none (merge_into = {quoted(row.id)} in the row "
                f"{other!r} makes the two one).",
            )


def _refuse_wrong_sometimes(edited: CastFile, proposed: CastFile, rows: Edits) -> None:
    possible = {(rows.end_of(row.id), alias) for row in proposed.rows for alias in (*row.aliases, *row.sometimes)}
    for row in edited.rows:
        for alias in row.sometimes:
            if (rows.end_of(row.id), alias) not in possible:
                raise CastFileError(
                    f"{edited.path}, line {row.lines[alias]}: the text never decides that {alias!r} is {row.id!r}, "
                    "so it cannot be so sometimes.",
                    "List it under aliases of the one row that it belongs to wherever it stands.",
                )
