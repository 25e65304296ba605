"""Training a classifier of relations: a text with its two entities marked goes in, one of the data's labels comes out.

Encoders (RoBERTa, BERT, ModernBERT …) are trained whole; decoders (SmolLM3 and its like) get an adapter, as in
:mod:`litgraph.training.labellers.qlora`, and a score for each label on their last word.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from litgraph.errors import DatasetError
from litgraph.examples.drawing import draw
from litgraph.examples.record import Record
from litgraph.files import write_json
from litgraph.language_models.classifiers import FILE, About
from litgraph.language_models.files import find_model
from litgraph.progress import Progress, silent
from litgraph.relations.asking.classifier import encoded
from litgraph.relations.asking.marked import MARKERS, marked
from litgraph.training.labellers.classifier_recipe import ClassifierRecipe
from litgraph.training.labellers.course import Plan, Tell, digest, finish, nothing, rank, train
from litgraph.training.labellers.estimate import estimate
from litgraph.training.labellers.model_card import classifier_card
from litgraph.training.labellers.qlora import CARD, Trained, load_base, with_adapter

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase


def train_classifier(
    records: Sequence[Record],
    base: str,
    output: Path,
    *,
    recipe: ClassifierRecipe | None = None,
    progress: Progress = silent,
    tell: Tell = nothing,
) -> Trained:
    """Train a classifier and write it to ``output``, with its loss curve and a model card.

    The same call goes on from the last checkpoint if an earlier one was stopped. Records whose prompt is in no known
    wording, so that nobody can mark their entities, are left out.

    Args:
        records: what to learn.
        base: a folder, or the name of a model on the Hugging Face hub.
        output: where the classifier goes.
        recipe: how to train.
        progress: told of every example that is read and every step that is taken.
        tell: gets the estimate and a line about the loss now and then.

    Raises:
        ModelError: the base cannot be loaded, or a package is missing.
        SettingsError: the checkpoints in ``output`` are of another training.
        DatasetError: no record can be marked, or all have one label.
    """
    recipe = recipe or ClassifierRecipe()
    if rank() > 0:
        progress, tell = silent, nothing
    drawn = draw([record for record in records if record.question], recipe.rows, recipe.seed)
    labels = sorted({record.relation for record in drawn})
    if len(labels) < 2:
        raise DatasetError(
            "There is nothing to tell apart: fewer than two labels in the examples that can be marked.",
            "Name other examples; `litgraph train examples` makes such that can be marked.",
        )
    torch.manual_seed(recipe.seed)  # before the scores are made
    tokenizer, model, about = _prepared(base, recipe, labels)
    rows = [
        encoded(tokenizer, marked(record.question), recipe.tokens)
        for record in progress(drawn, "reading examples", len(drawn))
        if record.question
    ]
    number = {label: index for index, label in enumerate(labels)}
    examples = _MarkedTexts(rows, [number[record.relation] for record in drawn])
    plan = Plan(recipe, "adamw_torch", [len(row) for row in rows])
    collate = _collator(tokenizer)
    tell(estimate(model, examples, collate, plan).in_words())
    output.mkdir(parents=True, exist_ok=True)
    identity = {"recipe": recipe, "base": base, "examples": digest(record.to_row() for record in drawn)}
    curve = train(model, examples, collate, plan, output, identity=identity, progress=progress, tell=tell)
    if rank() == 0:
        model.save_pretrained(str(output))
        tokenizer.save_pretrained(str(output))
        write_json(output / FILE, about.to_json())
        left_out = len(records) - len(drawn)
        card = classifier_card(base, recipe, drawn, left_out, curve)
        (output / CARD).write_text(card, encoding="utf-8", newline="\n")
        finish(output, curve)
    return Trained(len(drawn), 0, curve[0]["loss"], curve[-1]["loss"])


def _prepared(
    base: str, recipe: ClassifierRecipe, labels: Sequence[str]
) -> tuple[PreTrainedTokenizerBase, PreTrainedModel, About]:
    from transformers import AutoModelForSequenceClassification

    method = recipe.method
    if method == "auto":
        method = "qlora" if _decodes(base) else "whole"
    names = {"id2label": dict(enumerate(labels)), "label2id": {label: index for index, label in enumerate(labels)}}
    tokenizer, model = load_base(
        base,
        AutoModelForSequenceClassification,
        "nf4" if method == "qlora" else "fp32" if method == "whole" else "auto",
        num_labels=len(labels),
        **names,
    )
    if tokenizer.pad_token is None:
        tokenizer.pad_token = tokenizer.eos_token
    model.config.pad_token_id = tokenizer.pad_token_id
    if method == "whole":
        # A word each; to an adapter's base, which stays as it is, they are words that it knows
        tokenizer.add_tokens(list(MARKERS), special_tokens=True)
        model.resize_token_embeddings(len(tokenizer), mean_resizing=False)
        return tokenizer, model, About(tuple(labels), recipe.tokens)
    model = with_adapter(model, recipe, quantised=method == "qlora", task="SEQ_CLS")
    return tokenizer, model, About(tuple(labels), recipe.tokens, base, method == "qlora")


def _decodes(base: str) -> bool:
    """Whether a model reads from left to right only, as those do that write."""
    from transformers import AutoConfig
    from transformers.models.auto.modeling_auto import MODEL_FOR_MASKED_LM_MAPPING_NAMES

    config = AutoConfig.from_pretrained(find_model(base).folder, local_files_only=True)
    return config.model_type not in MODEL_FOR_MASKED_LM_MAPPING_NAMES


class _MarkedTexts(torch.utils.data.Dataset[dict[str, Any]]):
    """Marked texts in tokens, with the number of their label."""

    def __init__(self, rows: Sequence[list[int]], labels: Sequence[int]) -> None:
        self._rows, self._labels = rows, labels

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> dict[str, Any]:
        return {"input_ids": self._rows[index], "labels": self._labels[index]}


def _collator(tokenizer: PreTrainedTokenizerBase) -> Any:
    def collate(rows: Sequence[dict[str, Any]]) -> dict[str, torch.Tensor]:
        batch = dict(tokenizer.pad({"input_ids": [row["input_ids"] for row in rows]}, return_tensors="pt"))
        return batch | {"labels": torch.tensor([row["labels"] for row in rows])}

    return collate
