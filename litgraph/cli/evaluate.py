"""``litgraph evaluate``: how well it reads, in figures."""

from __future__ import annotations

from pathlib import Path

import click

from litgraph.cli.common import json_option, print_json, print_table


@click.group("evaluate", short_help="Measure a model on annotated data.")
def command() -> None:
    """Measure a model on annotated data.

    \b
    Example:
      litgraph evaluate litbank data --reader my-reader
    """


@command.command("litbank")
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--reader", required=True, type=click.Path(path_type=Path), help="The folder of a literary reader.")
@click.option("--split", default="dev", show_default=True, type=click.Choice(["train", "dev"]), help="Which passages.")
@json_option
def litbank(data: Path, reader: Path, split: str, as_json: bool) -> None:
    """Measure a literary reader on LitBank: mentions, coreference and relations, each alone and all together.

    DATA is the folder that holds litbank. All figures are F1: of exact spans and labels for mentions; MUC, B³, CEAFe
    and their mean (CoNLL) for coreference, and of facts (head entity, label, tail entity) for relations.

    \b
    Example:
      litgraph evaluate litbank data --reader my-reader
    """
    from litgraph import literary
    from litgraph.evaluation.reader import evaluate_litbank

    scores = evaluate_litbank(literary.load(reader), data, "train" if split == "train" else "dev")
    if as_json:
        print_json({what: round(figure, 4) for what, figure in scores.rows()})
    else:
        print_table(("what", "F1"), [(what, f"{figure:.3f}") for what, figure in scores.rows()])
