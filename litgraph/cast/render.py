"""The text of ``cast.toml``: TOML with comments that teach the person who edits it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from litgraph.cast.edits import Edits
from litgraph.types import Cast, Entity

FORMAT = 1
_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}

_HEADER = """\
# The cast of the book: who and what is in it, by every name. This file is yours to correct.
# Save it and run litgraph on the same folder again; your changes survive every rerun.
#
#   Rename   change name = "..."
#   Merge    move all aliases of one row to another, or write in the row that shall go:  merge_into = "other-id"
#   Split    cut some aliases out of a row and paste them into a new one:
#                [[entity]]
#                name = "Old Mr. Darcy"
#                aliases = ["Mr. Darcy's father"]
#   Drop     write drop = true (or delete the row)
#   Kind     kind = "character", "group", "place", "organisation" or "vehicle"
#   Gender   gender = "female", "male" or "unknown"
#
# aliases are this row's wherever they stand in the book. sometimes lists names that others bear too, so that the text
# decides chapter by chapter; move one to aliases to give it to a single row. ambiguous = true marks a name that fits
# several people: give it to one of them (merge_into), or delete the mark to keep it as somebody of its own.
# Rows are ordered by the number of mentions, which stands behind each. Lines that begin with # are comments.
"""


def render(cast: Cast, context: Mapping[str, str] | None = None, *, edits: Edits | None = None) -> str:
    """The text of a cast file. The same cast gives the same text.

    Args:
        cast: after the edits, if there are any.
        context: entity id -> a sentence of the book, written above rows that are ambiguous.
        edits: merges and drops are written out at the end, so that they stay visible and can be undone.
    """
    bearers = Counter(alias for entity in cast.entities for alias, _ in entity.aliases)
    rows = [_render_entity(entity, bearers, (context or {}).get(entity.id, "")) for entity in cast.entities]
    if edits:
        # A merge into a row that has no mentions left says nothing, and the reader of the file would refuse it.
        there = {entity.id for entity in cast.entities}
        merged = {row: into for row, into in sorted(edits.merged.items()) if edits.row_of("", into) in there}
        rows += [f"[[entity]]\nid = {quoted(row)}\nmerge_into = {quoted(merged[row])}\n" for row in merged]
        rows += [
            f"[[entity]]\nid = {quoted(row)}\ndrop = true\n" for row in sorted(set(edits.dropped) - set(edits.merged))
        ]
    return "\n".join([_HEADER, f"format = {FORMAT}\n", *rows])


def _render_entity(entity: Entity, bearers: Mapping[str, int], context: str) -> str:
    lines = ["[[entity]]"]
    if entity.ambiguous:
        lines.append("# Several people bear this name, and the text does not say which one it means.")
        if sentence := _comment(context):
            lines.append(f"# “{sentence}”")
    where = f"chapter {entity.first}" if entity.first == entity.last else f"chapters {entity.first}–{entity.last}"
    lines.append(f"id = {quoted(entity.id)}  # {entity.mentions} mentions, {where}")
    lines += [f"name = {quoted(entity.name)}", f'kind = "{entity.kind}"', f'gender = "{entity.gender}"']
    if entity.ambiguous:
        lines.append("ambiguous = true")
    own = [(alias, count) for alias, count in entity.aliases if bearers[alias] == 1]
    shared = [(alias, count) for alias, count in entity.aliases if bearers[alias] > 1]
    lines += _render_aliases("aliases", own)
    if shared:
        lines += _render_aliases("sometimes", shared)
    return "\n".join(lines) + "\n"


def _render_aliases(key: str, aliases: Sequence[tuple[str, int]]) -> list[str]:
    if not aliases:
        return [f"{key} = []"]
    return [f"{key} = [", *(f"    {quoted(alias)},  # {count}" for alias, count in aliases), "]"]


def quoted(text: str) -> str:
    """A TOML basic string; lone surrogates, which no file can hold, become U+FFFD."""
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if 0xD800 <= ord(char) <= 0xDFFF:
        return "\ufffd"
    return f"\\u{ord(char):04X}" if ord(char) < 0x20 or 0x7F <= ord(char) < 0xA0 else char


def _comment(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
