"""``litgraph build``: a book in, a run folder with its graph out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litgraph.cli.common import counted, json_option, print_json, printable
from litgraph.cli.language_models import language_model_options

if TYPE_CHECKING:
    import networkx


@click.command("build", short_help="Read a book and build its graph in a run folder.")
@click.argument("source")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The run folder. [default: BOOK.litgraph in this folder]"
)
@click.option(
    "--mentions",
    metavar="WHO",
    help="Who finds people and places: literary, literary:FOLDER or spacy:NAME. [default: literary]",
)
@click.option(
    "--labeller",
    metavar="WHO",
    help="Who says how two entities are related: literary, literary:FOLDER, rules, smollm3, classifier or "
    "endpoint. "
    "[default: literary]",
)
@click.option(
    "--window",
    type=int,
    help="Ask of mentions at most so many sentences together how they are related, 1 to 5. [default: 1]",
)
@click.option(
    "--co-occurrence-window",
    type=int,
    help="Entities co-occur that are mentioned at most so many sentences together, 1 to 5. [default: 3]",
)
@click.option(
    "--minimum-confidence", type=float, help="Leave relations below it out of the graph, 0 to 1. [default: 0.5]"
)
@language_model_options
@click.option("--config", type=click.Path(path_type=Path), help="A TOML file of settings. [default: litgraph.toml]")
@click.option("-q", "--quiet", is_flag=True, help="No progress and no summary.")
@json_option
def command(
    source: str,
    output: Path | None,
    config: Path | None,
    quiet: bool,
    as_json: bool,
    **options: str | int | float | bool | None,
) -> None:
    """Read the book SOURCE and build its graph in a run folder.

    SOURCE is a .txt, .html, .epub or TEI file, "-" for standard input, or a Project Gutenberg number such as pg11 that
    came with litgraph or that `litgraph fetch` brought.

    \b
    Examples:
      litgraph build pg11
      litgraph build pride.txt -o pride --window 2
      curl -s https://example.org/novel.txt | litgraph build - -o novel

    "literary" is the reader of novels that comes with litgraph; it finds names, noun phrases and pronouns. With
    literary:FOLDER it is one that you made with `litgraph train reader`. "rules" labels only what wording states
    outright: few relations, and surer ones. spacy:NAME finds names alone, in other languages too.

    "classifier" is a model that you made with `litgraph train classifier` (--model FOLDER).
    "smollm3" asks SmolLM3-3B with an adapter for relations in novels, and wants a graphics card; "endpoint" asks a
    language model on a server. What such models can be trusted with: docs/language-models.md

    \b
    Examples:
      litgraph build pride.txt --labeller smollm3
      litgraph build pride.txt --labeller endpoint --base-url http://localhost:8000/v1 --model smollm3

    Stopped or crashed runs go on where they were: run the same command again. After editing cast.toml in the run
    folder, too: only what depends on it is done again.
    """
    from litgraph.config import load_settings
    from litgraph.pipeline import build_run
    from litgraph.progress import bar, silent

    settings = load_settings(options, file=config)
    result = build_run(
        source,
        output,
        settings=settings,
        progress=silent if quiet else bar,
        tell=_nothing if quiet else lambda line: click.echo(line, err=True),
    )
    for notice in (*result.notices, *_doubts(result.graph, settings.mentions)):
        click.echo(f"note: {printable(notice)}", err=True)
    if as_json:
        print_json(result.report)
    elif not quiet:
        _print_summary(result.folder, result.report)


def _nothing(line: str) -> None:
    """Says nothing."""


def _doubts(graph: networkx.MultiDiGraph, mentions: str) -> Iterator[str]:
    """Why the graph is probably not what its user hoped for."""
    language = graph.graph.get("language", "")
    finder, _, pipeline = mentions.partition(":")
    name, made_for = ("the literary reader", "en") if finder == "literary" else (pipeline, pipeline)
    if language and not made_for.startswith((language, "xx")):
        yield (
            f'The language of this book is "{language}", which {name} was not made for. '
            "Install a spaCy pipeline for it and name it with --mentions."
        )
    if not graph:
        yield "No names were found, so the graph is empty."


def _print_summary(folder: Path, report: Mapping[str, Any]) -> None:
    book = report["book"]
    counts = {stage: record["counts"] for stage, record in report["stages"].items()}
    entities, graph = counts["cast"], counts["graph"]
    click.echo(f"{book['title'] or book['source']}{', by ' + book['author'] if book['author'] else ''}")
    click.echo(f"  {counted(counts['book']['words'], 'word')} in {counted(counts['book']['chapters'], 'chapter')}")
    kinds = ", ".join(counted(number, kind) for kind, number in entities["kinds"].items())
    click.echo(f"  {counted(entities['mentions_resolved'], 'mention')} of {kinds or 'anybody or anything'}")
    edges = counted(graph["relations"], "relation"), counted(graph["co_occurrences"], "co-occurrence")
    click.echo(f"  {' and '.join(edges)} as edges")
    if outcomes := counts["relations"].get("outcomes"):
        click.echo(f"  of {counted(counts['relations']['pairs'], 'pair')}: {_in_words(outcomes)}")
    click.echo(f"  {report['seconds']:.1f} s on the {report['device'].upper()}")
    click.echo(f"\n{folder / 'graph.graphml'}    open it in Gephi or Cytoscape")
    click.echo(f"{folder / 'cast.toml'}    correct who is who, then run the same command again")
    if entities["ambiguous"]:
        names = counted(entities["ambiguous"], "name")
        click.echo(f"  {names} could be several people's; see the rows marked ambiguous there.")


_OUTCOMES = {
    "filtered": "too unlikely to be related to ask",
    "labelled": "labelled",
    "turned_round": "labelled the other way round",
    "no_relation": "answered with no relation",
    "unmapped": "answered outside the vocabulary",
    "unfit": "answered with what cannot hold between such two",
}


def _in_words(outcomes: Mapping[str, int]) -> str:
    return ", ".join(f"{outcomes[what]:,} {words}" for what, words in _OUTCOMES.items() if outcomes.get(what))
