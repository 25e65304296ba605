"""The edits of ``cast.toml`` from shell and page: rows found by what a person calls them, changed in the file's text.

Whatever a person wrote there, comments and order included, stays. The changed text is read and compared with the
machine's proposal as after an edit by hand, before it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, NamedTuple

from litgraph.cast.file.compare import edits
from litgraph.cast.file.given import GivenMention, render_given
from litgraph.cast.file.parsing import CastFile, Row, parse
from litgraph.cast.file.said import SaidFact, render_said
from litgraph.cast.file.toml_text import quoted
from litgraph.errors import CastFileError, RunFolderError
from litgraph.files import write_text
from litgraph.names.grammar import fold, slug
from litgraph.ontology import RELATIONS, symmetric
from litgraph.runs.cast_stage import EDITED, PROPOSED, finish_replacing, read_cast_file
from litgraph.runs.loading import MENTIONS_FILE, load_found_mentions
from litgraph.runs.lock import locked


class Change(NamedTuple):
    """One edit: of a row (its id, its name or one of its aliases), and what it needs to know.

    "rename" takes the new name, "merge" the row that shall take the names, "split" the alias that becomes a row of its
    own, "kind" and "gender" what it is, "drop" nothing. "mention" is of a mention (its id), and takes the row that it
    means; "" for nobody. "assert" and "deny" are of a fact: that the row is in the relation to the row ``value``.
    """

    verb: Literal["rename", "merge", "split", "drop", "kind", "gender", "mention", "assert", "deny"]
    row: str
    value: str = ""
    relation: str = ""


def change_cast(folder: Path, changes: Iterable[Change]) -> list[str]:
    """Make the changes in the ``cast.toml`` of a run folder, all or none.

    Returns:
        What was done, a sentence for each.

    Raises:
        RunFolderError: the folder has no ``cast.toml``, or another process is at work in it.
        CastFileError: the file is wrong already, a change names what is not there or several, or contradicts the file.
    """
    if not folder.is_dir():
        raise _no_cast(folder)
    with locked(folder):
        return _change(folder, changes)


def _change(folder: Path, changes: Iterable[Change]) -> list[str]:
    finish_replacing(folder)
    text = read_cast_file(folder, EDITED)
    if text is None:
        raise _no_cast(folder)
    path = str(folder / EDITED)
    before = parse(text, path=path)
    done: list[str] = []
    for change in changes:
        file = parse(text, path=path)
        if change.verb == "mention":
            text, what = _give(text, file, change, folder)
        elif change.verb in ("assert", "deny"):
            text, what = _say(text, file, change)
        else:
            text, what = _changed(text, file, change)
        done.append(what)
    try:
        after = parse(text, path=path)
        proposed = read_cast_file(folder, PROPOSED)
        if proposed is not None:
            names = (alias for row in before.rows for alias in (*row.aliases, *row.sometimes))
            edits(after, parse(proposed, path=str(folder / PROPOSED)), names)
    except CastFileError as error:
        raise CastFileError(
            f"Nothing was changed, because it would contradict itself: {error.what}", error.hint
        ) from None
    write_text(folder / EDITED, text)
    return done


def _no_cast(folder: Path) -> RunFolderError:
    return RunFolderError(f"{folder} has no {EDITED}.", "Run the same `litgraph build` command again.")


def _changed(text: str, file: CastFile, change: Change) -> tuple[str, str]:
    """The text with one change, and what was done in words."""
    row = _find(file, change.row)
    if change.verb == "drop":
        return _with_line(text, file, row, "drop", True), f"{row.id} is dropped."
    if change.verb == "merge":
        into = _find(file, change.value)
        if into is row:
            raise CastFileError(
                f"{change.row!r} and {change.value!r} are one row already, {row.id!r}.", "Name two different rows."
            )
        return _with_line(text, file, row, "merge_into", into.id), f"{row.id} is merged into {into.id}."
    if change.verb == "rename":
        if not change.value.strip():
            raise CastFileError(f"{row.id!r} cannot be renamed to nothing.", "Give it a name.")
        return _with_line(text, file, row, "name", change.value), f"{row.id} is called {change.value!r}."
    if change.verb in ("kind", "gender"):
        return _with_line(text, file, row, change.verb, change.value), f"{row.id} is {change.verb} {change.value!r}."
    return _split(text, file, row, change.value)


def _give(text: str, file: CastFile, change: Change, folder: Path) -> tuple[str, str]:
    """The text with a mention given to a row, and what was done in words."""
    mention = next((one for one in load_found_mentions(folder) if one.id == change.row), None)
    if mention is None:
        raise CastFileError(
            f"{folder / MENTIONS_FILE} has no mention {change.row!r}.",
            f"Look for its words there: each line begins with its id. `litgraph cast {folder}` lists the rows.",
        )
    row = _find(file, change.value).id if change.value else ""
    done = f"{mention.text!r} ({mention.id}, chapter {mention.chapter}) is {row or 'nobody'}."
    for number, one in enumerate(file.given):
        if one.id == mention.id if one.start < 0 else (one.start, one.text) == (mention.start, mention.text):
            document = _document(text)
            document["mention"][number]["entity"] = row
            return _dumped(document), done
    given = GivenMention(row, mention.id, mention.start, mention.text)
    return f"{text.rstrip()}\n\n{render_given(given)}", done


def _say(text: str, file: CastFile, change: Change) -> tuple[str, str]:
    """The text with a fact asserted or denied, and what was done in words; what it said of the fact before is gone."""
    head, tail = _find(file, change.row).id, _find(file, change.value).id
    deny = change.verb == "deny"
    done = f"It is {'denied' if deny else 'asserted'} that {head} {change.relation} {tail}."
    same = {(head, tail)}
    if change.relation in RELATIONS and symmetric(change.relation):
        same.add((tail, head))
    document = _document(text)
    said = [
        table
        for table in document.get("fact", ())
        if table["relation"] == change.relation and (table["head"], table["tail"]) in same
    ]
    for table in said:
        if deny:
            table["deny"] = True
        elif "deny" in table:
            del table["deny"]
    if said:
        return _dumped(document), done
    return f"{text.rstrip()}\n\n{render_said(SaidFact(head, change.relation, tail, deny))}", done


def _split(text: str, file: CastFile, row: Row, said: str) -> tuple[str, str]:
    alias = next((alias for alias in row.aliases if alias == said), None) or next(
        (alias for alias in row.aliases if fold(alias) == fold(said)), None
    )
    if alias is None and said in row.sometimes:
        raise CastFileError(
            f"{said!r} is {row.id!r} only sometimes; others bear it, too.",
            f"Decide in {file.path} whose it is: move it to the aliases of one row.",
        )
    if alias is None:
        raise CastFileError(
            f"{row.id!r} is not called {said!r}.", f"It is called {', '.join(map(repr, row.names)) or 'nothing'}."
        )
    if len(row.names) == 1:
        raise CastFileError(f"{alias!r} is the only name of {row.id!r}.", "Rename the row, or drop it.")
    taken = {other.id for other in file.rows}
    new, number = slug(alias), 2
    while new in taken:
        new, number = f"{slug(alias)}-{number}", number + 1
    document = _document(text)
    _table(document, file, row)["aliases"].remove(alias)
    added = f"\n[[entity]]\nid = {quoted(new)}\nname = {quoted(alias)}\naliases = [{quoted(alias)}]\n"
    return (
        f"{_dumped(document).rstrip()}\n{added}",
        f"{alias!r} is a row of its own, {new}, and no name of {row.id} any more.",
    )


def _with_line(text: str, file: CastFile, row: Row, key: str, value: str | bool) -> str:
    """The text with a key of a row set: in its place if it is there, else below the head of the row."""
    document = _document(text)
    table = _table(document, file, row)
    if key in table or not row.line:
        table[key] = value
        return _dumped(document)
    lines = text.split("\n")
    lines.insert(row.line, f"{key} = {'true' if value is True else quoted(str(value))}")
    return "\n".join(lines)


def _document(text: str) -> Any:
    import tomlkit

    return tomlkit.parse(text)


def _dumped(document: Any) -> str:
    import tomlkit

    return tomlkit.dumps(document)


def _table(document: Any, file: CastFile, row: Row) -> Any:
    return document["entity"][file.rows.index(row)]


def _find(file: CastFile, name: str) -> Row:
    """The row that a person means by its id, its name or an alias, in this order."""
    for row in file.rows:
        if row.id == name:
            return row
    alive = [row for row in file.rows if not (row.drop or row.merge_into)]
    rows = _called(alive, fold(name))
    if len(rows) == 1:
        return rows[0]
    if rows:
        ids = ", ".join(row.id for row in rows)
        raise CastFileError(f"{name!r} may be any of {ids}.", "Say which one by its id.")
    raise CastFileError(f"{file.path} has no row {name!r}.", _suggestion(alive, fold(name)))


def _called(rows: Sequence[Row], name: str) -> Sequence[Row]:
    """The rows that bear a name, folded: those that are shown by it, else have it as an alias, else sometimes."""
    for names_of in (lambda row: [row.name], lambda row: row.aliases, lambda row: row.sometimes):
        if bearers := [row for row in rows if name in map(fold, names_of(row))]:
            return bearers
    return []


def _suggestion(rows: Sequence[Row], name: str) -> str:
    """What a person may have meant by a name, folded, that no row bears."""
    owner = {fold(called): row.id for row in rows for called in (row.id, row.name, *row.names) if called}
    close = dict.fromkeys(owner[called] for called in get_close_matches(name, list(owner), n=5))
    return f"Did you mean {', '.join(close)}?" if close else "`litgraph cast RUN --top 0` lists all."
