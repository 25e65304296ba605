"""docs/extending.md and docs/architecture.md: what they show works as it stands."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from litgraph.relations.choice import LABELLERS

DOCS = Path(__file__).parent.parent / "docs"


def block(page: str, name: str) -> str:
    """The Python of an example that bears a name."""
    text = (DOCS / page).read_text(encoding="utf-8")
    match = re.search(rf"<!-- example: {name} -->\n```python\n(.*?)```", text, re.DOTALL)
    assert match, f"{page} has no example {name}"
    return match[1]


def test_a_labeller_of_your_own_is_one_row_and_one_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "couples.py").write_text(block("extending.md", "labeller"), encoding="utf-8")
    (tmp_path / "novel.txt").write_text(
        "Chapter I\n\nMr. Gardiner and Mrs. Gardiner sat. Jane Bennet and Elizabeth Bennet danced with Mr. Darcy.\n\n"
        "Mr. Darcy and Elizabeth Bennet walked to Netherfield. Jane Bennet smiled.\n",
        encoding="utf-8",
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    before = dict(LABELLERS)
    try:
        exec(compile(block("extending.md", "row"), "extending.md", "exec"), {})
    finally:
        LABELLERS.clear()
        LABELLERS.update(before)
        sys.modules.pop("couples", None)
    lines = capsys.readouterr().out.splitlines()
    assert "mr-gardiner spouse_of mrs-gardiner" in lines
    assert "elizabeth-bennet relative_of jane-bennet" in lines
    assert sum("spouse_of" in line for line in lines) == 1


def test_the_road_step_by_step() -> None:
    text = (DOCS / "architecture.md").read_text(encoding="utf-8")
    walk = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert walk
    names: dict[str, object] = {}
    exec(compile(walk[1], "architecture.md", "exec"), names)
    graph = names["graph"]
    assert graph.nodes["alice"]["mentions"] > 300  # type: ignore[attr-defined]
    found = {key for _, _, key in graph.edges(keys=True)}  # type: ignore[attr-defined]
    assert {"co_occurs_with", "speaks_to"} < found
