"""``litgraph load``: the graph of a run into Neo4j."""

from __future__ import annotations

from dataclasses import asdict
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
    run_argument,
)
from litgraph.cli.options.database import connection, database_options
from litgraph.stores.lexical import CHUNK_KINDS, ChunkKind, lexical_graph


@click.command("load", short_help="Load the graph into Neo4j.")
@run_argument
@database_options("bolt://localhost:7687")
@click.option("--replace", is_flag=True, help="Remove this book from the database first, and nothing else.")
@click.option("--text", is_flag=True, help="Load the text, too: chapters, sentences, and who is mentioned where.")
@click.option(
    "--chunk", type=click.Choice(CHUNK_KINDS), default="sentence", show_default=True,
    help="The pieces of --text: sentences, paragraphs, or windows of some sentences.",
)  # fmt: skip
@click.option(
    "--timeout", type=click.FloatRange(0), default=60.0, show_default=True,
    help="Seconds to wait for a database that stops answering on the way.",
)  # fmt: skip
@quiet_option
@json_option
def command(
    run: Path,
    uri: str,
    user: str,
    database: str,
    replace: bool,
    text: bool,
    chunk: ChunkKind,
    timeout: float,
    quiet: bool,
    as_json: bool,
) -> None:
    """Load the graph of the run folder RUN into a Neo4j database, beside the books that are there.

    The password is taken from NEO4J_PASSWORD; if that is not set and the server wants one, you are asked. The same
    command run again brings the book up to date and doubles nothing, also after it was interrupted.

    \b
    Example, with the database of docker-compose.yml:
      docker compose up -d --wait
      litgraph load pride
      litgraph query --uri bolt://localhost:7687 "MATCH (c:Character) RETURN c.name, c.mentions LIMIT 5"
    """
    from litgraph.runs.loading import load_book, load_graph, load_mentions, load_sentences
    from litgraph.stores.neo4j import load

    graph, note = load_graph(run), note_printer(quiet)
    lexical = lexical_graph(graph, load_book(run), load_sentences(run), load_mentions(run), chunk) if text else None
    result = load(
        graph,
        connection(uri, user, database),
        text=lexical,
        replace=replace,
        timeout=timeout,
        progress=progress_shown(quiet),
        tell=note,
    )
    if as_json:
        print_json(asdict(result))
        return
    book = printable(result.book)
    if result.removed:
        note(f"removed {counted(result.removed, 'old node')} of {book}")
    pieces = f", {counted(result.chunks, 'piece')} of text" if text else ""
    click.echo(f"{book}: {counted(result.entities, 'node')}, {counted(result.relations, 'relation')}{pieces}")
    if result.stale_entities or result.stale_relations:
        note(
            f"The database has {counted(result.stale_entities, 'node')} and "
            f"{counted(result.stale_relations, 'relation')} of this book that the graph has no longer: "
            "--replace removes them."
        )
