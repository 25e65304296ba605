"""A picture of which labels are taken for which (extra ``plot``). Imported only when it is drawn."""

from __future__ import annotations

import os
import warnings
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from litgraph.errors import ExportError
from litgraph.evaluation.labels.answers import is_positive
from litgraph.files import written_whole
from litgraph.relations.asking.answers import NO_RELATION, scoring_form

OTHERS = "other labels"


def draw_confusions(
    gold: Sequence[str | None], answers: Sequence[str | None], path: str | os.PathLike[str], *, top: int = 15
) -> None:
    """Draw a table of the most frequent labels (rows) and what was answered (columns), as PNG or SVG.

    The darker a cell, the larger its share of the row; the number in it counts rows of the data.

    Args:
        gold: annotated labels.
        answers: to the same rows.
        path: its ending says in which format.
        top: how many labels have a row of their own; the rest are "other labels", those without a relation "none".

    Raises:
        ExportError: matplotlib is not installed, or the file cannot be written.
    """
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ExportError(
            "A picture needs the package matplotlib.", 'Install litgraph with [plot]: pip install ".[plot]"'
        ) from error
    suffix = Path(path).suffix
    if suffix not in (".png", ".svg"):
        raise ExportError(f"{path} is neither .png nor .svg.", "Choose one of the two endings.")
    labels, table = confusion_table(gold, answers, top=top)
    shares = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
    size = 2.5 + 0.42 * len(labels)
    figure = Figure(figsize=(size + 0.8, size), layout="constrained")
    axes = figure.add_subplot()
    axes.imshow(shares, cmap="Purples", vmin=0, vmax=1)
    axes.set_xticks(range(len(labels)), labels, rotation=60, ha="right", fontsize=8)
    axes.set_yticks(range(len(labels)), labels, fontsize=8)
    axes.set_xlabel("answered")
    axes.set_ylabel("annotated")
    for row, column in zip(*np.nonzero(table), strict=True):
        colour = "white" if shares[row, column] > 0.6 else "#2f2b26"
        axes.text(column, row, str(table[row, column]), ha="center", va="center", fontsize=7, color=colour)
    metadata = {"Date": None} if suffix == ".svg" else {"Software": None}
    with matplotlib.rc_context({"svg.hashsalt": "litgraph"}), warnings.catch_warnings(), written_whole(path) as file:
        warnings.simplefilter("ignore")  # of letters that the font lacks: labels are a model's words
        figure.savefig(file, format=suffix[1:], dpi=150, metadata=metadata)


def confusion_table(
    gold: Sequence[str | None], answers: Sequence[str | None], *, top: int
) -> tuple[list[str], np.ndarray[tuple[int, int], np.dtype[np.int64]]]:
    """The labels in their order, and how often a row of the first was answered with a column of the second."""
    pairs = [(scoring_form(label), scoring_form(answer)) for label, answer in zip(gold, answers, strict=True)]
    counts = Counter(label for label, _ in pairs if is_positive(label))
    frequent = sorted(counts, key=lambda label: (-counts[label], label))[:top]
    labels = [*frequent, OTHERS, NO_RELATION]
    place = {label: index for index, label in enumerate(frequent)}
    table = np.zeros((len(labels), len(labels)), dtype=np.int64)
    for pair in pairs:
        row, column = (place.get(label, len(frequent) + (not is_positive(label))) for label in pair)
        table[row, column] += 1
    return labels, table
