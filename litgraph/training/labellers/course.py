"""A training by transformers' Trainer that can be killed and taken up, tells of itself, and leaves a loss curve."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import torch
from torch.utils.data import Dataset, Sampler
from transformers import Trainer, TrainerCallback, TrainerControl, TrainerState, TrainingArguments, set_seed
from transformers.trainer_utils import get_last_checkpoint as _get_last_checkpoint

from litgraph.errors import ModelError, SettingsError
from litgraph.files import write_json, write_jsonl
from litgraph.language_models.loading import quietly
from litgraph.progress import Progress
from litgraph.training.labellers.adapter_recipe import AdapterRecipe
from litgraph.training.labellers.classifier_recipe import ClassifierRecipe

if TYPE_CHECKING:
    from transformers import PreTrainedModel

CHECKPOINTS = "checkpoints"
CURVE_FILE = "training.jsonl"
RECIPE_FILE = "recipe.json"

_KEPT = 2  # checkpoints: the last one may be half-written when the machine stops
_LINES = 20  # of the loss that a person is told of a whole training

Tell = Callable[[str], None]


def nothing(line: str) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the trainer needs to know, whatever it trains.

    Attributes:
        recipe: of an adapter or of a classifier.
        optimiser: a name that transformers knows.
        lengths: tokens of every example; those of like length share a batch.
    """

    recipe: AdapterRecipe | ClassifierRecipe
    optimiser: str
    lengths: Sequence[int]

    def steps(self, devices: int = 1) -> int:
        """Steps of the whole training, on so many devices."""
        batches = -(-len(self.lengths) // (self.recipe.batch * devices))
        return max(1, round(max(1, -(-batches // self.recipe.accumulation)) * self.recipe.epochs))


class ByLength(Sampler[int]):
    """An order of the examples for each epoch, those of like length near each other, settled by the seed alone.

    Drawn from no state that a killed training would have lost, so that one that goes on sees what it has not seen.
    """

    def __init__(self, lengths: Sequence[int], near: int, seed: int) -> None:
        self.lengths, self.near, self.seed, self.epoch = lengths, near, seed, 0

    def __len__(self) -> int:
        return len(self.lengths)

    def set_epoch(self, epoch: int) -> None:
        """Which epoch's order comes next; the trainer tells."""
        self.epoch = epoch

    def __iter__(self) -> Iterator[int]:
        draw = random.Random(self.seed * 1000 + self.epoch)
        order = draw.sample(range(len(self.lengths)), len(self.lengths))
        # Sorted within stretches of some fifty batches, in which the batches are then shuffled
        stretch = self.near * 50
        for begin in range(0, len(order), stretch):
            near = sorted(order[begin : begin + stretch], key=lambda index: -self.lengths[index])
            groups = [near[start : start + self.near] for start in range(0, len(near), self.near)]
            # The incomplete group stays last: elsewhere it would shift all batches behind it
            rest = [groups.pop()] if len(groups[-1]) < self.near else []
            draw.shuffle(groups)
            for group in [*groups, *rest]:
                yield from group


def train(
    model: PreTrainedModel,
    examples: Dataset[Any],
    collate: Any,
    plan: Plan,
    output: Path,
    *,
    loss: Any = None,
    identity: Mapping[str, Any],
    progress: Progress,
    tell: Tell,
) -> list[dict[str, float]]:
    """Train a model in place, or go on where an earlier call was stopped; gives the loss curve.

    Args:
        model: what is trained; its parameters say which of them.
        examples: as many as ``plan.lengths``.
        collate: makes a batch of some of them.
        plan: how.
        loss: of the model's output and the labels, as transformers' ``compute_loss_func``; the model's own if None.
        output: its folder ``checkpoints`` is taken up, and removed at the end.
        identity: what the training is of; a checkpoint of something else is not taken up.
        progress: told of every step.
        tell: gets a line about the loss now and then.

    Returns:
        Rows with ``step``, ``epoch``, ``loss`` (mean since the row before) and ``learning_rate``.

    Raises:
        SettingsError: the checkpoints are of another training.
        ModelError: a checkpoint is damaged.
    """
    folder = output / CHECKPOINTS
    folder.mkdir(parents=True, exist_ok=True)
    last = _taken_up(folder, identity)
    recipe = plan.recipe
    set_seed(recipe.seed)
    cuda = torch.cuda.is_available()
    with quietly():
        arguments = TrainingArguments(
            output_dir=str(folder),
            num_train_epochs=recipe.epochs,
            learning_rate=recipe.learning_rate,
            warmup_steps=round(recipe.warm_up * plan.steps(devices())),
            weight_decay=recipe.weight_decay,
            per_device_train_batch_size=recipe.batch,
            gradient_accumulation_steps=recipe.accumulation,
            optim=plan.optimiser,
            bf16=cuda and torch.cuda.is_bf16_supported(),
            fp16=cuda and not torch.cuda.is_bf16_supported(),
            use_cpu=not cuda,
            save_steps=recipe.save_steps,
            save_total_limit=_KEPT,
            logging_steps=max(1, plan.steps(devices()) // _LINES),
            seed=recipe.seed,
            dataloader_pin_memory=cuda,
            remove_unused_columns=False,
            disable_tqdm=True,
            report_to=[],
            **_recomputing(recipe.checkpointing),
        )
        trainer = _Trainer(
            model=model,
            args=arguments,
            train_dataset=examples,
            data_collator=collate,
            compute_loss_func=loss,
            callbacks=[_Teller(progress, tell)],
            order=ByLength(plan.lengths, recipe.batch * recipe.accumulation, recipe.seed),
        )
        trainer.remove_callback(_printer())
        if last:
            tell(f"going on from {Path(last).name}")
        try:
            trainer.train(resume_from_checkpoint=last)
        except (OSError, EOFError, ValueError, KeyError) as error:
            if not last:
                raise
            raise ModelError(
                f"{last} cannot be taken up: {error}", f"Delete the folder {folder} to begin the training again."
            ) from error
    return [
        {name: row[name] for name in ("step", "epoch", "loss", "learning_rate")}
        for row in trainer.state.log_history
        if "loss" in row
    ]


def _recomputing(wanted: bool) -> dict[str, Any]:
    """Whether activations are computed twice, by the name that the installed transformers has for it."""
    known = {field.name for field in fields(TrainingArguments)}
    name = "activation_checkpointing" if "activation_checkpointing" in known else "gradient_checkpointing"
    return {name: wanted} | ({f"{name}_kwargs": {"use_reentrant": False}} if wanted else {})


def finish(output: Path, curve: Iterable[Mapping[str, float]]) -> None:
    """Write the loss curve and remove the checkpoints: the training is done and what it made is written."""
    write_jsonl(output / CURVE_FILE, curve)
    shutil.rmtree(output / CHECKPOINTS, ignore_errors=True)


def digest(rows: Iterable[Mapping[str, object]]) -> str:
    """What tells one set of examples from another."""
    found = hashlib.sha256()
    for row in rows:
        found.update(json.dumps(row, sort_keys=True).encode())
    return found.hexdigest()[:16]


def _taken_up(folder: Path, identity: Mapping[str, Any]) -> str | None:
    """The last whole checkpoint in the folder, if there is one; the folder is marked as this training's."""
    marked = folder / RECIPE_FILE
    plain = json.loads(
        json.dumps({name: asdict(cast(Any, v)) if is_dataclass(v) else v for name, v in identity.items()})
    )
    last = _last_checkpoint(folder)
    if last and (not marked.is_file() or json.loads(marked.read_text(encoding="utf-8")) != plain):
        raise SettingsError(
            f"{folder} is of a training with another recipe, base or examples.",
            "Go on with those, choose another folder, or delete this one to begin again.",
        )
    if rank() == 0:
        write_json(marked, plain)
    # Its last file: a checkpoint without it was cut off while it was written
    while last and not (Path(last) / "trainer_state.json").is_file():
        if rank() == 0:
            shutil.rmtree(last)
        last = _last_checkpoint(folder)
    return last


def _last_checkpoint(folder: Path) -> str | None:
    last: str | None = _get_last_checkpoint(str(folder))  # type: ignore[no-untyped-call]
    return last


class _Trainer(Trainer):
    """A trainer that takes the examples in an order of ours."""

    def __init__(self, *, order: ByLength, **others: Any) -> None:
        super().__init__(**others)
        self._order = order

    def _get_train_sampler(self, train_dataset: Dataset[Any] | None = None) -> ByLength:
        return self._order


class _Teller(TrainerCallback):
    """Tells of every step and, now and then, of the loss."""

    def __init__(self, progress: Progress, tell: Tell) -> None:
        self._progress, self._tell = progress, tell
        self._steps: Iterator[int] = iter(())
        self._told = 0

    def on_train_begin(self, args: object, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        if state.is_world_process_zero:
            self._steps = iter(self._progress(range(state.max_steps + 1), "training", state.max_steps))
            self._advance(state.global_step)

    def on_step_end(self, args: object, state: TrainerState, control: TrainerControl, **_: Any) -> None:
        self._advance(state.global_step)

    def on_log(
        self, args: object, state: TrainerState, control: TrainerControl, logs: dict[str, Any] | None = None, **_: Any
    ) -> None:
        if logs and "loss" in logs and state.is_world_process_zero:
            self._tell(f"step {state.global_step} of {state.max_steps}: loss {float(logs['loss']):.3f}")

    def _advance(self, step: int) -> None:
        while self._told <= step:
            next(self._steps, None)
            self._told += 1


def _printer() -> type[TrainerCallback]:
    from transformers.trainer_callback import PrinterCallback

    return PrinterCallback


def devices() -> int:
    """How many processes train together, as `accelerate launch` says."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def rank() -> int:
    """Which of them this one is; the first, 0, writes and tells."""
    return int(os.environ.get("RANK", "0"))
