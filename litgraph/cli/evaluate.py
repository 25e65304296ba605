"""``litgraph evaluate``: how well it reads, in figures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from litgraph.cli.common import json_option, print_json, print_table

if TYPE_CHECKING:
    from litgraph.evaluation.litbank import Split

Command = TypeVar("Command", bound=Callable[..., Any])


@click.group("evaluate", short_help="Measure a model on annotated data.")
def command() -> None:
    """Measure a model on annotated data.

    \b
    Example:
      litgraph evaluate litbank data --reader my-reader
      litgraph evaluate mobility data --reader my-reader
    """


def _common(function: Command) -> Command:
    """The argument and the options that both commands have."""
    for decorate in (
        json_option,
        click.option(
            "--split",
            default="dev",
            show_default=True,
            type=click.Choice(["train", "dev", "test"]),
            help="Which part of the data; the folder must hold it.",
        ),
        click.option(
            "--reader",
            type=click.Path(path_type=Path),
            help="The folder of a reader; litgraph's own if left out.",
        ),
        click.argument("data", type=click.Path(path_type=Path)),
    ):
        function = decorate(function)
    return function


@command.command("litbank")
@_common
def litbank(data: Path, reader: Path | None, split: Split, as_json: bool) -> None:
    """Measure the literary reader on LitBank: mentions, coreference and relations, each alone and all together.

    DATA is the folder that holds litbank. The figures are F1: of exact spans and labels for mentions; MUC, B³, CEAFe
    and their mean (CoNLL) for coreference; and of facts (head entity, label, tail entity) for relations. The last two
    say how far confidences are from probabilities (expected calibration error, 0 is best).

    \b
    Example:
      litgraph evaluate litbank data --reader my-reader
      litgraph evaluate litbank data --reader my-reader --json
    """
    from litgraph import literary
    from litgraph.evaluation.reader import evaluate_litbank

    scores = evaluate_litbank(literary.load(reader), data, split)
    if as_json:
        print_json({what: round(figure, 4) for what, figure in scores.rows()})
    else:
        print_table(("what", "figure"), [(what, f"{figure:.3f}") for what, figure in scores.rows()])


@command.command("mobility")
@_common
def mobility(data: Path, reader: Path | None, split: Split, as_json: bool) -> None:
    """Measure the literary reader on characters and places: is it such a pair, and is the one at the other?

    DATA is the folder that holds mobility (Soni, Sihra, Evans, Wilkens & Bamman, ACL 2023). Validity is scored on all
    pairs, the spatial relation (IN, NEAR, TO, FROM, THRU, NO REL) on the valid ones.

    \b
    Example:
      litgraph evaluate mobility data --reader my-reader
    """
    from litgraph import literary
    from litgraph.evaluation.reader import evaluate_mobility

    scores = evaluate_mobility(literary.load(reader), data, split)
    rows = [
        ("validity: accuracy", scores.validity_accuracy),
        ("spatial: accuracy", scores.spatial_accuracy),
        ("spatial: macro-F1", scores.spatial_macro_f1),
        *((f"spatial: {relation} F1", found.f1) for relation, found in scores.by_relation.items()),
    ]
    if as_json:
        print_json({what: round(figure, 4) for what, figure in rows})
    else:
        print_table(("what", "figure"), [(what, f"{figure:.3f}") for what, figure in rows])
