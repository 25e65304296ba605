"""``litgraph export``: the graph of a run, or the text with its speakers, in another file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from litgraph.cli.common import (
    is_run_folder,
    json_option,
    note_printer,
    print_json,
    progress_shown,
    quiet_option,
    run_folder,
)
from litgraph.progress import Tell, tell_nobody

Command = TypeVar("Command", bound=Callable[..., Any])

TEXT, BULK = "tei-text", "neo4j-admin"
TABLES = ["tables-csv", "tables-parquet"]
FORMATS = ["graphml", "gexf", "gexf-dynamic", "json", "gephi-csv", BULK, "cypher", "grass", "tei", TEXT]
FORMATS += ["jsonld", "dracor-csv", "png", "svg", "html", *TABLES]


def _names(context: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in value.split(",") if name.strip())


def _runs(context: click.Context, parameter: click.Parameter, folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """The run folders, with those that stand in a folder which is none itself."""
    runs: list[Path] = []
    for folder in folders:
        inside = [] if is_run_folder(folder) or not folder.is_dir() else sorted(filter(is_run_folder, folder.iterdir()))
        runs += inside or [run_folder(folder)]
    return tuple(runs)


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
@click.argument("runs", metavar="RUN…", type=click.Path(path_type=Path), nargs=-1, required=True, callback=_runs)
@click.argument("output", type=click.Path(path_type=Path))
@click.option("--format", "name", type=click.Choice(FORMATS), help="If the ending of OUTPUT does not say it.")
@click.option("--simple", is_flag=True, help="One undirected edge for each pair, its relations joined.")
@selection_options
@quiet_option
@json_option
def command(
    runs: tuple[Path, ...], output: Path, name: str | None, simple: bool, quiet: bool, as_json: bool, **selection: Any
) -> None:
    """Write the graph of the run folder RUN, or a part of it, to the file OUTPUT, whose ending says in which format.

    For neo4j-admin RUN may be several run folders, or a folder of run folders.

    \b
      .html         a page that shows graph, proof and text in any browser, offline
      .graphml      Gephi, Cytoscape, yEd, igraph, networkx, Neo4j (apoc.import.graphml)
      .gexf         Gephi, Gephi Lite; --format gexf-dynamic has the chapters as time
      .json         node-link JSON: everything, for networkx and programs
      .csv          two tables, NAME-nodes.csv and NAME-edges.csv, for Gephi and Cytoscape
      .cypher       a Cypher script for Neo4j
      .grass        a style sheet for Neo4j Browser, the same for every book
      .xml          TEI: listPerson, listPlace, listRelation
      .jsonld       linked data: schema.org, PROV-O, Web Annotation
      .png, .svg    a picture of the strongest relations (needs matplotlib)
      --format neo4j-admin  a folder of tables for neo4j-admin database import, of one run or of many
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
      litgraph export pride emma persuasion library --format neo4j-admin
    """
    from litgraph.export import format_of, write_graph

    if name != BULK and len(runs) > 1:
        raise click.UsageError(f"Only --format {BULK} takes several runs.")
    tell = note_printer(quiet)
    if name == TEXT:
        files = [_write_text(runs[0], output)]
    elif name in TABLES:
        files = _write_tables(runs[0], output, name)
    elif name == BULK:
        from litgraph.export.property_graph.bulk import write_bulk

        graphs = (selected_graph(run, simple=simple, tell=tell, **selection) for run in runs)
        shown = progress_shown(quiet)(graphs, "writing books", len(runs))
        files = [str(path) for path in write_bulk(shown, output, tell=tell)]
    elif format_of(output, name).name == "html":
        from litgraph.pages.making import write_page

        write_page(runs[0], output, selected_graph(runs[0], simple=simple, tell=tell, **selection))
        files = [str(output)]
    else:
        graph = selected_graph(runs[0], simple=simple, tell=tell, **selection)
        files = [str(path) for path in write_graph(graph, output, name, tell=tell)]
    if as_json:
        print_json({"files": files})
    else:
        click.echo("\n".join(files))
    if name == BULK:
        from litgraph.export.property_graph.bulk import COMMAND, SCHEMA_FILE

        tell("Import it, with the database stopped, in that folder:")
        tell(f"  {COMMAND}")
        tell(f"Then start the database and run {SCHEMA_FILE}: cypher-shell -f {SCHEMA_FILE}")


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
        if given and option.name not in ("runs", "output", "name", "quiet", "as_json"):
            raise click.UsageError(f"{name} writes {what}, of which {option.opts[0]} chooses no part: leave it out.")
