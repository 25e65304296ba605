"""The options that name who finds the mentions and who labels the pairs, with help made from the tables of both."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from litgraph.choices import ModuleRow, listed
from litgraph.mentions.finder import FINDERS
from litgraph.relations.choice import LABELLERS

Command = TypeVar("Command", bound=Callable[..., Any])


def explained(table: Mapping[str, ModuleRow]) -> str:
    """A block of help with a line for each row."""
    widest = max(map(len, table))
    return "\n".join(["\b", *(f"  {name.ljust(widest)}  {row.meaning}" for name, row in table.items())])


def with_choices(help: str) -> Callable[[Command], Command]:
    """Set a command's help, ``{finders}`` and ``{labellers}`` in it filled in from the tables."""

    def decorate(function: Command) -> Command:
        function.__doc__ = help.format(finders=explained(FINDERS), labellers=explained(LABELLERS))
        return function

    return decorate


mentions_option = click.option(
    "--mentions", metavar="WHO", help=f"Who finds people and places: {listed(FINDERS)}. [default: literary]"
)
labeller_option = click.option(
    "--labeller",
    metavar="WHO",
    help=f"Who says how two entities are related: {listed(LABELLERS)}. [default: literary]",
)
