"""``litgraph corpus``: a library instead of a book."""

from __future__ import annotations

import click

from litgraph.cli.corpus import build, status


@click.group("corpus", short_help="Build and ask thousands of books.")
def command() -> None:
    """Build the graphs of many books, and ask them together.

    \b
    Example:
      litgraph corpus build novels -o corpus
      litgraph corpus status corpus
    """


VERBS = (build.command, status.command)
for verb in VERBS:
    command.add_command(verb)
