"""The page in a notebook."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest
from graphs import hostile_graph, pride
from small_novel import Runs

import litgraph
from litgraph.errors import RunFolderError, SettingsError
from litgraph.pages.making import page_of_run


class Frames(HTMLParser):
    """All elements with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))


def test_a_graph_is_shown_in_one_frame_that_reaches_nothing() -> None:
    shown = litgraph.show(hostile_graph('"></iframe><script>', "'", "<!--"), height=500)
    ((tag, attributes),) = Frames(shown._repr_html_()).found
    assert tag == "iframe" and attributes["height"] == "500" and "src" not in attributes
    assert "allow-same-origin" not in str(attributes["sandbox"])
    assert attributes["srcdoc"] == shown.page
    assert len(repr(shown)) < 100


def test_a_run_is_shown_with_its_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = Runs(tmp_path, monkeypatch)
    runs.build()
    assert litgraph.show(runs.folder).page == page_of_run(runs.folder)
    assert "rode to Netherfield" in litgraph.show(str(runs.folder)).page
    graph = litgraph.load_graph(runs.folder)
    assert '"whole":false' in litgraph.show(graph).page


def test_what_cannot_be_shown(tmp_path: Path) -> None:
    with pytest.raises(RunFolderError, match="not a run folder"):
        litgraph.show(tmp_path / "nowhere")
    with pytest.raises(SettingsError, match="height"):
        litgraph.show(pride(), height=0)
