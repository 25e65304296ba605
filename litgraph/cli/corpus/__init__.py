"""``litgraph corpus``: a library instead of a book."""

from __future__ import annotations

import click

from litgraph.cli.corpus import build, compare, graph, load, query, select, status, tables


@click.group("corpus", short_help="Build and ask thousands of books.")
def command() -> None:
    """Build the graphs of many books, and ask them together.

    \b
    Example:
      litgraph corpus select pg_catalog.csv --language en --subject fiction --author Austen -o austen.csv
      litgraph corpus build austen.csv -o austen
      litgraph corpus status austen
      litgraph corpus tables austen
      litgraph corpus query austen "SELECT title, characters, density FROM books ORDER BY density"
    """


VERBS = (select, build, status, tables, query, compare, graph, load)
for verb in VERBS:
    command.add_command(verb.command)
