"""``litgraph doctor``: what is installed, and what is missing."""

from __future__ import annotations

import click

from litgraph.cli.common import json_option, print_json


@click.command("doctor", short_help="Say what is installed and what is missing.")
@json_option
def command(as_json: bool) -> None:
    """Say what is installed, which device models would run on, and what is missing for what.

    \b
    Example:
      litgraph doctor
    """
    from litgraph.doctor import examine

    findings = examine()
    if as_json:
        print_json(findings)
        return
    for title, lines in findings.items():
        click.echo(title)
        for line in lines:
            click.echo(f"  {line}")
