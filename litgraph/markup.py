"""Small tables as HTML, for values that show themselves in a notebook."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

LONGEST = 120
"""Characters of a cell, so that a book that is one line breaks no notebook."""


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, more: int = 0) -> str:
    """An HTML table; everything in it is text, whatever it looks like.

    Args:
        caption: stands above it.
        columns: their names.
        rows: as many cells as columns.
        more: how many rows are left out, which a line below says.
    """
    head = "".join(f"<th>{_cell(name)}</th>" for name in columns)
    body = "".join("<tr>" + "".join(f"<td>{_cell(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    rest = f"<p>… and {more:,} more</p>" if more > 0 else ""
    return f"<div><p><b>{_cell(caption)}</b></p><table><tr>{head}</tr>{body}</table>{rest}</div>"


def _cell(value: object) -> str:
    text = " ".join(str(value).split())
    return html.escape(text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…")
