"""Books as dots."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("matplotlib")

from litgraph.errors import ExportError
from litgraph.view.charts.scatter import MOST_NAMED, MOST_VALUES, Dot, draw_scatter


@pytest.fixture
def drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[list[Dot]], list[str]]:
    """Draws dots and gives the words of the picture, none of which is over another."""
    boxes: list[tuple[str, Any]] = []

    def save(figure: Any, file: Any, **how: Any) -> None:
        renderer = figure.canvas.get_renderer()
        boxes[:] = [(one.get_text(), one.get_window_extent(renderer)) for axes in figure.axes for one in axes.texts]

    def draw(dots: list[Dot]) -> list[str]:
        monkeypatch.setattr("matplotlib.figure.Figure.savefig", save)
        draw_scatter(dots, tmp_path / "a.svg", title="T", known="year", measure="density")
        for (one, box), (other, other_box) in combinations(boxes, 2):
            assert not box.overlaps(other_box), (one, other)
        return [words for words, _ in boxes]

    return draw


Draw = Callable[[list[Dot]], list[str]]


def test_few_books_are_named_and_many_have_a_median(drawn: Draw) -> None:
    few = drawn([Dot(f"book {number}", 1800.0 + number, number / 10) for number in range(MOST_NAMED)])
    assert {f"book {number}" for number in range(MOST_NAMED)} <= set(few)
    assert "density by year; 12 books" in few
    many = drawn([Dot(f"book {number}", 1800.0 + number, number / 10) for number in range(30)])
    assert not any(word.startswith("book") for word in many)
    assert "density by year; 30 books, in red their median" in many


def test_of_books_at_one_place_one_is_named(drawn: Draw) -> None:
    words = drawn([Dot(name, 1800.0, 0.5) for name in ("one", "two")])
    assert ("one" in words) != ("two" in words)


def test_texts_stand_in_columns_the_most_frequent(drawn: Draw) -> None:
    dots = [Dot("b", f"shelf {number}", 0.5) for number in range(MOST_VALUES + 1) for _ in range(number + 1)]
    words = drawn(dots)
    assert "shelf 10" in words
    assert "shelf 0" not in words


@pytest.mark.parametrize("values", [[0.0, 0.0], [1e-9, 2e-9], [1e12, 1e12 + 1], [-3.0, 5.0]])
def test_axes_of_any_range(drawn: Draw, values: list[float]) -> None:
    assert drawn([Dot("b", value, value) for value in values])


def test_nothing_to_draw(drawn: Draw) -> None:
    with pytest.raises(ExportError, match="no book has both"):
        drawn([])
