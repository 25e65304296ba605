"""From a text to a graph with a language model in this process: a tiny SmolLM3 with a real LoRA adapter."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tiny_smollm3 import TinyModel

from litgraph.cli import main
from litgraph.literary.version import PACKAGED
from litgraph.ontology import RELATIONS
from litgraph.relations.asking.local import ModelAsker, settle_model
from litgraph.relations.asking.prompts import Question, prompt_style

NOVEL = """\
CHAPTER I

Mr. Bennet was among the earliest of those who waited on Mr. Bingley. Mrs. Bennet smiled at Mr. Bennet. His wife,
Mrs. Bennet, went to Longbourn with Elizabeth Bennet and Jane Bennet.

Elizabeth Bennet saw Mr. Darcy at Netherfield. Jane Bennet, sister of Elizabeth Bennet, saw Mr. Bingley. Elizabeth told
Jane of it at Longbourn.

CHAPTER II

Mr. Darcy came to Longbourn. Elizabeth Bennet laughed at Mr. Darcy. Mr. Darcy married Elizabeth Bennet. Mr. Bingley
married Jane Bennet.
"""


@pytest.fixture()
def novel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LITGRAPH_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "novel.txt"
    path.write_text(NOVEL, encoding="utf-8")
    return path


def arguments(novel: Path, run: Path, tiny: TinyModel, *more: str) -> list[str]:
    model = ["--labeller", "smollm3", "--model", str(tiny.base), "--adapter", str(tiny.adapter), "--precision", "fp32"]
    return ["build", str(novel), "-o", str(run), "--filter", "none", "--minimum-confidence", "0", *model, *more]


def build(novel: Path, run: Path, tiny: TinyModel, *more: str) -> Result:
    return CliRunner().invoke(main, arguments(novel, run, tiny, *more))


def counts(run: Path) -> dict[str, Any]:
    report = json.loads((run / "report.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = report["stages"]["relations"]["counts"]
    return found


def test_a_build_with_a_model_its_adapter_and_a_cache(
    novel: Path, tiny_smollm3: TinyModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cold = build(novel, tmp_path / "cold", tiny_smollm3)
    assert cold.exit_code == 0, cold.output
    assert "no GPU was found" in cold.stderr and "on the CPU" in cold.stderr
    told = counts(tmp_path / "cold")
    assert told["pairs"] == sum(told["outcomes"].values()) > 10
    graph = json.loads((tmp_path / "cold" / "graph.json").read_text(encoding="utf-8"))
    assert graph["graph"]["models"]["adapter"].startswith("adapter-")
    assert graph["graph"]["labeller"].startswith("smollm3-")

    # The adapter of the report is at work: without it other things are said
    plain = build(novel, tmp_path / "plain", tiny_smollm3, "--adapter", "none")
    assert plain.exit_code == 0, plain.output
    said = {name: (tmp_path / name / "relations.jsonl").read_bytes() for name in ("cold", "plain")}
    assert said["cold"] != said["plain"]

    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError("the model was loaded, though every answer is known")

    monkeypatch.setattr("litgraph.language_models.loading.load_model", refuse)
    warm = build(novel, tmp_path / "warm", tiny_smollm3)
    assert warm.exit_code == 0, warm.output
    for name in ("relations.jsonl", "graph.json", "graph.graphml"):
        assert (tmp_path / "warm" / name).read_bytes() == (tmp_path / "cold" / name).read_bytes()


def test_only_labels_and_the_readers_filter(novel: Path, tiny_smollm3: TinyModel, tmp_path: Path) -> None:
    run, strict = tmp_path / "run", tmp_path / "strict-reader"
    shutil.copytree(PACKAGED, strict)
    settings = json.loads((strict / "reader.json").read_text(encoding="utf-8"))
    settings["thresholds"]["worth_asking"] = 0.3
    (strict / "reader.json").write_text(json.dumps(settings), encoding="utf-8")
    asked = ["--constrained", "--filter", f"literary:{strict}", "--typed", "--context", "3"]
    result = build(novel, run, tiny_smollm3, *asked)
    assert result.exit_code == 0, result.output
    told = counts(run)
    assert told["outcomes"]["filtered"] > 0 and "unmapped" not in told["outcomes"]
    assert "too unlikely to be related to ask" in result.stdout
    rows = [json.loads(line) for line in (run / "relations.jsonl").read_text(encoding="utf-8").splitlines()]
    assert rows and all(row["raw"] in RELATIONS for row in rows)
    assert all(0 < row["confidence"] < 1 for row in rows)
    facts = json.loads((run / "report.json").read_text(encoding="utf-8"))["labeller"]
    assert facts["style"] == "card-1+types" and facts["context"] == 3 and facts["filter"].startswith("literary-")


@pytest.mark.parametrize("precision", ["bf16", "nf4"])
def test_few_bits(novel: Path, tiny_smollm3: TinyModel, precision: str) -> None:
    model = settle_model(str(tiny_smollm3.base), str(tiny_smollm3.adapter), precision)
    asker = ModelAsker(model, prompt_style("card"), constrained=True)
    assert asker.name.endswith(f"{precision} constrained to {len(RELATIONS)}")
    asked = asker.prompts([Question("Jane, wife of Bingley, smiled.", "Jane", "Bingley")] * 2)
    answers = [answer for batch in asker.ask(asked) for answer in batch.values()]
    assert len(answers) == 2 and all(answer.text in RELATIONS for answer in answers)


def _rows(database: Path) -> int:
    if not database.exists():
        return 0
    connection = sqlite3.connect(database)
    try:
        return int(connection.execute("SELECT count(*) FROM answers").fetchone()[0])
    except sqlite3.OperationalError:  # the table is about to be made
        return 0
    finally:
        connection.close()


# Every answer takes a moment, and batches are small, so that there is something to kill.
SLOWLY = """
import sys, time
from litgraph.language_models import decoding
from litgraph.language_models.packing import Budget
decoding.memory_budget = lambda model: Budget(10**6, 4)
answered = decoding.Decoder._answered
def slowly(self, *what):
    time.sleep(0.15)
    return answered(self, *what)
