"""``litgraph plot``: pictures of a network and of its way through the chapters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from litgraph.cli.common import json_option, print_json, quiet_option, run_argument
from litgraph.cli.options.networks import measure_option, network_option, slicing_option, width_option


def _network(run: Path, output: Path, top: int | None, **_: Any) -> None:
    from litgraph.runs.loading import load_graph
    from litgraph.view.plots import draw

    draw(load_graph(run), output, **_given(top))


def _matrix(run: Path, output: Path, top: int | None, network: Any, **_: Any) -> None:
    from litgraph.runs.loading import load_graph
    from litgraph.view.charts.matrix import draw_matrix

    draw_matrix(load_graph(run), output, network=network, **_given(top))


def _presence(run: Path, output: Path, top: int | None, **_: Any) -> None:
    from litgraph.view.charts.presence import draw_presence

    draw_presence(*_mentioned(run), output, **_given(top))


def _storyline(run: Path, output: Path, top: int | None, network: Any, **_: Any) -> None:
    from litgraph.view.charts.storyline import draw_storyline

    draw_storyline(*_mentioned(run), output, network=network, **_given(top))


def _timeline(run: Path, output: Path, top: int | None, measure: str, **options: Any) -> None:
    from litgraph.runs.loading import load_book, load_graph
    from litgraph.view.charts.timeline import draw_timeline

    draw_timeline(load_graph(run), measure, output, book=load_book(run), **options, **_given(top))


def _family(run: Path, output: Path, top: int | None, **_: Any) -> None:
    from litgraph.runs.loading import load_graph
    from litgraph.view.charts.family import draw_families

    draw_families(load_graph(run), output, **_given(top))


def _speech(run: Path, output: Path, top: int | None, **_: Any) -> None:
    from litgraph.runs.loading import load_graph
    from litgraph.view.charts.speech import draw_speech

    draw_speech(load_graph(run), output, **_given(top))


KINDS: Mapping[str, Callable[..., None]] = {
    "network": _network,
    "matrix": _matrix,
    "presence": _presence,
    "storyline": _storyline,
    "timeline": _timeline,
    "family": _family,
    "speech": _speech,
}


@click.command("plot", short_help="Draw the network, a storyline, a time line, families and more.")
@run_argument
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("output", type=click.Path(path_type=Path))
@network_option
@measure_option
@slicing_option
@width_option
@click.option("--top", type=click.IntRange(1), help="How many characters (families, speakers) to draw.")
@quiet_option
@json_option
def command(
    run: Path,
    kind: str,
    output: Path,
    network: Any,
    measure: str,
    slicing: Any,
    width: int,
    top: int | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Draw a picture of the run folder RUN as the PNG or SVG file OUTPUT. It needs matplotlib.

    \b
      network     who is related to whom, and who is often together
      matrix      the ties as shades of grey, with the circles framed
      presence    who is mentioned in which chapter
      storyline   each main character a line beside those he or she is with (12 at most)
      timeline    a measure of the main characters by chapter (--measure, --by, --width)
      family      the family trees
      speech      how much each says, and to whom

    \b
    Examples:
      litgraph plot pride storyline storyline.svg
      litgraph plot pride timeline darcy.png --measure betweenness --by window --top 4
      litgraph plot pride matrix talk.png --network speech
    """
    KINDS[kind](run, output, top, network=network, measure=measure, slicing=slicing, width=width)
    if as_json:
        print_json({"files": [str(output)]})
    elif not quiet:
        click.echo(str(output))


def _given(top: int | None) -> dict[str, Any]:
    return {} if top is None else {"top": top}


def _mentioned(run: Path) -> tuple[Any, Any, int]:
    """The graph, who is mentioned in which chapter, and how many chapters there are."""
    from litgraph.analysis import presence
    from litgraph.runs.loading import load_book, load_graph, load_mentions

    chapters = len(load_book(run).chapters)
    return load_graph(run), presence(load_mentions(run), chapters), chapters
