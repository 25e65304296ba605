"""``litgraph cast``: who is in the book, and corrections from the shell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from litgraph.cli.common import json_option, note_printer, print_json, print_table, quiet_option, run_argument

if TYPE_CHECKING:
    from litgraph.runs.cast_changes import Change


@click.command("cast", short_help="Show or correct who is in a book.")
@run_argument
@click.option("--top", default=40, show_default=True, type=click.IntRange(0), help="Rows to print; 0 for all.")
@click.option("--split", nargs=2, multiple=True, metavar="ROW ALIAS", help="Make a name of ROW a row of its own.")
@click.option("--merge", nargs=2, multiple=True, metavar="ROW INTO", help="Make ROW a part of the row INTO.")
@click.option("--rename", nargs=2, multiple=True, metavar="ROW NAME", help="Call ROW by another name in the graph.")
@click.option("--drop", multiple=True, metavar="ROW", help="Leave ROW out of the graph.")
@click.option(
    "--mention",
    nargs=2,
    multiple=True,
    metavar="ID ROW",
    help='Say that the mention ID (of mentions.jsonl) means ROW; "" for nobody.',
)
@quiet_option
@json_option
def command(
    run: Path,
    top: int,
    split: tuple[tuple[str, str], ...],
    merge: tuple[tuple[str, str], ...],
    rename: tuple[tuple[str, str], ...],
    drop: tuple[str, ...],
    mention: tuple[tuple[str, str], ...],
    quiet: bool,
    as_json: bool,
) -> None:
    """Show who and what is in the run folder RUN, the most often mentioned first, and which file corrects it.

    Edit that file to rename, merge, split or drop, or to change a gender or a kind (it says how), and run the same
    `litgraph build` command again. The edits stay, whatever is rebuilt later.

    --split, --merge, --rename, --drop and --mention write the same edits into the file, in this order, and leave your
    comments alone. A ROW is named by its id, its name or another of its names.

    \b
    Example:
      litgraph cast pride
      litgraph cast pride --merge Catherine Kitty --rename "Mr. Darcy" "Fitzwilliam Darcy"
      litgraph cast pride --split "Mrs. Bennet" Bennet --drop Lizzys
      litgraph cast pride --mention m412 jane-bennet
    """
    from litgraph.runs.cast_changes import Change

    changes = [
        *(Change("split", *change) for change in split),
        *(Change("merge", *change) for change in merge),
        *(Change("rename", *change) for change in rename),
        *(Change("drop", row) for row in drop),
        *(Change("mention", *change) for change in mention),
    ]
    if changes:
        _change(run, changes, quiet, as_json)
    else:
        _show(run, top, quiet, as_json)


def _change(run: Path, changes: list[Change], quiet: bool, as_json: bool) -> None:
    from litgraph.runs.cast_changes import change_cast

    sentences = change_cast(run, changes)
    if as_json:
        print_json({"file": str(run / "cast.toml"), "changed": sentences})
        return
    for sentence in sentences:
        click.echo(sentence)
    note_printer(quiet)(f"\n{run / 'cast.toml'} says so now. Run the same `litgraph build` command again.")


def _show(run: Path, top: int, quiet: bool, as_json: bool) -> None:
    from litgraph.runs.formats import entity_to_row
    from litgraph.runs.loading import load_cast

    entities = load_cast(run).entities
    if as_json:
        print_json({"file": str(run / "cast.toml"), "entities": [entity_to_row(entity) for entity in entities]})
        return
    listed = entities[:top] if top else entities
    rows = [
        (
            entity.name + (" (ambiguous)" if entity.ambiguous else ""),
            entity.kind,
            entity.gender if entity.kind == "character" else "",
            str(entity.mentions),
            f"{entity.first}–{entity.last}",
            ", ".join(alias for alias, _ in entity.aliases if alias != entity.name),
        )
        for entity in listed
    ]
    print_table(("name", "kind", "gender", "mentions", "chapters", "also called"), rows)
    note = note_printer(quiet)
    if len(listed) < len(entities):
        note(f"… and {len(entities) - len(listed)} more (--top 0 shows all)")
    note(
        f"\nTo correct it, edit {run / 'cast.toml'} (or see `litgraph cast --help`), "
        "then run the same `litgraph build` command again."
    )
