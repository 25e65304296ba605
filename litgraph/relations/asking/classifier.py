"""The labeller that classifies: an encoder, or a decoder with an adapter, with one score for each of its labels.

A folder that ``litgraph train classifier`` wrote holds the model (or the adapter and the name of its base), the
tokeniser, and ``classifier.json``: the labels, in the order of the scores, and how long a text it reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from litgraph.devices import best_device
from litgraph.language_models.answers import Answer
from litgraph.language_models.classifiers import classifier_identity, read_about
from litgraph.language_models.shortening import shortened
from litgraph.progress import Progress, Tell, tell_nobody
from litgraph.relations.asking.choice import asking_choice
from litgraph.relations.asking.labeller import Request
from litgraph.relations.asking.marked import kept_span, marked
from litgraph.relations.asking.prompts import Question
from litgraph.relations.labeller import LabellerChoice
from litgraph.relations.options import LabellerOptions

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

_ROWS = 32  # read at once; of like length, so that little is filled up


def choose(_: str, options: LabellerOptions, *, progress: Progress, tell: Tell) -> LabellerChoice:
    """The labeller that asks the classifier in the folder ``options.model``.

    Raises:
        ModelError: there is none, or its base is not there.
    """
    asker = ClassifierAsker(Path(options.model), offline=options.offline, tell=tell)
    return asking_choice(
        "classifier",
        options,
        lambda: asker,
        facts={"model": asker.name},
        device=best_device(),
        progress=progress,
    )


class ClassifierAsker:
    """Asks a classifier; an :class:`litgraph.relations.asking.labeller.Asker`. It is loaded when it is needed.

    Args:
        folder: of the classifier.
        offline: fetch no base.
        tell: is told where the model runs.

    Raises:
        ModelError: there is no classifier in the folder.
    """

    def __init__(self, folder: Path, *, offline: bool = False, tell: Tell = tell_nobody) -> None:
        self._folder, self._offline, self._tell = folder, offline, tell
        self.about = read_about(folder)

    @cached_property
    def name(self) -> str:
        """Folder and, for an adapter, base, with digests of what they hold."""
        return f"classifier {classifier_identity(self._folder, self.about, offline=self._offline, tell=self._tell)}"

    def prompts(self, questions: Sequence[Question]) -> list[Request]:
        """The marked texts."""
        return [Request(marked(question), None) for question in questions]

    def ask(self, requests: Sequence[Request]) -> Iterator[dict[int, Answer]]:
        """Batch by batch, long texts first, so that what does not fit into the memory is known at once."""
        import torch

        if not requests:
            return
        rows = [encoded(self._tokenizer, one.prompt, self.about.tokens) for one in requests]
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
