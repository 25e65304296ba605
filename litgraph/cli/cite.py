"""``litgraph cite``: how to cite a graph, as BibTeX."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from litgraph.cli.common import json_option, print_json, run_argument


@click.command("cite", short_help="Print BibTeX of litgraph, its models and the edition read.")
@run_argument
@json_option
def command(run: Path, as_json: bool) -> None:
    """Print how to cite the graph in the run folder RUN, as BibTeX: litgraph, the models that read the book, and the
    edition that was read.

    The entries say what the run says of itself: versions as they were then, the book's Project Gutenberg number, and
    the SHA-256 of the file, by which anybody can tell that it is the same.

    \b
    Examples:
      litgraph cite pride > pride.bib
      litgraph cite pride --json
    """
    from litgraph.citation import bibtex, references
    from litgraph.runs.folder import REPORT
    from litgraph.runs.loading import load_graph, read_json

    report = read_json(run / REPORT) if (run / REPORT).exists() else {}
    entries = references(load_graph(run).graph, report if isinstance(report, dict) else {})
    if as_json:
        print_json([asdict(entry) for entry in entries])
    else:
        click.echo(bibtex(entries), nl=False)
