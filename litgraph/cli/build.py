"""``litgraph build``: a book in, a run folder with its graph out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from litgraph.cli.common import counted, json_option, print_json, printable, quiet_option, threads_option
from litgraph.cli.options.choices import with_choices
from litgraph.cli.options.settings import settings_options

_HELP = """Read the book SOURCE and build its graph in a run folder.

SOURCE is a .txt, .html, .epub or TEI file, "-" for standard input, or a Project Gutenberg number such as pg11 that
came with litgraph or that `litgraph fetch` brought.

\b
Examples:
  litgraph build pg11
  litgraph build pride.txt -o pride --window 2
  curl -s https://example.org/novel.txt | litgraph build - -o novel

Who finds people and places (--mentions):

{finders}

Who says how two entities are related (--labeller):

{labellers}

The reader of novels finds names, noun phrases and pronouns; make one of your own with `litgraph train reader`. What
language models can be trusted with: docs/language-models.md

\b
Examples:
  litgraph build pride.txt --labeller smollm3
  litgraph build pride.txt --labeller endpoint --base-url http://localhost:8000/v1 --model smollm3

Stopped or crashed runs go on where they were: run the same command again. After editing cast.toml in the run
folder, too: only what depends on it is done again.
"""


@click.command("build", short_help="Read a book and build its graph in a run folder.")
@click.argument("source")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The run folder. [default: BOOK.litgraph in this folder]"
)
@settings_options
@threads_option
@quiet_option
@json_option
@with_choices(_HELP)
def command(
    source: str,
    output: Path | None,
    config: Path | None,
    quiet: bool,
    as_json: bool,
    **options: str | int | float | bool | None,
) -> None:
    from litgraph.cli.build_bar import build_bar
    from litgraph.garbage import rare_collections

    with rare_collections(), build_bar(quiet) as (progress, tell):
        from litgraph.config import load_settings
        from litgraph.pipeline import build_run

        settings = load_settings(options, file=config)
        result = build_run(source, output, settings=settings, progress=progress, tell=tell)
    for notice in result.notices:
        click.echo(f"note: {printable(notice)}", err=True)
    if as_json:
        print_json(result.report)
    elif not quiet:
        _print_summary(result.folder, result.report)


def _print_summary(folder: Path, report: Mapping[str, Any]) -> None:
    book = report["book"]
    counts = {stage: record["counts"] for stage, record in report["stages"].items()}
    entities, speech, graph = counts["cast"], counts["speech"], counts["graph"]
    click.echo(f"{book['title'] or book['source']}{', by ' + book['author'] if book['author'] else ''}")
    click.echo(f"  {counted(counts['book']['words'], 'word')} in {counted(counts['book']['chapters'], 'chapter')}")
    kinds = ", ".join(counted(number, kind) for kind, number in entities["kinds"].items())
    click.echo(f"  {counted(entities['mentions_resolved'], 'mention')} of {kinds or 'anybody or anything'}")
    click.echo(f"  {counted(speech['quotations'], 'quotation')}, {speech['with_speaker']:,} with a speaker")
    conversations = counted(graph["conversations"], "pair of speaker and hearer", "pairs of speaker and hearer")
    edges = f"{counted(graph['relations'], 'relation')}, {conversations}"
    click.echo(f"  {edges} and {counted(graph['co_occurrences'], 'co-occurrence')} as edges")
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
