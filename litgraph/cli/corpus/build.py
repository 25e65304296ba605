"""``litgraph corpus build``: a list of books in, a run folder for each out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litgraph.cli.common import counted, json_option, note_printer, print_json, printable, quiet_option
from litgraph.cli.options.settings import settings_options

if TYPE_CHECKING:
    from litgraph.corpus.building import Built
    from litgraph.corpus.team import Team
    from litgraph.corpus.worker import MakeWork

LISTED = 10
"""Failed books that are printed."""


@click.command("build", short_help="Build the graphs of many books.")
@click.argument("books", metavar="LIST")
@click.option(
    "-o", "--output", "corpus", required=True, type=click.Path(path_type=Path), help="The folder of the corpus."
)
@click.option(
    "--column", default="", metavar="NAME", help="The column of a table that holds paths or Gutenberg numbers."
)
@click.option("--where", default="", metavar="EXPRESSION", help="Only books that fit, such as 'year<1850'.")
@click.option("--sample", type=click.IntRange(1), default=None, help="Only so many of them, drawn by chance.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of the chance.")
@click.option("--limit", type=click.IntRange(1), default=None, help="Only the first so many.")
@click.option("--workers", type=click.IntRange(1), help="Books at once. [default: as cores and memory allow]")
@click.option("--threads", type=click.IntRange(1), help="Cores of each worker. [default: its share; with --ray 1]")
@click.option(
    "--ray", "address", metavar="ADDRESS", help="Build on a Ray cluster: auto, local, HOST:PORT or ray://HOST:PORT."
)
@click.option(
    "--gpus", type=click.FloatRange(0), default=0.0, help="With --ray: graphics cards of each worker. [default: 0]"
)
@settings_options
@quiet_option
@json_option
def command(
    books: str,
    corpus: Path,
    column: str,
    where: str,
    sample: int | None,
    seed: int,
    limit: int | None,
    workers: int | None,
    threads: int | None,
    address: str | None,
    gpus: float,
    config: Path | None,
    quiet: bool,
    as_json: bool,
    **options: str | int | float | bool | None,
) -> None:
    """Build the graph of each book of LIST, in a run folder of its own, in the folder of a corpus.

    LIST is a folder, a pattern in quotation marks, a text file with a path or a Gutenberg number a line, or a table
    (.csv, .tsv, .parquet) with a column of either; its other columns go along as metadata.

    The same command again goes on where it was stopped: what is finished stands, failed books are tried again, and what
    a changed setting, text or cast.toml touches is done anew. A book that cannot be built does not keep the others
    from it; `litgraph corpus status` tells why. The settings are those of `litgraph build`.

    \b
    Examples:
      litgraph corpus build novels -o corpus
      litgraph corpus build 'texts/**/*.epub' -o corpus --workers 4
      litgraph corpus build pg_catalog.csv -o early --where "issued<1990 and language=en" --sample 100
      litgraph corpus build list.csv -o corpus --ray auto
    """
    if gpus and not address:
        raise click.UsageError("--gpus is of workers on Ray: name a cluster with --ray.")
    from litgraph.cli.corpus.bar import corpus_bar
    from litgraph.config import load_settings
    from litgraph.corpus.building import build_corpus
    from litgraph.corpus.folder import LIST, listed_books
    from litgraph.corpus.listing import Selection, read_list
    from litgraph.corpus.worker import books_built
    from litgraph.pipeline import choose
    from litgraph.runs.keys import stage_key

    tell = note_printer(quiet)
    settings = load_settings(options, file=config)
    chosen = choose(settings, tell=tell)
    key = stage_key("corpus", [settings, chosen.finder.version, chosen.labeller.version])
    known = listed_books(corpus) if (corpus / LIST).exists() else []
    selection = Selection(where, sample or 0, seed, limit or 0)
    wanted = read_list(books, known, column=column, selection=selection, tell=lambda line: tell(f"note: {line}"))
    on_card = chosen.labeller.device in ("cuda", "mps")
    team = _team(workers, threads, address, gpus, on_card, lambda threads: partial(books_built, settings, threads))
    with corpus_bar(quiet) as watch, redirect_stdout(sys.stderr):  # where Ray tells of workers that die
        built = build_corpus(corpus, wanted, key, team, watch=watch)
    if as_json:
        print_json({**built._asdict(), "failed": {state.id: state.error for state in built.failed}})
    else:
        _print_summary(corpus, built, quiet)


def _team(
    workers: int | None,
    threads: int | None,
    address: str | None,
    gpus: float,
    on_card: bool,
    make_work: Callable[[int], MakeWork],
) -> Callable[[int], Team]:
    """Who builds so many books, made when there is something to build."""

    def here(tasks: int) -> Team:
        from litgraph.corpus.processes import MOST, Processes, workers_that_fit
        from litgraph.threads import usable_cores

        number = min(workers or (1 if on_card else workers_that_fit(threads or 1)), MOST, tasks)
        return Processes(number, make_work(threads or max(1, usable_cores() // number)))

    def on_cluster(tasks: int) -> Team:
        from litgraph.corpus.on_ray import RayTeam

        each = threads or 1
        return RayTeam(
            address or "", workers=workers or 0, most=tasks, threads=each, gpus=gpus, make_work=make_work(each)
        )

    return on_cluster if address else here


def _print_summary(corpus: Path, built: Built, quiet: bool) -> None:
    if not quiet:
        stood = f"; {counted(built.standing, 'book')} built before" if built.standing else ""
        click.echo(f"{counted(built.done, 'book')} built{stood}; {counted(len(built.failed), 'book')} failed")
    for state in built.failed[:LISTED]:
        click.echo(f"  {printable(state.id)}: {printable(state.error)} {printable(state.hint)}".rstrip())
    if len(built.failed) > LISTED:
        click.echo(f"  and {len(built.failed) - LISTED:,} more: litgraph corpus status {corpus}")
