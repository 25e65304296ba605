"""``litgraph evaluate litbank``, ``mobility``, ``sgb``: the reader and the cast against annotated novels."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from litgraph.cli.common import json_option, note_printer, print_json, print_table, progress_shown, quiet_option
from litgraph.cli.options.choices import mentions_option

if TYPE_CHECKING:
    from litgraph.corpora.litbank import Split

Command = TypeVar("Command", bound=Callable[..., Any])


def _common(function: Command) -> Command:
    """The argument and the options that the commands for a reader have."""
    for decorate in (
        json_option,
        quiet_option,
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


@click.command("litbank")
@_common
def litbank(data: Path, reader: Path | None, split: Split, quiet: bool, as_json: bool) -> None:
    """Measure the literary reader on LitBank: mentions, coreference and relations, each alone and all together.

    DATA is the folder that holds litbank. The figures are F1: of exact spans and labels for mentions; MUC, B³, CEAFe
    and their mean (CoNLL) for coreference; and of facts (head entity, label, tail entity) for relations. The last two
    say how far confidences are from probabilities (expected calibration error, 0 is best).

    \b
    Example:
      litgraph evaluate litbank data
      litgraph evaluate litbank data --reader my-reader --json
    """
    from litgraph import literary
    from litgraph.evaluation.reader_scores import evaluate_litbank

    scores = evaluate_litbank(literary.load(reader), data, split, progress=progress_shown(quiet))
    if as_json:
        print_json({what: round(figure, 4) for what, figure in scores.rows()})
    else:
        print_table(("what", "figure"), [(what, f"{figure:.3f}") for what, figure in scores.rows()])


@click.command("mobility")
@_common
def mobility(data: Path, reader: Path | None, split: Split, quiet: bool, as_json: bool) -> None:
    """Measure the literary reader on characters and places: is it such a pair, and is the one at the other?

    DATA is the folder that holds mobility (Soni, Sihra, Evans, Wilkens & Bamman, ACL 2023). Validity is scored on all
    pairs, the spatial relation (IN, NEAR, TO, FROM, THRU, NO REL) on the valid ones.

    \b
    Example:
      litgraph evaluate mobility data
    """
    from litgraph import literary
    from litgraph.evaluation.reader_scores import evaluate_mobility

    scores = evaluate_mobility(
        literary.load(reader), data, split, progress=progress_shown(quiet), tell=note_printer(quiet)
    )
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


@click.command("sgb")
@click.argument("network", type=click.Path(path_type=Path))
@click.argument("book")
@mentions_option
@quiet_option
@json_option
def sgb(network: Path, book: str, mentions: str | None, quiet: bool, as_json: bool) -> None:
    """Measure cast and co-occurrence on one of Knuth's networks: who met whom in which chapter.

    NETWORK is a file of the Stanford GraphBase such as huck.dat, BOOK the novel as for `litgraph build`. The table is a
    curve over the window (sentences) and the least weight (how often two must meet in a chapter): precision, recall
    and F1 of the meetings, and Spearman's rank correlation of how many others each one meets.

    \b
    Example:
      litgraph evaluate sgb data/sgb/huck.dat pg76
    """
    from litgraph.config import Settings
    from litgraph.corpora.knuth import read_network
    from litgraph.evaluation.network_scores import measure_network
    from litgraph.mentions import choose_finder

    annotated = read_network(network)
    finder = choose_finder(mentions or Settings().mentions)
    scores = measure_network(annotated, book, finder, progress=progress_shown(quiet))
    missing = [one.name for code, one in annotated.characters.items() if code not in scores.found]
    columns = ("window", "weight", "precision", "recall", "F1", "rank correlation")
    rows = [
        (one.window, one.weight, one.meetings.precision, one.meetings.recall, one.meetings.f1, one.rank_correlation)
        for one in scores.curve
    ]
    if as_json:
        print_json(
            {
                "characters": scores.characters,
                "found": scores.found,
                "missing": missing,
                "curve": [{name: round(value, 4) for name, value in zip(columns, row, strict=True)} for row in rows],
            }
        )
        return
    click.echo(f"{len(scores.found)} of {scores.characters} characters found")
    print_table(columns, [(str(row[0]), str(row[1]), *(f"{value:.3f}" for value in row[2:])) for row in rows])
    if missing:
        click.echo(f"not found: {', '.join(missing)}")
