"""``litgraph corpus load``: all graphs of a corpus into one Neo4j database."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from litgraph.cli.common import counted, json_option, note_printer, print_json, progress_shown, quiet_option
from litgraph.cli.corpus.tables import tell_failed
from litgraph.cli.options.database import connection, database_options


@click.command("load", short_help="Load all graphs into one Neo4j.")
@click.argument("corpus", type=click.Path(path_type=Path))
@database_options("bolt://localhost:7687")
@click.option(
    "--timeout", type=click.FloatRange(0), default=60.0, show_default=True,
    help="Seconds to wait for a database that stops answering on the way.",
)  # fmt: skip
@quiet_option
@json_option
def command(corpus: Path, uri: str, user: str, database: str, timeout: float, quiet: bool, as_json: bool) -> None:
    """Load the graphs of all finished books of CORPUS into one Neo4j database, beside what is there.

    Each book is kept apart: nodes bear its id in the corpus as book, and what the list says of it are properties of
    its node Book. The same command again loads what is new, was built again, or was not there as a whole when a load
    was killed. The password is taken from NEO4J_PASSWORD; if that is not set and the server wants one, you are asked.

    \b
    Example:
      litgraph corpus load victorians
      litgraph query --uri bolt://localhost:7687 "MATCH (b:Book)<-[:APPEARS_IN]-(c:Character {gender: 'female'})
        RETURN b.title, b.year, count(c) AS women ORDER BY b.year"
    """
    from litgraph.corpus.graphs.database import load_corpus

    note = note_printer(quiet)
    done = load_corpus(
        corpus, connection(uri, user, database), timeout=timeout, progress=progress_shown(quiet), tell=note
    )
    if as_json:
        print_json(asdict(done))
    else:
        new = f"{counted(done.loaded, 'book')} loaded, {done.unchanged:,} there as they are"
        click.echo(f"{new}: {counted(done.entities, 'node')}, {counted(done.relations, 'relation')}")
    tell_failed(done.failed, note)
