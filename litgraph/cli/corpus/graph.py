"""``litgraph corpus graph``: all graphs of a corpus as one file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from litgraph.cli.common import (
    counted,
    json_option,
    note_printer,
    print_json,
    printable,
    progress_shown,
    quiet_option,
)
from litgraph.cli.export import selected_graph, selection_options


@click.command("graph", short_help="Write all graphs as one GraphML.")
@click.argument("corpus", type=click.Path(path_type=Path))
@click.argument("output", type=click.Path(path_type=Path))
@selection_options
@quiet_option
@json_option
def command(corpus: Path, output: Path, quiet: bool, as_json: bool, **selection: Any) -> None:
    """Write all graphs of CORPUS, or parts of them, as one GraphML file OUTPUT for Gephi, igraph and networkx.

    Nodes and edges bear the attribute book, and ids begin with it: pg1342:elizabeth-bennet. Nobody is joined over
    books. One book is held in memory at a time, however many there are; the sentences make most of the file.

    \b
    Examples:
      litgraph corpus graph victorians victorians.graphml --evidence none
      litgraph corpus graph victorians kin.graphml --kinds character --exclude-relations co_occurs_with,speaks_to
    """
    from functools import partial

    from litgraph.corpus.graphs.merged import write_corpus_graph

    done = write_corpus_graph(
        corpus,
        output,
        graph_of=partial(selected_graph, **selection),
        progress=progress_shown(quiet),
        tell=note_printer(quiet),
    )
    if as_json:
        print_json(done._asdict())
    else:
        books, nodes, edges = (counted(*one) for one in zip(done, ("book", "node", "edge"), strict=True))
        click.echo(f"{printable(str(output))}: {books}, {nodes}, {edges}")
