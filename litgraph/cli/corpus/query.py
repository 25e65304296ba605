"""``litgraph corpus query``: the tables of a corpus asked in SQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from litgraph.cli.common import note_printer, print_answer, quiet_option
from litgraph.cli.query import parameter_option


@click.command("query", short_help="Ask the tables of a corpus in SQL.")
@click.argument("corpus", type=click.Path(path_type=Path))
@click.argument("statement")
@parameter_option
@click.option("--timeout", type=click.FloatRange(0.001), default=60.0, show_default=True, help="Seconds at most.")
@click.option("--limit", type=click.IntRange(1), default=1000, show_default=True, help="Rows at most.")
@click.option("--json", "form", flag_value="json", help="Print JSON: a list of objects.")
@click.option("--csv", "form", flag_value="csv", help="Print CSV, with a header.")
@quiet_option
def command(
    corpus: Path,
    statement: str,
    parameters: dict[str, Any],
    timeout: float,
    limit: int,
    form: str | None,
    quiet: bool,
) -> None:
    """Ask the tables of CORPUS in SQL, by DuckDB: books, characters, facts, conversations.

    STATEMENT is one SELECT, or "-" to take it from the standard input. It can only read, and only these tables.
    "DESCRIBE characters" names the columns of one. Make the tables first, with: litgraph corpus tables CORPUS

    \b
    In how many novels is a woman the most central?
      litgraph corpus query victorians "SELECT gender, count(*) AS novels FROM (SELECT * FROM characters
        QUALIFY row_number() OVER (PARTITION BY book ORDER BY betweenness DESC) = 1) GROUP BY gender"
    \b
    Do women get more of the word as the century goes on? (year is a column of the list)
      litgraph corpus query victorians "SELECT year // 10 * 10 AS decade, avg(talk_female) AS women,
        count(*) AS novels FROM books GROUP BY decade ORDER BY decade"
    \b
    Who is first said to be married in the last chapter, and where does it say so?
      litgraph corpus query victorians --csv "SELECT title, head_name, tail_name, first_sentence
        FROM facts JOIN books USING (book) WHERE relation = 'spouse_of' AND first = books.chapters"
    """
    from litgraph.corpus.tables.asking import ask

    if statement == "-":
        with click.open_file("-", encoding="utf-8") as file:
            statement = file.read()
    note = note_printer(quiet)
    answer = ask(corpus, statement, parameters, timeout=timeout, most=limit)
    print_answer(answer, form, limit, note)
