"""The text of ``cast.toml``: TOML with comments that teach the person who edits it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from litgraph.cast.file.edits import Edits
from litgraph.cast.file.given import render_given
from litgraph.cast.file.said import render_said
from litgraph.cast.file.toml_text import quoted
from litgraph.types import Cast, Entity

FORMAT = 1
_NOBODY = "names-of-nobody"  # the row of names that were taken out of the cast and that the book does not have now

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
#   Same as  same_as = "Q170583" says who that is in Wikidata (or any https address), for linked data
#
# aliases are this row's wherever they stand in the book. sometimes lists names that others bear too, so that the text
# decides chapter by chapter; move one to aliases to give it to a single row. absent lists names of your edits that the
# book does not have as it is read now. ambiguous = true marks a name that fits several people: give it to one of them
# (merge_into), or delete the mark to keep it as somebody of its own; write it where you are not sure.
# narrator = true marks who says “I” outside of quotations; cut it and paste it into another row if it is somebody else.
# Mention  give a single mention (its id in mentions.jsonl), or a name in some chapters, to a row; "" is nobody:
#              [[mention]]
#              name = "Florence"
#              chapters = [3, 4]
#              entity = "the-town"
#          kind = "place" gives only those mentions that stand as a place does ("in Florence").
# Fact     say how two rows are related (or, with deny = true, that they are not); it outweighs what the text says:
#              [[fact]]
#              head = "jane-bennet"
#              relation = "sibling_of"
#              tail = "elizabeth-bennet"
# Rows are ordered by the number of mentions, which stands behind each; behind a name that shares no word with the rest
# of its row stands why it was joined: split it off if it is somebody else's. What stands behind # is a comment.
"""


def render(cast: Cast, context: Mapping[str, str] | None = None) -> str:
    """The text of a cast file: what the machine proposes. The same cast gives the same text.

    Args:
        cast: as the machine resolved it.
        context: entity id -> a sentence of the book, written above rows that are ambiguous.
    """
    return render_edited(cast, Edits(), cast, context)


def render_edited(cast: Cast, edits: Edits, proposed: Cast, context: Mapping[str, str] | None = None) -> str:
    """The text of a cast file that says again, of a new proposal, all that a person's edits said of an old one.

    Args:
        cast: after the edits.
        edits: merges and drops are written out at the end, so that they stay visible and can be undone.
        proposed: before the edits.
        context: as for ``render``.
    """
    bearers = Counter(alias for entity in proposed.entities for alias, _ in entity.aliases)
    shared = {alias for alias, number in bearers.items() if number > 1} - edits.pins.keys()
    absent = edits.absent(bearers)  # each row takes out what it shows
    for row, names in _nobodys_of_merged(edits, proposed).items():
        absent[row] = sorted([*absent.get(row, []), *names])
    listed = _Listed(edits, proposed, shared)
    rows = [
        _render_entity(entity, listed, absent.pop(entity.id, []), (context or {}).get(entity.id, ""))
        for entity in cast.entities
    ]
    shown = {entity.id for entity in cast.entities}
    proposed_ids = {entity.id for entity in proposed.entities}
    rows += _render_merged_and_dropped(edits, shown, proposed_ids, absent, listed)
    # A row whose names were all moved is no merged one: names that are found later are its own.
    owners = {edits.end_of(one.entity) for one in edits.given} - {""}
    owners |= {end for one in edits.said for end in (one.head, one.tail)}
    emptied = (proposed_ids | owners) - shown - edits.merged.keys() - set(edits.dropped)
    rows += _render_without_mentions(edits, emptied, absent, listed)
    given = [render_given(replace(one, entity=edits.end_of(one.entity))) for one in edits.given]
    return "\n".join([_HEADER, f"format = {FORMAT}\n", *rows, *given, *map(render_said, edits.said)])


def _nobodys_of_merged(edits: Edits, proposed: Cast) -> dict[str, list[str]]:
    """Names that were taken out of rows that were merged, by the dropped row that they were put into; "" if into none.

    A merged row lists no names, so that nothing else would say that they did not go where it went.
    """
    nobodys: defaultdict[str, list[str]] = defaultdict(list)
    for entity in proposed.entities:
        for alias, _ in entity.aliases:
            if entity.id in edits.merged and alias in edits.pins and not edits.row_of(alias, entity.id):
                nobodys[edits.pins[alias]].append(alias)
    return nobodys


class _Listed:
    """The names that a row lists: those that are its own by their words. Names given one by one stand elsewhere.

    Args:
        edits: what a person changed.
        proposed: the cast before the edits.
        shared: the names that several rows bear, as the text decides.
    """

    def __init__(self, edits: Edits, proposed: Cast, shared: Set[str]) -> None:
        self.shared = shared
        self._names: defaultdict[str, set[str]] = defaultdict(set)
        for entity in proposed.entities:
            for alias, _ in entity.aliases:
                self._names[edits.row_of(alias, entity.id)].add(alias)

    def lines(
        self, row: str, aliases: Sequence[tuple[str, int]] = (), joined: Sequence[tuple[str, str]] = ()
    ) -> list[str]:
        """The lines of a row's names.

        Args:
            row: its id.
            aliases: how often its mentions are called what.
            joined: by name, why it was joined.
        """
        names = self._names[row]
        never = sorted(names - dict(aliases).keys())
        counts = [*(alias for alias in aliases if alias[0] in names), *((name, 0) for name in never)]
        sometimes = [alias for alias in counts if alias[0] in self.shared]
        return [
            *_render_aliases("aliases", [alias for alias in counts if alias[0] not in self.shared], joined),
            *(_render_aliases("sometimes", sometimes, joined) if sometimes else []),
        ]


