"""The paper that every picture of litgraph is drawn on: one style, the same bytes each time (extra ``plot``).

Imported only when a picture is drawn.
"""

from __future__ import annotations

import math
import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from litgraph.errors import ExportError
from litgraph.files import written_whole

BACKGROUND = "#fdfcf9"
INK = "#2f2b26"
PALE = "#d9d5cc"
FONTS = ["STIXGeneral", "DejaVu Sans"]
"""Both come with matplotlib."""
GENDER_COLOURS = {"female": "#e8a87c", "male": "#85a9c9", "unknown": "#c9c4b8"}
LINE_COLOURS = (
    "#2f2b26", "#d6336c", "#3a7ca5", "#c98a1b", "#2b8a5e", "#7b5ea7", "#8f4a1d", "#5b8c99", "#b56576", "#6b705c",
    "#9a7aa0", "#a3a380",
)  # fmt: skip
"""Dark and light ones in turn, for as many lines as a picture has at most; every line also bears its name."""
DASHES: tuple[Any, ...] = ("solid", (0, (6, 2)), (0, (2, 1.5)), (0, (8, 2, 2, 2)))
"""What tells lines apart where colours do not, as in print."""
TITLE_SIZE, TEXT_SIZE = 22, 11


@contextmanager
def paper(path: str | os.PathLike[str], width: float, height: float) -> Iterator[Any]:
    """A matplotlib figure to draw on, written as PNG or SVG by the ending of ``path`` when the block is left.

    Args:
        path: ends in .png or .svg.
        width: in inches.
        height: likewise.

    Raises:
        ExportError: matplotlib is not installed, the ending is another, or the file cannot be written.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in (".png", ".svg"):
        raise ExportError(f'A picture cannot be drawn as "{suffix}".', "End the name in .png or .svg.")
    try:
        import matplotlib
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ExportError(
            "matplotlib, which draws, is not installed.", 'In the folder of litgraph: pip install ".[plot]"'
        ) from error
    # The salt makes the ids in an SVG, and so the file, the same each time.
    with matplotlib.rc_context({"svg.hashsalt": "litgraph", "font.family": FONTS}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        figure = Figure(figsize=(width, height), facecolor=BACKGROUND)
        FigureCanvasAgg(figure)
        yield figure
        with written_whole(path) as file:
            metadata = {"Date": None} if suffix == ".svg" else {"Software": None}
            figure.savefig(file, format=suffix[1:], dpi=150, metadata=metadata)


def sheet(figure: Any) -> Any:
    """Axes over the whole figure whose unit is an inch, from the lower left corner."""
    width, height = figure.get_size_inches()
    axes = figure.add_axes((0, 0, 1, 1), frameon=False)
    axes.set(xlim=(0, width), ylim=(0, height), xticks=[], yticks=[])
    return axes


def heading(axes: Any, title: str, subtitle: str) -> None:
    """Title and subtitle at the upper left of a sheet."""
    top = axes.get_ylim()[1]
    axes.text(0.4, top - 0.6, printable(title), fontsize=TITLE_SIZE, color=INK, parse_math=False)
    axes.text(0.4, top - 0.9, printable(subtitle), fontsize=TEXT_SIZE + 2, color=INK, alpha=0.75, parse_math=False)


def write(axes: Any, x: float, y: float, words: str, **how: Any) -> Any:
    """Words in the style of all pictures, readable where lines pass behind them."""
    from matplotlib.patheffects import withStroke

    how = {"fontsize": TEXT_SIZE, "color": INK, "verticalalignment": "center", **how}
    halo = [withStroke(linewidth=3, foreground=BACKGROUND)]
    return axes.text(x, y, printable(words), parse_math=False, path_effects=halo, **how)


def width_of(figure: Any, words: str, size: float = TEXT_SIZE) -> float:
    """How many inches words take in a line."""
    text = figure.text(0, 0, printable(words), fontsize=size, parse_math=False)
    extent = text.get_window_extent(figure.canvas.get_renderer())
    text.remove()
    return float(extent.width / figure.dpi)


def printable(text: str) -> str:
    """One line without control characters or half surrogate pairs, which no font has."""
    text = text.encode("utf-8", errors="ignore").decode("utf-8")
    return "".join(character for character in " ".join(text.split()) if character.isprintable())


def shortened(words: str, most: int = 28) -> str:
    """Words of so many characters at most."""
    words = printable(words)
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def write_chapters(axes: Any, chapters: int, place: Callable[[float], float], height: float) -> None:
    """Numbers of chapters along the lower edge, as many as have room.

    Args:
        axes: of a sheet.
        chapters: how many there are.
        place: where a chapter is, in inches from the left.
        height: of the numbers, in inches from below.
    """
    every = max(1, math.ceil(0.42 / (place(2) - place(1))))
    for chapter in range(1, chapters + 1):
        if chapter == 1 or (chapter % every == 0 and chapter > every // 2 + 1):
            write(axes, place(chapter), height, str(chapter), horizontalalignment="center", fontsize=10, alpha=0.8)
