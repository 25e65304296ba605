"""The command line: what each verb prints, where, and with which exit code."""

from __future__ import annotations

import errno
import importlib.util
import json
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import litgraph
from litgraph.cli import main


def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture()
def folder(alice: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(alice, tmp_path / "alice"))


def test_every_verb_explains_itself_with_an_example() -> None:
    for name, command in main.commands.items():
        result = run(name, "--help")
        assert result.exit_code == 0
        assert "Example" in result.stdout and f"litgraph {name}" in result.stdout, name
        assert all(option.help for option in command.params if option.param_type_name == "option")


def test_build_prints_a_summary_and_leaves_every_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("build", "pg11")
    assert result.exit_code == 0, result.output
    assert "Alice" in result.stdout and "12 chapters" in result.stdout
    assert sorted(path.name for path in (tmp_path / "pg11.litgraph").iterdir()) == [
        ".litgraph.lock",
        "book.json",
        "cast.json",
        "cast.proposed.toml",
        "cast.toml",
        "facts.jsonl",
        "graph.graphml",
        "graph.json",
        "mentions.jsonl",
        "quotations.jsonl",
        "relations.jsonl",
        "report.json",
        "sentences.jsonl",
        "text.txt",
        "voices.jsonl",
    ]


def test_a_second_build_redoes_nothing_and_json_is_the_report(folder: Path) -> None:
    result = run("build", "pg11", "-o", folder, "--json", "-q")
    report = json.loads(result.stdout)
    assert report["redone"] == [] and report["book"]["identifier"] == "pg11"
    asked = report["stages"]["relations"]["counts"]
    assert asked["pairs"] == asked["without_relation"] + asked["relations"] > 100
    assert report == json.loads((folder / "report.json").read_text(encoding="utf-8"))


def test_a_changed_setting_redoes_what_depends_on_it(folder: Path) -> None:
    result = run("build", "pg11", "-o", folder, "--window", "2", "--json", "-q")
    assert json.loads(result.stdout)["redone"] == ["relations", "facts", "graph"]
    result = run("build", "pg11", "-o", folder, "--window", "2", "--minimum-confidence", "0.9", "--json", "-q")
    assert json.loads(result.stdout)["redone"] == ["graph"]


def test_quiet_says_nothing(folder: Path) -> None:
    result = run("build", "pg11", "-o", folder, "-q")
    assert (result.stdout, result.stderr, result.exit_code) == ("", "", 0)


def test_build_from_standard_input_tells_what_it_guessed(tmp_path: Path) -> None:
    text = "Café society\n\nMrs. Dalloway met Mr. Walsh. Mr. Walsh is Mrs. Dalloway's friend.\n".encode("latin-1")
    result = run("build", "-", "-o", tmp_path / "run", stdin=text)
    assert result.exit_code == 0, result.output
    assert "note:" in result.stderr and "cp1252" in result.stderr


def test_show_gives_relations_with_sentences(alice: Path) -> None:
    result = run("show", alice, "Alice", "Dinah", "--full")
    assert result.exit_code == 0
    assert "co_occurs_with" in result.stdout and "Dinah’ll miss me very much" in result.stdout
    shown = json.loads(run("show", alice, "alice", "--json").stdout)
    assert shown["id"] == "alice"
    assert all("alice" in (relation["head_id"], relation["tail_id"]) for relation in shown["relations"])
    text = (alice / "text.txt").read_text(encoding="utf-8")
    for relation in shown["relations"]:
        for evidence in relation["evidence"]:
            assert text[evidence["start"] : evidence["end"]] == evidence["text"]


def test_show_speech_gives_who_says_what_to_whom(alice: Path) -> None:
    result = run("show", alice, "Alice", "--speech", "--sentences", 1)
    assert result.exit_code == 0
    assert result.stdout.startswith("Alice says ") and "of all words in quotations" in result.stdout.splitlines()[0]
    shown = json.loads(run("show", alice, "alice", "--speech", "--json").stdout)
    text = (alice / "text.txt").read_text(encoding="utf-8")
    assert shown["conversations"]
    for conversation in shown["conversations"]:
        assert "alice" in (conversation["speaker_id"], conversation["addressee_id"])
        assert conversation["weight"] == len(conversation["speeches"])
        for speech in conversation["speeches"]:
            assert all(text[one["start"] : one["end"]] == one["text"] for one in speech["quotations"])


def test_show_of_somebody_who_is_not_there_suggests_who_is(alice: Path) -> None:
    result = run("show", alice, "Alicia")
    assert result.exit_code == 1
    assert result.stdout == "" and "Alice" in result.stderr and "Traceback" not in result.stderr


def test_cast_prints_a_table_and_the_file_to_edit(alice: Path) -> None:
    result = run("cast", alice)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].split()[:3] == ["Alice", "character", "female"]
    assert str(alice / "cast.toml") in result.stderr
    assert json.loads(run("cast", alice, "--json").stdout)["entities"][0]["id"] == "alice"


