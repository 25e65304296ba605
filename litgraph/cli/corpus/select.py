"""``litgraph corpus select``: the books of a corpus from Project Gutenberg's catalogue."""

from __future__ import annotations

from pathlib import Path

import click

from litgraph.cli.common import counted, note_printer, quiet_option


@click.command("select", short_help="Choose books from Project Gutenberg's catalogue.")
@click.argument("catalogue", type=click.Path(path_type=Path))
@click.option("--language", "languages", multiple=True, metavar="CODE", help="Such as en.")
@click.option("--subject", "subjects", multiple=True, metavar="WORDS", help="In a subject heading, such as fiction.")
@click.option("--bookshelf", "bookshelves", multiple=True, metavar="WORDS", help="In the name of a bookshelf.")
@click.option("--author", "authors", multiple=True, metavar="NAME", help="Words of an author's name.")
@click.option("--title", "titles", multiple=True, metavar="WORDS", help="Words of the title.")
@click.option("--without", multiple=True, metavar="WORDS", help="In no subject heading and no bookshelf.")
@click.option("--born-after", type=int, metavar="YEAR", help="First year in which an author was born.")
@click.option("--born-before", type=int, metavar="YEAR", help="Last year in which an author was born.")
@click.option("--all-editions", is_flag=True, help="Take all editions of a work, all parts and collected works.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The list, as CSV. [default: print it]")
@quiet_option
def command(
    catalogue: Path,
    languages: tuple[str, ...],
    subjects: tuple[str, ...],
    bookshelves: tuple[str, ...],
    authors: tuple[str, ...],
    titles: tuple[str, ...],
    without: tuple[str, ...],
    born_after: int | None,
    born_before: int | None,
    all_editions: bool,
    output: Path | None,
    quiet: bool,
) -> None:
    """Choose books from CATALOGUE and write a list of them for `litgraph corpus build`.

    CATALOGUE is Project Gutenberg's pg_catalog.csv, its RDF files in a folder, or the archive of these. An option may
    be given more than once: then a book must fit one of its values. It must fit every kind of option.

    Each work is taken once: one of its editions, the whole and not its parts. What is left out is told, and named in
    the column other_editions. The catalogue knows when an author was born, but not when a book first came out.

    \b
    Examples:
      litgraph corpus select pg_catalog.csv --language en --subject fiction --author Austen -o austen.csv
      litgraph corpus select pg_catalog.csv --language en --subject fiction --born-before 1830 --without juvenile
    """
    from litgraph.corpus.selection.catalogue import read_catalogue
    from litgraph.corpus.selection.choosing import Wanted, select
    from litgraph.corpus.selection.listing import as_csv
    from litgraph.files import write_text

    wanted = Wanted(languages, subjects, bookshelves, authors, titles, without, born_after, born_before)
    note = note_printer(quiet)
    books = select(read_catalogue(catalogue), wanted, all_editions=all_editions, tell=note)
    if output is None:
        click.echo(as_csv(books), nl=False)
        return
    write_text(output, as_csv(books))
    left_out = sum(len(book.other_editions) for book in books)
    others = f", {counted(left_out, 'other edition or part', 'other editions and parts')} left out" if left_out else ""
    click.echo(f"{output}: {counted(len(books), 'book')}{others}")
    note(f"Build them with: litgraph corpus build {output} -o CORPUS")
