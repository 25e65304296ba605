"""``litgraph query``: the graph asked in Cypher, without a server or on Neo4j."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litgraph.cli.common import note_printer, print_answer, quiet_option, run_folder
from litgraph.cli.options.database import connection, database_options

if TYPE_CHECKING:
    from litgraph.stores.values import Answer


def _parameters(context: click.Context, parameter: click.Parameter, texts: tuple[str, ...]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not (name and equals):
            raise click.BadParameter(f"{text!r} is not NAME=VALUE", context, parameter)
        try:
            values[name] = json.loads(value)
        except ValueError:
            values[name] = value
    return values


parameter_option = click.option(
    "-p", "--param", "parameters", multiple=True, metavar="NAME=VALUE", callback=_parameters,
    help="The value of $NAME: JSON, such as 5 or [1,2], or else text. May be given more than once.",
)  # fmt: skip


@click.command("query", short_help="Ask the graph in Cypher, without a server or on Neo4j.")
@click.argument("arguments", metavar="[RUN] [STATEMENT]", nargs=-1, required=True)
@click.option("--schema", is_flag=True, help="Print what RUN has: labels, types, properties, for a language model.")
@parameter_option
@click.option("--timeout", type=click.FloatRange(0.001), default=60.0, show_default=True, help="Seconds at most.")
@click.option("--limit", type=click.IntRange(1), default=1000, show_default=True, help="Rows at most.")
@click.option("--json", "form", flag_value="json", help="Print JSON: a list of objects.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV, with a header.")
@quiet_option
@database_options(None)
def command(
    arguments: tuple[str, ...],
    schema: bool,
    parameters: dict[str, Any],
    timeout: float,
    limit: int,
    form: str | None,
    quiet: bool,
    uri: str | None,
    user: str,
    database: str,
) -> None:
    """Ask the graph of the run folder RUN in Cypher. Nothing needs to be installed or running for it.

    With --uri the statement goes to a Neo4j database instead, and RUN is left out; the password is taken from
    NEO4J_PASSWORD, or you are asked. Both have the same nodes and relations, so the same statement gives the same rows.
    A statement can only read. "-" takes it from the standard input.

    Nodes are Character, Group, Place, Organisation and Vehicle (all of them Entity too), with name, aliases, gender,
    mentions, first and last (chapter); relations are SPOUSE_OF, LIVES_IN, CO_OCCURS_WITH … with weight, confidence,
    chapters and evidence. docs/cookbook.md has questions that a scholar may ask.

    \b
    Examples:
      litgraph query pride "MATCH (c:Character) RETURN c.name, c.mentions ORDER BY c.mentions DESC LIMIT 10"
      litgraph query pride -p name="Mr. Darcy" 'MATCH (c {name: $name})-[r]-(o:Character) RETURN type(r), o.name'
      litgraph query --uri bolt://localhost:7687 "MATCH (b:Book) RETURN b.title"
      litgraph query pride --schema
    """
    if schema:
        _print_schema(arguments, uri)
        return
    *run, statement = arguments
    if len(run) != (0 if uri else 1):
        raise click.UsageError("Say STATEMENT, without RUN, for a database." if uri else "Say RUN and STATEMENT.")
    if statement == "-":
        with click.open_file("-", encoding="utf-8") as file:
            statement = file.read()
    note = note_printer(quiet)
    answer: Answer
    if uri:
        from litgraph.stores import neo4j

        answer = neo4j.ask(
            connection(uri, user, database),
            statement,
            parameters,
            timeout=timeout,
            most=limit,
            tell=note,
        )
    else:
        from litgraph.runs.loading import load_graph
        from litgraph.stores import embedded

        graph = load_graph(run_folder(Path(run[0])))
        answer = embedded.ask(graph, statement, parameters, timeout=timeout, most=limit, tell=note)
    print_answer(answer, form, limit, note)


def _print_schema(arguments: tuple[str, ...], uri: str | None) -> None:
    from litgraph.runs.loading import load_graph
    from litgraph.stores.schema import schema_text

    if uri or len(arguments) != 1:
        raise click.UsageError("--schema takes RUN alone; a database has the same as the runs that were loaded.")
    click.echo(schema_text(load_graph(run_folder(Path(arguments[0])))))
