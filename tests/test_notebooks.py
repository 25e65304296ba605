"""The notebooks run, quickly and without a network, and show the numbers that they were committed with."""

from __future__ import annotations

import importlib.util
import json
import math
import re
import shutil
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import litgraph

pytest.importorskip("nbclient", reason="the notebooks need the extra notebook")
pytest.importorskip("ipykernel", reason="the notebooks need the extra notebook")
pytest.importorskip("pandas", reason="the notebooks need the extra notebook")
pytest.importorskip("matplotlib", reason="the notebooks need the extra notebook")
pytest.importorskip("peft", reason="the notebooks need the extra notebook")

FOLDER = Path(__file__).parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@pytest.fixture(scope="module")
def folder(alice: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the notebooks run, one after the other: the book has been read there."""
    place = tmp_path_factory.mktemp("notebooks")
    shutil.copytree(alice, place / "alice")
    shutil.copytree(FOLDER / "graphs", place / "graphs")
    return place


def executor() -> ModuleType:
    spec = importlib.util.spec_from_file_location("execute", FOLDER / "execute.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def numbers(cell: dict[str, Any]) -> list[float]:
    """What a cell prints or shows, as its numbers."""
    texts = ["".join(one.get("text", "")) for one in cell.get("outputs", ())]
    texts += ["".join(one.get("data", {}).get("text/plain", "")) for one in cell.get("outputs", ())]
    return [float(number) for text in texts for number in _NUMBER.findall(text)]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_shows_what_it_was_committed_with(
    notebook: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LITGRAPH_NEO4J_URI", raising=False)  # what was committed was shown without a server
    committed = json.loads(notebook.read_text(encoding="utf-8"))
    executed = executor().execute(notebook, folder)
    for then, now in zip(committed["cells"], executed["cells"], strict=True):
        before, after = numbers(then), numbers(now)
        # Another processor rounds otherwise, and a mention in a thousand is another
        same = len(before) == len(after) and all(
            math.isclose(one, other, rel_tol=0.02, abs_tol=0.02) for one, other in zip(before, after, strict=True)
        )
        assert same, f"{notebook.name} shows other numbers; run notebooks/execute.py\n{before}\n{after}"


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_says_what_it_gives_and_how_long_it_takes(notebook: Path) -> None:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    opening = "".join(cells[0]["source"])
    assert cells[0]["cell_type"] == "markdown" and "**What you get**" in opening and "**How long**" in opening
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == [*range(1, len(code) + 1)]
    assert any("your own" in "".join(cell["source"]) for cell in code)
    assert not any(one["output_type"] == "error" for cell in code for one in cell["outputs"])


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) >= 7


@pytest.mark.parametrize("folder", sorted((FOLDER / "graphs").iterdir()), ids=lambda path: path.name)
def test_the_graphs_of_other_books_are_ties_of_characters_without_the_text(folder: Path) -> None:
    graph = litgraph.load_graph(folder)
    assert {data["kind"] for _, data in graph.nodes(data=True)} == {"character"}
    assert {relation for *_, relation in graph.edges(keys=True)} == {"co_occurs_with", "speaks_to"}
    assert not any("evidence" in data for *_, data in graph.edges(data=True))
    assert min(data["weight"] for *_, data in graph.edges(data=True)) == 3
    assert graph.graph["identifier"].startswith("pg")
