"""Reading a classifier's weights."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from litgraph.errors import ModelError
from litgraph.relations.asking.classifier import About


def load_classifier(
    folder: Path, about: About, *, offline: bool = False, tell: Callable[[str], None] = lambda _: None
) -> tuple[Any, torch.device]:
    """The model, ready to answer, and where it is.

    Args:
        folder: of the classifier.
        about: what its file says.
        offline: fetch no base.
        tell: is told where it runs.

    Raises:
        ModelError: the weights or the base are missing or damaged, or a package is missing.
    """
    from transformers import AutoModelForSequenceClassification

    from litgraph.language_models.files import find_adapter, find_model
    from litgraph.language_models.loading import (
        DTYPES,
        best_device,
        check_extra,
        nf4,
        quietly,
        settled_precision,
        with_adapter,
    )

    device = best_device()
    labels = len(about.labels)
    try:
        with quietly():
            if not about.base:
                files = find_model(str(folder))
                model: Any = AutoModelForSequenceClassification.from_pretrained(
                    files.folder, local_files_only=True, use_safetensors=True
                ).to(device)
            else:
                check_extra()
                files, adapter = find_model(about.base, offline=offline, tell=tell), find_adapter(str(folder))
                # On the CPU 4 bits save memory and cost time; a small base needs no saving
                four_bits = about.quantised and device == "cuda"
                precision = settled_precision("auto", files)
                model = AutoModelForSequenceClassification.from_pretrained(
                    files.folder,
                    num_labels=labels,
                    dtype=DTYPES["nf4" if four_bits else precision],
                    local_files_only=True,
                    use_safetensors=True,
                    device_map={"": device},
                    **({"quantization_config": nf4()} if four_bits else {}),
                )
                model = with_adapter(model, adapter)
                model.config.pad_token_id = _pad(folder)
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise ModelError(
            f"The classifier in {folder} cannot be loaded: {lines[0]}", "Train it again, or name another folder."
        ) from error
    if model.config.num_labels != labels:
        raise ModelError(
            f"The classifier in {folder} has {model.config.num_labels} scores for {labels} labels.", "Train it again."
        )
    model.eval()
    tell(f"the classifier in {folder} runs on the {device.upper()}")
    return model, torch.device(device)


def _pad(folder: Path) -> int | None:
    from transformers import AutoTokenizer

    pad: int | None = AutoTokenizer.from_pretrained(folder, local_files_only=True).pad_token_id
    return pad
