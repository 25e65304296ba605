"""``litgraph evaluate``: how well it reads, in figures."""

from __future__ import annotations

import click

from litgraph.cli.evaluate import books, labels, novels, reading


@click.group("evaluate", short_help="Measure a model on annotated data.")
def command() -> None:
    """Measure a model on annotated data.

    \b
    Example:
      litgraph evaluate litbank data
      litgraph evaluate mobility data --reader my-reader
      litgraph evaluate pdnc data/pdnc
      litgraph evaluate speakers data/pdnc
      litgraph evaluate mentions-in-speech data/pdnc
      litgraph evaluate book-relations data/book_relations data/pdnc
      litgraph evaluate sgb data/sgb/huck.dat pg76
      litgraph evaluate relations dev.jsonl --labeller literary
      litgraph evaluate pairs data --labeller rules
    """


for verb in (
    labels.relations,
    labels.pairs,
    novels.pdnc,
    novels.speakers,
    novels.mentions_in_speech,
    books.book_relations,
    reading.litbank,
    reading.mobility,
    reading.sgb,
):
    command.add_command(verb)
