"""``litgraph show``: what the graph says of somebody, with the sentences that prove it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from litgraph.cli.common import counted, json_option, note_printer, print_json, quiet_option, run_argument


@click.command("show", short_help="Show relations, with the sentences that prove them.")
@run_argument
@click.argument("name")
@click.argument("other", required=False)
@click.option(
    "--sentences", default=3, show_default=True, type=click.IntRange(0), help="Sentences to show for each relation."
)
@quiet_option
@json_option
def command(run: Path, name: str, other: str | None, sentences: int, quiet: bool, as_json: bool) -> None:
    """Show the relations of NAME in the run folder RUN, or those between NAME and OTHER, with their sentences.

    Names are matched by any alias, in any case; the beginning of a name is enough if it is the only one.

    \b
    Examples:
      litgraph show pride "Elizabeth"
      litgraph show pride "Elizabeth" "Mr. Darcy"
    """
    from litgraph.inspection import relations_of
    from litgraph.runs.loading import load_graph

    answer = relations_of(load_graph(run), name, other)
    if as_json:
        print_json(answer)
    elif answer["relations"]:
        for relation in answer["relations"]:
            _print_relation(relation, sentences)
    else:
        with_other = f" with {answer['other']}" if other else ""
        note_printer(quiet)(f"{answer['name']}: the graph has no relation{with_other}.")


def _print_relation(relation: dict[str, Any], sentences: int) -> None:
    arrow = "—" if not relation["directed"] else "→"
    title = click.style(f"{relation['head']} {arrow} {relation['relation']} {arrow} {relation['tail']}", bold=True)
    confidence = "" if relation["confidence"] is None else f", confidence {relation['confidence']:.2f}"
    click.echo(f"{title}  ({counted(relation['weight'], 'time')}{confidence})")
    for evidence in relation["evidence"][:sentences]:
        click.echo(f"    chapter {evidence['chapter']}: {evidence['text']}")
