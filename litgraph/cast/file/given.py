"""``[[mention]]`` of ``cast.toml``: single mentions, or those of a name in some chapters, given to somebody by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from typing import cast as as_type

from litgraph.cast.file.toml_text import quoted
from litgraph.errors import CastFileError
from litgraph.types import EntityKind, Mention

_KEYS: dict[str, type] = {
    "id": str, "start": int, "text": str, "name": str, "chapters": list, "kind": str, "entity": str,
}  # fmt: skip
_HEAD = re.compile(r"^\s*\[\[\s*mention\s*\]\]\s*(?:#.*)?$")
_ID = re.compile(r"^\s*[\"']?id[\"']?\s*=")


@dataclass(frozen=True, slots=True)
class GivenMention:
    """Which mentions a person gave to whom.

    Attributes:
        entity: id of the row; "" for nobody.
        id: of a single mention; "" if ``name`` says which mentions.
        start, text: where that mention begins in ``Book.text`` and its words, which find it though its id has changed;
            -1 and "" as long as nobody looked them up.
        name: a name as the cast lists it; "" for a single mention.
        chapters: numbers of the chapters in which the name's mentions are given; empty for all.
        kind: "place" for those mentions only where the words around call a place so, "character" for those where they
            do not; "" for all.
        line: where it begins, from 1; 0 if that is not known.
    """

    entity: str
    id: str = ""
    start: int = -1
    text: str = ""
    name: str = ""
    chapters: tuple[int, ...] = ()
    kind: EntityKind | str = ""
    line: int = field(default=0, compare=False)

    @property
    def what(self) -> str:
        """What is given, for messages."""
        if self.id:
            return f"the mention {self.id!r}"
        where = f" in chapters {', '.join(map(str, self.chapters))}" if self.chapters else ""
        return f"the name {self.name!r}{where}"


def parse_given(tables: object, lines: Sequence[str], path: str) -> tuple[GivenMention, ...]:
    """The ``[[mention]]`` tables of a cast file.

    Args:
        tables: what TOML has under ``mention``.
        lines: of the whole file.
        path: of the file, for errors.

    Raises:
        CastFileError: one says what it cannot say, or two give one mention to two.
    """
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise CastFileError(f"{path}: mention must be a list of tables.", "Write [[mention]] with two brackets.")
    starts = [number for number, line in enumerate(lines, 1) if _HEAD.match(line)]
    if len(starts) != len(tables):
        starts = [0] * len(tables)
    given = tuple(_read(table, line, path) for table, line in zip(tables, starts, strict=True))
    _refuse_contradictions(given, path)
    return given


def _read(table: Mapping[str, Any], line: int, path: str) -> GivenMention:
    where = f"{path}, line {line}" if line else path
    for key, value in table.items():
        if key not in _KEYS:
            raise CastFileError(f"{where}: unknown key {key!r} of a mention.", f"It has {', '.join(_KEYS)}.")
        if not isinstance(value, _KEYS[key]) or isinstance(value, bool):
            sort = {str: "text in quotes", int: "a whole number", list: "a list of numbers"}[_KEYS[key]]
            raise CastFileError(f"{where}: {key} must be {sort}, not {value!r}.", "Write it so.")
    chapters = table.get("chapters", [])
    if not all(type(chapter) is int for chapter in chapters):
        raise CastFileError(f"{where}: chapters must be a list of numbers.", "Write chapters = [3, 4].")
    if bool(table.get("id")) == bool(table.get("name")):
        raise CastFileError(
            f"{where}: a mention is told by its id (of mentions.jsonl) or by a name, and by one of the two.",
            'Write id = "m12", or name = "Florence" with chapters = [3, 4].',
        )
    if "entity" not in table:
        raise CastFileError(f"{where}: nothing says whom it means.", 'Write entity = "the-id-of-a-row".')
    kind = table.get("kind", "")
    if kind not in ("", "character", "place"):
        raise CastFileError(f"{where}: unknown kind {kind!r}.", "Choose one of character, place.")
    return GivenMention(
        entity=table["entity"],
        id=table.get("id", ""),
        start=table.get("start", -1),
        text=table.get("text", ""),
        name=table.get("name", ""),
        chapters=tuple(chapters),
        kind=as_type("EntityKind | str", kind),
        line=line,
    )


def _refuse_contradictions(given: Sequence[GivenMention], path: str) -> None:
    seen: dict[tuple[object, ...], GivenMention] = {}
    for one in given:
        for key in [(one.id, one.start, one.text)] if one.id else _places(one):
            other = seen.setdefault(key, one)
            if other.entity != one.entity:
                raise CastFileError(
                    f"{path}, line {one.line}: {one.what} is given to {one.entity!r} and, in line {other.line}, "
                    f"to {other.entity!r}.",
                    "Leave one of the two.",
                )


def _places(one: GivenMention) -> list[tuple[object, ...]]:
    return [(one.name, one.kind, chapter) for chapter in one.chapters or (0,)]


def render_given(one: GivenMention) -> str:
    """The text of one ``[[mention]]``."""
    lines = ["[[mention]]"]
    if one.id:
        lines += [f"id = {quoted(one.id)}", *_anchor(one.start, one.text)]
    else:
        lines.append(f"name = {quoted(one.name)}")
        lines += [f"chapters = {list(one.chapters)}"] if one.chapters else []
        lines += [f"kind = {quoted(one.kind)}"] if one.kind else []
    return "\n".join([*lines, f"entity = {quoted(one.entity)}"]) + "\n"


def _anchor(start: int, text: str) -> list[str]:
    return [f"start = {start}", f"text = {quoted(text)}"] if start >= 0 else []


def with_places(given: Sequence[GivenMention], mentions: Sequence[Mention]) -> tuple[GivenMention, ...]:
    """The mentions that are told by id with where they stand, so that they are found again when ids change."""
    by_id = {mention.id: mention for mention in mentions}
    return tuple(
        GivenMention(one.entity, one.id, by_id[one.id].start, by_id[one.id].text, line=one.line)
        if one.id in by_id and one.start < 0
        else one
        for one in given
    )


def write_places(text: str, given: Sequence[GivenMention], placed: Sequence[GivenMention]) -> str:
    """The text of a cast file in which the mentions that were told by id alone say where they stand.

    Args:
        text: of the file.
        given: as the file has them.
        placed: the same, with their places.
    """
    lines = text.split("\n")
    for before, after in reversed([*zip(given, placed, strict=True)]):
        if before != after and before.line:
            numbered = enumerate(lines[before.line :], before.line + 1)
            place = next((number for number, line in numbered if _ID.match(line)), before.line)
            lines[place:place] = _anchor(after.start, after.text)
    return "\n".join(lines)
