"""``litgraph corpus`` as a person gives it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from litgraph.cli import main
from litgraph.corpus.folder import STATES, finished_books
from litgraph.corpus.states import DONE, FAILED, BookState, states_to_write

SETTINGS = ["--mentions", "spacy:en_core_web_sm", "--labeller", "rules"]
TEXT = "Chapter 1\n\nMr. Knightley walked to Hartfield with Emma Woodhouse, and her father was glad.\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture()
def table(tmp_path: Path) -> Path:
    (tmp_path / "emma.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    path = tmp_path / "list.csv"
    path.write_text("path,year\nemma.txt,1815\nempty.txt,1816\nmissing.txt,1817\nlater.txt,1900\n", encoding="utf-8")
    return path


def test_a_corpus_is_built_told_and_stands(table: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    command = ["corpus", "build", table, "-o", corpus, "--where", "year<1850", "--workers", "1", *SETTINGS]
    first = run(*command)
    assert first.exit_code == 0, first.output
    assert "1 book built; 2 books failed" in first.stdout
    assert "empty: empty.txt is empty. Check that the file was downloaded or copied whole." in first.stdout
    [book] = finished_books(corpus)
    assert (book.id, book.metadata) == ("emma", {"year": 1815})

    assert run("build", tmp_path / "emma.txt", "-o", tmp_path / "alone", *SETTINGS, "-q").exit_code == 0
    alone = {path.name: path.read_bytes() for path in (tmp_path / "alone").iterdir() if path.name != "report.json"}
    assert alone == {path.name: path.read_bytes() for path in book.run.iterdir() if path.name != "report.json"}

    status = json.loads(run("corpus", "status", corpus, "--json").stdout)
    assert (status["books"], status["done"], status["to_do"], status["at_work"]) == (3, 1, 0, False)
    assert [failed["id"] for failed in status["failed"]] == ["empty", "missing"]
    assert "failed: missing: There is no file" in run("corpus", "status", corpus).stdout

    again = run(*command, "--limit", "1", "--json")
    assert json.loads(again.stdout) == {"done": 0, "standing": 1, "failed": {}}


def test_names_cannot_steer_the_terminal(table: Path, tmp_path: Path) -> None:
    from litgraph.corpus.folder import ListedBook, write_list

    write_list(tmp_path, [ListedBook("\x1b[2Jx", "/x", {}), ListedBook("b", "/b", {})])
    with states_to_write(tmp_path / STATES, [BookState("\x1b[2Jx", FAILED, 1.0, error="\x1b]0;x", hint="h")]) as writer:
        writer.write(BookState("b", DONE, 2.0))
    shown = run("corpus", "status", tmp_path)
    assert "1 done, 1 failed, 0 to do" in shown.stdout and "\x1b" not in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--where", "year <"], "ends where a value should stand"),
        (["--where", "century=19"], "Its columns: year."),
        (["--column", "nowhere"], "has no column 'nowhere'"),
        (["--labeller", "nobody"], "nobody"),
        (["--gpus", "1"], "name a cluster with --ray"),
        (["--ray", "127.0.0.1:1"], "cannot be reached: Connection refused"),
    ],
)
def test_what_cannot_be_done_is_told_in_words(table: Path, tmp_path: Path, arguments: list[str], told: str) -> None:
    if "--ray" in arguments:
        pytest.importorskip("ray")
    result = run("corpus", "build", table, "-o", tmp_path / "corpus", *SETTINGS, *arguments)
    assert result.exit_code in (1, 2) and told in result.output and "Traceback" not in result.output
    assert not list(tmp_path.glob("corpus/books/*"))


def test_without_ray_a_cluster_is_told_to_be_wanting(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    result = run("corpus", "build", table, "-o", tmp_path / "corpus", *SETTINGS, "--ray", "auto")
    assert result.exit_code == 1 and "Ray is not installed." in result.output


def test_status_of_no_corpus(tmp_path: Path) -> None:
    result = run("corpus", "status", tmp_path)
    assert result.exit_code == 1 and "is no corpus" in result.output
