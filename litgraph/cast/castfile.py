"""``cast.toml``: the cast written for a person, read back with what they changed.

Beside it lies ``cast.proposed.toml``, the same text as the machine proposed it. A person edits the first and never the
second, so the difference between the two is what the person decided: ``edits``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args
from typing import cast as as_type

from litgraph.cast.edits import Edits
from litgraph.cast.names import slug
from litgraph.cast.render import FORMAT, quoted
from litgraph.errors import CastFileError
from litgraph.types import ENTITY_KINDS, Entity, EntityKind, Gender

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ["CastFile", "Row", "edits", "parse"]

_GENDERS: tuple[Gender, ...] = get_args(Gender)
_LISTS = ("aliases", "sometimes", "absent")
_KEYS = ("id", "name", "kind", "gender", *_LISTS, "ambiguous", "drop", "merge_into")
_ROW = re.compile(r"^\s*\[\[\s*entity\s*\]\]\s*(?:#.*)?$")
_SYNTAX_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class Row:
    """One ``[[entity]]`` of a cast file.

    Attributes:
        line: where it begins, from 1.
        kind, gender: None where the row is silent.
        absent: names that are pinned to the row, but that the book, as it was read last, does not have.
        lists_names: it says which names it has, even if none.
        lines: where each name stands.
    """

    id: str
    name: str
    line: int
    kind: EntityKind | None = None
    gender: Gender | None = None
    aliases: tuple[str, ...] = ()
    sometimes: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    ambiguous: bool = False
    drop: bool = False
    merge_into: str = ""
    lists_names: bool = False
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """All names that it lists."""
        return (*self.aliases, *self.sometimes, *self.absent)


_NEW = Row("", "", 0)


@dataclass(frozen=True, slots=True)
class CastFile:
    """A cast file that is right in itself. ``path`` is for messages."""

    path: str
    rows: tuple[Row, ...]


def parse(text: str, *, path: str) -> CastFile:
    """Read a cast file.

    Args:
        text: its text.
        path: named in errors.

    Raises:
        CastFileError: it is no TOML, or says what a cast file cannot say; names file, line and remedy.
    """
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = _SYNTAX_LINE.search(str(error))
        where = f"{path}, line {line.group(1)}" if line else path
        raise CastFileError(
            f"{where}: this is not valid TOML: {error}.",
            "Look for a missing quote, comma or bracket in that line or the one before.",
        ) from None
    lines = text.split("\n")
    for key in data:
        if key not in ("format", "entity"):
            raise CastFileError(
                f"{path}, line {_line_of_key(lines, key, 0, None)}: unknown key {key!r} outside of a row.",
                "Write it below an [[entity]] line.",
            )
    if data.get("format", FORMAT) != FORMAT:
        raise CastFileError(
            f"{path}: format = {data['format']!r}, but this litgraph reads format {FORMAT}.",
            "Use the version of litgraph that wrote the file, or move it away and run litgraph again.",
        )
    tables = data.get("entity", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise CastFileError(f"{path}: entity must be a list of [[entity]] rows.", "Write [[entity]] with two brackets.")
    starts = _row_lines(lines)
    if len(starts) != len(tables):
        starts = [0] * len(tables)
    ends = [*starts[1:], len(lines) + 1][: len(starts)]
    rows = tuple(
        _read_row(table, lines, start, end, path) for table, start, end in zip(tables, starts, ends, strict=True)
    )
    _check(rows, path)
    return CastFile(path, rows)


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
    ambiguous = {row.id: row.ambiguous for row, old in changed if row.ambiguous != old.ambiguous}
    # A row that a person touched stays what it is even if the machine would call it something else on the next run.
    touched = {*new_names, *kinds, *genders, *ambiguous, *merged, *merged.values(), *dropped, *pins.values()}
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


def _row_lines(lines: Sequence[str]) -> list[int]:
    """Numbers of the lines that begin a row; what stands inside a multi-line string does not."""
    starts: list[int] = []
    inside = ""
    for number, line in enumerate(lines, 1):
        if not inside and _ROW.match(line):
            starts.append(number)
        for quotes in re.findall(r'"""|\'\'\'', line):
            if not inside:
                inside = quotes
            elif quotes == inside:
                inside = ""
    return starts


def _line_of_key(lines: Sequence[str], key: str, start: int, end: int | None) -> int:
    pattern = re.compile(rf"^\s*[\"']?{re.escape(key)}[\"']?\s*[=.\]]|^\s*\[+\s*{re.escape(key)}\b")
    numbers = range(max(start, 1), (end or len(lines) + 1))
    return next((number for number in numbers if number <= len(lines) and pattern.search(lines[number - 1])), start)


