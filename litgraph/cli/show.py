"""``litgraph show``: what the graph says of somebody, with the sentences that prove it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from litgraph.cli.common import json_option, print_json, run_argument


@click.command("show", short_help="Show relations, with the sentences that prove them.")
@run_argument
@click.argument("name")
@click.argument("other", required=False)
@click.option(
    "--sentences", default=3, show_default=True, type=click.IntRange(0), help="Sentences to show for each relation."
)
@json_option
def command(run: Path, name: str, other: str | None, sentences: int, as_json: bool) -> None:
    """Show the relations of NAME in the run folder RUN, or those between NAME and OTHER, with their sentences.

    Names are matched by any alias, in any case; the beginning of a name is enough if it is the only one.

    \b
    Examples:
      litgraph show pride "Elizabeth"
      litgraph show pride "Elizabeth" "Mr. Darcy"
    """
    from litgraph.inspection import relations_of
    from litgraph.runs.loading import load_graph

    found = relations_of(load_graph(run), name, other)
    if as_json:
        print_json(found)
    elif not found["relations"]:
        click.echo(f"{found['name']}: the graph has no relation{' with ' + found['other'] if other else ''}.", err=True)
    else:
        for relation in found["relations"]:
            _print_relation(relation, sentences)


def _print_relation(relation: dict[str, Any], sentences: int) -> None:
    arrow = "—" if not relation["directed"] else "→"
    title = click.style(f"{relation['head']} {arrow} {relation['relation']} {arrow} {relation['tail']}", bold=True)
    times = f"{relation['weight']} time{'' if relation['weight'] == 1 else 's'}"
    sure = "" if relation["confidence"] is None else f", confidence {relation['confidence']:.2f}"
    click.echo(f"{title}  ({times}{sure})")
    for evidence in relation["evidence"][:sentences]:
        click.echo(f"    chapter {evidence['chapter']}: {evidence['text']}")
