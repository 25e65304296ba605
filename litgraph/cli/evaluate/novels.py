"""``litgraph evaluate pdnc``, ``speakers``, ``mentions-in-speech``: litgraph against the novels of PDNC."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import click

from litgraph.cli.common import json_option, print_json, print_table, progress_shown, quiet_option
from litgraph.cli.options.choices import mentions_option

Command = TypeVar("Command", bound=Callable[..., Any])
Measured = TypeVar("Measured")


def novel_options(function: Command) -> Command:
    """The arguments and the options that the commands for the corpus have."""
    for decorate in (
        json_option,
        quiet_option,
        click.option(
            "--workers",
            type=click.IntRange(1),
            help="Novels that are measured side by side, each on one core. [default: as many as there are cores]",
        ),
        click.option(
            "--keep",
            type=click.Path(path_type=Path, file_okay=False),
            help="A folder in which the mentions that were found are kept, so that a second measurement is quick.",
        ),
        mentions_option,
        click.argument("novels", nargs=-1),
        click.argument("data", type=click.Path(path_type=Path)),
    ):
        function = decorate(function)
    return function


def measured_novels(
    measure: Callable[..., Measured],
    data: Path,
    novels: Sequence[str],
    mentions: str | None,
    keep: Path | None,
    workers: int | None,
    quiet: bool,
) -> dict[str, Measured]:
    """By name of a novel what ``measure`` says of it, which takes a novel, and by name ``mentions`` and ``kept``."""
    from litgraph.config import Settings
    from litgraph.corpora.pdnc import read_corpus
    from litgraph.threads import in_processes, usable_cores

    measure_one = partial(measure, mentions=mentions or Settings().mentions, kept=keep)
    corpus = list(read_corpus(data, *novels))
    scores: Iterable[Measured]
    if len(corpus) == 1:  # all cores are its own
        scores = map(measure_one, corpus)
    else:
        scores = in_processes(measure_one, corpus, workers=min(workers or usable_cores(), len(corpus)))
    shown = progress_shown(quiet)(scores, "measuring novels", len(corpus))
    return {novel.name: found for novel, found in zip(corpus, shown, strict=True)}


def rounded(figures: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Figures by novel, to four decimals."""
    return {name: {what: round(value, 4) for what, value in row.items()} for name, row in figures.items()}


def print_figures(figures: Mapping[str, Mapping[str, float]]) -> None:
    """Print figures by novel, which all have the same names."""
    columns = tuple(next(iter(figures.values())))
    print_table(
        ("novel", *columns), [(name, *(f"{row[what]:.3f}" for what in columns)) for name, row in figures.items()]
    )


@click.command("pdnc")
@novel_options
def pdnc(
    data: Path,
    novels: tuple[str, ...],
    mentions: str | None,
    keep: Path | None,
    workers: int | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Measure the cast on the Project Dialogism Novel Corpus: who was found, torn apart, or thrown together.

    DATA is the folder of the corpus; NOVELS are folders in it, all if none are named. The columns: share of the major
    and intermediate characters that were found; precision of the entities with at least 20 mentions by name; B³ over
    the corpus's aliases; gender; whom pronouns and other mentions inside quotations mean; pairs of characters in one
    entity, those of the major and intermediate ones by name below.

    \b
    Example:
      litgraph evaluate pdnc data/pdnc
      litgraph evaluate pdnc data/pdnc Emma PrideAndPrejudice --keep mentions
    """
    from litgraph.evaluation.cast_scores import measure_novel
    from litgraph.evaluation.scores import mean_figures

    measured = measured_novels(measure_novel, data, novels, mentions, keep, workers, quiet)
    figures = {name: scores.figures() for name, scores in measured.items()}
    figures["mean"] = mean_figures(list(figures.values()))
    merged = {name: [pair[:2] for pair in scores.merged if pair[2]] for name, scores in measured.items()}
    if as_json:
        print_json({"novels": rounded(figures), "merged": merged})
        return
    print_figures(figures)
    for name, pairs in merged.items():
        for one, other in pairs:
            click.echo(f"{name}: {one} and {other} are one entity")


@click.command("speakers")
@novel_options
def speakers(
    data: Path,
    novels: tuple[str, ...],
    mentions: str | None,
    keep: Path | None,
    workers: int | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Measure who speaks, and to whom, on the quotations of the Project Dialogism Novel Corpus.

    DATA is the folder of the corpus; NOVELS are folders in it, all if none are named. Quotations are matched by
    BookNLP's rule: the answer to one of the corpus is the speaker of the speech that overlaps it most. The columns:
    accuracy end to end (a quotation that is not found, has no speaker or was given to another is wrong), and of each
    kind of quotation; share of the quotations that were found; precision of those given to somebody, and their share;
    precision of the surest .8 of all; quotations of which one of the hearers is named; precision of hearers. "mean" is
    over novels, "all" over quotations.

    \b
    Example:
      litgraph evaluate speakers data/pdnc
      litgraph evaluate speakers data/pdnc Emma PrideAndPrejudice --keep mentions
    """
    from litgraph.evaluation.scores import mean_figures
    from litgraph.evaluation.speech.speakers import speaker_figures
    from litgraph.evaluation.understanding import speakers_of

    measured = measured_novels(speakers_of, data, novels, mentions, keep, workers, quiet)
    figures = {name: speaker_figures(given) for name, given in measured.items()}
    figures["mean"] = mean_figures(list(figures.values()))
    figures["all"] = speaker_figures([one for given in measured.values() for one in given])
    if as_json:
        print_json({"novels": rounded(figures)})
    else:
        print_figures(figures)


@click.command("mentions-in-speech")
@novel_options
def mentions_in_speech(
    data: Path,
    novels: tuple[str, ...],
    mentions: str | None,
    keep: Path | None,
    workers: int | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Measure whom the mentions inside quotations mean, on the Project Dialogism Novel Corpus.

    DATA is the folder of the corpus; NOVELS are folders in it, all if none are named. The columns are precision (P: of
    the mentions given to somebody) and recall (R: of all of the corpus): by form of the mention, of those that mean one
    character, and of all. "mean" is over novels, "all" over mentions.

    \b
    Example:
      litgraph evaluate mentions-in-speech data/pdnc
      litgraph evaluate mentions-in-speech data/pdnc Emma --keep mentions
    """
    from litgraph.evaluation.scores import Scores, mean_figures
    from litgraph.evaluation.speech.mentions import ROWS
    from litgraph.evaluation.understanding import meant_in_speech

    def figures_of(scores: Mapping[str, Scores]) -> dict[str, float]:
        pairs = ((f"{row} P", scores[row].precision, f"{row} R", scores[row].recall) for row in ROWS)
        return {what: value for pair in pairs for what, value in (pair[:2], pair[2:])}

    measured = measured_novels(meant_in_speech, data, novels, mentions, keep, workers, quiet)
    figures = {name: figures_of(scores) for name, scores in measured.items()}
    figures["mean"] = mean_figures(list(figures.values()))
    figures["all"] = figures_of({row: sum((one[row] for one in measured.values()), Scores()) for row in ROWS})
    if as_json:
        print_json({"novels": rounded(figures)})
    else:
        print_figures(figures)
