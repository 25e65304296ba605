"""``litgraph evaluate relations`` and ``pairs``: labellers on labelled examples, and on all pairs of a text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litgraph.cli.common import json_option, note_printer, print_json, print_table, progress_shown, quiet_option
from litgraph.cli.options.choices import labeller_option
from litgraph.cli.options.language_models import language_model_options

if TYPE_CHECKING:
    from litgraph.config import Settings
    from litgraph.evaluation.labels.answers import AnswerScores
    from litgraph.evaluation.labels.bootstrap import Comparison
    from litgraph.evaluation.labels.direction import Direction
    from litgraph.evaluation.labels.report import RelationReport
    from litgraph.relations.labeller import LabellerChoice

_config_option = click.option(
    "--config", type=click.Path(path_type=Path), help="A TOML file of settings. [default: litgraph.toml]"
)


@click.command("relations", short_help="Score a labeller on labelled examples, as the LitTune paper does.")
@click.argument("data")
@click.option("--split", default="", help="Which part of a folder or a hub data set, such as test_0.")
@click.option(
    "--rows", default=0, type=click.IntRange(0), help="Only so many examples, drawn by chance. [default: all]"
)
@labeller_option
@click.option("--answers", type=click.Path(path_type=Path), help="Score the answers of this file; nobody is asked.")
@click.option("--save", type=click.Path(path_type=Path), help="Keep examples and answers in this .jsonl file.")
@click.option("--against", type=click.Path(path_type=Path), help="Compare with the answers that --save kept there.")
@click.option("--swap", is_flag=True, help="Ask again with the two entities swapped: does it say the same?")
@click.option("--picture", type=click.Path(path_type=Path), help="Draw which labels are taken for which: .png or .svg")
@click.option("--labels", is_flag=True, help="Print a line for each label.")
@click.option(
    "--price", type=click.FloatRange(0), help="Price of an hour of this machine, for the cost of 1,000 pairs."
)
@language_model_options
@_config_option
@quiet_option
@json_option
def relations(
    data: str,
    split: str,
    rows: int,
    answers: Path | None,
    save: Path | None,
    against: Path | None,
    swap: bool,
    picture: Path | None,
    labels: bool,
    price: float | None,
    config: Path | None,
    quiet: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Score a labeller on labelled examples by the protocol of Christou & Tsoumakas (2026).

    DATA is a .jsonl or .parquet file, a folder with one a split, or hub:OWNER/NAME. micro-F1 is over the relations,
    "none" and its like left out, and the first figure to look at; an answer outside the schema is wrong. Two baselines
    stand beside it: the most frequent label of the same examples, and companion_of. In the styles "training" and
    "paper" (without a number) prompts keep their own words.

    \b
    Example:
      litgraph evaluate relations dev.jsonl --labeller literary
      litgraph evaluate relations dev.jsonl --labeller classifier --model my-classifier --save mine.jsonl
      litgraph evaluate relations dev.jsonl --answers mine.jsonl --against other.jsonl --labels
      litgraph evaluate relations hub:Despina/re_littune --split test_0 --labeller smollm3 --prompt-style paper
    """
    from litgraph.evaluation.labels import systems
    from litgraph.evaluation.labels.direction import direction_consistency
    from litgraph.evaluation.labels.report import compare, report
    from litgraph.examples.drawing import draw
    from litgraph.examples.files import read_records

    progress = progress_shown(quiet)
    records = draw(read_records(data, split, progress=progress), rows, seed=0)
    other = systems.kept(against, records) if against else None  # what is wrong with it is said before any work
    reversed_answers = None
    if answers:
        found = systems.kept(answers, records)
    else:
        from litgraph.config import load_settings
        from litgraph.relations.asking.cache import shared_cache

        settings = load_settings(options, file=config)
        labeller = _chosen(settings, quiet)
        asking: dict[str, Any] = {"style": settings.prompt_style, "typed": settings.typed, "cache": shared_cache()}
        found = systems.answered(labeller, records, progress=progress, **asking)
        if swap:
            reversed_answers = systems.answered(labeller, records, swapped=True, progress=progress, **asking)
    if save:
        systems.keep(save, records, found)
    result = report(records, found)
    compared = compare(records, found, other) if other else {}
    turned = direction_consistency(zip(found.texts, reversed_answers.texts, strict=True)) if reversed_answers else None
    if picture:
        from litgraph.evaluation.labels.confusions import draw_confusions

        draw_confusions([record.relation for record in records], found.texts, picture)
    if as_json:
        print_json(_as_json(result, compared, turned, price))
    else:
        _print(result, compared, turned, price, labels)


