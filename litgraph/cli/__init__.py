"""The command line: one module a verb. Verbs parse, call the library and print; errors become exit codes here alone.

Data goes to stdout, everything said to a person to stderr. Exit code 0: done; 1: something a person can act on; 2: the
command was not understood.
"""

from __future__ import annotations

import errno
import io
import sys
from typing import Any

import click

from litgraph import __version__
from litgraph.cli import build, cast, cite, corpus, doctor, evaluate, export, fetch, load, query, show, train, view
from litgraph.cli.analysis import analyse, compare, plot
from litgraph.cli.common import printable
from litgraph.errors import LitgraphError

_HELP = """Read a novel and build its knowledge graph: characters, places and how they are related, each relation
with the sentences that prove it.

\b
  litgraph build pg11                  the book that comes with litgraph
  litgraph build novel.txt -o novel    any .txt, .html, .epub or TEI file
  litgraph view novel                  the graph, its proof and the text in the browser
  litgraph show novel "Mr. Darcy"      who is he to whom, and where it says so
  litgraph cast novel                  check who was taken for whom, and correct it
  litgraph export novel novel.graphml  for Gephi and others; as a page, TEI, tables, a picture
  litgraph query novel "MATCH …"       ask it in Cypher, without a server
  litgraph analyse novel               who is central, which circles, how it changes by chapter
  litgraph plot novel storyline s.png  the storyline, a time line, the families as pictures
  litgraph load novel                  into Neo4j
  litgraph corpus build books -o many  thousands of novels
  litgraph cite novel                  BibTeX of litgraph, its models and the edition

Every command explains itself: litgraph COMMAND --help
"""


class _Litgraph(click.Group):
    """The only place where errors become exit codes."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except LitgraphError as error:
            for line in filter(None, (f"litgraph: {printable(error.what)}", printable(error.hint))):
                click.echo(line, err=True)
            ctx.exit(1)
        except OSError as error:
            if error.errno == errno.EPIPE:  # `| head`: click ends quietly
                raise
            click.echo(f"litgraph: {printable(str(error))}", err=True)
            ctx.exit(1)
        except KeyboardInterrupt:
            click.echo("\nlitgraph: stopped. What was finished is kept; the same command goes on from there.", err=True)
            ctx.exit(1)


@click.group(cls=_Litgraph, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="litgraph")
def main() -> None:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # Windows consoles and pipes are not UTF-8 by themselves
            stream.reconfigure(encoding="utf-8", errors="replace")


VERBS = (
    build,
    view,
    show,
    cast,
    query,
    export,
    analyse,
    compare,
    plot,
    load,
    corpus,
    cite,
    fetch,
    train,
    evaluate,
    doctor,
)
for verb in VERBS:
    main.add_command(verb.command)
