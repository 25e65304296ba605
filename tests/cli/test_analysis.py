"""``litgraph analyse``, ``compare`` and ``plot`` on a run of the book that ships."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litgraph.cli import main
from litgraph.cli.analysis.plot import KINDS


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_analyse_says_who_is_central(alice: Path) -> None:
    result = run("analyse", alice, "--top", 3)
    assert result.exit_code == 0, result.output
    assert "density" in result.stdout and "circle of" in result.stdout
    lines = result.stdout.splitlines()
    header = next(number for number, line in enumerate(lines) if line.startswith("name "))
    assert lines[header + 1].startswith("Alice") and len(lines) == header + 4
    assert "more (--top 0 shows all)" in result.stderr


def test_analyse_gives_its_rows_to_programs(alice: Path) -> None:
    given = json.loads(run("analyse", alice, "--json").stdout)
    rows = list(csv.DictReader(io.StringIO(run("analyse", alice, "--csv").stdout)))
    assert [row["id"] for row in rows] == [row["id"] for row in given["characters"]]
    assert rows[0]["id"] == "alice" and int(rows[0]["chapters"]) == 12
    assert float(rows[0]["pagerank"]) == max(float(row["pagerank"]) for row in rows)
    assert given["book"]["title"].startswith("Alice") and 0 < given["book"]["density"] < 1
    assert sum(given["book"]["talk"].values()) == pytest.approx(1)


def test_analyse_over_chapters(alice: Path) -> None:
    result = run("analyse", alice, "--over", "chapters", "--measure", "degree")
    assert result.exit_code == 0, result.output
    given = json.loads(run("analyse", alice, "--over", "chapters", "--measure", "degree", "--json").stdout)
    rows = list(csv.DictReader(io.StringIO(run("analyse", alice, "--over", "chapters", "--csv").stdout)))
    assert [int(row["chapter"]) for row in rows] == [row["chapter"] for row in given["chapters"]] == [*range(1, 13)]
    whole = json.loads(run("analyse", alice, "--json").stdout)
    degrees = {row["id"]: row["degree"] for row in whole["characters"]}
    assert given["chapters"][-1]["values"]["alice"] == degrees["alice"]
    assert "alice" in given["chapters"][0]["enter"]


def test_compare_before_and_after_a_correction(alice: Path, tmp_path: Path) -> None:
    corrected = Path(shutil.copytree(alice, tmp_path / "corrected"))
    graph = json.loads((corrected / "graph.json").read_text(encoding="utf-8"))
    people = {node["id"] for node in graph["nodes"] if node["kind"] == "character"}
    met = (edge for edge in graph["edges"] if edge["relation"] == "co_occurs_with")
    gone = next(edge for edge in met if {edge["source"], edge["target"]} <= people)
    graph["edges"].remove(gone)
    (corrected / "graph.json").write_text(json.dumps(graph), encoding="utf-8")
    given = json.loads(run("compare", alice, corrected, "--json").stdout)
    assert given["characters"]["f1"] == 1 and given["edges"]["recall"] == 1 > given["edges"]["precision"]
    assert given["added"] == [[gone["source"], gone["target"]]]
    text = run("compare", alice, corrected)
    assert "edges that the second lacks: " in text.stdout and text.stderr == ""
    table = list(csv.DictReader(io.StringIO(run("compare", alice, corrected, "--csv").stdout)))
    assert [row["what"] for row in table] == ["characters", "edges", "weighted edges"]


def test_compare_with_a_scholars_network(alice: Path, tmp_path: Path) -> None:
    file = tmp_path / "alice.dat"
    file.write_text("AL Alice\nRA White Rabbit\nQU the Queen\n\n1:AL,RA\n8:AL,QU,RA\n", encoding="latin-1")
    given = json.loads(run("compare", alice, file, "--json").stdout)
    assert given["aligned"]["alice"] == "alice" and given["edges"]["recall"] > 0
    early = json.loads(run("compare", alice, file, "--json", "--up-to", 1).stdout)
    assert early["edges"]["recall"] == 1
    table = list(csv.DictReader(io.StringIO(run("compare", alice, file, "--csv", "--over", "chapters").stdout)))
    assert [row["chapter"] for row in table] == [str(number) for number in range(1, 13)]
    assert float(table[0]["recall"]) == 1 and float(table[-1]["f1"]) == given["edges"]["f1"]
    rows = json.loads(run("compare", alice, file, "--json", "--over", "chapters").stdout)
    assert rows[-1]["weighted_f1"] == given["weighted_edges"]["f1"]
    assert len(run("compare", alice, file, "--over", "chapters").stdout.splitlines()) == 13
    file.write_text("AL Alice\nRA White Rabbit\n\n13:AL,RA\n", encoding="latin-1")
    refused = run("compare", alice, file, "--over", "chapters")
    assert refused.exit_code == 1 and "no chapter 13" in refused.stderr


def test_books_side_by_side(alice: Path) -> None:
    rows = json.loads(run("compare", alice, alice, alice, "--measures", "--json").stdout)
    assert len(rows) == 3 and rows[0] == rows[1] and rows[0]["characters"] > 5
    assert run("compare", alice, alice, "--measures").stdout.count("Alice") == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["A"],
        ["A", "A", "A"],
        ["A", "A", "--measures", "--up-to", "3"],
        ["A", "A", "--over", "chapters", "--up-to", "3"],
    ],
)
def test_what_cannot_be_compared_is_a_usage_error(alice: Path, arguments: list[str]) -> None:
    result = run("compare", *(alice if argument == "A" else argument for argument in arguments))
    assert result.exit_code == 2 and "Usage" in result.stderr


def test_two_books_are_no_two_graphs_of_one(alice: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(alice, tmp_path / "other"))
    graph = json.loads((other / "graph.json").read_text(encoding="utf-8"))
    graph["graph"]["title"] = "Through the Looking-Glass"
    (other / "graph.json").write_text(json.dumps(graph), encoding="utf-8")
    assert "two books" in run("compare", alice, other).stderr


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_picture_is_drawn(alice: Path, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"{kind}.svg"
    result = run("plot", alice, kind, path)
    if kind == "family" and result.exit_code:
        assert "nobody is kin" in result.stderr  # Alice has a sister without a name
        return
    assert result.exit_code == 0, result.output
    assert result.stdout.strip() == str(path) and path.stat().st_size > 5000
    assert run("plot", alice, kind, path, "-q").stdout == ""


def test_an_unknown_folder_is_an_error(tmp_path: Path) -> None:
    for verb in (["analyse", tmp_path], ["compare", tmp_path, tmp_path], ["plot", tmp_path, "matrix", "x.png"]):
        result = run(*verb)
        assert result.exit_code == 1 and "not a run folder" in result.stderr
