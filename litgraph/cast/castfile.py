"""``cast.toml``: the cast written for a person, read back with what they changed.

Beside it lies ``cast.proposed.toml``, the same text as the machine proposed it. A person edits the first and never the
second, so the difference between the two is what the person decided: ``edits``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args
from typing import cast as as_type

from litgraph.cast.edits import Edits
from litgraph.cast.names import slug
from litgraph.cast.render import FORMAT, quoted, render
from litgraph.errors import CastFileError
from litgraph.types import ENTITY_KINDS, EntityKind, Gender

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ["CastFile", "Row", "edits", "parse", "render"]

_GENDERS: tuple[Gender, ...] = get_args(Gender)
_KEYS = ("id", "name", "kind", "gender", "aliases", "sometimes", "ambiguous", "drop", "merge_into")
_ROW = re.compile(r"^\s*\[\[\s*entity\s*\]\]\s*(?:#.*)?$")
_SYNTAX_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class Row:
    """One ``[[entity]]`` of a cast file. ``line`` counts from 1; kind and gender are None where the row is silent."""

    id: str
    name: str
    line: int
    kind: EntityKind | None = None
    gender: Gender | None = None
    aliases: tuple[str, ...] = ()
    sometimes: tuple[str, ...] = ()
    ambiguous: bool = False
    drop: bool = False
    merge_into: str = ""
    alias_lines: tuple[int, ...] = ()


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


def edits(edited: CastFile, proposed: CastFile) -> Edits:
    """What a person changed.

    Args:
        edited: the file as the person left it.
        proposed: the machine's proposal that it was made from.

    Raises:
        CastFileError: the file names an alias that the machine never saw in the book.
    """
    before = {row.id: row for row in proposed.rows}
    after = {row.id: row for row in edited.rows}
    home = {alias: row.id for row in proposed.rows for alias in row.aliases}
    known = {*home, *(alias for row in proposed.rows for alias in row.sometimes)}
    place = {alias: row.id for row in edited.rows for alias in row.aliases}
    kept = {*place, *(alias for row in edited.rows for alias in row.sometimes)}
    _refuse_unknown_aliases(edited, known)

    pins = {alias: row for alias, row in place.items() if home.get(alias) != row}
    merged = {row.id: row.merge_into for row in edited.rows if row.merge_into}
    dropped = [row.id for row in edited.rows if row.drop]
    for row in proposed.rows:
        left = after.get(row.id)
        if left is None or not (left.aliases or left.sometimes or left.drop or left.merge_into):
            targets = sorted({place[alias] for alias in row.aliases if alias in place})
            if row.aliases and len(targets) == 1 and all(alias in place for alias in row.aliases):
                merged[row.id] = targets[0]
            elif left is None:
                dropped.append(row.id)
        if left is not None and not (left.drop or left.merge_into):
            pins.update({alias: "" for alias in row.aliases if alias not in kept and left.aliases})
    changed = [(row, before.get(row.id)) for row in edited.rows if not (row.drop or row.merge_into)]
    names = {row.id: row.name for row, old in changed if row.name and (old is None or row.name != old.name)}
    kinds = {row.id: kind for row, old in changed if (kind := _told(row.kind, old.kind if old else None))}
    genders = {row.id: gender for row, old in changed if (gender := _told(row.gender, old.gender if old else None))}
    settled = [row.id for row, old in changed if old and old.ambiguous and not row.ambiguous]
    # A row that a person touched keeps its names even if the machine would call it something else on the next run.
    touched = {*names, *kinds, *genders, *settled, *merged, *dropped}
    for row in proposed.rows:
        if row.id in touched:
            pins = {**{alias: row.id for alias in row.aliases if place.get(alias, row.id) == row.id}, **pins}
    return Edits(
        pins=dict(sorted(pins.items())),
        merged=dict(sorted(merged.items())),
        dropped=tuple(sorted(set(dropped) - set(merged))),
        names=names,
        kinds=kinds,
        genders=genders,
        settled=tuple(sorted(settled)),
    )


def _told(now: Any, before: Any) -> Any:
    return now if now is not None and now != before else None


def _refuse_unknown_aliases(edited: CastFile, known: set[str]) -> None:
    for row in edited.rows:
        for alias, line in zip((*row.aliases, *row.sometimes), row.alias_lines, strict=True):
            if alias not in known:
                raise CastFileError(
                    f"{edited.path}, line {line}: the book has no name {alias!r}, so it cannot be one of {row.id!r}.",
                    "Copy it as it stands in cast.proposed.toml; to change what the graph shows, change name instead.",
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
    for key in ("aliases", "sometimes"):
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
    aliases, sometimes = tuple(table.get("aliases", ())), tuple(table.get("sometimes", ()))
    return Row(
        id=row_id,
        name=name,
        line=start,
        kind=as_type("EntityKind | None", table.get("kind")),
        gender=as_type("Gender | None", table.get("gender")),
        aliases=aliases,
        sometimes=sometimes,
        ambiguous=table.get("ambiguous", False),
        drop=drop,
        merge_into=merge_into,
        alias_lines=_alias_lines((*aliases, *sometimes), lines, start, end),
    )


def _alias_lines(aliases: Iterable[str], lines: Sequence[str], start: int, end: int) -> tuple[int, ...]:
    """The first line of the row, from its lists on, that holds each alias as a string; else the row's own."""
    numbers: list[int] = []
    first = min((_line_of_key(lines, key, start, end) or start for key in ("aliases", "sometimes")), default=start)
    for alias in aliases:
        spellings = (quoted(alias), f"'{alias}'")
        found = (
            number
            for number in range(max(first, 1), end)
            if number <= len(lines) and any(s in lines[number - 1] for s in spellings)
        )
        numbers.append(next(found, start))
    return tuple(numbers)


def _check(rows: Sequence[Row], path: str) -> None:
    """Refuse what contradicts itself between rows."""
    by_id: dict[str, Row] = {}
    homes: dict[str, tuple[Row, int]] = {}
    for row in rows:
        if row.id in by_id:
            raise CastFileError(
                f"{path}, line {row.line}: the id {row.id!r} is already used in line {by_id[row.id].line}.",
                "Give one of the two rows another id.",
            )
        by_id[row.id] = row
        for alias, line in zip(row.aliases, row.alias_lines, strict=False):
            if alias in homes:
                other, other_line = homes[alias]
                raise CastFileError(
                    f"{path}, line {line}: {alias!r} is one of {row.id!r} and, in line {other_line}, of {other.id!r}.",
                    "Leave it in one row, or list it in both under sometimes if the text shall decide.",
                )
            homes[alias] = (row, line)
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
