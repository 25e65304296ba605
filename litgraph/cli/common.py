"""What several verbs share."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litgraph.errors import RunFolderError
from litgraph.progress import Progress, Tell, bar, silent, tell_nobody

if TYPE_CHECKING:
    from litgraph.stores.values import Answer

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")  # the last turn the direction of writing


def is_run_folder(folder: Path) -> bool:
    """Whether a build wrote into it."""
    return any((folder / name).is_file() for name in ("report.json", "book.json"))


def run_folder(folder: Path) -> Path:
    """The folder, if it is a run folder. Raises RunFolderError if it is not."""
    if not is_run_folder(folder):
        raise RunFolderError(f"{folder} is not a run folder.", "Make one with: litgraph build BOOK -o FOLDER")
    return folder


run_argument = click.argument("run", type=click.Path(path_type=Path), callback=lambda _, __, folder: run_folder(folder))
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text, for other programs.")
quiet_option = click.option(
    "-q", "--quiet", is_flag=True, help="Print the result and errors only: no progress, no notes."
)


threads_option = click.option(
    "--threads",
    type=click.IntRange(1),
    expose_value=False,
    callback=lambda _, __, threads: _limit_threads(threads),
    help="Use so many cores at most. [default: all that the process may use]",
)


def _limit_threads(threads: int | None) -> None:
    from litgraph.threads import limit_threads

    if threads is not None:
        limit_threads(threads)


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun, which takes an s in the plural unless another plural is given."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def printable(text: str) -> str:
    """Text with the control characters spelt out that a terminal would obey, such as those of a hostile file name."""
    return _CONTROL.sub(lambda character: repr(character[0])[1:-1], text)


def progress_shown(quiet: bool) -> Progress:
    """A progress bar; none if quiet."""
    return silent if quiet else bar


def note_printer(quiet: bool) -> Tell:
    """Prints what a person is told beside the result, a line on stderr each; prints nothing if quiet."""
    return tell_nobody if quiet else _print_note


def _print_note(line: str) -> None:
    click.echo("\n".join(map(printable, line.split("\n"))), err=True)


def print_json(value: Any) -> None:
    """Print a value as JSON on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_csv(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print rows as CSV with a header on stdout."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    click.echo(text.getvalue(), nl=False)


def print_table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows in aligned columns on stdout, the last column as wide as it wants to be."""
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(len(header))]
    for row in [header, *rows]:
        cells = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=False)]
        click.echo("  ".join([*cells, row[-1]]).rstrip())


def print_answer(answer: Answer, form: str | None, limit: int, note: Tell) -> None:
    """Print the rows of a query on stdout.

    Args:
        answer: the rows.
        form: "json", "csv", or None for a table.
        limit: of rows, as it was asked for.
        note: told if there are none, or more.
    """
    if form == "json":
        print_json(answer.rows)
    elif form == "csv":
        print_csv(answer.columns, [[_cell(row[column]) for column in answer.columns] for row in answer.rows])
    elif answer.rows:
        rows = [tuple(printable(in_words(row[column])) for column in answer.columns) for row in answer.rows]
        print_table(tuple(map(printable, answer.columns)), rows)
    else:
        note("no rows")
    if answer.more:
        note(f"These are the first {limit:,} rows; --limit gives more.")


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return json.dumps(value, ensure_ascii=False)
    return value


def in_words(value: Any) -> str:
    """A value for a person: a node by its name, a relationship by its type, a path as it goes."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ", ".join(map(in_words, value))
    if isinstance(value, dict):
        keys = value.keys()
        if keys == {"labels", "properties"}:
            return str(value["properties"].get("name", ":".join(value["labels"])))
        if keys == {"type", "properties"}:
            return str(value["type"])
        if keys == {"nodes", "relationships"}:
            steps = [f" {in_words(step)} " for step in value["relationships"]] + [""]
            return "".join(f"({in_words(node)}){step}" for node, step in zip(value["nodes"], steps, strict=True))
        return json.dumps(value, ensure_ascii=False)
    return f"{value:.4g}" if isinstance(value, float) else str(value)
