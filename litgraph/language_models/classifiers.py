"""A classifier in a folder: its labels, which version it is, and its weights."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from litgraph.devices import best_device
from litgraph.errors import ModelError
from litgraph.language_models.files import find_adapter, find_model

if TYPE_CHECKING:
    import torch

FILE = "classifier.json"


@dataclass(frozen=True, slots=True)
class About:
    """What ``classifier.json`` says.

    Attributes:
        labels: in the order of the scores.
        tokens: the longest text that the model reads.
        base: the base of an adapter, a folder or a name on the hub; "" if the folder holds the whole model.
        quantised: whether the adapter was trained beside a base in 4 bits.
    """

    labels: tuple[str, ...]
    tokens: int
    base: str = ""
    quantised: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"labels": list(self.labels)}


def read_about(folder: Path) -> About:
    """What a classifier's folder says of it.

    Raises:
        ModelError: there is none in the folder, or its file is damaged.
    """
    path = folder / FILE
    if not path.is_file():
        raise ModelError(f"{folder} holds no classifier.", "Name the folder that `litgraph train classifier` wrote.")
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        about = About(tuple(row["labels"]), row["tokens"], row["base"], row["quantised"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path} is damaged: {error!r}.", "Train the classifier again.") from error
    if not about.labels or not all(isinstance(label, str) for label in about.labels):
        raise ModelError(f"{path} names no labels.", "Train the classifier again.")
    return about


def classifier_identity(
    folder: Path, about: About, *, offline: bool = False, tell: Callable[[str], None] = lambda _: None
) -> str:
    """Name and version of a classifier; equal for equal files.

    Raises:
        ModelError: its weights or its base are not there.
    """
    if not about.base:
        return find_model(str(folder)).identity
    base = find_model(about.base, offline=offline, tell=tell)
    return f"{base.identity}+{find_adapter(str(folder)).identity}"


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
    import torch
    from transformers import AutoModelForSequenceClassification

    from litgraph.language_models.loading import (
        DTYPES,
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
