"""Training an adapter, in the small: the loss falls, a killed run goes on, the adapter says what it was taught."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from litgraph.errors import ModelError, SettingsError
from litgraph.examples.labelled import Labelled, records_of
from litgraph.examples.record import Record
from litgraph.relations.asking.prompts import Question
from litgraph.training.labellers.adapter_recipe import AdapterRecipe
from litgraph.training.labellers.course import CHECKPOINTS, CURVE_FILE, ByLength
from litgraph.training.labellers.qlora import estimated, train_adapter

pytestmark = [
    pytest.mark.filterwarnings("ignore::FutureWarning"),  # peft's, of what transformers has renamed
    pytest.mark.usefixtures("one_thread"),
]

LABELS = {"sister": "sibling_of", "wife": "spouse_of", "guest": "none"}
NAMES = ("Jane", "Kitty", "Lydia", "Mary", "Anne")
QUICK = AdapterRecipe(
    quantise=False, rank=8, alpha=16, epochs=3, learning_rate=1e-2, checkpointing=False, save_steps=5, tokens=256
)


def lessons() -> list[Record]:
    return records_of(
        [
            Labelled(Question(f"{name}, {word} of Bingley, smiled.", name, "Bingley", "PER", "PER"), label, "small")
            for word, label in LABELS.items()
            for name in NAMES
        ]
    )


def test_the_loss_falls_and_the_adapter_is_loaded_again(tiny_smollm3: Any, tmp_path: Path) -> None:
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    told: list[str] = []
    output = tmp_path / "adapter"
    trained = train_adapter(lessons(), str(tiny_smollm3.base), output, recipe=QUICK, tell=told.append)
    assert trained.rows == 15 and trained.cut == 0
    assert trained.last_loss < 0.5 * trained.first_loss
    curve = [json.loads(line) for line in (output / CURVE_FILE).read_text(encoding="utf-8").splitlines()]
    assert [row["step"] for row in curve] == sorted(row["step"] for row in curve)
    assert curve[-1]["loss"] == trained.last_loss
    assert "15 examples" in told[0] and "Memory" in told[0] and any("loss" in line for line in told[1:])
    assert not (output / CHECKPOINTS).exists()
    assert {path.suffix for path in output.iterdir()} <= {".json", ".jsonl", ".md", ".safetensors"}
    base = AutoModelForCausalLM.from_pretrained(tiny_smollm3.base)
    ids = torch.tensor([[5, 6, 7, 8]])
    before = base(ids).logits
    after = PeftModel.from_pretrained(base, str(output))(ids).logits
    assert not torch.allclose(before, after, atol=1e-3)


def test_the_card_is_filled_in(tiny_smollm3: Any, tmp_path: Path) -> None:
    recipe = AdapterRecipe(quantise=False, rank=2, alpha=4, epochs=1, rows=9, checkpointing=False)
    train_adapter(lessons(), str(tiny_smollm3.base), tmp_path, recipe=recipe)
    card = (tmp_path / "README.md").read_text(encoding="utf-8")
    for said in ("base_model: base", "| small | 9 |", "rank = 2", "sibling_of", "| step | epoch | loss |"):
        assert said in card
    assert str(tiny_smollm3.base) not in card


class Killed(Exception):
    pass


def _killed_at(step: int) -> Callable[[str], None]:
    def tell(line: str) -> None:
        if line.startswith(f"step {step} "):
            raise Killed

    return tell


def test_a_killed_training_goes_on_and_ends_the_same(tiny_smollm3: Any, tmp_path: Path) -> None:
    base, records = str(tiny_smollm3.base), lessons()
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    recipe = AdapterRecipe(
        quantise=False, rank=4, alpha=8, epochs=2, batch=2, accumulation=2, save_steps=3, checkpointing=True
    )
    train_adapter(records, base, whole, recipe=recipe)
    with pytest.raises(Killed):
        train_adapter(records, base, killed, recipe=recipe, tell=_killed_at(7))
    told: list[str] = []
    trained = train_adapter(records, base, killed, recipe=recipe, tell=told.append)
    assert told[1] == "going on from checkpoint-6"
    assert trained.last_loss < 10
    one, other = (load_file(folder / "adapter_model.safetensors") for folder in (whole, killed))
    assert one.keys() == other.keys()
    for name, weights in one.items():
        assert torch.allclose(weights, other[name], atol=1e-5), name
    assert (whole / CURVE_FILE).read_text(encoding="utf-8") == (killed / CURVE_FILE).read_text(encoding="utf-8")


def test_a_training_of_something_else_is_not_taken_up(tiny_smollm3: Any, tmp_path: Path) -> None:
    base, records = str(tiny_smollm3.base), lessons()
    with pytest.raises(Killed):
        train_adapter(records, base, tmp_path, recipe=QUICK, tell=_killed_at(6))
    there = sorted(path.name for path in (tmp_path / CHECKPOINTS).iterdir())
    with pytest.raises(SettingsError, match="another recipe, base or examples"):
        train_adapter(records[:-1], base, tmp_path, recipe=QUICK)
    assert sorted(path.name for path in (tmp_path / CHECKPOINTS).iterdir()) == there


def test_a_training_goes_on_from_an_adapter(tiny_smollm3: Any, tmp_path: Path) -> None:
    base, adapter = str(tiny_smollm3.base), str(tiny_smollm3.adapter)
    recipe = AdapterRecipe(quantise=False, epochs=1, rows=4, batch=4, accumulation=1, learning_rate=1e-3)
    train_adapter(lessons(), base, tmp_path / "more", start=adapter, recipe=recipe)
    before, after = (load_file(Path(folder) / "adapter_model.safetensors") for folder in (adapter, tmp_path / "more"))
    assert before.keys() == after.keys()
    changes = [float((before[name] - after[name]).abs().max()) for name in before]
    assert 0 < max(changes) < 0.01  # one step away from it, and not from somewhere else
    assert f"from the adapter {Path(adapter).name}" in (tmp_path / "more" / "README.md").read_text(encoding="utf-8")
    with pytest.raises(ModelError, match="no adapter"):
        train_adapter(lessons(), base, tmp_path / "none", start=base, recipe=recipe)


def test_an_estimate_measures_and_keeps_nothing(tiny_smollm3: Any) -> None:
    found = estimated(lessons(), str(tiny_smollm3.base), recipe=QUICK)
    assert found.rows == 15 and found.steps == 6 and found.device == "CPU"
    assert 0 < found.seconds < 60 and found.weights > 100_000 and found.activations > 0
    assert found.state == 16 * found.trained
    assert "about" in found.in_words()


@pytest.mark.parametrize(
    ("base", "changes", "error", "what"),
    [
        ("no such folder", {}, ModelError, "no such folder"),
        ("", {"modules": ("no_such_projection",)}, SettingsError, "does not fit"),
    ],
)
def test_what_cannot_be_trained_is_told(
    base: str, changes: dict[str, Any], error: type[Exception], what: str, tiny_smollm3: Any, tmp_path: Path
) -> None:
    recipe = AdapterRecipe(quantise=False, **changes)
    with pytest.raises(error, match=what):
        train_adapter(lessons(), base or str(tiny_smollm3.base), tmp_path, recipe=recipe)


def test_each_epoch_has_an_order_of_its_own_with_like_lengths_together() -> None:
    lengths = [index % 50 for index in range(1000)]
    order = ByLength(lengths, 8, seed=1)
    first = list(order)
    assert sorted(first) == list(range(1000)) and first == list(order)
    spread = [max(group) - min(group) for group in ([lengths[i] for i in first[b : b + 8]] for b in range(0, 400, 8))]
    assert sum(spread) / len(spread) < 5
    order.set_epoch(1)
    assert list(order) != first
