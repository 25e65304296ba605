from __future__ import annotations

from pathlib import Path

import networkx
import pytest
from click.testing import CliRunner, Result
from graphs import pride, run_folder

from litgraph.cli import main
from litgraph.export import FORMATS, read_graphml, read_node_link


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return run_folder(tmp_path / "pride")


def export(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["export", *map(str, arguments)])


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_format_is_written_and_told(run: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / f"out{(FORMATS[name].suffixes or ('.x',))[0]}"
    result = export(run, target, "--format", name)
    assert result.exit_code == 0, result.output
    files = result.stdout.split()
    assert files and all(Path(path).is_file() for path in files)
    assert ("neo4j-admin database import" in result.stderr) == (name == "neo4j-admin")


def test_the_options_choose_a_part(run: Path, tmp_path: Path) -> None:
    def graph(*options: str) -> networkx.MultiDiGraph:
        result = export(run, tmp_path / "part.json", *options)
        assert result.exit_code == 0, result.output
        return read_node_link(tmp_path / "part.json")

    assert networkx.utils.graphs_equal(graph(), pride())
    assert set(graph("--kinds", "place,vehicle")) == {"longbourn", "pemberley", "the-carriage"}
    assert {key for *_, key in graph("--relations", "owns, visits").edges} == {"owns", "visits"}
    assert "co_occurs_with" not in {key for *_, key in graph("--exclude-relations", "co_occurs_with").edges}
    assert {key for *_, key in graph("--min-weight", "3").edges} == {"co_occurs_with"}
    assert graph("--min-confidence", "0.5").number_of_edges() == pride().number_of_edges() - 1
    assert max(chapter for *_, data in graph("--chapters", "1-4").edges(data=True) for chapter in data["chapters"]) == 4
    assert all("evidence" not in data for *_, data in graph("--evidence", "none").edges(data=True))
    assert {len(data["evidence"]) for *_, data in graph("--evidence", "short").edges(data=True)} == {1}


def test_simple_gives_one_edge_for_each_pair(run: Path, tmp_path: Path) -> None:
    assert export(run, tmp_path / "simple.graphml", "--simple").exit_code == 0
    pairs = [frozenset(edge[:2]) for edge in read_graphml(tmp_path / "simple.graphml").edges]
    assert len(set(pairs)) == len(pairs) == len({frozenset(edge[:2]) for edge in pride().edges})


def test_the_text_is_written_with_its_speakers(tmp_path: Path, alice: Path) -> None:
    result = export(alice, tmp_path / "alice.xml", "--format", "tei-text")
    assert result.exit_code == 0, result.output
    assert result.stdout.split() == [str(tmp_path / "alice.xml")]
    written = (tmp_path / "alice.xml").read_text(encoding="utf-8")
    assert written.count("<said ") > 900 and written.count('<div type="chapter"') == 12
    chosen = export(alice, tmp_path / "part.xml", "--format", "tei-text", "--min-weight", 2)
    assert chosen.exit_code == 2 and "--min-weight" in chosen.stderr
    assert not (tmp_path / "part.xml").exists()


def test_a_run_of_before_there_were_quotations_says_how_to_get_them(run: Path, tmp_path: Path) -> None:
    result = export(run, tmp_path / "text.xml", "--format", "tei-text")
    assert result.exit_code == 1 and "Run the same `litgraph build` command again" in result.stderr


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--kinds", "hero"], 1, "character, group"),
        (["--relations", "loves"], 1, "lover_of"),
        (["--chapters", "all"], 1, "1-10"),
        (["--min-confidence", "2"], 2, "0<=x<=1"),
        (["--evidence", "some"], 2, "'short'"),
        (["--format", "xlsx"], 2, "'graphml'"),
        (["--simple", "--format", "cypher"], 1, "joined"),
    ],
)
def test_mistakes_leave_nothing_behind(run: Path, tmp_path: Path, options: list[str], code: int, told: str) -> None:
    result = export(run, tmp_path / "out.json", *options)
    assert result.exit_code == code, result.output
    assert told in result.stderr and "Traceback" not in result.stderr and result.stdout == ""
    assert not (tmp_path / "out.json").exists()
