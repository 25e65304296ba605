"""Training an adapter: QLoRA (Dettmers et al., NeurIPS 2023) on labelled examples of relations.

The base stays as it is, in 4 bits; what is trained is a pair of small matrices beside each of its projections. What is
written is a folder that ``litgraph build --labeller smollm3 --adapter FOLDER`` loads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import torch

from litgraph.devices import best_device
from litgraph.errors import ModelError, SettingsError
from litgraph.examples.chats import asking
from litgraph.examples.drawing import draw
from litgraph.examples.record import Record
from litgraph.language_models.files import check_adapter, find_adapter, find_model
from litgraph.language_models.loading import (
    DTYPES,
    attention_for,
    check_extra,
    nf4,
    quietly,
    settled_precision,
)
from litgraph.progress import Progress, silent
from litgraph.training.labellers.adapter_recipe import AdapterRecipe
from litgraph.training.labellers.course import Plan, Tell, digest, finish, nothing, rank, train
from litgraph.training.labellers.encoding import Encoded, Examples, encode, label_loss, padded
from litgraph.training.labellers.estimate import Estimate, estimate
from litgraph.training.labellers.model_card import adapter_card

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

CARD = "README.md"


@dataclass(frozen=True, slots=True)
class Trained:
    """What a training left.

    Attributes:
        rows: how many examples it was trained on.
        cut: of how many the text was too long.
        first_loss, last_loss: means at the beginning and at the end of the curve.
    """

    rows: int
    cut: int
    first_loss: float
    last_loss: float


def train_adapter(
    records: Sequence[Record],
    base: str,
    output: Path,
    *,
    start: str = "",
    recipe: AdapterRecipe | None = None,
    progress: Progress = silent,
    tell: Tell = nothing,
) -> Trained:
    """Train an adapter of a base model and write it to ``output``, with its loss curve and a model card.

    The same call goes on from the last checkpoint if an earlier one was stopped.

    Args:
        records: what to learn.
        base: a folder, or the name of a model on the Hugging Face hub, with a chat template.
        output: where the adapter goes.
        start: an adapter of the base to go on from, as ``base``; its shape is kept, whatever the recipe says.
        recipe: how to train.
        progress: told of every example that is read and every step that is taken.
        tell: gets the estimate and a line about the loss now and then.

    Raises:
        ModelError: the base cannot be loaded, or a package is missing.
        SettingsError: the checkpoints in ``output`` are of another training.
        DatasetError: a question is longer than the recipe allows.
    """
    recipe = recipe or AdapterRecipe()
    if rank() > 0:
        progress, tell = silent, nothing
    torch.manual_seed(recipe.seed)  # before the adapter is made
    tokenizer, model = load_for_training(base, recipe, start)
    drawn = draw(records, recipe.rows, recipe.seed)
    encoded = encoded_records(tokenizer, drawn, recipe, progress)
    output.mkdir(parents=True, exist_ok=True)
    examples, collate, plan = Examples(encoded), padded(_pad(tokenizer)), plan_of(recipe, encoded)
    tell(estimate(model, examples, collate, plan, loss=label_loss).in_words())
    curve = train(
        model,
        examples,
        collate,
        plan,
        output,
        loss=label_loss,
        identity={
            "recipe": recipe,
            "base": base,
            "start": start,
            "examples": digest(record.to_row() for record in drawn),
        },
        progress=progress,
        tell=tell,
    )
    trained = Trained(len(drawn), sum(one.cut for one in encoded), curve[0]["loss"], curve[-1]["loss"])
    if rank() == 0:
        model.save_pretrained(str(output))
        card = adapter_card(base, recipe, drawn, trained.cut, curve, start=start)
        (output / CARD).write_text(card, encoding="utf-8", newline="\n")
        finish(output, curve)
    return trained


def estimated(
    records: Sequence[Record], base: str, *, start: str = "", recipe: AdapterRecipe | None = None
) -> Estimate:
    """How long the training would take here, and how much memory: measured on one step, nothing is kept.

    Raises:
        ModelError, DatasetError: as :func:`train_adapter`.
    """
    recipe = recipe or AdapterRecipe()
    tokenizer, model = load_for_training(base, recipe, start)
    encoded = encoded_records(tokenizer, draw(records, recipe.rows, recipe.seed), recipe, silent)
    return estimate(model, Examples(encoded), padded(_pad(tokenizer)), plan_of(recipe, encoded), loss=label_loss)


def encoded_records(
    tokenizer: PreTrainedTokenizerBase, records: Sequence[Record], recipe: AdapterRecipe, progress: Progress
) -> list[Encoded]:
    """Every record in tokens. Raises DatasetError if a question is longer than the recipe allows."""
    manner = asking(recipe.style)
    return [
        encode(tokenizer, record, manner, recipe.tokens)
        for record in progress(records, "reading examples", len(records))
    ]


def plan_of(recipe: AdapterRecipe, encoded: Sequence[Encoded]) -> Plan:
    """What the trainer is told."""
    optimiser = recipe.optimiser
    if optimiser == "auto":
        optimiser = "paged_adamw_8bit" if torch.cuda.is_available() else "adamw_torch"
    return Plan(recipe, optimiser, [one.length for one in encoded])


def load_for_training(
    base: str, recipe: AdapterRecipe, start: str = ""
) -> tuple[PreTrainedTokenizerBase, PreTrainedModel]:
    """The base with a fresh adapter, or with the one to go on from, and its tokeniser.

    Raises:
        ModelError: one of them cannot be loaded or does not fit, or a package is missing.
        SettingsError: it has none of the projections that the recipe names.
    """
    from transformers import AutoModelForCausalLM

    tokenizer, model = load_base(base, AutoModelForCausalLM, "nf4" if recipe.quantise else "auto")
    if start:
        return tokenizer, _going_on(model, base, start, recipe.quantise)
    return tokenizer, with_adapter(model, recipe, quantised=recipe.quantise, task="CAUSAL_LM")


def _going_on(model: PreTrainedModel, base: str, start: str, quantised: bool) -> PreTrainedModel:
    from peft import PeftModel, prepare_model_for_kbit_training

    adapter = find_adapter(start)
    check_adapter(adapter, find_model(base))
    if quantised:
        model = prepare_model_for_kbit_training(model, use_gradient_checkpointing=False)  # type: ignore[no-untyped-call]
    model.config.use_cache = False
    adapted: Any = PeftModel.from_pretrained(model, adapter.folder, is_trainable=True)
    return cast("PreTrainedModel", adapted)


def load_base(base: str, kind: Any, precision: str, **others: Any) -> tuple[PreTrainedTokenizerBase, PreTrainedModel]:
    """A model to train and its tokeniser.

    Args:
        base: a folder, or the name of a model on the hub, which is fetched if it is not on this machine.
        kind: the auto class of transformers.
        precision: "nf4" (4 bits, double quantisation), "fp32", or "auto": 16 bits where that is quick.
        others: what else its ``from_pretrained`` is told.

    Raises:
        ModelError: it cannot be loaded, or a package is missing.
    """
    from transformers import AutoTokenizer

    check_extra()
    files = find_model(base)
    settled = settled_precision(precision, files)
    options: dict[str, Any] = {"quantization_config": nf4()} if settled == "nf4" else {}
    attention = attention_for(best_device(), settled)
    if attention != "sdpa":  # which not every encoder knows, and the others take anyway
        options["attn_implementation"] = attention
    try:
        with quietly():
            tokenizer = AutoTokenizer.from_pretrained(files.folder, local_files_only=True)
            model: PreTrainedModel = kind.from_pretrained(
                files.folder,
                dtype=DTYPES[settled],
                device_map={"": _device()},
                use_safetensors=True,
                local_files_only=True,
                **options,
                **others,
            )
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise ModelError(
            f"The base model {base} cannot be loaded: {lines[0]}",
            "Name a folder with a model and its tokeniser, or a model of the Hugging Face hub.",
        ) from error
    return tokenizer, model


def _device() -> str | int:
    """Under `accelerate launch` one graphics card each."""
    if not torch.cuda.is_available():
        return "cpu"
    from accelerate import PartialState

    return int(PartialState().local_process_index)


def with_adapter(model: PreTrainedModel, recipe: Any, *, quantised: bool, task: str) -> PreTrainedModel:
    """The model with a fresh LoRA adapter, which is all that will be trained.

    Raises:
        ModelError: peft is not installed.
        SettingsError: the model has none of the projections that the recipe names.
    """
    try:
        from peft import LoraConfig, get_peft_model, prepare_model_for_kbit_training
    except ImportError as error:
        raise ModelError("To train an adapter needs the package peft.", "Install litgraph with [train].") from error
    if quantised:
        # Recomputing is the trainer's business
        model = prepare_model_for_kbit_training(model, use_gradient_checkpointing=False)  # type: ignore[no-untyped-call]
    config = LoraConfig(
        r=recipe.rank,
        lora_alpha=recipe.alpha,
        lora_dropout=recipe.dropout,
        target_modules=list(recipe.modules),
        bias="none",
        task_type=task,
    )
    try:
        adapted: Any = get_peft_model(model, config)
    except ValueError as error:
        raise SettingsError(f"modules does not fit this base: {error}", "Name projections that it has.") from error
    model.config.use_cache = False  # of no use in training
    return cast("PreTrainedModel", adapted)


def _pad(tokenizer: PreTrainedTokenizerBase) -> int:
    pad = tokenizer.pad_token_id
    return int(tokenizer.eos_token_id if pad is None else pad)
