"""The labeller that classifies: an encoder, or a decoder with an adapter, with one score for each of its labels.

A folder that ``litgraph train classifier`` wrote holds the model (or the adapter and the name of its base), the
tokeniser, and ``classifier.json``: the labels, in the order of the scores, and how long a text it reads.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from litgraph.errors import ModelError
from litgraph.language_models.files import find_adapter, find_model
from litgraph.language_models.shortening import shortened
from litgraph.relations.asking.answers import Answer
from litgraph.relations.asking.labeller import Asked
from litgraph.relations.asking.marked import kept_span, marked
from litgraph.relations.asking.prompts import Question

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

FILE = "classifier.json"

_ROWS = 32  # read at once; of like length, so that little is filled up


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


class ClassifierAsker:
    """Asks a classifier; an :class:`litgraph.relations.asking.labeller.Asker`. It is loaded when it is needed.

    Args:
        folder: of the classifier.
        offline: fetch no base.
        tell: is told where the model runs.

    Raises:
        ModelError: there is no classifier in the folder.
    """

    def __init__(self, folder: Path, *, offline: bool = False, tell: Callable[[str], None] = lambda _: None) -> None:
        self._folder, self._offline, self._tell = folder, offline, tell
        self.about = read_about(folder)

    @cached_property
    def name(self) -> str:
        """Folder and, for an adapter, base, with digests of what they hold."""
        return f"classifier {classifier_identity(self._folder, self.about, offline=self._offline, tell=self._tell)}"

    def prompts(self, questions: Sequence[Question]) -> list[Asked]:
        """The marked texts."""
        return [Asked(marked(question), None) for question in questions]

    def ask(self, asked: Sequence[Asked]) -> Iterator[dict[int, Answer]]:
        """Batch by batch, long texts first, so that what does not fit into the memory is known at once."""
        import torch

        if not asked:
            return
        rows = [encoded(self._tokenizer, one.prompt, self.about.tokens) for one in asked]
        order = sorted(range(len(rows)), key=lambda index: -len(rows[index]))
        model, device = self._model
        for begin in range(0, len(order), _ROWS):
            numbers = order[begin : begin + _ROWS]
            batch = self._tokenizer.pad({"input_ids": [rows[number] for number in numbers]}, return_tensors="pt")
            with torch.inference_mode():
                scores = model(**{name: tensor.to(device) for name, tensor in batch.items()}).logits.float()
            best = scores.log_softmax(-1).max(-1)
            yield {
                number: Answer(self.about.labels[int(label)], float(sure), 1)
                for number, label, sure in zip(numbers, best.indices.tolist(), best.values.tolist(), strict=True)
            }

    @cached_property
    def _tokenizer(self) -> Any:
        from transformers import AutoTokenizer

        return AutoTokenizer.from_pretrained(self._folder, local_files_only=True)

    @cached_property
    def _model(self) -> tuple[Any, Any]:
        from litgraph.language_models.classifiers import load_classifier

        return load_classifier(self._folder, self.about, offline=self._offline, tell=self._tell)


def encoded(tokenizer: PreTrainedTokenizerBase, text: str, tokens: int) -> list[int]:
    """A marked text in tokens, so many at most; what is too long loses words that stand outside of its entities."""
    ids: list[int] = tokenizer(text)["input_ids"]
    for _ in range(3):  # at the seams a token more may come to stand
        if len(ids) <= tokens:
            break
        text = shortened(tokenizer, text, *kept_span(text), len(ids) - tokens)
        ids = tokenizer(text)["input_ids"]
    return ids if len(ids) <= tokens else tokenizer(text, truncation=True, max_length=tokens)["input_ids"]
