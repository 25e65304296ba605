"""``[[fact]]`` of ``cast.toml``: how two are related, or are not, by a person's word."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from litgraph.cast.file.toml_text import quoted
from litgraph.errors import CastFileError
from litgraph.ontology import RELATIONS

_ENDS = ("head", "relation", "tail")
_HEAD = re.compile(r"^\s*\[\[\s*fact\s*\]\]\s*(?:#.*)?$")


@dataclass(frozen=True, slots=True)
class SaidFact:
    """A fact that a person asserts or denies.

    Attributes:
        head, tail: ids of rows.
        relation: a name of the vocabulary.
        deny: the two are not so related.
        line: where it begins, from 1; 0 if that is not known.
    """

    head: str
    relation: str
    tail: str
    deny: bool = False
    line: int = field(default=0, compare=False)


def parse_said(tables: object, lines: Sequence[str], path: str) -> tuple[SaidFact, ...]:
    """The ``[[fact]]`` tables of a cast file.

    Args:
        tables: what TOML has under ``fact``.
        lines: of the whole file.
        path: of the file, for errors.

    Raises:
        CastFileError: one says what it cannot say, or one fact is both asserted and denied.
    """
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise CastFileError(f"{path}: fact must be a list of tables.", "Write [[fact]] with two brackets.")
    starts = [number for number, line in enumerate(lines, 1) if _HEAD.match(line)]
    if len(starts) != len(tables):
        starts = [0] * len(tables)
    said: dict[tuple[str, str, str], SaidFact] = {}
    for table, line in zip(tables, starts, strict=True):
        one = _read(table, line, path)
        other = said.setdefault((one.head, one.relation, one.tail), one)
        if other.deny != one.deny:
            raise CastFileError(
                f"{path}, line {line}: that {one.head} {one.relation} {one.tail} is asserted and denied "
                f"(line {other.line}).",
                "Leave one of the two.",
            )
    return tuple(said.values())


def _read(table: Mapping[str, Any], line: int, path: str) -> SaidFact:
    where = f"{path}, line {line}" if line else path
    example = 'Write head = "jane-bennet", relation = "sibling_of", tail = "elizabeth-bennet".'
    for key, value in table.items():
        if key not in (*_ENDS, "deny"):
            raise CastFileError(f"{where}: unknown key {key!r} of a fact.", f"It has {', '.join(_ENDS)}, deny.")
        if key == "deny" and not isinstance(value, bool):
            raise CastFileError(f"{where}: deny must be true or false, not {value!r}.", "Write deny = true.")
        if key != "deny" and not (isinstance(value, str) and value):
            raise CastFileError(f"{where}: {key} must be text in quotes, not {value!r}.", example)
    for key in _ENDS:
        if key not in table:
            raise CastFileError(f"{where}: this fact has no {key}.", example)
    relation = table["relation"]
    if relation not in RELATIONS:
        close = get_close_matches(relation, RELATIONS, n=3)
        raise CastFileError(
            f"{where}: unknown relation {relation!r}.",
            f"Perhaps {' or '.join(close)}?" if close else f"Choose one of {', '.join(sorted(RELATIONS))}.",
        )
    if table["head"] == table["tail"]:
        raise CastFileError(f"{where}: head and tail are the same row.", "Write the ids of two rows.")
    return SaidFact(table["head"], relation, table["tail"], table.get("deny", False), line)


def render_said(one: SaidFact) -> str:
    """The text of one ``[[fact]]``."""
    lines = ["[[fact]]", *(f"{key} = {quoted(getattr(one, key))}" for key in _ENDS)]
    return "\n".join([*lines, *["deny = true"] * one.deny]) + "\n"
