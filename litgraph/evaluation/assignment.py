"""The assignment problem: rows to columns, one to one, so that the sum of their weights is largest."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf


def best_assignment(weights: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Rows and their columns, in order of the rows; as many as the shorter side has.

    Kuhn's Hungarian method (1955) as shortest augmenting paths with prices (Jonker & Volgenant 1987): rows are
    assigned one by one, each along the cheapest chain of reassignments. O(n²·m) for n rows and m columns, n ≤ m.

    Args:
        weights: one equally long sequence for each row.

    Examples:
        >>> best_assignment([[3.0, 2.0], [2.0, 0.0]])
        [(0, 1), (1, 0)]
    """
    if not weights or not weights[0]:
        return []
    if len(weights) > len(weights[0]):
        turned = best_assignment([list(column) for column in zip(*weights, strict=True)])
        return sorted((row, column) for column, row in turned)
    rows, columns = len(weights), len(weights[0])
    row_price, column_price = [0.0] * rows, [0.0] * columns
    row_of, column_of = [-1] * columns, [-1] * rows
    for free in range(rows):
        cost, came_from = [inf] * columns, [-1] * columns
        open_columns = set(range(columns))
        row, column, reached = free, -1, 0.0
        while row != -1:
            for other in open_columns:
                step = reached - weights[row][other] - row_price[row] - column_price[other]
                if step < cost[other]:
                    cost[other], came_from[other] = step, row
            column = min(open_columns, key=lambda other: (cost[other], other))
            open_columns.remove(column)
            reached, row = cost[column], row_of[column]
        # New prices keep every reduced cost at or above zero and those along the chain at zero.
        row_price[free] += reached
        for closed in range(columns):
            if closed not in open_columns:
                column_price[closed] -= reached - cost[closed]
                if row_of[closed] != -1:
                    row_price[row_of[closed]] += reached - cost[closed]
        while column != -1:
            row = came_from[column]
            row_of[column] = row
            column_of[row], column = column, column_of[row]
    return list(enumerate(column_of))
