"""``litgraph analyse``: who is central, which circles there are, and how it changes through the book."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from litgraph.cli.common import counted, note_printer, print_csv, print_json, print_table, quiet_option, run_argument
from litgraph.cli.options.networks import measure_option, network_option, slicing_option, width_option

if TYPE_CHECKING:
    from litgraph.analysis import BookMeasures, ChapterMeasures, CharacterMeasures, TurningPoint


@click.command("analyse", short_help="Count who is central, the circles, and how they change.")
@run_argument
@network_option
@click.option("--over", type=click.Choice(["chapters"]), help="Count at each chapter instead of in the whole book.")
@slicing_option
@measure_option
@width_option
@click.option("--top", default=10, show_default=True, type=click.IntRange(0), help="Characters to print; 0 for all.")
@click.option("--json", "form", flag_value="json", help="Print JSON instead of text, for other programs.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV: a row for each character, or each chapter.")
@quiet_option
def command(
    run: Path,
    network: Any,
    over: str | None,
    slicing: Any,
    measure: str,
    width: int,
    top: int,
    form: str | None,
    quiet: bool,
) -> None:
    """Measure the network of characters in the run folder RUN: of each character and of the whole book.

    With --over chapters: the size of the network at each chapter, how much the company changes there, who enters and
    leaves, and one measure of the main characters (--measure, --by). What the measures mean: docs/analysis.md

    \b
    Examples:
      litgraph analyse pride
      litgraph analyse pride --network speech --csv > characters.csv
      litgraph analyse pride --over chapters --measure betweenness --by window
    """
    from litgraph import analysis
    from litgraph.runs.loading import load_book, load_graph, load_mentions, load_quotations

    graph, book, mentions = load_graph(run), load_book(run), load_mentions(run)
    note = note_printer(quiet)
    if over:
        rows = analysis.measure_chapters(
            graph, network, slicing, measure, width=width, top=top or len(graph), book=book, mentions=mentions
        )
        turns = analysis.turning_points({row.chapter: row.change for row in rows}, width=width)
        names = {node: str(data["name"]) for node, data in graph.nodes(data=True)}
        _print_chapters(rows, turns, names, measure, form)
    else:
        quotations = load_quotations(run)
        given: dict[str, Any] = {"book": book, "mentions": mentions, "quotations": quotations}
        people = analysis.measure_characters(graph, network, **given)
        whole = analysis.measure_book(graph, network, **given)
        shown = people[:top] if top else people
        _print_book(whole, people if form else shown, form)
        if not form and len(shown) < len(people):
            note(f"… and {len(people) - len(shown)} more (--top 0 shows all)")


def _print_book(book: BookMeasures, people: list[CharacterMeasures], form: str | None) -> None:
    if form == "json":
        communities = [one._asdict() for one in book.communities]
        between = book.between_women._asdict() if book.between_women else None
        whole = {**asdict(book), "communities": communities, "between_women": between}
        print_json({"book": whole, "characters": [asdict(row) for row in people]})
    elif form == "csv":
        rows = [asdict(row) for row in people]
        print_csv(list(rows[0]) if rows else [], [list(row.values()) for row in rows])
    else:
        _print_book_in_words(book)
        header = ("name", "mentions", "degree", "strength", "betweenness", "pagerank", "core", "speech", "community")
        print_table(header, [_cells(row) for row in people])


def _print_book_in_words(book: BookMeasures) -> None:
    people = f"{counted(book.characters, 'character')}, {counted(book.ties, 'tie')} ({book.network})"
    click.echo(f"{book.title}{', by ' + book.author if book.author else ''}: {people}")
    click.echo(f"  density {book.density:.3f}, diameter {book.diameter}, transitivity {book.transitivity:.3f}")
    click.echo(f"  centralisation {book.centralisation:.3f}, gender assortativity {book.gender_assortativity:+.3f}")
    click.echo(f"  modularity {book.modularity:.3f}, reciprocity of speech {book.reciprocity:.3f}")
    if book.talk:
        click.echo("  talk: " + ", ".join(f"{gender} {share:.1%}" for gender, share in book.talk.items()))
    if book.between_women:
        women, speeches, without = book.between_women
        said = f"{counted(speeches, 'speech', 'speeches')} to women alone, {without:,} of them without a man"
        click.echo(f"  {counted(women, 'woman', 'women')} speak: {said}")
    for one in book.communities:
        click.echo(f"  circle of {one.name}: {counted(len(one.members), 'member')}")
    click.echo("")


def _cells(row: CharacterMeasures) -> tuple[str, ...]:
    numbers = (str(row.mentions), str(row.degree), f"{row.strength:g}", f"{row.betweenness:.3f}", f"{row.pagerank:.3f}")
    return (row.name, *numbers, str(row.core), f"{row.share_of_speech:.1%}", row.community)


def _print_chapters(
    rows: list[ChapterMeasures], turns: list[TurningPoint], names: dict[str, str], measure: str, form: str | None
) -> None:
    if form == "json":
        print_json(
            {
                "measure": measure,
                "chapters": [{**asdict(row), "values": dict(row.values)} for row in rows],
                "turning_points": [turn._asdict() for turn in turns],
            }
        )
        return
    people = list(rows[0].values) if rows else []
    if form == "csv":
        header = ["chapter", "title", "characters", "ties", "density", "change", "enter", "leave", *people]
        fixed = [[row.chapter, row.title, row.characters, row.ties, row.density, row.change] for row in rows]
        moves = [["; ".join(row.enter), "; ".join(row.leave)] for row in rows]
        values = [list(row.values.values()) for row in rows]
        print_csv(header, [[*one, *two, *three] for one, two, three in zip(fixed, moves, values, strict=True)])
        return
    cells = [
        (
            str(row.chapter),
            str(row.characters),
            str(row.ties),
            f"{row.density:.3f}",
            f"{row.change:.2f}",
            *(f"{row.values[one]:.3g}" for one in people[:3]),
            ", ".join(names[one] for one in row.enter),
            ", ".join(names[one] for one in row.leave),
        )
        for row in rows
    ]
    first = [f"{names[one]}, {measure}" for one in people[:3]]
    print_table(("chapter", "characters", "ties", "density", "change", *first, "enter", "leave"), cells)
    if turns:
        click.echo("\nThe company changes most at chapters " + ", ".join(f"{turn.chapter}" for turn in turns))
