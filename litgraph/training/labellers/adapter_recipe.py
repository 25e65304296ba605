"""How an adapter is trained: every number that somebody may want to change."""

from __future__ import annotations

from dataclasses import dataclass

from litgraph.errors import SettingsError


@dataclass(frozen=True, slots=True)
class AdapterRecipe:
    """How a LoRA adapter is trained; every value can be set in a TOML file.

    The values are those of ``Despina/SmolLM3-3B-re_littune-0-shot``, on whose card and in whose code (arXiv:2606.22606)
    they stand. One thing differs: that training cut long prompts on the right, so that they lost their question; here
    the text is cut.

    Attributes:
        style: how the prompts are asked: "training" for their own words (``litgraph.examples.chats.asking``).
        quantise: hold the base in 4 bits (NF4, double quantisation); False: in 16 bits (plain LoRA).
        rank, alpha, dropout: of the adapter (r, α).
        modules: the projections that it changes.
        epochs: passes over the examples.
        learning_rate: the highest, after the warm-up; it then falls linearly to 0.
        warm_up: share of the steps in which the rate rises.
        weight_decay: of AdamW.
        batch: examples at once on each device.
        accumulation: so many batches make a step.
        tokens: longest example; of longer ones the text is cut, never the question.
        rows: train on so many examples, drawn by the seed; 0 for all.
        checkpointing: compute activations twice to save memory.
        save_steps: steps between checkpoints, from which a killed training goes on.
        optimiser: name of an optimiser of transformers; "auto": paged 8-bit AdamW on a CUDA device, AdamW elsewhere.
        seed: of all that is drawn.

    Raises:
        SettingsError: a value that nothing can be trained with.
    """

    style: str = "training"
    quantise: bool = True
    rank: int = 64
    alpha: int = 128
    dropout: float = 0.05
    modules: tuple[str, ...] = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
    epochs: float = 2.0
    learning_rate: float = 1e-4
    warm_up: float = 0.03
    weight_decay: float = 0.01
    batch: int = 4
    accumulation: int = 2
    tokens: int = 1024
    rows: int = 200_000
    checkpointing: bool = True
    save_steps: int = 200
    optimiser: str = "auto"
    seed: int = 42

    def __post_init__(self) -> None:
        check_numbers(
            self,
            whole=("rank", "alpha", "batch", "accumulation", "save_steps"),
            positive=("epochs", "learning_rate"),
            shares=("dropout", "warm_up", "weight_decay"),
        )
        if not self.modules or not all(isinstance(name, str) and name for name in self.modules):
            raise SettingsError("modules names no projections.", 'Write it as in modules = ["q_proj", "v_proj"].')
        if self.tokens < MINIMUM_TOKENS:
            raise SettingsError(
                f"tokens = {self.tokens} leaves no room for a question.", f"It must be {MINIMUM_TOKENS} at least."
            )
        if self.rows < 0:
            raise SettingsError(f"rows = {self.rows} is not possible.", "Write 0 for all.")


MINIMUM_TOKENS = 128
"""The longest instruction and chat layout take some 90 tokens."""


def check_numbers(
    recipe: object, *, whole: tuple[str, ...], positive: tuple[str, ...], shares: tuple[str, ...]
) -> None:
    """Raises SettingsError if a value of a recipe is out of its range."""
    for name in whole:
        if getattr(recipe, name) < 1:
            raise SettingsError(f"{name} = {getattr(recipe, name)} is too small.", "It must be 1 at least.")
    for name in positive:
        if getattr(recipe, name) <= 0:
            raise SettingsError(f"{name} = {getattr(recipe, name)} is too small.", "It must be more than 0.")
    for name in shares:
        if not 0 <= getattr(recipe, name) <= 1:
            raise SettingsError(f"{name} = {getattr(recipe, name)} is no share.", "Choose a number from 0 to 1.")
