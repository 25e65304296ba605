from __future__ import annotations

from pathlib import Path

import networkx
import pytest
from graphs import pride, run_folder

import litgraph
from litgraph.errors import RunFolderError, SettingsError

LOADERS = sorted(name for name in litgraph.__all__ if name.startswith("load_") and name != "load_settings")


def test_a_folder_may_be_named_by_text(tmp_path: Path) -> None:
    folder = run_folder(tmp_path / "pride")
    assert networkx.utils.graphs_equal(litgraph.load_graph(str(folder)), pride())


@pytest.mark.parametrize("name", LOADERS)
def test_a_folder_that_is_not_there_is_told_whichever_way_it_is_named(tmp_path: Path, name: str) -> None:
    for folder in (tmp_path / "nowhere", str(tmp_path / "nowhere")):
        with pytest.raises(RunFolderError, match="nowhere"):
            getattr(litgraph, name)(folder)


def test_settings_and_fetched_books_may_be_named_by_text(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("window = 2", encoding="utf-8")
    assert litgraph.load_settings(file=str(tmp_path / "own.toml"), environment={}).window == 2
    with pytest.raises(SettingsError, match=r"none\.toml"):
        litgraph.load_settings(file=str(tmp_path / "none.toml"), environment={})
    (tmp_path / "pg11.txt").write_text("Alice", encoding="utf-8")
    assert litgraph.fetch("11", folder=str(tmp_path)) == tmp_path / "pg11.txt"
