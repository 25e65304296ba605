"""``cast.toml``: the cast written for a person, read back row by row; what contradicts itself is refused."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args
from typing import cast as as_type

from litgraph.cast.file.render import FORMAT, quoted
from litgraph.errors import CastFileError
from litgraph.names.grammar import slug
from litgraph.types import ENTITY_KINDS, EntityKind, Gender

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ["CastFile", "Row", "parse"]

_GENDERS: tuple[Gender, ...] = get_args(Gender)
_LISTS = ("aliases", "sometimes", "absent")
_KEYS = ("id", "name", "kind", "gender", *_LISTS, "ambiguous", "narrator", "drop", "merge_into")
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
    narrator: bool = False
    drop: bool = False
    merge_into: str = ""
    lists_names: bool = False
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """All names that it lists."""
        return (*self.aliases, *self.sometimes, *self.absent)


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
    for key in ("ambiguous", "narrator", "drop"):
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
        narrator=table.get("narrator", False),
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
