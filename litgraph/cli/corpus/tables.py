"""``litgraph corpus tables``: what a corpus has found, as Parquet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from itertools import islice
from pathlib import Path

import click

from litgraph.cli.common import (
    counted,
    json_option,
    note_printer,
    print_json,
    printable,
    progress_shown,
    quiet_option,
)
from litgraph.progress import Tell

LISTED = 10
"""Books that could not be read which are named."""


@click.command("tables", short_help="Write what was found as tables: books, characters, facts, conversations.")
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--workers", type=click.IntRange(1), help="Processes that read books. [default: one for each core]")
@quiet_option
@json_option
def command(corpus: Path, workers: int | None, quiet: bool, as_json: bool) -> None:
    """Write the tables of CORPUS into CORPUS/tables, as Parquet for pandas, polars, R and DuckDB.

    \b
      books.parquet    a row for each book: what the list says, and all measures
      characters/      who is in them, how central, how much each says
      facts/           how they are related, with the first sentence that says so
      conversations/   who speaks to whom, how often

    The same command again reads only the books that are new or were built again. docs/corpus-tables.md names the
    columns.

    \b
    Example:
      litgraph corpus tables victorians
      litgraph corpus query victorians "SELECT title, density FROM books ORDER BY density"
    """
    from litgraph.corpus.tables.update import update_tables
    from litgraph.threads import usable_cores

    note = note_printer(quiet)
    done = update_tables(corpus, workers=workers or usable_cores(), progress=progress_shown(quiet), tell=note)
    if as_json:
        print_json(asdict(done))
    else:
        removed = f", {done.removed:,} removed" if done.removed else ""
        click.echo(f"{printable(str(corpus / 'tables'))}: {counted(done.books, 'book')}, {done.read:,} read{removed}")
    tell_failed(done.failed, note)


def tell_failed(failed: Mapping[str, str], note: Tell) -> None:
    """Name the first of the books that were left out, with the reasons."""
    for book, why in islice(failed.items(), LISTED):
        note(f"left out {book}: {why}")
    if len(failed) > LISTED:
        note(f"… and {len(failed) - LISTED:,} more; --json names all")
