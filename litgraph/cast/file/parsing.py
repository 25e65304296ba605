"""``cast.toml``: the cast written for a person, read back row by row; what contradicts itself is refused."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args
from typing import cast as as_type

from litgraph.cast.file.given import GivenMention, parse_given
from litgraph.cast.file.render import FORMAT
from litgraph.cast.file.said import SaidFact, parse_said
from litgraph.cast.file.toml_text import quoted
from litgraph.elsewhere import address_of
from litgraph.errors import CastFileError
from litgraph.names.grammar import slug
from litgraph.types import ENTITY_KINDS, EntityKind, Gender

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = ["CastFile", "Row", "parse"]

_GENDERS: tuple[Gender, ...] = get_args(Gender)
_TEXTS = ("id", "name", "kind", "gender", "merge_into", "same_as")
_MARKS = ("ambiguous", "narrator", "drop")
_LISTS = ("aliases", "sometimes", "absent")
_KEYS = ("id", "name", "kind", "gender", *_LISTS, "ambiguous", "narrator", "drop", "merge_into", "same_as")
_CHOICES: dict[str, tuple[str, ...]] = {"kind": ENTITY_KINDS, "gender": _GENDERS}
_ROW = re.compile(r"^\s*\[\[\s*entity\s*\]\]\s*(?:#.*)?$")
_SYNTAX_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class Row:
    """One ``[[entity]]`` of a cast file.

    Attributes:
        line: where it begins, from 1.
        kind, gender: None where the row is silent.
        same_as: address of who that is elsewhere, as linked data write it; "" where the row is silent.
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
    same_as: str = ""
    lists_names: bool = False
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """All names that it lists."""
        return (*self.aliases, *self.sometimes, *self.absent)


@dataclass(frozen=True, slots=True)
class CastFile:
    """A cast file that is right in itself: rows, and mentions and facts given by hand. ``path`` is for messages."""

    path: str
    rows: tuple[Row, ...]
    given: tuple[GivenMention, ...] = ()
    said: tuple[SaidFact, ...] = ()


def parse(text: str, *, path: str) -> CastFile:
    """Read a cast file.

    Args:
        text: its text.
        path: named in errors.

    Raises:
        CastFileError: it is no TOML, or says what a cast file cannot say; names file, line and remedy.
    """
    data = _toml(text, path)
    lines = text.split("\n")
    _refuse_what_is_outside_of_rows(data, lines, path)
    tables = data.get("entity", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise CastFileError(f"{path}: entity must be a list of [[entity]] rows.", "Write [[entity]] with two brackets.")
    rows = tuple(_read_row(place) for place in _places(tables, lines, path))
    _refuse_contradictions(rows, path)
    given = parse_given(data.get("mention", []), lines, path)
    return CastFile(path, rows, given, parse_said(data.get("fact", []), lines, path))


def _toml(text: str, path: str) -> dict[str, Any]:
    try:
        data: dict[str, Any] = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a ValueError: also a number that is too long for Python
        line = _SYNTAX_LINE.search(str(error))
        where = f"{path}, line {line.group(1)}" if line else path
        raise CastFileError(
            f"{where}: this is not valid TOML: {error}.",
            "Look for a missing quote, comma or bracket in that line or the one before.",
        ) from None
    return data


def _refuse_what_is_outside_of_rows(data: Mapping[str, Any], lines: Sequence[str], path: str) -> None:
    for key in data:
        if key not in ("format", "entity", "mention", "fact"):
            raise CastFileError(
                f"{path}, line {_line_of_key(lines, key, 0, None)}: unknown key {key!r} outside of a row.",
                "Write it below an [[entity]] line.",
            )
    if data.get("format", FORMAT) != FORMAT:
        raise CastFileError(
            f"{path}: format = {data['format']!r}, but this litgraph reads format {FORMAT}.",
            "Use the version of litgraph that wrote the file, or move it away and run litgraph again.",
        )


@dataclass(frozen=True, slots=True)
class _Place:
    """A row as TOML has it, and where it stands.

    Attributes:
        table: the row.
        lines: of the whole file.
        start, end: numbers of its first line and of the one after its last, from 1; 0 where that is not known.
        path: of the file.
    """

    table: Mapping[str, Any]
    lines: Sequence[str]
    start: int
    end: int
    path: str

    def line_of(self, key: str) -> int:
        """The number of the line in which a key of the row stands; of its first line if it is not found."""
        return _line_of_key(self.lines, key, self.start, self.end)

    def error(self, key: str, what: str, hint: str) -> CastFileError:
        """What is wrong with a key."""
        return CastFileError(f"{self.path}, line {self.line_of(key)}: {what}", hint)


def _places(tables: Sequence[Mapping[str, Any]], lines: Sequence[str], path: str) -> list[_Place]:
    starts = _row_lines(lines)
    if len(starts) != len(tables):
        starts = [0] * len(tables)
    ends = [*starts[1:], len(lines) + 1][: len(starts)]
    return [_Place(table, lines, start, end, path) for table, start, end in zip(tables, starts, ends, strict=True)]


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


def _read_row(place: _Place) -> Row:
    _refuse_wrong_values(place)
    value_of = place.table.get
    name, merge_into, drop = value_of("name", ""), value_of("merge_into", ""), value_of("drop", False)
    row_id = value_of("id") or (slug(name) if name else "")
    if not row_id:
        raise place.error("[entity]", "this row has neither id nor name.", 'Give it a name = "...".')
    if merge_into and drop:
        raise place.error("drop", f"{row_id!r} is both dropped and merged into {merge_into!r}.", "Keep one of the two.")
    aliases, sometimes, absent = (tuple(value_of(key, ())) for key in _LISTS)
    return Row(
        id=row_id,
        name=name,
        line=place.start,
        kind=as_type("EntityKind | None", value_of("kind")),
        gender=as_type("Gender | None", value_of("gender")),
        aliases=aliases,
        sometimes=sometimes,
        absent=absent,
        ambiguous=value_of("ambiguous", False),
        narrator=value_of("narrator", False),
        drop=drop,
        merge_into=merge_into,
        same_as=_address(place),
        lists_names="aliases" in place.table or "sometimes" in place.table,
        lines=_lines_of_names((*aliases, *sometimes, *absent), place),
    )


def _address(place: _Place) -> str:
    text: str = place.table.get("same_as", "")
    address = address_of(text)
    if text and not address:
        what = f"same_as = {text!r} is no address."
        raise place.error(
            "same_as", what, 'Write same_as = "Q170583" for an item of Wikidata, or another https address.'
        )
    return address


def _refuse_wrong_values(place: _Place) -> None:
    """Refuse a key that no row has, and a value that its key cannot have."""
    _refuse_wrong_types(place)
    for key, allowed in _CHOICES.items():
        value = place.table.get(key, allowed[0])
        if value not in allowed:
            raise place.error(key, f"unknown {key} {value!r}.", f"Choose one of {', '.join(allowed)}.")


def _refuse_wrong_types(place: _Place) -> None:
    for key in place.table:
        if key not in _KEYS:
            raise place.error(key, f"unknown key {key!r}.", f"A row has {', '.join(_KEYS)}.")
    for key in _TEXTS:
        value = place.table.get(key, "")
        if not isinstance(value, str):
            what = f"{key} must be text in quotes, not {value!r}."
            raise place.error(key, what, f'Write {key} = "...".')
    for key in _MARKS:
        value = place.table.get(key, False)
        if not isinstance(value, bool):
            what = f"{key} must be true or false, not {value!r}."
            raise place.error(key, what, f"Write {key} = true, without quotes.")
    for key in _LISTS:
        value = place.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(alias, str) for alias in value):
            raise place.error(key, f"{key} must be a list of texts.", f'Write {key} = ["one name", "another"].')


