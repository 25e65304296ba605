"""``litgraph train reader``: the literary reader."""

from __future__ import annotations

from pathlib import Path

import click

from litgraph.cli.common import json_option, note_printer, print_json, progress_shown, quiet_option
from litgraph.cli.train.common import output_option, recipe_option, values_of


@click.command("reader", short_help="Train the literary reader.")
@click.option(
    "--data",
    required=True,
    type=click.Path(path_type=Path),
    help="The folder with litbank, litbank_later, novels and mobility.",
)
@click.option("--base", required=True, type=click.Path(path_type=Path), help="The folder of an uncased BERT model.")
@output_option("Where the reader goes.")
@recipe_option
@quiet_option
@json_option
def command(data: Path, base: Path, output: Path, recipe: Path | None, quiet: bool, as_json: bool) -> None:
    """Train the literary reader: mentions, coreference, speech and relations on one small encoder.

    The data are LitBank with litgraph's relation layer, passages of its novels and of others in which it is annotated
    whom mentions mean and who speaks, and the characters and places of the mobility data. After each epoch the reader
    is measured on the development parts, and the best one is kept, with the thresholds that suit it. A training that
    was stopped goes on when the same command is run again. It takes an hour and a half at most and 7 GB of memory on
    two CPU cores; a graphics card is used if there is one.

    \b
    Example:
      litgraph train reader --data data --base all-MiniLM-L6-v2 -o my-reader
      litgraph evaluate litbank data --reader my-reader

    \b
    The recipe's values, to be set one a line in the TOML file, are
      epochs litbank_passes patience encoder_rate head_rate warm_up weight_decay averaging
      shortest longest negatives form_weight label_weight place_weight place_pairs hidden
      seed renamed speech_weight opinions opinion_epochs place_epochs
    """
    from litgraph.training.reader.course import train_reader
    from litgraph.training.reader.recipe import recipe_from

    full_recipe = recipe_from(values_of(recipe))
    scores = train_reader(
        data,
        base,
        output,
        recipe=full_recipe,
        progress=progress_shown(quiet),
        tell=note_printer(quiet),
    )
    if as_json:
        places = {
            "places: validity, accuracy": scores.mobility.validity_accuracy,
            "places: spatial relation, macro-F1": scores.mobility.spatial_macro_f1,
        }
        print_json({"folder": str(output)} | dict(scores.litbank.rows()) | places)
    else:
        click.echo(scores.in_words())
