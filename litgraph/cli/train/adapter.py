"""``litgraph train adapter``: a small model of one's own labels, on a language model that stays as it is."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from litgraph.cli.common import counted, json_option, note_printer, print_json, progress_shown, quiet_option
from litgraph.cli.train.common import data_options, output_option, quiet_libraries, recipe_option, values_of


@click.command("adapter", short_help="Train an adapter of a language model (QLoRA).")
@data_options
@click.option("--base", required=True, help="The language model: a folder, or a name on the Hugging Face hub.")
@click.option("--start", default="", help="An adapter to go on from, likewise, instead of a fresh one.")
@output_option("Where the adapter goes.")
@recipe_option
@click.option("--estimate", is_flag=True, help="Say how long it would take here and how much memory, and stop.")
@quiet_option
@json_option
def command(
    data: str,
    split: str,
    base: str,
    start: str,
    output: Path,
    recipe: Path | None,
    estimate: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Train an adapter that names relations, by QLoRA: the base in 4 bits, small matrices beside it.

    The usual recipe is that of the adapter Despina/SmolLM3-3B-re_littune-0-shot. For 3 billion parameters it wants a
    CUDA device with 12 GB or more; smaller bases train on a CPU, slowly. How long it takes and how much memory it
    needs is measured on one batch and said before it begins. A training that was stopped goes on when the same command
    is run again. The folder gets the adapter, its loss curve (training.jsonl) and a model card (README.md).

    \b
    Example:
      litgraph train examples litbank data -o train.jsonl
      litgraph train adapter --data train.jsonl --base HuggingFaceTB/SmolLM3-3B -o my-adapter
      litgraph build pg11 --labeller smollm3 --adapter my-adapter

    \b
    On from the published adapter, with labels of your own:
      litgraph train adapter --data mine.jsonl --base HuggingFaceTB/SmolLM3-3B \
        --start Despina/SmolLM3-3B-re_littune-0-shot -o my-adapter

    \b
    On several graphics cards:
      accelerate launch -m litgraph train adapter --data train.jsonl --base HuggingFaceTB/SmolLM3-3B -o my-adapter

    \b
    The recipe's values, to be set one a line in the TOML file, are
      style quantise rank alpha dropout modules epochs learning_rate warm_up weight_decay
      batch accumulation tokens rows checkpointing save_steps optimiser seed
    """
    quiet_libraries()
    from litgraph.examples.files import read_records
    from litgraph.training.labellers.adapter_recipe import AdapterRecipe
    from litgraph.training.labellers.course import rank
    from litgraph.training.labellers.qlora import estimated, train_adapter
    from litgraph.training.reader.recipe import recipe_from

    chosen = recipe_from(values_of(recipe), AdapterRecipe())
    progress = progress_shown(quiet)
    records = read_records(data, split, progress=progress)
    if estimate:
        cost = estimated(records, base, start=start, recipe=chosen)
        if as_json:
            print_json(asdict(cost) | {"memory": cost.memory})
        else:
            click.echo(cost.in_words())
        return
    trained = train_adapter(
        records,
        base,
        output,
        start=start,
        recipe=chosen,
        progress=progress,
        tell=note_printer(quiet),
    )
    if rank() > 0:  # of several processes the first prints
        return
    if as_json:
        print_json({"folder": str(output)} | asdict(trained))
        return
    cut = f"; {counted(trained.cut, 'text')} too long and cut" if trained.cut else ""
    click.echo(
        f"{output}: {counted(trained.rows, 'example')}, loss {trained.first_loss:.3f} to {trained.last_loss:.3f}{cut}"
    )
