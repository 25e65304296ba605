"""``litgraph cast``: who is in the book."""

from __future__ import annotations

from pathlib import Path

import click

from litgraph.cli.common import json_option, print_json, print_table, run_argument


@click.command("cast", short_help="Show who is in a book, and which file corrects it.")
@run_argument
@click.option("--top", default=40, show_default=True, type=click.IntRange(0), help="Rows to print; 0 for all.")
@json_option
def command(run: Path, top: int, as_json: bool) -> None:
    """Show who and what is in the run folder RUN, the most often mentioned first, and which file corrects it.

    Edit that file to rename, merge, split or drop, or to change a gender or a kind (it says how), and run the same
    `litgraph build` command again. The edits stay, whatever is rebuilt later.

    \b
    Example:
      litgraph cast pride
    """
    from litgraph.formats import entity_to_row
    from litgraph.stages import load_cast

    entities = load_cast(run).entities
    if as_json:
        print_json({"file": str(run / "cast.toml"), "entities": [entity_to_row(entity) for entity in entities]})
        return
    shown = entities[:top] if top else entities
    rows = [
        (
            entity.name + (" (ambiguous)" if entity.ambiguous else ""),
            entity.kind,
            entity.gender if entity.kind == "character" else "",
            str(entity.mentions),
            f"{entity.first}–{entity.last}",
            ", ".join(alias for alias, _ in entity.aliases if alias != entity.name),
        )
        for entity in shown
    ]
    print_table(("name", "kind", "gender", "mentions", "chapters", "also called"), rows)
    if len(shown) < len(entities):
        click.echo(f"… and {len(entities) - len(shown)} more (--top 0 shows all)", err=True)
    click.echo(f"\nTo correct it, edit {run / 'cast.toml'} and run the same `litgraph build` command again.", err=True)