decoding.Decoder._answered = slowly
from litgraph.cli import main
main()
"""


def test_killed_in_the_middle_it_goes_on_at_the_next_batch(
    novel: Path, tiny_smollm3: TinyModel, tmp_path: Path
) -> None:
    run, cache = tmp_path / "run", tmp_path / "cache" / "labels.sqlite3"
    command = arguments(novel, run, tiny_smollm3, "--adapter", "none")
    killed = subprocess.Popen([sys.executable, "-c", SLOWLY, *command, "-q"], env=os.environ.copy())
    deadline = time.monotonic() + 120
    while _rows(cache) < 6 and killed.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    killed.kill()
    killed.wait()
    kept = _rows(cache)
    assert kept >= 6 and not (run / "relations.jsonl").exists()
    resumed = build(novel, run, tiny_smollm3, "--adapter", "none")
    assert resumed.exit_code == 0, resumed.output
    everything = _rows(cache)
    assert everything > kept
    fresh = tmp_path / "fresh"
    shutil.rmtree(tmp_path / "cache")
    assert build(novel, fresh, tiny_smollm3, "--adapter", "none").exit_code == 0
    assert _rows(cache) == everything
    resumed_rows, fresh_rows = (
        [json.loads(line) for line in (folder / "relations.jsonl").read_text(encoding="utf-8").splitlines()]
        for folder in (run, fresh)
    )
    # Other batches change the last digits of a probability at most
    assert [row.pop("confidence") for row in resumed_rows] == pytest.approx(
        [row.pop("confidence") for row in fresh_rows], abs=2e-4
    )
    assert resumed_rows == fresh_rows


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--model", "no/such-model", "--offline"], "--offline forbids"),
        (["--model", "/no/such/folder"], "no such folder"),
        (["--adapter", "{base}"], "has no adapter_config.json"),
        (["--precision", "int8"], "precision = 'int8'"),
        (["--prompt-style", "chatty"], "no style of prompts"),
        (["--filter", "everyone"], "no filter"),
        (["--context", "9"], "context = 9"),
        (["--labeller", "endpoint", "--base-url", "http://x/v1", "--constrained"], "constrained decoding"),
        (["--labeller", "endpoint"], "needs the address of a server"),
        (["--labeller", "endpoint", "--base-url", "http://x/v1", "--at-once", "0"], "at_once = 0"),
        (["--labeller", "endpoint", "--base-url", "http://x/v1", "--per-minute", "-1"], "per_minute = -1"),
    ],
)
def test_what_cannot_be_is_told_before_any_work_is_done(
    novel: Path, tiny_smollm3: TinyModel, tmp_path: Path, options: list[str], told: str
) -> None:
    filled = [option.format(base=tiny_smollm3.base) for option in options]
    result = build(novel, tmp_path / "run", tiny_smollm3, *filled)
    assert result.exit_code == 1
    assert told in result.stderr and "Traceback" not in result.stderr
    assert len(result.stderr.strip().splitlines()) == 2
    assert not (tmp_path / "run").exists()


def test_another_model_is_meant_without_the_adapter_of_the_first(
    novel: Path, tiny_smollm3: TinyModel, tmp_path: Path
) -> None:
    from litgraph.relations.choice import choose_labeller
    from litgraph.relations.options import LabellerOptions

    options = LabellerOptions(model=str(tiny_smollm3.base), precision="fp32")
    choice = choose_labeller("smollm3", options)
    assert choice.facts["adapter"] == "none"
    assert choice.version == choose_labeller("smollm3", options).version
    assert choice.version != choose_labeller("smollm3", replace(options, typed=True)).version
    assert choose_labeller().facts == {}


def test_too_little_memory_costs_nothing_that_was_done(
    novel: Path, tiny_smollm3: TinyModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = tmp_path / "run"
    with monkeypatch.context() as small:
        small.setattr("litgraph.language_models.loading.free_memory", lambda device: 1e8)
        result = build(novel, run, tiny_smollm3)
        assert result.exit_code == 1 and "GB are free" in result.stderr
        assert len(result.stderr.strip().splitlines()) == 2
    result = build(novel, run, tiny_smollm3, "--json", "-q")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["redone"] == ["relations", "facts", "graph"]
    with monkeypatch.context() as small:  # where every answer is known no memory is needed
        small.setattr("litgraph.language_models.loading.free_memory", lambda device: 1e8)
        assert build(novel, tmp_path / "again", tiny_smollm3).exit_code == 0