def _read_row(table: Mapping[str, Any], lines: Sequence[str], start: int, end: int, path: str) -> Row:
    def fail(key: str, what: str, hint: str) -> CastFileError:
        return CastFileError(f"{path}, line {_line_of_key(lines, key, start, end)}: {what}", hint)

    for key in table:
        if key not in _KEYS:
            raise fail(key, f"unknown key {key!r}.", f"A row has {', '.join(_KEYS)}.")
    for key in ("id", "name", "kind", "gender", "merge_into"):
        if key in table and not isinstance(table[key], str):
            raise fail(key, f"{key} must be text in quotes, not {table[key]!r}.", f'Write {key} = "...".')
    for key in ("ambiguous", "drop"):
        if key in table and not isinstance(table[key], bool):
            raise fail(key, f"{key} must be true or false, not {table[key]!r}.", f"Write {key} = true, without quotes.")
    for key in _LISTS:
        value = table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(alias, str) for alias in value):
            raise fail(key, f"{key} must be a list of texts.", f'Write {key} = ["one name", "another"].')
    for key, allowed in (("kind", ENTITY_KINDS), ("gender", _GENDERS)):
        if key in table and table[key] not in allowed:
            raise fail(key, f"unknown {key} {table[key]!r}.", f"Choose one of {', '.join(allowed)}.")
    name, merge_into, drop = table.get("name", ""), table.get("merge_into", ""), table.get("drop", False)
    row_id = table.get("id") or (slug(name) if name else "")
    if not row_id:
        raise fail("[entity]", "this row has neither id nor name.", 'Give it a name = "...".')
    if merge_into and drop:
        raise fail("drop", f"{row_id!r} is both dropped and merged into {merge_into!r}.", "Keep one of the two.")
    aliases, sometimes, absent = (tuple(table.get(key, ())) for key in _LISTS)
    return Row(
        id=row_id,
        name=name,
        line=start,
        kind=as_type("EntityKind | None", table.get("kind")),
        gender=as_type("Gender | None", table.get("gender")),
        aliases=aliases,
        sometimes=sometimes,
        absent=absent,
        ambiguous=table.get("ambiguous", False),
        drop=drop,
        merge_into=merge_into,
        lists_names="aliases" in table or "sometimes" in table,
        lines=_lines_of_names((*aliases, *sometimes, *absent), lines, start, end),
    )


def _lines_of_names(names: Iterable[str], lines: Sequence[str], start: int, end: int) -> dict[str, int]:
    """The first line of the row, from its lists on, that holds each name as a string; else the row's own."""
    numbers: dict[str, int] = {}
    found_keys = {_line_of_key(lines, key, start, end) for key in _LISTS} - {start}
    first = min(found_keys, default=start)
    for alias in names:
        spellings = (quoted(alias), f"'{alias}'")
        found = (
            number
            for number in range(max(first, 1), end)
            if number <= len(lines) and any(s in lines[number - 1] for s in spellings)
        )
        numbers[alias] = next(found, start)
    return numbers


def _check(rows: Sequence[Row], path: str) -> None:
    """Refuse what contradicts itself between rows."""
    by_id: dict[str, Row] = {}
    homes: dict[str, Row] = {}
    for row in rows:
        if row.id in by_id:
            raise CastFileError(
                f"{path}, line {row.line}: the id {row.id!r} is already used in line {by_id[row.id].line}.",
                "Give one of the two rows another id.",
            )
        by_id[row.id] = row
        for alias in (*row.aliases, *row.absent):
            other = homes.setdefault(alias, row)
            if other is not row:
                raise CastFileError(
                    f"{path}, line {row.lines[alias]}: {alias!r} is one of {row.id!r} and, "
                    f"in line {other.lines[alias]}, of {other.id!r}.",
                    "Leave it in one of the two rows.",
                )
    for row in rows:
        seen = [row.id]
        while target := by_id[seen[-1]].merge_into:
            if target not in by_id:
                raise CastFileError(
                    f"{path}, line {row.line}: {row.id!r} is merged into {target!r}, which is no row of this file.",
                    "Write the id of a row that is there.",
                )
            if target in seen:
                circle = " → ".join([*seen, target])
                raise CastFileError(
                    f"{path}, line {row.line}: rows are merged in a circle: {circle}.", "Let one of them stay."
                )
            seen.append(target)
        if len(seen) > 1 and by_id[seen[-1]].drop:
            raise CastFileError(
                f"{path}, line {row.line}: {row.id!r} is merged into {seen[-1]!r}, which is dropped.",
                "Drop both, or keep the one that the other is merged into.",
            )
