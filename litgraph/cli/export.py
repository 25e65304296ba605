"""``litgraph export``: the graph of a run, or the text with its speakers, in another file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from litgraph.cli.common import json_option, note_printer, print_json, quiet_option, run_argument
from litgraph.progress import Tell, tell_nobody

Command = TypeVar("Command", bound=Callable[..., Any])

TEXT = "tei-text"
TABLES = ["tables-csv", "tables-parquet"]
FORMATS = ["graphml", "gexf", "gexf-dynamic", "json", "gephi-csv", "neo4j-csv", "cypher", "tei", TEXT]
FORMATS += ["jsonld", "dracor-csv", "png", "svg", "html", *TABLES]


def _names(context: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip())


def _names_option(name: str, help: str) -> Callable[[Command], Command]:
    return click.option(name, metavar="NAMES", default="", callback=_names, help=help)


def selection_options(function: Command) -> Command:
    """The options that choose a part of the graph; `selected_graph` takes their values."""
    for decorate in reversed(
        (
            _names_option("--kinds", "Only nodes of these kinds: character,group,place …"),
            _names_option("--relations", "Only these relations: spouse_of,sibling_of …"),
            _names_option("--exclude-relations", "Not these, such as co_occurs_with."),
            click.option("--chapters", metavar="1-10", help="Only evidence from these chapters: 3, 1-10, 1-3,12-"),
            click.option(
                "--min-weight", type=click.FloatRange(0), default=0.0, help="Only edges with so much evidence."
            ),
            click.option(
                "--min-confidence",
                type=click.FloatRange(0, 1),
                default=0.0,
                help="Only edges so sure, 0 to 1; co-occurrence is not judged.",
            ),
            click.option(
                "--evidence",
                type=click.Choice(["none", "short", "full"]),
                default="full",
                show_default=True,
                help="The sentences: none, the beginning of the first, or all.",
            ),
        )
    ):
        function = decorate(function)
    return function


def selected_graph(
    run: Path,
    *,
    kinds: tuple[str, ...],
    relations: tuple[str, ...],
    exclude_relations: tuple[str, ...],
    chapters: str | None,
    min_weight: float,
    min_confidence: float,
    evidence: Any,
    simple: bool = False,
    tell: Tell = tell_nobody,
) -> Any:
    """The graph of a run folder, or the part of it that the options choose."""
    from litgraph.export.selection import chapters_in, select_graph
    from litgraph.runs.loading import load_graph

    return select_graph(
        load_graph(run),
        kinds=kinds,
        relations=relations,
        exclude_relations=exclude_relations,
        chapters=chapters_in(chapters) if chapters else (),
        minimum_weight=min_weight,
        minimum_confidence=min_confidence,
        evidence=evidence,
        simple=simple,
        tell=tell,
    )


@click.command("export", short_help="Write the graph for Gephi, Neo4j, TEI and others, as a page or a picture.")
@run_argument
@click.argument("output", type=click.Path(path_type=Path))
@click.option("--format", "name", type=click.Choice(FORMATS), help="If the ending of OUTPUT does not say it.")
@click.option("--simple", is_flag=True, help="One undirected edge for each pair, its relations joined.")
@selection_options
@quiet_option
@json_option
def command(
    run: Path, output: Path, name: str | None, simple: bool, quiet: bool, as_json: bool, **selection: Any
) -> None:
    """Write the graph of the run folder RUN, or a part of it, to the file OUTPUT, whose ending says in which format.

    \b
      .html         a page that shows graph, proof and text in any browser, offline
      .graphml      Gephi, Cytoscape, yEd, igraph, networkx, Neo4j (apoc.import.graphml)
      .gexf         Gephi, Gephi Lite; --format gexf-dynamic has the chapters as time
      .json         node-link JSON: everything, for networkx and programs
      .csv          two tables, NAME-nodes.csv and NAME-edges.csv, for Gephi and Cytoscape
      .cypher       a Cypher script for Neo4j
      .xml          TEI: listPerson, listPlace, listRelation
      .jsonld       linked data: schema.org, PROV-O, Web Annotation
      .png, .svg    a picture of the strongest relations (needs matplotlib)
      --format neo4j-csv    a folder of tables for neo4j-admin database import
      --format tei-text     TEI of the whole text: who says what to whom, and who is meant where
      --format dracor-csv   the relations as DraCor has them: Source,Type,Target,Label
      --format tables-csv   a folder of tables: characters, relations, mentions, quotations, chapters
      --format tables-parquet   the same as Parquet (needs pyarrow)

    \b
    Examples:
      litgraph export pride pride.html
      litgraph export pride pride.graphml
      litgraph export pride family.gexf --kinds character --relations spouse_of,sibling_of,child_of
      litgraph export pride meetings.csv --relations co_occurs_with --simple --min-weight 5 --evidence none
      litgraph export pride volume-1.gexf --format gexf-dynamic --chapters 1-23
      litgraph export pride conversations.gexf --relations speaks_to
      litgraph export pride text.xml --format tei-text
      litgraph export pride import --format neo4j-csv
    """
    from litgraph.export import format_of, write_graph

    if name == TEXT:
        files = [_write_text(run, output)]
    elif name in TABLES:
        files = _write_tables(run, output, name)
    elif format_of(output, name).name == "html":
        from litgraph.pages.making import write_page

        write_page(run, output, selected_graph(run, simple=simple, tell=note_printer(quiet), **selection))
        files = [str(output)]
    else:
        tell = note_printer(quiet)
        graph = selected_graph(run, simple=simple, tell=tell, **selection)
        files = [str(path) for path in write_graph(graph, output, name, tell=tell)]
    if as_json:
        print_json({"files": files})
    else:
        click.echo("\n".join(files))
    if name == "neo4j-csv":
        from litgraph.export.tables import admin_command

        note = note_printer(quiet)
        note("Import it, with the database stopped, in that folder:")
        note(f"  {admin_command()}")


def _write_tables(run: Path, output: Path, name: str) -> list[str]:
    from litgraph.export.tables import write_csv_tables, write_parquet_tables
    from litgraph.runs.tables import table_rows

    _refuse_selection(name, "the tables of the whole run")
    write = write_csv_tables if name == "tables-csv" else write_parquet_tables
    return [str(path) for path in write(table_rows(run), output)]


def _write_text(run: Path, output: Path) -> str:
    from litgraph.export.tei_text import write_tei_text
    from litgraph.runs.loading import load_book, load_cast, load_mentions, load_quotations

    _refuse_selection(TEXT, "the whole text")
    write_tei_text(load_book(run), load_cast(run), load_mentions(run), load_quotations(run), output)
    return str(output)


def _refuse_selection(name: str, what: str) -> None:
    """Raises UsageError if an option chooses a part of what is only written whole."""
    context = click.get_current_context()
    for option in context.command.params:
        given = context.get_parameter_source(option.name or "") == click.core.ParameterSource.COMMANDLINE
        if given and option.name not in ("run", "output", "name", "quiet", "as_json"):
            raise click.UsageError(f"{name} writes {what}, of which {option.opts[0]} chooses no part: leave it out.")
