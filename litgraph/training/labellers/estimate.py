"""How long a training will take and how much memory it needs, said before it begins, in words."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch.utils.data import Dataset

from litgraph.training.labellers.course import Plan, devices

if TYPE_CHECKING:
    from transformers import PreTrainedModel

_ADAM_BYTES = {"paged_adamw_8bit": 2, "adamw_8bit": 2}
"""Bytes of optimiser state a trained number; two numbers of 32 bits with AdamW as it is."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a training will cost here.

    Attributes:
        rows: examples.
        tokens: of all examples together.
        steps: of the whole training.
        seconds: measured on one batch of middling length and multiplied; saving and starting not included.
        weights: bytes of the base as it is held.
        trained: numbers that are trained.
        state: bytes of these, their gradients and the optimiser's memory of them.
        activations: bytes of a batch of the longest examples; measured on a CUDA device, reckoned elsewhere.
        device: "CPU", or the name of the graphics card.
    """

    rows: int
    tokens: int
    steps: int
    seconds: float
    weights: int
    trained: int
    state: int
    activations: int
    device: str

    @property
    def memory(self) -> int:
        """Bytes in all."""
        return self.weights + self.state + self.activations

    def in_words(self) -> str:
        """Two sentences for a person."""
        return (
            f"{self.rows:,} examples of {self.tokens / max(1, self.rows):.0f} tokens, {self.steps:,} steps: about "
            f"{duration(self.seconds)} on this {self.device}, judged by one batch. Memory: about "
            f"{size(self.memory)} ({size(self.weights)} base, {size(self.state)} for the {self.trained:,} numbers that "
            f"are trained, {size(self.activations)} while it computes)."
        )


def estimate(model: PreTrainedModel, examples: Dataset[Any], collate: Any, plan: Plan, *, loss: Any = None) -> Estimate:
    """Measure one batch and reckon the rest. The model is left as it was."""
    order = sorted(range(len(plan.lengths)), key=plan.lengths.__getitem__)
    middle = order[len(order) // 2 : len(order) // 2 + plan.recipe.batch]
    longest = order[-plan.recipe.batch :]
    device = next(model.parameters()).device
    seconds = _measured(model, collate([examples[index] for index in middle]), loss, device)
    in_batch = sum(plan.lengths[index] for index in middle)
    trained = sum(parameter.numel() for parameter in model.parameters() if parameter.requires_grad)
    # Weights and gradients in 32 bits, and what the optimiser remembers
    state = trained * (8 + _ADAM_BYTES.get(plan.optimiser, 8))
    activations = _activations(model, collate([examples[index] for index in longest]), plan, loss, device)
    total = sum(plan.lengths)
    return Estimate(
        rows=len(plan.lengths),
        tokens=total,
        steps=plan.steps(devices()),
        seconds=seconds * total / in_batch * plan.recipe.epochs / devices(),
        weights=sum(p.numel() * p.element_size() for p in model.parameters() if not p.requires_grad),
        trained=trained,
        state=state,
        activations=activations,
        device="CPU" if device.type == "cpu" else torch.cuda.get_device_name(device),
    )


def duration(seconds: float) -> str:
    """A time as a person says it."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if seconds < 5400:
        return f"{round(seconds / 60)} minutes"
    return f"{seconds / 3600:.1f} hours"


def size(number: int) -> str:
    """Bytes as a person says them."""
    return f"{number / 1e9:.1f} GB" if number >= 1e9 else f"{max(1, round(number / 1e6))} MB"


def _measured(model: PreTrainedModel, batch: dict[str, Any], loss: Any, device: torch.device) -> float:
    state = torch.get_rng_state()
    # A first pass on a graphics card loads kernels; on a processor it is not slower than the next
    for _ in range(2 if device.type == "cuda" else 1):
        begun = time.perf_counter()
        _pass(model, batch, loss, device)
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        taken = time.perf_counter() - begun
    torch.set_rng_state(state)
    return taken


def _pass(model: PreTrainedModel, batch: dict[str, Any], loss: Any, device: torch.device) -> None:
    model.train()
    with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
        inputs = {name: tensor.to(device) if torch.is_tensor(tensor) else tensor for name, tensor in batch.items()}
        labels = inputs.pop("labels")
        value = model(**inputs, labels=labels).loss if loss is None else loss(model(**inputs), labels)
    value.backward()
    model.zero_grad(set_to_none=True)


def _activations(model: PreTrainedModel, batch: dict[str, Any], plan: Plan, loss: Any, device: torch.device) -> int:
    if device.type == "cuda":
        torch.cuda.reset_peak_memory_stats(device)
        before = torch.cuda.memory_allocated(device)
        _pass(model, batch, loss, device)
        return int(torch.cuda.max_memory_allocated(device) - before)
    config = model.config.get_text_config()
    tokens = batch["input_ids"].numel()
    layer = tokens * (8 * config.hidden_size + 3 * config.intermediate_size) * 4
    # With checkpointing one layer at a time, and what enters each; the scores of words come twice, with their slope
    scores: int = 2 * batch["labels"].numel() * config.vocab_size * 4
    layers: int = layer + config.num_hidden_layers * tokens * config.hidden_size * 4
    whole: int = config.num_hidden_layers * layer
    return (layers if plan.recipe.checkpointing else whole) + scores
