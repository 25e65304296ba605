"""The scripts of the folder ``examples`` run on the book that comes with litgraph, as their docstrings say."""

from __future__ import annotations

import ast
import csv
import re
import subprocess
import sys
from pathlib import Path

import networkx
import pytest

REPOSITORY = Path(__file__).parent.parent
SCRIPTS = sorted((REPOSITORY / "examples").glob("*.py"))


def output_of(name: str, *arguments: Path) -> str:
    script = REPOSITORY / "examples" / f"{name}.py"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-X", "utf8", script, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def test_main_characters(alice: Path) -> None:
    lines = output_of("main_characters", alice).splitlines()
    assert lines[0].startswith("Alice, mentioned") and lines[0].endswith("chapters 1 to 12")
    assert any(re.fullmatch(r"    .* companion_of .*, 0\.\d\d sure", line) for line in lines)
    assert sum(not line.startswith(" ") for line in lines) == 5


def test_first_chapters(alice: Path, tmp_path: Path) -> None:
    output = output_of("first_chapters", alice, tmp_path / "results")
    files = [tmp_path / "results" / f"first-chapters{ending}" for ending in (".gexf", "-nodes.csv", "-edges.csv")]
    assert [Path(line) for line in output.splitlines()[:3]] == files
    network = networkx.read_gexf(files[0])
    assert "alice" in network and len(network) > 2
    assert {network.nodes[node]["kind"] for node in network} == {"character"}
    with files[2].open(encoding="utf-8", newline="") as file:
        assert all(int(row["Weight"]) >= 2 for row in csv.DictReader(file))


def test_questions(alice: Path, tmp_path: Path) -> None:
    output = output_of("questions", alice, tmp_path / "bridges.csv")
    assert "Alice: 12 chapters from the first to the last" in output
    with (tmp_path / "bridges.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["bridge"] == "Alice" and int(rows[0]["pairs"]) > 100


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_script_says_how_to_run_it_and_has_a_test(script: Path) -> None:
    usage = ast.get_docstring(ast.parse(script.read_text(encoding="utf-8"))) or ""
    assert "litgraph build pg11 -o alice" in usage and f"python examples/{script.name} alice" in usage
    assert f"def test_{script.stem}(" in Path(__file__).read_text(encoding="utf-8")
