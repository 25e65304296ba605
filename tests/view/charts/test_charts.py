"""Every picture is drawn, the same each time, with no label over another."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx
import pytest
from graphs import hostile_graph, pride
from small_networks import small_graph
from society import society

pytest.importorskip("matplotlib")

from litgraph.analysis import Presence
from litgraph.errors import ExportError
from litgraph.view import paper
from litgraph.view.charts.family import draw_families
from litgraph.view.charts.matrix import draw_matrix
from litgraph.view.charts.presence import draw_presence
from litgraph.view.charts.speech import draw_speech
from litgraph.view.charts.storyline import draw_storyline
from litgraph.view.charts.timeline import draw_timeline

CHAPTERS = 40


def present(graph: networkx.MultiDiGraph) -> dict[str, Presence]:
    """Everybody in every third chapter of those from the first to the last."""
    found = {}
    for number, (node, data) in enumerate(graph.nodes(data=True)):
        counts = [
            (number + chapter) % 3 * (data["first"] <= chapter <= data["last"]) for chapter in range(1, CHAPTERS + 1)
        ]
        if any(counts):
            found[node] = Presence(tuple(counts))
    return found


Draw = Callable[[networkx.MultiDiGraph, Path], None]
CHARTS: dict[str, Draw] = {
    "matrix": lambda graph, path: draw_matrix(graph, path),
    "matrix of speech": lambda graph, path: draw_matrix(graph, path, network="speech"),
    "presence": lambda graph, path: draw_presence(graph, present(graph), CHAPTERS, path),
    "storyline": lambda graph, path: draw_storyline(graph, present(graph), CHAPTERS, path),
    "timeline": lambda graph, path: draw_timeline(graph, "strength", path),
    "families": lambda graph, path: draw_families(graph, path, minimum_confidence=0),
    "speech": lambda graph, path: draw_speech(graph, path),
}


@pytest.mark.parametrize("name", CHARTS)
def test_the_same_graph_gives_the_same_file(name: str, tmp_path: Path) -> None:
    graph = society("made-up")
    shuffled = networkx.MultiDiGraph(**graph.graph)
    shuffled.add_nodes_from(graph.nodes(data=True))
    shuffled.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    CHARTS[name](graph, tmp_path / "one.svg")
    CHARTS[name](shuffled, tmp_path / "other.svg")
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "other.svg").read_bytes()


@pytest.mark.parametrize("name", CHARTS)
def test_names_are_there_and_none_is_over_another(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    boxes: list[tuple[str, Any]] = []

    def save(figure: Any, file: Any, **how: Any) -> None:
        renderer = figure.canvas.get_renderer()
        texts = [text for axes in figure.axes for text in axes.texts]
        boxes.extend((text.get_text(), text.get_window_extent(renderer)) for text in texts)

    monkeypatch.setattr("matplotlib.figure.Figure.savefig", save)
    CHARTS[name](society("made-up"), tmp_path / "one.png")
    words = [text for text, _ in boxes]
    assert "A made-up novel" in words
    assert sum(bool(re.fullmatch(r"(Ann|Ben|Cat|Dan) \d+", text)) for text in words) >= 5
    for (one, box), (other, other_box) in combinations(boxes, 2):
        assert not box.overlaps(other_box), (one, other)


@pytest.mark.parametrize("name", CHARTS)
def test_hostile_names_are_drawn(name: str, tmp_path: Path) -> None:
    graph = hostile_graph("$x_{$ \x00<b>\ud800", "$", "\x1b")
    data = dict(graph.edges["elizabeth-bennet", "jane-bennet", "sibling_of"])
    graph.add_edge("elizabeth-bennet", "mr-wickham", "spouse_of", **data | {"relation": "spouse_of"})
    graph.add_edge("elizabeth-bennet", "mr-wickham", "co_occurs_with", **data | {"relation": "co_occurs_with"})
    path = tmp_path / "one.svg"
    if name in ("presence", "storyline"):
        graph.nodes["mr-wickham"]["last"] = 20
    CHARTS[name](graph, path)
    assert path.read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_to_draw_is_said(name: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="nothing to draw"):
        CHARTS[name](networkx.MultiDiGraph(), tmp_path / "one.png")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", CHARTS)
def test_another_ending_is_an_error(name: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"\.png or \.svg"):
        CHARTS[name](society("made-up"), tmp_path / "one.gif")


def test_one_chapter_and_one_pair_are_enough(tmp_path: Path) -> None:
    graph = small_graph(("a", "b", 1), ("a", "b", 1, "spouse_of"), ("a", "b", 1, "speaks_to"))
    here = {"a": Presence((1,)), "b": Presence((2,))}
    draw_storyline(graph, here, 1, tmp_path / "story.svg")
    draw_presence(graph, here, 1, tmp_path / "presence.svg")
    draw_timeline(graph, "degree", tmp_path / "timeline.svg")
    draw_matrix(graph, tmp_path / "matrix.svg")
    draw_families(graph, tmp_path / "family.svg")
    draw_speech(graph, tmp_path / "speech.svg")
    assert len(list(tmp_path.iterdir())) == 6


def test_a_book_of_nobody_but_places_has_no_line(tmp_path: Path) -> None:
    graph = pride().subgraph(["longbourn", "pemberley"]).copy()
    with pytest.raises(ExportError, match="nothing to draw"):
        draw_timeline(graph, "degree", tmp_path / "timeline.svg")


def test_long_names_are_cut() -> None:
    assert paper.shortened("x" * 100) == "x" * 27 + "…"
    assert paper.shortened(" Mr.\n Darcy\x00 ") == "Mr. Darcy"
