"""What the verbs of ``litgraph train`` share."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

recipe_option = click.option("--recipe", type=click.Path(path_type=Path), help="A TOML file that changes the recipe.")


def output_option(what: str) -> Callable[[Command], Command]:
    """The option that says where the result goes."""
    return click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help=what)


def data_options(function: Command) -> Command:
    """The options that name labelled examples."""
    for decorate in (
        click.option("--split", default="", help="Which part of a folder or a hub data set, such as train_0."),
        click.option(
            "--data",
            required=True,
            help="Examples: a .jsonl or .parquet file, a folder with one a split, or hub:OWNER/NAME.",
        ),
    ):
        function = decorate(function)
    return function


def quiet_libraries() -> None:
    """Keep from a person what bitsandbytes says, as soon as it is imported, of quicker kernels that one could get."""
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)


def values_of(recipe: Path | None) -> dict[str, Any]:
    """The values of a recipe file. Raises SettingsError if it is missing or no TOML."""
    from litgraph.config import read_toml

    return read_toml(recipe) if recipe else {}
