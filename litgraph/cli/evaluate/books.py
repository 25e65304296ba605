"""``litgraph evaluate book-relations``: the graph of a novel against what is known of the whole book."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from litgraph.cli.common import print_json
from litgraph.cli.evaluate.novels import measured_novels, novel_options, print_figures, rounded
from litgraph.cli.options.choices import labeller_option


@click.command("book-relations")
@click.argument("facts", type=click.Path(path_type=Path))
@novel_options
@labeller_option
@click.option(
    "--minimum-confidence",
    type=click.FloatRange(0, 1),
    help="Leave out edges below this confidence. [default: that of a run]",
)
def book_relations(
    facts: Path,
    data: Path,
    novels: tuple[str, ...],
    mentions: str | None,
    labeller: str | None,
    minimum_confidence: float | None,
    keep: Path | None,
    workers: int | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Measure the edges of the graphs against what careful readers of the whole novels know.

    FACTS is the folder with a .tsv file for each novel, DATA the folder of PDNC; NOVELS are folders in it, all if none
    are named. The columns: kin: precision, share of the core facts found, F1 over all facts; love: precision, core
    found; friends, companions, enemies and rivals: share of the edges that join two related by the same family, core
    found; employers, teachers, protectors and the like: core found; places: family right, core found; expected
    calibration error of kin and love. "all" is over facts, "mean" over novels.

    \b
    Example:
      litgraph evaluate book-relations data/book_relations data/pdnc
      litgraph evaluate book-relations data/book_relations data/pdnc Emma --keep mentions
    """
    from litgraph.config import Settings
    from litgraph.evaluation.book_relations import BookRelationScores
    from litgraph.evaluation.scores import mean_figures
    from litgraph.evaluation.understanding import edges_of_book

    usual = Settings()
    measure = partial(
        edges_of_book,
        facts=facts,
        labeller=labeller or usual.labeller,
        minimum_confidence=minimum_confidence,
    )
    measured = measured_novels(measure, data, novels, mentions, keep, workers, quiet)
    figures = {name: scores.figures() for name, scores in measured.items()}
    figures["mean"] = mean_figures(list(figures.values()))
    figures["all"] = sum(measured.values(), BookRelationScores()).figures()
    if as_json:
        print_json({"novels": rounded(figures)})
    else:
        print_figures(figures)