@click.command("pairs", short_help="Measure what a labeller says of all pairs of annotated texts.")
@click.argument("data", type=click.Path(path_type=Path))
@click.option(
    "--split",
    default="dev",
    show_default=True,
    type=click.Choice(["train", "dev", "test"]),
    help="Which part of the data; the folder must hold it.",
)
@click.option("--passages", default=0, type=click.IntRange(0), help="Only the first so many passages. [default: all]")
@labeller_option
@language_model_options
@_config_option
@quiet_option
@json_option
def pairs(
    data: Path, split: Any, passages: int, config: Path | None, quiet: bool, as_json: bool, **options: Any
) -> None:
    """Measure what a labeller says of every pair of mentions in a sentence, related or not.

    DATA is the folder that holds litbank. Examples to score on are mostly related; of a text's pairs one in eleven is.
    So this is what a graph is made of: of what is said, the share that is annotated, and the share about two who are
    related at all. Facts count once in a passage.

    \b
    Example:
      litgraph evaluate pairs data --labeller rules
      litgraph evaluate pairs data --labeller smollm3 --filter none --passages 2
    """
    from litgraph.config import load_settings
    from litgraph.corpora.litbank import read_split
    from litgraph.evaluation.labels.pair_precision import measure_pairs

    chosen = list(read_split(data, split))[: passages or None]
    labeller = _chosen(load_settings(options, file=config), quiet)
    scores = measure_pairs(chosen, labeller, progress=progress_shown(quiet))
    counts = {"pairs": scores.pairs, "said": scores.said}
    figures = {
        "precision of what is said": scores.precision,
        "said of two who are related": scores.pair_precision,
        "facts: precision": scores.facts.precision,
        "facts: recall": scores.facts.recall,
        "facts: F1": scores.facts.f1,
        "seconds for 1,000 pairs": 1000 * scores.seconds / max(1, scores.pairs),
    }
    if as_json:
        print_json(counts | {name: round(value, 4) for name, value in figures.items()})
        return
    rows = [(name, f"{count:,}") for name, count in counts.items()]
    print_table(("what", "figure"), [*rows, *((name, f"{value:.3f}") for name, value in figures.items())])


def _print(
    result: RelationReport,
    compared: dict[str, Comparison],
    turned: Direction | None,
    price: float | None,
    labels: bool,
) -> None:
    names = list(next(iter(result.by_dataset.values())).figures())
    rows = [_row(name, scores) for name, scores in result.by_dataset.items()]
    for what, baseline in (("most frequent label", result.majority), ("companion_of", result.companion)):
        rows += [_row(f"{name}: {what}", scores) for name, scores in baseline.items()]
    print_table(("data", "rows", *names), rows)
    for what, value in _beside(result, turned, price).items():
        click.echo(f"{what}: {value:.3f}")
    for name, one in compared.items():
        click.echo(
            f"{name}: {one.first.value:.3f} against {one.second.value:.3f}, difference {one.difference.value:+.3f} "
            f"({one.difference.low:+.3f} to {one.difference.high:+.3f} in 95 of 100 draws), p = {one.p_value:.4f}"
        )
    if labels:
        for name, scores in result.by_dataset.items():
            click.echo(f"\n{name}")
            print_table(
                ("label", "rows", "answered", "precision", "recall", "F1"),
                [
                    (label, f"{s.gold}", f"{s.found}", f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}")
                    for label, s in scores.by_label.items()
                ],
            )
            click.echo()
            print_table(
                ("annotated", "answered", "times"),
                [(gold, answer[:60], str(times)) for gold, answer, times in scores.confusions[:10]],
            )


def _row(name: str, scores: AnswerScores) -> tuple[str, ...]:
    return name, f"{scores.rows:,}", *(f"{value:.3f}" for value in scores.figures().values())


def _beside(result: RelationReport, turned: Direction | None, price: float | None) -> dict[str, float]:
    """What the paper does not report, as far as it is known; the average, where there is more than one data set."""
    found: dict[str, float] = {}
    if len(result.by_dataset) > 1:
        found["average of the data sets' micro-F1"] = result.average
    if result.calibration is not None:
        found["expected calibration error"] = result.calibration
    if turned is not None:
        found["direction: the same fact with the entities swapped"] = turned.consistency
        found["direction: contradicts itself"] = turned.contradiction
    if result.seconds is not None:
        found["seconds for 1,000 pairs"] = result.seconds
        if price is not None:
            found["price of 1,000 pairs"] = result.seconds / 3600 * price
    return found


def _as_json(
    result: RelationReport, compared: dict[str, Comparison], turned: Direction | None, price: float | None
) -> dict[str, Any]:
    def figures(scores: AnswerScores) -> dict[str, Any]:
        return {"rows": scores.rows} | {name: round(value, 4) for name, value in scores.figures().items()}

    return {
        "data": {
            name: figures(scores)
            | {
                "labels": {
                    label: {"rows": s.gold, "answered": s.found, "right": s.right, "F1": round(s.f1, 4)}
                    for label, s in scores.by_label.items()
                },
                "confusions": [list(row) for row in scores.confusions],
            }
            for name, scores in result.by_dataset.items()
        },
        "most frequent label": {name: figures(scores) for name, scores in result.majority.items()},
        "companion_of": {name: figures(scores) for name, scores in result.companion.items()},
        "beside": {name: round(value, 4) for name, value in _beside(result, turned, price).items()},
        "compared": {
            name: {
                "first": round(one.first.value, 4),
                "second": round(one.second.value, 4),
                "difference": [round(v, 4) for v in (one.difference.value, one.difference.low, one.difference.high)],
                "p": one.p_value,
            }
            for name, one in compared.items()
        },
    }


def _chosen(settings: Settings, quiet: bool) -> LabellerChoice:
    """The labeller of the settings."""
    from litgraph.relations.choice import choose_labeller

    return choose_labeller(
        settings.labeller,
        settings.labeller_options,
        progress=progress_shown(quiet),
        tell=note_printer(quiet),
    )
