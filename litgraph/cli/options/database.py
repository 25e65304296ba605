"""What the verbs that talk to Neo4j share: where it is, and the password."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from litgraph.errors import StoreError

if TYPE_CHECKING:
    from litgraph.stores.neo4j import Connection

Command = TypeVar("Command", bound=Callable[..., Any])


def _option(name: str, variable: str, default: str, help: str) -> Callable[[Command], Command]:
    return click.option(name, envvar=variable, default=default, show_default=True, show_envvar=True, help=help)


def database_options(default_uri: str | None) -> Callable[[Command], Command]:
    """Options ``--uri --user --database``, each also from the environment."""

    def decorate(function: Command) -> Command:
        for option in (
            _option("--database", "NEO4J_DATABASE", "neo4j", "The name of the database."),
            _option("--user", "NEO4J_USERNAME", "neo4j", "Your name in the database."),
            click.option(
                "--uri",
                envvar="NEO4J_URI" if default_uri else None,
                default=default_uri,
                show_default=bool(default_uri),
                show_envvar=True,
                help="Where Neo4j is, such as bolt://localhost:7687.",
            ),
        ):
            function = option(function)
        return function

    return decorate


def connection(uri: str, user: str, database: str) -> Connection:
    """The connection, with the password of NEO4J_PASSWORD, or of whoever sits at the terminal.

    Raises:
        StoreError: the server wants a password, there is none, and nobody to ask; or no server answers.
    """
    from litgraph.stores.connecting import asks_for_password
    from litgraph.stores.neo4j import Connection

    password = os.environ.get("NEO4J_PASSWORD")
    if password is None:
        if not asks_for_password(Connection(uri, user, "", database)):
            return Connection(uri, user, "", database)
        if not at_a_terminal():
            raise StoreError(f"The password of {user} is not known.", "Set NEO4J_PASSWORD.")
        password = click.prompt(f"Password of {user}", hide_input=True, default="", show_default=False, err=True)
    return Connection(uri, user, password, database)


def at_a_terminal() -> bool:
    """Whether a person can be asked."""
    return sys.stdin.isatty()
