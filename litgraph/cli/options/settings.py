"""The options that set what a run depends on, beside its book. Their names are those of the settings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from litgraph.cli.options.choices import labeller_option, mentions_option
from litgraph.cli.options.language_models import language_model_options

Command = TypeVar("Command", bound=Callable[..., Any])


def settings_options(function: Command) -> Command:
    """Add them, and a file of settings, to a command."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    mentions_option,
    labeller_option,
    click.option(
        "--window",
        type=int,
        help="Ask of mentions at most so many sentences together how they are related, 1 to 5. [default: 1]",
    ),
    click.option(
        "--co-occurrence-window",
        type=int,
        help="Entities co-occur that are mentioned at most so many sentences together, 1 to 5. [default: 3]",
    ),
    click.option(
        "--minimum-confidence",
        type=float,
        help="Leave relations below it out of the graph, 0 to 1. [default: what was measured to be sure enough, for "
        "kin, love, friends and places each; docs/facts.md]",
    ),
    language_model_options,
    click.option("--config", type=click.Path(path_type=Path), help="A TOML file of settings. [default: litgraph.toml]"),
)
