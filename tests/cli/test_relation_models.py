"""The commands that make examples, train on them and score them."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import fields
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from litgraph.cli import main
from litgraph.training.labellers.adapter_recipe import AdapterRecipe
from litgraph.training.labellers.classifier_recipe import ClassifierRecipe

pytestmark = [
    pytest.mark.filterwarnings("ignore::FutureWarning"),  # peft's, of what transformers has renamed
    pytest.mark.usefixtures("one_thread"),
]


PAGE = Path(__file__).parents[2] / "docs" / "reproduce-0.833.md"


def test_the_commands_of_the_page_are_understood() -> None:
    blocks = re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines()]
    assert len(lines) > 12
    for line in lines:
        program, *words = shlex.split(line, comments=True)
        assert program == "litgraph"
        command: click.Command = main
        while isinstance(command, click.Group):
            name, *words = words
            command = command.commands[name]
        command.make_context(line, words)  # a click.UsageError if it were not


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def dev(data_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("examples") / "dev.jsonl"
    made = run("train", "examples", "litbank", data_folder, "--split", "dev", "--negatives", 0.5, "-o", path)
    assert made.exit_code == 0, made.output
    assert "1,070 examples with" in made.output
    return path


def test_examples_come_with_shots_and_in_parquet(data_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "dev_2.parquet"
    made = run("train", "examples", "litbank", data_folder, "--split", "dev", "--shots", 2, "--no-types", "-o", path)
    assert made.exit_code == 0 and path.stat().st_size > 10_000
    from litgraph.examples.files import read_records

    assert all("Now you try:" in record.prompt for record in read_records(str(path)))


def test_the_whole_way_from_labels_to_scores(
    tiny_smollm3: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LITGRAPH_CACHE", str(tmp_path / "cache"))
    (tmp_path / "pairs.csv").write_text(
        "text,entity1,entity2,relation\n"
        + "".join(f'"{name}, sister of Lizzy, smiled.",{name},Lizzy,sibling_of\n' for name in ("Jane", "Kitty", "Mary"))
        + "".join(f'"{name}, guest of Lizzy, smiled.",{name},Lizzy,none\n' for name in ("Anne", "Caroline", "Louisa")),
        encoding="utf-8",
    )
    examples, adapter, answers = (tmp_path / name for name in ("pairs.jsonl", "adapter", "answers.jsonl"))
    assert run("train", "examples", "pairs", tmp_path / "pairs.csv", "-o", examples).exit_code == 0
    recipe = tmp_path / "recipe.toml"
    recipe.write_text("quantise = false\nrank = 4\nepochs = 2\nlearning_rate = 5e-3\n", encoding="utf-8")
    training = ("train", "adapter", "--data", examples, "--base", tiny_smollm3.base, "-o", adapter, "--recipe", recipe)
    told = run(*training, "--estimate")
    assert told.exit_code == 0 and "6 examples" in told.output and not adapter.exists()
    trained = run(*training)
    assert trained.exit_code == 0, trained.output
    assert "loss" in trained.output and (adapter / "adapter_model.safetensors").is_file()
    model = ("--labeller", "smollm3", "--model", tiny_smollm3.base, "--adapter", adapter, "--precision", "fp32")
    picture = tmp_path / "confusions.png"
    scored = run(
        *("evaluate", "relations", examples, *model, "--prompt-style", "training", "--save", answers),
        *("--swap", "--labels", "--price", 2, "--picture", picture),
    )
    assert scored.exit_code == 0, scored.output
    for said in ("micro-F1", "most frequent label", "companion_of", "direction", "price of 1,000 pairs", "sibling_of"):
        assert said in scored.output
    assert picture.stat().st_size > 1000
    again = run("evaluate", "relations", examples, "--answers", answers, "--against", answers, "--json")
    assert again.exit_code == 0, again.output
    figures = json.loads(again.output)
    assert figures["compared"]["pairs"]["difference"] == [0, 0, 0]
    assert figures["data"]["pairs"]["rows"] == 6


def test_a_classifier_by_its_command(tiny_smollm3: Any, tmp_path: Path, dev: Path) -> None:
    recipe = tmp_path / "recipe.toml"
    recipe.write_text('method = "lora"\nrank = 2\nepochs = 1\nrows = 12\nbatch = 6\ntokens = 96\n', encoding="utf-8")
    folder = tmp_path / "classifier"
    made = run("train", "classifier", "--data", dev, "--base", tiny_smollm3.base, "-o", folder, "--recipe", recipe)
    assert made.exit_code == 0, made.output
    scored = run("evaluate", "relations", dev, "--rows", 9, "--labeller", "classifier", "--model", folder, "--json")
    assert scored.exit_code == 0, scored.output
    assert json.loads(scored.stdout)["data"]["litbank"]["schema-valid"] >= 0


@pytest.mark.parametrize(("verb", "recipe"), [("adapter", AdapterRecipe()), ("classifier", ClassifierRecipe())])
def test_help_lists_every_value_of_the_recipe(verb: str, recipe: Any) -> None:
    listed = run("train", verb, "--help").output.partition("TOML file, are")[2].partition("Options:")[0].split()
    assert listed == [field.name for field in fields(recipe)]


def test_rules_on_examples_and_on_all_pairs(dev: Path, data_folder: Path) -> None:
    scored = run("evaluate", "relations", dev, "--rows", 300, "--labeller", "rules", "--json")
    assert scored.exit_code == 0, scored.output
    figures = json.loads(scored.output)["data"]["litbank"]
    assert figures["precision"] > 0.4 and 0 < figures["recall"] < 0.4
    pairs = run("evaluate", "pairs", data_folder, "--labeller", "rules", "--passages", 2)
    assert pairs.exit_code == 0 and "precision of what is said" in pairs.output


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("evaluate", "relations", "missing.jsonl"), "neither a file nor a folder"),
        (("train", "adapter", "--data", "missing.jsonl", "--base", "x", "-o", "y"), "neither a file nor a folder"),
        (("train", "examples", "litbank", "nowhere", "--split", "devv", "-o", "x.jsonl"), "no part of LitBank"),
        (("train", "examples", "run", "nowhere", "-o", "x.jsonl"), "cannot be read"),
    ],
)
def test_what_is_not_there_is_told(arguments: tuple[str, ...], what: str, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 1 and what in result.output and "Traceback" not in result.output


def test_a_comparison_with_other_answers_is_refused_before_any_work(dev: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.jsonl"
    assert run("evaluate", "relations", dev, "--rows", 5, "--labeller", "rules", "--save", answers).exit_code == 0
    result = run("evaluate", "relations", dev, "--rows", 6, "--labeller", "smollm3", "--against", answers)
    assert result.exit_code == 1 and "other examples" in result.output
