"""Edits that cannot be: names and rows that are not there, two narrators, names that are never anybody's."""

from __future__ import annotations

from collections.abc import Container, Mapping, Set

from litgraph.cast.file.edits import Edits
from litgraph.cast.file.parsing import CastFile, Row
from litgraph.cast.file.toml_text import quoted
from litgraph.errors import CastFileError


def refuse_unknown_names(edited: CastFile, known: Set[str]) -> None:
    """Refuse a name that is none of the book's."""
    for row in edited.rows:
        for alias in (*row.aliases, *row.sometimes):
            if alias not in known:
                raise CastFileError(
                    f"{edited.path}, line {row.lines[alias]}: the book has no name {alias!r}, "
                    f"so it cannot be one of {row.id!r}.",
                    "Take it out, or write it as the book does; to change what the graph shows, change name instead.",
                )


def refuse_empty_rows(edited: CastFile, before: Mapping[str, Row]) -> None:
    """Refuse a row that is not in the proposal, lists no names and is given none by a merge or one by one."""
    targets = {row.merge_into for row in edited.rows} | {one.entity for one in edited.given}
    for row in edited.rows:
        if row.id not in before and not row.names and row.id not in targets:
            raise CastFileError(
                f"{edited.path}, line {row.line}: there is no {row.id!r} in the cast, and this row lists no names.",
                "Write the id of a row that is there, or give the row aliases.",
            )


def refuse_unknown_owners(edited: CastFile, before: Container[str], merges: Edits, dropped: Container[str]) -> None:
    """Refuse a mention that is given to a row which is not there, or is dropped.

    Args:
        edited: the file as the person left it.
        before: ids of the proposed rows.
        merges: which rows were merged.
        dropped: ids of the rows that were dropped.
    """
    rows = {row.id for row in edited.rows}
    for one in edited.given:
        end = merges.end_of(one.entity)
        if one.entity and end in dropped:
            what, hint = f"{one.entity!r} is dropped", 'Write entity = "" for nobody, or keep the row.'
        elif one.entity and end not in rows and end not in before:
            what, hint = f"there is no row {one.entity!r}", "Write the id of a row that is there, or add the row."
        else:
            continue
        raise CastFileError(f"{edited.path}, line {one.line}: {what}, so {one.what} cannot be given to it.", hint)


def refuse_unknown_ends(edited: CastFile, before: Container[str], merges: Edits, dropped: Container[str]) -> None:
    """Refuse a fact of a row that is not there, is dropped, or was merged into the other. As for unknown owners."""
    rows = {row.id for row in edited.rows}
    for one in edited.said:
        ends = [merges.end_of(one.head), merges.end_of(one.tail)]
        if ends[0] == ends[1]:
            raise CastFileError(
                f"{edited.path}, line {one.line}: {one.head!r} and {one.tail!r} are merged into one.",
                "Delete this [[fact]], or keep the two apart.",
            )
        for end in ends:
            if end in dropped or (end not in rows and end not in before):
                what = "is dropped" if end in dropped else "is no row of this file"
                raise CastFileError(
                    f"{edited.path}, line {one.line}: {end!r} {what}, so nothing can be said of it.",
                    "Write the ids of two rows that are there.",
                )


def refuse_second_narrators(edited: CastFile, proposed: CastFile, merges: Edits, narrators: Mapping[str, bool]) -> None:
    """Refuse what leaves open which "I" belongs to a row that is newly called a narrator.

    Args:
        edited: the file as the person left it.
        proposed: the machine's proposal.
        merges: which rows were merged.
        narrators: by row, whether it is newly called a narrator, or newly none.
    """
    new = [row for row in edited.rows if narrators.get(row.id)]
    if not new:
        return
    by_machine = {merges.end_of(row.id) for row in proposed.rows if row.narrator}
    others = sorted(by_machine - {new[0].id})
    if others and new[0].id not in by_machine and all(narrators.values()):
        raise _second_narrator(edited, new[0], others[0])
    if len(new) > 1:
        raise _second_narrator(edited, new[1], new[0].id)


def _second_narrator(edited: CastFile, row: Row, other: str) -> CastFileError:
    return CastFileError(
        f"{edited.path}, line {row.line}: {row.id!r} and {other!r} are both narrators, and nothing says which "
        "of them says which “I”.",
        f"Take narrator = true out of the row that is none (merge_into = {quoted(row.id)} in the row "
        f"{other!r} makes the two one).",
    )


def refuse_wrong_sometimes(
    edited: CastFile, proposed: CastFile, merges: Edits, parted: Container[tuple[str, str]]
) -> None:
    """Refuse a name under ``sometimes`` of a row that no mention of it was given to.

    Args:
        edited: the file as the person left it.
        proposed: the machine's proposal.
        merges: which rows were merged.
        parted: (id of a row, name) where a person parts a place from a person of its name.
    """
    possible = {(merges.end_of(row.id), alias) for row in proposed.rows for alias in (*row.aliases, *row.sometimes)}
    for row in edited.rows:
        for alias in row.sometimes:
            if (merges.end_of(row.id), alias) not in possible and (row.id, alias) not in parted:
                raise CastFileError(
                    f"{edited.path}, line {row.lines[alias]}: the text never decides that {alias!r} is {row.id!r}, "
                    "so it cannot be so sometimes.",
                    "List it under aliases of the one row that it belongs to wherever it stands.",
                )
