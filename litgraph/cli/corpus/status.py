"""``litgraph corpus status``: what is done, what failed and why, what is left."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from litgraph.cli.build_bar import in_words
from litgraph.cli.common import counted, json_option, print_json, printable

if TYPE_CHECKING:
    from litgraph.corpus.states import BookState
    from litgraph.corpus.status import Status


@click.command("status", short_help="Tell how far a corpus is, and what failed.")
@click.argument("corpus", type=click.Path(path_type=Path))
@json_option
def command(corpus: Path, as_json: bool) -> None:
    """Tell how far the corpus in a folder is: done, failed and why, under way, to do, and how long it will take.

    \b
    Example:
      litgraph corpus status corpus
    """
    from litgraph.corpus.status import status_of

    status = status_of(corpus)
    if as_json:
        lists = {"failed": list(map(_row, status.failed)), "under_way": [state.id for state in status.under_way]}
        print_json({**status._asdict(), **lists})
    else:
        _print(status)


def _row(state: BookState) -> dict[str, str]:
    return {"id": state.id, "error": state.error, "hint": state.hint}


def _print(status: Status) -> None:
    click.echo(counted(status.books, "book"))
    click.echo(f"  {status.done:,} done, {len(status.failed):,} failed, {status.to_do:,} to do")
    if status.under_way:
        click.echo(f"  under way: {', '.join(printable(state.id) for state in status.under_way)}")
    if status.books_an_hour:
        click.echo(f"  {status.books_an_hour:,.0f} books an hour")
    if status.seconds_left is not None:
        click.echo(f"  {in_words(status.seconds_left)} left")
    if not status.at_work and (status.to_do or status.failed):
        click.echo("  nobody is at work; the same `litgraph corpus build` command goes on")
    for state in status.failed:
        click.echo(f"failed: {printable(state.id)}: {printable(state.error)} {printable(state.hint)}".rstrip())
