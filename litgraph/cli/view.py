"""``litgraph view``: the page of a run in the browser, where it can be corrected."""

from __future__ import annotations

from pathlib import Path

import click

from litgraph.cli.common import note_printer, quiet_option, run_argument


@click.command("view", short_help="Look at the graph in the browser, and correct it.")
@run_argument
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Serve it on this port. [default: any that is free]"
)
@click.option("--no-browser", is_flag=True, help="Print the address only.")
@quiet_option
def command(run: Path, port: int, no_browser: bool, quiet: bool) -> None:
    """Open the page of the run folder RUN in the browser: the graph, the sentences that prove it, and the text.

    Corrections are written to cast.toml in RUN at once, and "Rebuild" builds them in. The page is served on this
    machine alone, to whoever has its address, until Ctrl-C. Nothing is fetched from anywhere.

    For a file to send around, without corrections: litgraph export RUN page.html

    \b
    Examples:
      litgraph view pride
      litgraph view pride --port 8000 --no-browser
    """
    from litgraph.pages.server import PageServer

    note = note_printer(quiet)
    with PageServer(run, port) as server:
        note("Reading the run …")
        server.page()  # what is wrong with the run is said here, not in the browser
        click.echo(server.url)
        note("Ctrl-C stops it.")
        if not no_browser:
            import webbrowser

            webbrowser.open(server.url)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            note("\nStopped. What was corrected is in cast.toml.")
