"""How a classifier is trained: every number that somebody may want to change."""

from __future__ import annotations

from dataclasses import dataclass

from litgraph.errors import SettingsError
from litgraph.training.labellers.adapter_recipe import MINIMUM_TOKENS, check_numbers

METHODS = ("auto", "whole", "lora", "qlora")


@dataclass(frozen=True, slots=True)
class ClassifierRecipe:
    """How a classifier is trained; every value can be set in a TOML file.

    The values are those of the RoBERTa baseline of Christou & Tsoumakas (arXiv:2606.22606).

    Attributes:
        method: "whole": all weights; "qlora", "lora": an adapter beside a base in 4 bits or as it is; "auto": whole
            for encoders, qlora for decoders.
        rank, alpha, dropout, modules: of the adapter, as in
            :class:`~litgraph.training.labellers.adapter_recipe.AdapterRecipe`.
        epochs: passes over the examples.
        learning_rate: the highest, after the warm-up; it then falls linearly to 0.
        warm_up: share of the steps in which the rate rises.
        weight_decay: of AdamW.
        batch: examples at once on each device.
        accumulation: so many batches make a step.
        tokens: longest text; of longer ones words outside of the two entities are cut.
        rows: train on so many examples, drawn by the seed; 0 for all.
        checkpointing: compute activations twice to save memory.
        save_steps: steps between checkpoints, from which a killed training goes on.
        seed: of all that is drawn.

    Raises:
        SettingsError: a value that nothing can be trained with.
    """

    method: str = "auto"
    rank: int = 64
    alpha: int = 128
    dropout: float = 0.05
    modules: tuple[str, ...] = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")
    epochs: float = 3.0
    learning_rate: float = 2e-5
    warm_up: float = 0.06
    weight_decay: float = 0.01
    batch: int = 16
    accumulation: int = 1
    tokens: int = 256
    rows: int = 0
    checkpointing: bool = False
    save_steps: int = 200
    seed: int = 42

    def __post_init__(self) -> None:
        check_numbers(
            self,
            whole=("rank", "alpha", "batch", "accumulation", "save_steps"),
            positive=("epochs", "learning_rate"),
            shares=("dropout", "warm_up", "weight_decay"),
        )
        if self.method not in METHODS:
            raise SettingsError(f"method = {self.method!r} is none.", f"Write {', '.join(METHODS)}.")
        if self.tokens < MINIMUM_TOKENS // 2:
            raise SettingsError(
                f"tokens = {self.tokens} leaves no room for a sentence.", f"It must be {MINIMUM_TOKENS // 2} at least."
            )
        if self.rows < 0:
            raise SettingsError(f"rows = {self.rows} is not possible.", "Write 0 for all.")
