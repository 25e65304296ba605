"""``litgraph train facts``: how likely a book holds what is claimed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from litgraph.cli.common import json_option, print_json, progress_shown, quiet_option
from litgraph.cli.options.choices import labeller_option, mentions_option
from litgraph.cli.train.common import output_option
from litgraph.files import write_json


@click.command("facts", short_help="Fit how claims become facts.")
@click.argument("facts", type=click.Path(path_type=Path))
@click.argument("data", type=click.Path(path_type=Path))
@click.argument("novels", nargs=-1)
@mentions_option
@labeller_option
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder in which mentions and answers are kept, as `litgraph evaluate book-relations` does.",
)
@output_option("The JSON file to write; litgraph's own is litgraph/data/facts.json.")
@quiet_option
@json_option
def command(
    facts: Path,
    data: Path,
    novels: tuple[str, ...],
    mentions: str | None,
    labeller: str | None,
    keep: Path | None,
    output: Path,
    quiet: bool,
    as_json: bool,
) -> None:
    """Fit the few numbers that say how likely a book holds what is claimed in it.

    FACTS is the folder with a .tsv file for each novel, DATA the folder of PDNC; NOVELS are folders in it, all if none
    are named. The file has the numbers that were fitted on all of them, and for each novel those that were fitted on
    the others, with which `litgraph evaluate book-relations` measures it.

    \b
    Example:
      litgraph train facts data/book_relations data/pdnc --keep mentions -o facts.json
    """
    from litgraph.config import Settings
    from litgraph.corpora.pdnc import read_corpus
    from litgraph.training.facts import fitted_file, known_book

    usual = Settings()
    read = partial(
        known_book,
        facts=facts,
        mentions=mentions or usual.mentions,
        labeller=labeller or usual.labeller,
        kept=keep,
    )
    corpus = list(read_corpus(data, *novels))
    books = list(progress_shown(quiet)(map(read, corpus), "reading novels", len(corpus)))
    fitted = fitted_file(books)
    write_json(output, fitted)
    if as_json:
        print_json(fitted)
    else:
        click.echo(f"{output}: fitted on {len(books)} novels")
