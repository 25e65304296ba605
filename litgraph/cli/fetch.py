"""``litgraph fetch``: the one verb that uses the network."""

from __future__ import annotations

import click


@click.command("fetch", short_help="Download a Project Gutenberg book once and keep it.")
@click.argument("identifier")
@click.option(
    "--mirror", metavar="URL", help="Another Project Gutenberg mirror. [default: $LITGRAPH_MIRROR, else gutenberg.org]"
)
@click.option("-q", "--quiet", is_flag=True, help="No progress.")
def command(identifier: str, mirror: str | None, quiet: bool) -> None:
    """Download a Project Gutenberg book once and keep it.

    IDENTIFIER is the book's number, such as pg1342 or 1342. Afterwards `litgraph build pg1342` works offline. A
    download that breaks off is taken up again by the same command.

    \b
    Example:
      litgraph fetch pg1342
      litgraph build pg1342 -o pride
    """
    from litgraph.errors import FetchError
    from litgraph.progress import bar, silent
    from litgraph.reading.catalogue import fetch, normalise_identifier

    number = normalise_identifier(identifier)
    if number is None:
        raise FetchError(f"{identifier!r} is no Project Gutenberg number.", "Write it as pg1342 or 1342.")
    path = fetch(
        number,
        mirror=mirror,
        progress=silent if quiet else bar,
        tell=None if quiet else lambda trouble: click.echo(trouble, err=True),
    )
    click.echo(str(path))