def test_an_edit_of_the_cast_redoes_what_depends_on_it_and_stays(folder: Path) -> None:
    file = folder / "cast.toml"
    edited = file.read_text(encoding="utf-8").replace('name = "Alice"', 'name = "Alice Liddell"', 1)
    file.write_text(edited, encoding="utf-8")
    result = run("build", "pg11", "-o", folder, "--json", "-q")
    assert json.loads(result.stdout)["redone"] == ["cast", "graph"]  # who is meant where has not changed
    assert litgraph.load_graph(folder).nodes["alice"]["name"] == "Alice Liddell"
    assert file.read_text(encoding="utf-8") == edited
    result = run("build", "pg11", "-o", folder, "--mentions", "spacy:en_core_web_sm", "--window", "3", "-q")
    assert litgraph.load_graph(folder).nodes["alice"]["name"] == "Alice Liddell"


def test_cast_edits_from_the_shell(folder: Path) -> None:
    result = run("cast", folder, "--rename", "Alice", "Alice Liddell", "--merge", "alice", "alice")
    assert (result.exit_code, result.stdout) == (1, "") and "one row already" in result.stderr
    changes = ("--rename", "alice", "Alice Liddell", "--drop", "gryphon", "--merge", "dormouse", "alice")
    result = run("cast", folder, *changes)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        "dormouse is merged into alice.",
        "alice is called 'Alice Liddell'.",
        "gryphon is dropped.",
    ]
    assert str(folder / "cast.toml") in result.stderr
    assert run("build", "pg11", "-o", folder, "-q").exit_code == 0
    graph = litgraph.load_graph(folder)
    assert graph.nodes["alice"]["name"] == "Alice Liddell" and "Dormouse" in graph.nodes["alice"]["aliases"]
    assert "gryphon" not in graph and "dormouse" not in graph
    result = run("cast", folder, "--rename", "Alicia", "Alice")
    assert result.exit_code == 1 and "Did you mean alice?" in result.stderr and "Traceback" not in result.stderr
    changed = json.loads(run("cast", folder, "--rename", "alice", "Alice", "--json").stdout)
    assert changed == {"file": str(folder / "cast.toml"), "changed": ["alice is called 'Alice'."]}


def test_a_contradicting_edit_is_told_with_its_line_and_changes_nothing(folder: Path) -> None:
    file = folder / "cast.toml"
    lines = file.read_text(encoding="utf-8").splitlines()
    number = next(index for index, line in enumerate(lines) if line.startswith("kind = "))
    lines[number] = 'kind = "rabbit"'
    file.write_text("\n".join(lines), encoding="utf-8")
    before = (folder / "graph.json").read_bytes()
    result = run("build", "pg11", "-o", folder)
    assert result.exit_code == 1
    assert "cast.toml" in result.stderr and f"line {number + 1}" in result.stderr and "rabbit" in result.stderr
    assert (folder / "graph.json").read_bytes() == before


def test_export_by_ending(alice: Path, tmp_path: Path) -> None:
    for ending in (".graphml", ".json"):
        result = run("export", alice, tmp_path / f"alice{ending}")
        assert result.exit_code == 0 and result.stdout.strip() == str(tmp_path / f"alice{ending}")
    assert litgraph.read_graphml(tmp_path / "alice.graphml").nodes["alice"]["gender"] == "female"
    result = run("export", alice, tmp_path / "alice.xlsx")
    assert result.exit_code == 1 and ".graphml" in result.stderr and not (tmp_path / "alice.xlsx").exists()


def test_doctor_says_what_is_there() -> None:
    result = run("doctor")
    assert result.exit_code == 0
    assert "spacy:en_core_web_sm" in result.stdout and "pg11" in result.stdout
    assert "HuggingFaceTB/SmolLM3-3B" in result.stdout
    assert "Versions" in json.loads(run("doctor", "--json").stdout)


@pytest.mark.parametrize("missing", ["torch", "spacy.util"])
def test_doctor_says_what_is_not_there(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    result = run("doctor")
    assert result.exit_code == 0 and "cannot be loaded" in result.stdout
    assert f"pip install {missing.partition('.')[0]}" in result.stdout


def test_doctor_tells_to_install_as_the_readme_does(monkeypatch: pytest.MonkeyPatch) -> None:
    optional = {"accelerate", "bitsandbytes", "matplotlib", "peft", "pyarrow"}
    find_spec = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name in optional else find_spec(name))
    advice = run("doctor").stdout
    for extra in ("plot", "gpu", "train"):
        assert f'in the folder of litgraph: pip install ".[{extra}]"' in advice
    assert "litgraph-kg[" not in advice