def _render_merged_and_dropped(
    edits: Edits, shown: set[str], proposed: Set[str], absent: dict[str, list[str]], listed: _Listed
) -> list[str]:
    """The rows that a person merged or dropped, and those that they were merged into if these have no mentions now.

    Args:
        edits: what a person changed.
        shown: ids of the rows that are written already; what the rows here are merged into comes to them.
        proposed: ids of the machine's rows.
        absent: by row, names that the book does not have; those of the rows here are taken out.
        listed: what each row lists.
    """
    rows: list[str] = []
    for row in sorted({*edits.merged, *edits.dropped} & (proposed | absent.keys())):
        end = edits.end_of(row)
        if end in edits.dropped:
            rows.append(_render_row(row, ["drop = true"], absent.pop(row, [])))
            continue
        if end not in shown:
            shown.add(end)
            rows.append(_render_row(end, _kept_lines(edits, end, listed), absent.pop(end, [])))
        rows.append(_render_row(row, [f"merge_into = {quoted(end)}"], absent.pop(row, [])))
    return rows


def _render_without_mentions(
    edits: Edits, emptied: Set[str], absent: Mapping[str, list[str]], listed: _Listed
) -> list[str]:
    """The rows without mentions, with the names that the book does not have; at the end the names of nobody."""
    names_of = {row: absent.get(row, []) for row in sorted(emptied)} | dict(absent)
    nobodys = names_of.pop("", [])
    rows = [_render_row(row, _kept_lines(edits, row, listed), names) for row, names in names_of.items()]
    return [*rows, _render_row(_NOBODY, ["drop = true"], nobodys)] if nobodys else rows


def _render_row(row: str, lines: Sequence[str], absent: Sequence[str]) -> str:
    """A row without mentions."""
    return "\n".join(["[[entity]]", f"id = {quoted(row)}", *lines, *_render_absent(absent)]) + "\n"


def _kept_lines(edits: Edits, row: str, listed: _Listed) -> list[str]:
    """What a row without mentions was, as lines."""
    if kept := edits.kept.get(row):
        return [*_render_nature(kept), *_render_marks(ambiguous=kept.ambiguous), *listed.lines(row)]
    name = [f"name = {quoted(edits.names[row])}"] if row in edits.names else []
    return [*name, *listed.lines(row)]


def _render_entity(entity: Entity, listed: _Listed, absent: Sequence[str], context: str) -> str:
    where = f"chapter {entity.first}" if entity.first == entity.last else f"chapters {entity.first}–{entity.last}"
    lines = [
        "[[entity]]",
        *_render_comments(entity, context),
        f"id = {quoted(entity.id)}  # {entity.mentions} mentions, {where}",
        *_render_nature(entity),
        *_render_marks(ambiguous=entity.ambiguous, narrator=entity.narrator),
        *listed.lines(entity.id, entity.aliases, entity.joined),
        *_render_absent(absent),
    ]
    return "\n".join(lines) + "\n"


def _render_comments(entity: Entity, context: str) -> list[str]:
    """What a person should know of a row whose name is nobody's for sure, or that has none."""
    lines: list[str] = []
    if entity.ambiguous:
        lines.append("# Several people bear this name, and the text does not say which one it means.")
        if sentence := _comment(context):
            lines.append(f"# “{sentence}”")
    if entity.narrator and not entity.aliases:
        lines.append("# Tells the book (or a part of it) as “I”; the text does not say by what name.")
    return lines


def _render_nature(entity: Entity) -> list[str]:
    elsewhere = [f"same_as = {quoted(entity.same_as)}"] if entity.same_as else []
    return [f"name = {quoted(entity.name)}", f'kind = "{entity.kind}"', f'gender = "{entity.gender}"', *elsewhere]


def _render_marks(*, ambiguous: bool = False, narrator: bool = False) -> list[str]:
    return ["ambiguous = true"] * ambiguous + ["narrator = true"] * narrator


def _render_absent(names: Sequence[str]) -> list[str]:
    return ["absent = [", *(f"    {quoted(name)}," for name in names), "]"] if names else []


def _render_aliases(key: str, aliases: Sequence[tuple[str, int]], joined: Sequence[tuple[str, str]]) -> list[str]:
    if not aliases:
        return [f"{key} = []"]
    reasons = {alias: f"; joined: {_comment(reason)}" for alias, reason in joined}
    lines = (f"    {quoted(alias)},  # {count}{reasons.get(alias, '')}" for alias, count in aliases)
    return [f"{key} = [", *lines, "]"]


def _comment(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
