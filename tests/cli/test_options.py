"""The same options on every verb: ``-q/--quiet`` leaves the result and the errors, ``--json`` gives it to programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from graphs import piece, pride, run_folder

from litgraph.cli import main

EXCEPTIONS = {
    # They print nothing but their result, so there is nothing to leave out.
    ("cite", "--quiet"),
    ("doctor", "--quiet"),
    ("corpus status", "--quiet"),
    # It prints the list of books itself, or where that was written.
    ("corpus select", "--json"),
    # It prints an address, and is there until it is stopped.
    ("view", "--json"),
}


def commands(group: click.Group, path: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        full_name = f"{path} {name}".strip()
        if isinstance(command, click.Group):
            yield from commands(command, full_name)
        else:
            yield full_name, command


COMMANDS = dict(commands(main))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return run_folder(tmp_path / "pride")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_verb_can_be_quiet_and_print_json(name: str) -> None:
    options = {spelling: option for option in COMMANDS[name].params for spelling in option.opts}
    for wanted in ("--quiet", "--json"):
        assert wanted in options or (name, wanted) in EXCEPTIONS, f"litgraph {name} has no {wanted}"
    if quiet := options.get("--quiet"):
        assert "-q" in quiet.opts and isinstance(quiet, click.Option) and quiet.is_flag


def test_exceptions_are_verbs_that_exist() -> None:
    assert {name for name, _ in EXCEPTIONS} <= set(COMMANDS)


def test_export_lists_its_files_and_keeps_quiet_beside(folder: Path, tmp_path: Path) -> None:
    loud = run("export", folder, tmp_path / "one", "--format", "neo4j-admin")
    assert "neo4j-admin" in loud.stderr
    quiet = run("export", folder, tmp_path / "two", "--format", "neo4j-admin", "-q")
    assert (quiet.exit_code, quiet.stderr) == (0, "") and "books-1.csv" in quiet.stdout
    files = json.loads(run("export", folder, tmp_path / "p.csv", "--json", "-q").stdout)["files"]
    assert files == [str(tmp_path / name) for name in ("p-nodes.csv", "p-edges.csv")]
    assert all(Path(file).is_file() for file in files)


@pytest.mark.parametrize(
    ("verb", "arguments"),
    [
        ("cast", ["--top", "1"]),
        ("show", ["Elizabeth Bennet", "the carriage"]),
        ("query", ["MATCH (e:Entity) RETURN e.name", "--limit", "2"]),
        ("query", ["MATCH (e:Entity {name: 'Nobody'}) RETURN e.name"]),
    ],
)
def test_notes_go_when_quiet_and_the_result_stays(folder: Path, alice: Path, verb: str, arguments: list[str]) -> None:
    run_of_verb = alice if verb == "cast" else folder  # the other one is a graph without a cast
    loud, quiet = run(verb, run_of_verb, *arguments), run(verb, run_of_verb, *arguments, "-q")
    assert loud.exit_code == quiet.exit_code == 0, loud.output
    assert loud.stderr and not quiet.stderr
    assert loud.stdout == quiet.stdout


def test_show_cuts_long_evidence_at_the_width_of_the_terminal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("show", folder, "Mr. Wickham", "Elizabeth Bennet")
    for width in (60, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        lines = [line for line in run(*asked).stdout.splitlines() if line.startswith("    chapter")]
        assert lines and all(len(line) <= width for line in lines)
        assert lines[0].endswith("…") and len(lines[0]) > width // 2
    assert "x" * 400 in run(*asked, "--full").stdout


def test_show_tells_a_meeting_once(tmp_path: Path) -> None:
    graph = pride()
    text = "Jane sat down. Lizzy laughed. Jane did not."
    windows = [piece(2, 0, text[:29]), piece(2, 0, text), piece(2, 15, text[15:]), piece(3, 90, "Lizzy and Jane.")]
    graph.edges["elizabeth-bennet", "jane-bennet", "co_occurs_with"].update(evidence=windows, weight=4)
    result = run("show", run_folder(tmp_path / "p", graph), "Lizzy", "Jane Bennet", "--sentences", "9")
    shown = result.stdout.split("co_occurs_with")[1].splitlines()[1:]
    assert shown == ["    chapter 2: Jane sat down. Lizzy laughed.", "    chapter 3: Lizzy and Jane."]


def test_fetch_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litgraph.reading.catalogue.fetch", lambda number, **options: tmp_path / f"{number}.txt")
    result = run("fetch", "1342", "--json")
    assert json.loads(result.stdout) == {"identifier": "pg1342", "file": str(tmp_path / "pg1342.txt")}


def test_errors_are_printed_when_quiet(folder: Path) -> None:
    result = run("show", folder, "Nobody", "-q")
    assert result.exit_code == 1 and "Nobody" in result.stderr


def test_examples_are_counted_in_json(tmp_path: Path) -> None:
    pairs, examples = tmp_path / "pairs.csv", tmp_path / "examples.jsonl"
    pairs.write_text("text,entity1,entity2,relation\nJane met Lizzy.,Jane,Lizzy,sibling_of\n", encoding="utf-8")
    result = run("train", "examples", "pairs", pairs, "-o", examples, "-q", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {"file": str(examples), "examples": 1, "labels": 1}
    assert result.stderr == ""
