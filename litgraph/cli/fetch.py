"""``litgraph fetch``: a book of Project Gutenberg onto this machine. No other verb downloads books."""

from __future__ import annotations

import click

from litgraph.cli.common import json_option, note_printer, print_json, progress_shown, quiet_option


@click.command("fetch", short_help="Download a Project Gutenberg book once and keep it.")
@click.argument("identifier")
@click.option(
    "--mirror", metavar="URL", help="Another Project Gutenberg mirror. [default: $LITGRAPH_MIRROR, else gutenberg.org]"
)
@quiet_option
@json_option
def command(identifier: str, mirror: str | None, quiet: bool, as_json: bool) -> None:
    """Download a Project Gutenberg book once and keep it.

    IDENTIFIER is the book's number, such as pg1342 or 1342. Afterwards `litgraph build pg1342` works offline. A
    download that breaks off is taken up again by the same command.

    \b
    Example:
      litgraph fetch pg1342
      litgraph build pg1342 -o pride
    """
    from litgraph.errors import FetchError
    from litgraph.reading.catalogue import fetch, normalise_identifier

    number = normalise_identifier(identifier)
    if number is None:
        raise FetchError(f"{identifier!r} is no Project Gutenberg number.", "Write it as pg1342 or 1342.")
    path = fetch(number, mirror=mirror, progress=progress_shown(quiet), tell=note_printer(quiet))
    if as_json:
        print_json({"identifier": number, "file": str(path)})
    else:
        click.echo(str(path))
