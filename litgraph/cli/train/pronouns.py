"""``litgraph train pronouns``: whom "he" and "she" mean."""

from __future__ import annotations

from pathlib import Path

import click

from litgraph.cli.common import json_option, print_json, progress_shown, quiet_option
from litgraph.cli.train.common import output_option
from litgraph.files import write_json


@click.command("pronouns", short_help="Fit how he and she are chosen.")
@click.option("--data", required=True, type=click.Path(path_type=Path), help="The folder with novels.")
@click.option(
    "--reader", default=None, type=click.Path(path_type=Path), help="A folder; by default litgraph's own reader."
)
@output_option("The JSON file to write; litgraph's own is litgraph/data/pronouns.json.")
@quiet_option
@json_option
def command(data: Path, reader: Path | None, output: Path, quiet: bool, as_json: bool) -> None:
    """Fit the few numbers by which "he" and "she" are chosen among the people of the cast who are about.

    They are fitted on the novels that are kept aside when the reader is trained, in a minute, and stand in a file that
    can be read. Do it again when the reader was trained anew.

    \b
    Example:
      litgraph train pronouns --data data --reader my-reader -o pronouns.json
    """
    from litgraph import literary
    from litgraph.training.pronouns import by_name, fit_pronouns

    weights = by_name(fit_pronouns(literary.load(reader), data, progress=progress_shown(quiet)))
    write_json(output, weights)
    if as_json:
        print_json(weights)
    else:
        click.echo(f"{output}: {len(weights['known']) + len(weights['nobody'])} numbers")
