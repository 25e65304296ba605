from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from graphs import hostile_graph, run_folder

from litgraph.cli import main
from litgraph.cli.common import in_words


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return run_folder(tmp_path / "pride")


def query(*arguments: object, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, ["query", *map(str, arguments)], input=typed)


OWNERS = "MATCH (a)-[r:OWNS]->(b) RETURN a.name AS owner, r, b, r.chapters AS chapters, r.confidence AS sure"


def test_a_table_for_people(run: Path) -> None:
    result = query(run, OWNERS)
    assert result.exit_code == 0, result.output
    header, row = result.stdout.splitlines()
    assert header.split() == ["owner", "r", "b", "chapters", "sure"]
    assert row.split("  ") == ["Mr. Darcy", "OWNS", "Pemberley", "43        0.9"] or row.split() == [
        "Mr.", "Darcy", "OWNS", "Pemberley", "43", "0.9",
    ]  # fmt: skip


def test_json_and_csv_for_programs(run: Path) -> None:
    (row,) = json.loads(query(run, OWNERS, "--json").stdout)
    assert (row["owner"], row["r"]["type"], row["b"]["labels"]) == ("Mr. Darcy", "OWNS", ["Entity", "Place"])
    (row,) = csv.DictReader(io.StringIO(query(run, OWNERS, "--csv").stdout))
    assert (row["owner"], json.loads(row["chapters"]), row["sure"]) == ("Mr. Darcy", [43], "0.9")
    assert json.loads(row["b"])["properties"]["name"] == "Pemberley"


def test_parameters_and_the_standard_input(run: Path) -> None:
    asked = "MATCH (c:Character) WHERE c.mentions > $least AND c.gender = $gender RETURN c.name"
    result = query(run, "-p", "least=350", "--param", "gender=male", "-", typed=asked)
    assert result.exit_code == 0, result.output
    assert result.stdout.split("\n")[1] == "Mr. Darcy"
    assert json.loads(query(run, "-p", 'x=["a", 1]', "-p", "y=a=b", "RETURN $x AS x, $y AS y", "--json").stdout) == [
        {"x": ["a", 1], "y": "a=b"}
    ]


def test_limits_are_told(run: Path) -> None:
    result = query(run, "MATCH (e:Entity) RETURN e.name", "--limit", "2")
    assert len(result.stdout.splitlines()) == 3
    assert "first 2 rows" in result.stderr
    result = query(run, "MATCH (e:Entity {name: 'Nobody'}) RETURN e.name")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no rows\n")


def test_a_terminal_gets_no_control_characters(tmp_path: Path) -> None:
    run = run_folder(tmp_path / "run", hostile_graph("\x1b[2J‮x\n", "a", "b"))
    result = query(run, "MATCH (c:Character) RETURN c.name ORDER BY c.name")
    assert result.exit_code == 0
    assert "\x1b" not in result.stdout and "\u202e" not in result.stdout
    assert len(result.stdout.splitlines()) == 5


def test_values_for_people() -> None:
    node = {"labels": ["Entity"], "properties": {"name": "Ann"}}
    step = {"type": "OWNS", "properties": {}}
    assert in_words({"nodes": [node, node], "relationships": [step]}) == "(Ann) OWNS (Ann)"
    assert [in_words(value) for value in (None, True, 0.123456, [1, "a"], {"a": 1})] == [
        "", "true", "0.1235", "1, a", '{"a": 1}',
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["MATCH (n) RETURN n"], 2, "Say RUN and STATEMENT"),
        (["RUN", "a", "b"], 2, "Say RUN and STATEMENT"),
        (["RUN", "RETURN 1", "--uri", "bolt://127.0.0.1:1"], 2, "without RUN"),
        (["RUN", "RETURN 1", "-p", "x"], 2, "NAME=VALUE"),
        (["RUN", "MATCH (n) SET n.x = 1"], 1, "only read"),
        (["RUN", "MATCH (n"], 1, "not right"),
        (["RUN", "LOAD CSV FROM 'file:///etc/hosts' AS r RETURN r"], 1, "files"),
        (["nowhere", "RETURN 1"], 1, "not a run folder"),
        (["RETURN 1", "--uri", "bolt://127.0.0.1:1"], 1, "No database answers"),
    ],
)
def test_mistakes_get_one_clear_message(
    run: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, told: str
) -> None:
    monkeypatch.delenv("NEO4J_PASSWORD", raising=False)
    result = query(*(run if argument == "RUN" else argument for argument in arguments))
    assert result.exit_code == code, result.output
    assert told in result.stderr and "Traceback" not in result.stderr and result.stdout == ""
