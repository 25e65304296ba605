"""``litgraph train examples``: labelled examples from other people's data and from corrected runs."""

from __future__ import annotations

from pathlib import Path

import click

from litgraph.cli.common import counted, json_option, print_json, progress_shown, quiet_option
from litgraph.cli.train.common import output_option


@click.command("examples", short_help="Make examples to train and score relation models.")
@click.argument("kind", type=click.Choice(["litbank", "run", "arf", "pairs"]))
@click.argument("source", type=click.Path(path_type=Path))
@output_option("The file: .jsonl or .parquet.")
@click.option("--split", default="train", show_default=True, help="Part of LitBank: train, dev or test.")
@click.option(
    "--negatives",
    default=0.35,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="Share of pairs without a relation (litbank and run).",
)
@click.option("--shots", default=0, show_default=True, type=click.IntRange(0, 10), help="Worked examples before each.")
@click.option(
    "--sentences", default=1, show_default=True, type=click.IntRange(1, 10), help="Sentences of text for each at least."
)
@click.option("--dataset", default="", help="Name of the data set in the file. [default: of the source]")
@click.option(
    "--no-types", is_flag=True, help="Do not print the types of the entities: Elizabeth, not Elizabeth [PER]."
)
@click.option("--seed", default=0, show_default=True, help="Of what is drawn: wordings, negatives, their order.")
@quiet_option
@json_option
def command(
    kind: str,
    source: Path,
    output: Path,
    split: str,
    negatives: float,
    shots: int,
    sentences: int,
    dataset: str,
    no_types: bool,
    seed: int,
    quiet: bool,
    as_json: bool,
) -> None:
    """Make labelled examples from SOURCE: prompts in the nine wordings of the paper's training data, with answers.

    \b
    KIND is one of
      litbank   the folder that holds litbank, with litgraph's relation layer; unrelated pairs are real ones
      run       a run folder whose relations.jsonl you have corrected; unrelated is what you left unrelated
      arf       a table with a text and a list of relations a row: Despina/project_gutenberg, as .parquet or .jsonl
      pairs     a table with a text, two entities and a relation a row, such as Biographical: .tsv, .csv or as above

    \b
    Example:
      litgraph train examples litbank data --negatives 0.5 -o train.jsonl
      litgraph train examples litbank data --split dev -o dev.jsonl
      litgraph train examples run pride -o mine.jsonl
    """
    from litgraph.errors import SettingsError
    from litgraph.examples import litbank, runs, tables
    from litgraph.examples.files import write_records
    from litgraph.examples.labelled import records_of, with_negatives

    name = dataset or source.stem
    if kind == "litbank":
        if split not in ("train", "dev", "test"):
            raise SettingsError(f"--split {split} is no part of LitBank.", "Write train, dev or test.")
        related, unrelated = litbank.litbank(source, split, sentences=sentences, seed=seed)  # type: ignore[arg-type]
        chosen = with_negatives(related, unrelated, negatives, seed=seed)
    elif kind == "run":
        related, unrelated = runs.reviewed(source, sentences=sentences, seed=seed)
        chosen = with_negatives(related, unrelated, negatives, seed=seed)
    else:
        convert = tables.arf if kind == "arf" else tables.pairs
        chosen = list(progress_shown(quiet)(convert(source, name), f"reading {source.name}"))
    records = records_of(chosen, shots=shots, typed=not no_types, seed=seed)
    written = write_records(output, records)
    labels = len({record.relation for record in records})
    if as_json:
        print_json({"file": str(output), "examples": written, "labels": labels})
        return
    click.echo(f"{output}: {counted(written, 'example')} with {counted(labels, 'label')}")
