"""``litgraph export``: the graph of a run in another file."""

from __future__ import annotations

from pathlib import Path

import click

from litgraph.cli.common import run_argument


@click.command("export", short_help="Write the graph for Gephi, Neo4j and others, or as a picture.")
@run_argument
@click.argument("output", type=click.Path(path_type=Path))
def command(run: Path, output: Path) -> None:
    """Write the graph of the run folder RUN to the file OUTPUT; its ending says in which format.

    \b
      .graphml     Gephi, Cytoscape, yEd, networkx, Neo4j (apoc.import.graphml)
      .json        node-link JSON: everything, for programs
      .png, .svg   a picture of the strongest relations (needs matplotlib)

    \b
    Example:
      litgraph export pride pride.graphml
    """
    from litgraph.export import export_graph
    from litgraph.stages import load_graph

    export_graph(load_graph(run), output)
    click.echo(str(output))