def test_no_text_tells_to_install_from_an_index_that_has_no_litgraph() -> None:
    repository = Path(__file__).parents[2]
    texts = [*repository.glob("*.md"), *(repository / "docs").glob("*.md"), *(repository / "litgraph").rglob("*.py")]
    for path in texts:
        assert not re.search(r"pip install\s+[\"']?litgraph", path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["build", "no such file.txt"], 1, "no such file.txt"),
        (["build", "pg999999"], 1, "litgraph fetch pg999999"),
        (["build", "pg11", "--window", "9"], 1, "1 to 5"),
        (["build", "pg11", "--window", "many"], 2, "many"),
        (["build", "pg11", "--mentions", "spacy:xx_nothing"], 1, "not installed"),
        (["build", "pg11", "--config", "none.toml"], 1, "none.toml"),
        (["build"], 2, "SOURCE"),
        (["build", "https://www.gutenberg.org/ebooks/1342"], 1, "litgraph fetch pg1342"),
        (["build", ""], 1, "empty"),
        (["cast", ""], 1, "not a run folder"),
        (["show", "nowhere", "Alice"], 1, "nowhere"),
        (["cast", "nowhere"], 1, "nowhere"),
        (["export", "nowhere", "x.graphml"], 1, "nowhere"),
        (["fetch", "alice"], 1, "pg1342"),
        (["frobnicate"], 2, "frobnicate"),
    ],
)
def test_mistakes_get_one_clear_message(
    arguments: list[str], code: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == code, result.output
    assert told in result.stderr and "Traceback" not in result.stderr and result.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_a_hostile_name_cannot_write_on_the_terminal(tmp_path: Path) -> None:
    result = run("build", tmp_path / "a\x1b[31m\nb.txt")
    assert result.exit_code == 1 and "a\\x1b[31m\\nb.txt" in result.stderr
    assert "\x1b" not in result.stderr and len(result.stderr.splitlines()) == 2


def test_a_graph_that_cannot_be_what_was_hoped_for_is_said_to_be_so(tmp_path: Path) -> None:
    page = '<html lang="fr"><body><p>il pleut, et on ne fait rien du tout.</p></body></html>'
    result = run("build", "-", "-o", tmp_path / "run", stdin=page.encode())
    assert result.exit_code == 0, result.output
    assert 'is "fr"' in result.stderr and "--mentions" in result.stderr and "No names" in result.stderr
    assert "1 chapter\n" in result.stdout and "0 mentions of anybody" in result.stdout


def test_a_full_disk_behind_stdout_is_no_traceback(alice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("litgraph.cli.cast.print_table", full)
    result = run("cast", alice)
    assert result.exit_code == 1 and "No space left" in result.stderr and "Traceback" not in result.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for another process")
def test_ctrl_c_stops_with_a_message_and_the_same_command_goes_on(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "litgraph", "build", "pg11", "-o", str(tmp_path / "run")]
    # Tests that run in the background inherit that Ctrl-C is ignored.
    handled = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGINT, handled)
    while process.poll() is None and not (tmp_path / "run" / "text.txt").exists():
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 1 and "stopped" in errors and "Traceback" not in errors and output == ""
    again = run("build", "pg11", "-o", tmp_path / "run", "--json", "-q")
    assert json.loads(again.stdout)["redone"][-1] == "graph"


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's pipe")
def test_a_reader_that_stops_early_is_no_error(alice: Path) -> None:
    litgraph_ = f'"{sys.executable}" -m litgraph'
    command = f'{litgraph_} show "{alice}" alice --sentences 99 | head -1'
    found = subprocess.run(command, shell=True, capture_output=True, text=True, check=True)
    assert found.stdout.count("\n") == 1 and found.stderr == ""


def test_another_book_never_overwrites_a_run(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Mr. Darcy bowed. Elizabeth smiled.\n", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "report.json"}
    result = run("build", other, "-o", folder)
    assert result.exit_code == 1 and "another book" in result.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "report.json"} == before


def test_import_and_help_stay_quick_and_light() -> None:
    heavy = "{'torch', 'spacy', 'networkx', 'numpy', 'transformers', 'httpx'}"
    script = f"import sys, litgraph, litgraph.cli; print(*sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == ""


def test_train_reader_names_every_value_of_the_recipe() -> None:
    from dataclasses import fields

    from litgraph.training.reader.recipe import Recipe

    listed = run("train", "reader", "--help").stdout.partition("TOML file, are")[2].partition("Options:")[0].split()
    assert listed == [field.name for field in fields(Recipe)]


@pytest.mark.parametrize(
    ("verb", "expected"),
    [("litbank", "coreference, gold mentions: CoNLL"), ("mobility", "spatial: macro-F1")],
)
def test_evaluate_prints_every_figure(
    verb: str, expected: str, data_folder: Path, tiny_base: Path, tmp_path: Path
) -> None:
    from litgraph.literary.storage import save_reader, untrained_reader

    save_reader(untrained_reader(tiny_base), tmp_path / "reader")
    table = run("evaluate", verb, data_folder, "--reader", tmp_path / "reader")
    assert table.exit_code == 0, table.output
    assert expected in table.stdout
    figures = json.loads(run("evaluate", verb, data_folder, "--reader", tmp_path / "reader", "--json").stdout)
    assert 0 <= figures[expected] <= 1
    missing = run("evaluate", verb, tmp_path, "--reader", tmp_path / "reader", "--split", "test")
    assert missing.exit_code == 1 and "Traceback" not in missing.output and str(tmp_path) in missing.output
