"""``litgraph corpus``: a library instead of a book."""

from __future__ import annotations

import click

from litgraph.cli.corpus import select


@click.group("corpus", short_help="Build and ask thousands of books.")
def command() -> None:
    """Build the graphs of many books, and ask them together."""


VERBS = (select,)
for verb in VERBS:
    command.add_command(verb.command)
