"""``litgraph compare``: two graphs of one book beside each other, or several books by their measures."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litgraph.cli.common import counted, note_printer, print_csv, print_json, print_table, quiet_option, run_folder
from litgraph.cli.options.networks import network_option

if TYPE_CHECKING:
    import networkx

    from litgraph.analysis import BookMeasures, Comparison, EdgeAgreement

LISTED = 10
"""Names and edges of each kind that are printed."""


@click.command("compare", short_help="Compare two graphs of one book, or several books.")
@click.argument("runs", metavar="RUN RUN…", nargs=-1, required=True, type=click.Path(path_type=Path))
@network_option
@click.option("--measures", is_flag=True, help="Print the measures of two or more books side by side.")
@click.option("--up-to", type=click.IntRange(1), metavar="CHAPTER", help="Compare only what is said up to a chapter.")
@click.option("--over", type=click.Choice(["chapters"]), help="Print the scores of the edges up to each chapter.")
@click.option("--json", "form", flag_value="json", help="Print JSON instead of text, for other programs.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV: a row for each book, or for each score.")
@quiet_option
def command(
    runs: tuple[Path, ...],
    network: Any,
    measures: bool,
    up_to: int | None,
    over: str | None,
    form: str | None,
    quiet: bool,
) -> None:
    """Compare the graph of the first run folder with that of the second: two labellers, before and after a correction.

    Characters are aligned by their names. Precision is the share of the first graph's edges that the second has,
    recall the other way round; weighted, an edge counts the less the more its weights differ. The second may also be
    a file of the Stanford GraphBase, such as huck.dat.

    With --measures: books side by side, each with the measures of `litgraph analyse`.

    \b
    Examples:
      litgraph compare pride pride-corrected
      litgraph compare huck huck.dat --up-to 20
      litgraph compare huck huck.dat --over chapters --csv > by-chapter.csv
      litgraph compare pride emma persuasion --measures --csv > austen.csv
    """
    if len(runs) < 2 or (len(runs) > 2 and not measures):
        raise click.UsageError("Name two run folders, or two or more with --measures.")
    if measures and (up_to or over):
        raise click.UsageError("--measures measures whole books: leave out --up-to and --over.")
    if up_to and over:
        raise click.UsageError("--over chapters says it for every chapter: leave out --up-to.")
    if measures:
        _print_measures([_measured(run, network) for run in runs], form)
        return
    from litgraph.analysis import compare_by_chapter, compare_graphs

    first = _graph(runs[0])
    second = _graph(runs[1], chapters_of=runs[0] if up_to or over else None)
    titles = [str(graph.graph.get("title", "")) for graph in (first, second)]
    if all(titles) and titles[0] != titles[1]:
        note_printer(quiet)(f"note: these are two books, {titles[0]} and {titles[1]}; --measures compares books.")
    if over:
        _print_by_chapter(compare_by_chapter(first, second, network), network, form)
        return
    _print_comparison(compare_graphs(first, second, network, up_to=up_to or 0), first, second, form)


def _graph(run: Path, *, chapters_of: Path | None = None) -> networkx.MultiDiGraph:
    """A run's graph, or a scholar's, whose chapters are then numbered as those of another run's book."""
    from litgraph.analysis import graph_of_knuth
    from litgraph.corpora.knuth import chapter_numbers, read_network
    from litgraph.runs.loading import load_book, load_graph

    if run.suffix != ".dat":
        return load_graph(run_folder(run))
    network = read_network(run)
    if chapters_of is None or chapters_of.suffix == ".dat":
        return graph_of_knuth(network)
    return graph_of_knuth(network, chapters=chapter_numbers(network, load_book(chapters_of)))


def _measured(run: Path, network: Any) -> BookMeasures:
    from litgraph.analysis import measure_book
    from litgraph.runs.loading import load_book, load_mentions, load_quotations

    graph = _graph(run)
    if run.suffix == ".dat":
        graph.graph["title"] = run.name
        return measure_book(graph, network)
    return measure_book(
        graph, network, book=load_book(run), mentions=load_mentions(run), quotations=load_quotations(run)
    )


def _print_measures(books: list[BookMeasures], form: str | None) -> None:
    rows = [_flat(book) for book in books]
    if form == "json":
        print_json(rows)
    elif form == "csv":
        print_csv(list(rows[0]), [list(row.values()) for row in rows])
    else:
        header = ("", *(str(row["title"]) for row in rows))
        names = [name for name in rows[0] if name != "title"]
        print_table(header, [(name, *(_short(row[name]) for row in rows)) for name in names])


def _flat(book: BookMeasures) -> dict[str, Any]:
    row = {name: value for name, value in asdict(book).items() if name not in ("communities", "talk", "between_women")}
    women = book.between_women
    return row | {
        "communities": len(book.communities),
        "talk_female": book.talk.get("female", 0.0),
        "talk_male": book.talk.get("male", 0.0),
        "speeches_between_women": women.speeches if women else 0,
        "speeches_between_women_without_men": women.without_men if women else 0,
    }


def _short(value: Any) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _print_comparison(
    found: Comparison, first: networkx.MultiDiGraph, second: networkx.MultiDiGraph, form: str | None
) -> None:
    scores = {"characters": found.characters, "edges": found.edges, "weighted edges": found.weighted}
    table = {name: {**one._asdict(), "f1": one.f1} for name, one in scores.items()}
    if form == "json":
        print_json({**asdict(found), **{name.replace(" ", "_"): row for name, row in table.items()}})
    elif form == "csv":
        print_csv(["what", "precision", "recall", "f1"], [[name, *row.values()] for name, row in table.items()])
    else:
        rows = [(name, *(f"{value:.3f}" for value in row.values())) for name, row in table.items()]
        print_table((found.network, "precision", "recall", "F1"), rows)
        aligned = sum(one != other for one, other in found.aligned.items())
        click.echo(f"\n{counted(len(found.aligned), 'character')} in both, {aligned:,} under another id")
        for title, people, graph in (
            ("only in the first", found.only_first, first),
            ("only in the second", found.only_second, second),
        ):
            _list(title, [str(graph.nodes[one]["name"]) for one in people])
        _list("edges that the first lacks", [_in_words(edge, second) for edge in found.missing])
        _list("edges that the second lacks", [_in_words(edge, first) for edge in found.added])


def _print_by_chapter(found: dict[int, EdgeAgreement], network: str, form: str | None) -> None:
    header = ["chapter", "precision", "recall", "f1", "weighted_precision", "weighted_recall", "weighted_f1"]
    rows = [
        [chapter, *(value for scores in both for value in (scores.precision, scores.recall, scores.f1))]
        for chapter, both in found.items()
    ]
    if form == "json":
        print_json([dict(zip(header, row, strict=True)) for row in rows])
    elif form == "csv":
        print_csv(header, rows)
    else:
        titles = (f"{network}, up to", "precision", "recall", "F1", "weighted: precision", "recall", "F1")
        print_table(titles, [(str(chapter), *(f"{value:.3f}" for value in scores)) for chapter, *scores in rows])


def _list(title: str, items: list[str]) -> None:
    if items:
        more = f" … and {len(items) - LISTED} more" if len(items) > LISTED else ""
        click.echo(f"{title}: {'; '.join(items[:LISTED])}{more}")


def _in_words(edge: tuple[str, ...], graph: networkx.MultiDiGraph) -> str:
    head, tail = (str(graph.nodes[end]["name"]) for end in (edge[0], edge[-1]))
    return f"{head} – {tail}" if len(edge) == 2 else f"{head} {edge[1]} {tail}"
