"""``litgraph corpus compare``: the books of a corpus side by side, and a measure by year or another column."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from litgraph.cli.common import note_printer, print_answer, quiet_option

if TYPE_CHECKING:
    from litgraph.stores.values import Answer


@click.command("compare", short_help="Measures of all books side by side, or by year as a picture.")
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option("--measure", "measures", multiple=True, metavar="NAME", help="A column of the table of books.")
@click.option(
    "--by", default="", metavar="COLUMN", help="Order by this column, such as year, and say how it goes along."
)
@click.option(
    "--plot", "picture", type=click.Path(path_type=Path), help="Draw the first measure by COLUMN: .png, .svg."
)
@click.option("--limit", type=click.IntRange(1), default=1000, show_default=True, help="Rows to print at most.")
@click.option("--json", "form", flag_value="json", help="Print JSON instead of text, for other programs.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV: a row for each book.")
@quiet_option
def command(
    corpus: Path,
    measures: tuple[str, ...],
    by: str,
    picture: Path | None,
    limit: int,
    form: str | None,
    quiet: bool,
) -> None:
    """Print measures of all books of CORPUS, a row each, perhaps ordered by what the list says of them.

    With --by: how far a measure rises with that column (Spearman's rank correlation, -1 to 1). With --plot: a picture
    with a dot for each book. Make the tables first, with: litgraph corpus tables CORPUS

    \b
    Examples:
      litgraph corpus compare victorians --measure density --measure speech_density --csv
      litgraph corpus compare victorians --by year --measure talk_female --plot women.svg
    """
    from litgraph.corpus.tables.comparing import DEFAULT_MEASURES, compare_books, number_pairs, rank_correlation

    if picture and not (by and measures):
        raise click.UsageError("--plot needs --by and --measure.")
    note = note_printer(quiet)
    answer = compare_books(corpus, measures or DEFAULT_MEASURES, by, None if picture or by else limit)
    columns = {column.casefold(): column for column in answer.columns}
    if picture:
        _draw(answer, picture, columns[by.casefold()], columns[measures[0].casefold()], str(corpus.name))
        click.echo(str(picture))
    else:
        shown = type(answer)(answer.columns, answer.rows[:limit], answer.more or len(answer.rows) > limit)
        print_answer(shown, form, limit, note)
    for measure in (measures or DEFAULT_MEASURES) if by else ():
        pairs = number_pairs(answer, columns[by.casefold()], columns[measure.casefold()])
        found = rank_correlation(pairs)
        if found is not None:
            note(f"{measure} by {by}: rank correlation {found:+.2f} over {len(pairs):,} books")


def _draw(answer: Answer, picture: Path, by: str, measure: str, title: str) -> None:
    from litgraph.view.charts.scatter import Dot, draw_scatter

    numbers = all(isinstance(row[by], (int, float)) for row in answer.rows)
    dots = [
        Dot(str(row["title"]), float(row[by]) if numbers else str(row[by]), float(row[measure]))
        for row in answer.rows
        if isinstance(row[measure], (int, float))
    ]
    draw_scatter(dots, picture, title=title, known=by, measure=measure)