def _lines_of_names(names: Iterable[str], place: _Place) -> dict[str, int]:
    """The first line of the row, from its lists on, that holds each name as a string; else the row's own."""
    of_lists = {place.line_of(key) for key in _LISTS} - {place.start}
    first = max(min(of_lists, default=place.start), 1)
    numbered = list(enumerate(place.lines[first - 1 : max(place.end - 1, 0)], first))
    return {
        name: next((number for number, line in numbered if quoted(name) in line or f"'{name}'" in line), place.start)
        for name in names
    }


def _refuse_contradictions(rows: Sequence[Row], path: str) -> None:
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
        _give_homes(row, homes, path)
    for row in rows:
        end = _end_of_merges(row, by_id, path)
        if end is not row and end.drop:
            raise CastFileError(
                f"{path}, line {row.line}: {row.id!r} is merged into {end.id!r}, which is dropped.",
                "Drop both, or keep the one that the other is merged into.",
            )


def _give_homes(row: Row, homes: dict[str, Row], path: str) -> None:
    """Note the row as the home of its names. Raises CastFileError if another row is already."""
    for alias in (*row.aliases, *row.absent):
        other = homes.setdefault(alias, row)
        if other is not row:
            raise CastFileError(
                f"{path}, line {row.lines[alias]}: {alias!r} is one of {row.id!r} and, "
                f"in line {other.lines[alias]}, of {other.id!r}.",
                "Leave it in one of the two rows.",
            )


def _end_of_merges(row: Row, by_id: Mapping[str, Row], path: str) -> Row:
    """The row that a row is merged into, over others or directly; itself if it is not.

    Raises:
        CastFileError: a row on the way is not there, or the way is a circle.
    """
    way = [row.id]
    while target := by_id[way[-1]].merge_into:
        if target not in by_id:
            raise CastFileError(
                f"{path}, line {row.line}: {row.id!r} is merged into {target!r}, which is no row of this file.",
                "Write the id of a row that is there.",
            )
        if target in way:
            circle = " → ".join([*way, target])
            raise CastFileError(
                f"{path}, line {row.line}: rows are merged in a circle: {circle}.", "Let one of them stay."
            )
        way.append(target)
    return by_id[way[-1]]
