"""``litgraph train classifier``: an encoder, or a decoder with an adapter, that scores a closed set of labels."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from litgraph.cli.common import counted, json_option, note_printer, print_json, progress_shown, quiet_option
from litgraph.cli.train.common import data_options, output_option, quiet_libraries, recipe_option, values_of

BASE = "FacebookAI/roberta-base"


@click.command("classifier", short_help="Train a classifier of relations.")
@data_options
@click.option("--base", default=BASE, show_default=True, help="The model: a folder, or a name on the Hugging Face hub.")
@output_option("Where the classifier goes.")
@recipe_option
@quiet_option
@json_option
def command(data: str, split: str, base: str, output: Path, recipe: Path | None, quiet: bool, as_json: bool) -> None:
    """Train a classifier that names relations: smaller and quicker than a language model, with a closed set of labels.

    The two entities are marked in the text ([E1] PER : Elizabeth [/E1]). Encoders such as RoBERTa are trained whole;
    decoders such as SmolLM3 get an adapter (QLoRA). The usual recipe is that of the RoBERTa baseline of Christou &
    Tsoumakas (2026). A training that was stopped goes on when the same command is run again. The folder gets the
    model, its loss curve (training.jsonl) and a model card (README.md).

    \b
    Example:
      litgraph train examples litbank data -o train.jsonl
      litgraph train classifier --data train.jsonl -o my-classifier
      litgraph build pg11 --labeller classifier --model my-classifier

    \b
    The recipe's values, to be set one a line in the TOML file, are
      method rank alpha dropout modules epochs learning_rate warm_up weight_decay
      batch accumulation tokens rows checkpointing save_steps seed
    """
    quiet_libraries()
    from litgraph.examples.files import read_records
    from litgraph.training.labellers.classifier import train_classifier
    from litgraph.training.labellers.classifier_recipe import ClassifierRecipe
    from litgraph.training.labellers.course import rank
    from litgraph.training.reader.recipe import recipe_from

    chosen = recipe_from(values_of(recipe), ClassifierRecipe())
    progress = progress_shown(quiet)
    trained = train_classifier(
        read_records(data, split, progress=progress),
        base,
        output,
        recipe=chosen,
        progress=progress,
        tell=note_printer(quiet),
    )
    if rank() > 0:  # of several processes the first prints
        return
    if as_json:
        print_json({"folder": str(output)} | asdict(trained))
        return
    click.echo(
        f"{output}: {counted(trained.rows, 'example')}, loss {trained.first_loss:.3f} to {trained.last_loss:.3f}"
    )
