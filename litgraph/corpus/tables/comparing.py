"""The books of a corpus side by side: their measures, and how one goes with what the list says of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from litgraph.corpus.tables.asking import ask
from litgraph.errors import SettingsError
from litgraph.stores.values import Answer

DEFAULT_MEASURES = (
    "characters", "ties", "density", "diameter", "centralisation", "transitivity", "modularity", "reciprocity",
    "talk_female",
)  # fmt: skip


def compare_books(
    corpus: Path, measures: Sequence[str] = DEFAULT_MEASURES, by: str = "", most: int | None = None
) -> Answer:
    """The measures of all books, a row each.

    Args:
        corpus: its folder.
        measures: columns of the table of books.
        by: another one, by which the books are ordered; those without it are left out. "" for the order of the list.
        most: how many rows at most.

    Raises:
        CorpusError: the corpus has no tables yet.
        SettingsError: there is no such column.
    """
    columns = [str(row["column_name"]) for row in ask(corpus, "DESCRIBE books").rows]
    named = {column.casefold(): column for column in columns}
    for name in filter(None, (*measures, by)):
        if name.casefold() not in named:
            raise SettingsError(f'The books have no column "{name}".', f"Choose among {', '.join(columns[1:])}.")
    chosen = dict.fromkeys(named[name.casefold()] for name in ("book", "title", *filter(None, (by, *measures))))
    statement = f"SELECT {', '.join(map(_quoted, chosen))} FROM books"
    if by:
        column = _quoted(named[by.casefold()])
        statement += f" WHERE {column} IS NOT NULL ORDER BY {column}, book"
    return ask(corpus, statement, most=most)


def rank_correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """How far one number rises with the other, -1 to 1 (Spearman, "The proof and measurement of association between two
    things", 1904); None of fewer than three pairs, or if one of the two is always the same."""
    if len(pairs) < 3:
        return None
    one, other = (_ranks([pair[side] for pair in pairs]) for side in (0, 1))
    middle = (len(pairs) + 1) / 2
    spread = [sum((rank - middle) ** 2 for rank in ranks) for ranks in (one, other)]
    if not all(spread):
        return None
    together = sum((a - middle) * (b - middle) for a, b in zip(one, other, strict=True))
    return float(together / (spread[0] * spread[1]) ** 0.5)


def _ranks(values: Sequence[float]) -> list[float]:
    """1 for the smallest; those that are equal share the mean of their ranks."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for place in order[start:end]:
            ranks[place] = (start + end + 1) / 2
        start = end
    return ranks


def number_pairs(answer: Answer, one: str, other: str) -> list[tuple[float, float]]:
    """The rows in which both columns are numbers."""
    rows = [(row[one], row[other]) for row in answer.rows]
    return [(float(a), float(b)) for a, b in rows if _is_number(a) and _is_number(b)]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
