"""Records as what a model is trained on: tokens in, and the label's tokens as what it should say.

The loss is on the label and the end of its turn alone. A prompt that is too long loses worked examples first, then the
beginning of its text; if the two entities would be lost with it, the end of the text instead. The question stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from litgraph.errors import DatasetError
from litgraph.examples.chats import Asking, chat_of
from litgraph.examples.record import Record
from litgraph.language_models.chats import Message, rendered_chat
from litgraph.language_models.shortening import shortened

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

IGNORED = -100
"""The label of a token that the loss leaves out, as transformers has it."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """One example in tokens: the prompt, the label with the end of its turn, and whether its text was cut."""

    prompt: list[int]
    answer: list[int]
    cut: bool

    @property
    def length(self) -> int:
        return len(self.prompt) + len(self.answer)


def encode(tokenizer: PreTrainedTokenizerBase, record: Record, manner: Asking, tokens: int) -> Encoded:
    """An example in tokens, ``tokens`` of them at most.

    Raises:
        DatasetError: the question alone is longer, or it cannot be put in the words that ``manner`` says.
        ModelError: the tokeniser has no chat template.
    """
    answer = [*_ids(tokenizer, record.relation), int(tokenizer.eos_token_id)]
    room = tokens - len(answer)
    chat = chat_of(record, manner)
    prompt = rendered_chat(tokenizer, chat, thinking=manner.style.thinking)
    ids = _ids(tokenizer, prompt)
    cut = len(ids) > room
    while len(ids) > room and len(chat) > 2:  # system, user: no worked examples any more
        chat = [chat[0], *chat[3:]]
        ids = _ids(tokenizer, rendered_chat(tokenizer, chat, thinking=manner.style.thinking))
    *before, last_turn = chat
    text = _text_in(last_turn["content"], record)
    opening, _, ending = last_turn["content"].rpartition(text)
    while len(ids) > room and text:
        text = shortened(tokenizer, text, *_entities_in(text, record), len(ids) - room)
        turn: Message = {"role": "user", "content": f"{opening}{text}{ending}"}
        ids = _ids(tokenizer, rendered_chat(tokenizer, [*before, turn], thinking=manner.style.thinking))
    if len(ids) <= room:
        return Encoded(ids, answer, cut)
    raise DatasetError(
        f"The question of this prompt has more than {tokens} tokens without its text: {record.prompt[:80]!r}.",
        "Allow more tokens in the recipe.",
    )


def _text_in(content: str, record: Record) -> str:
    """The stretch of the turn that is the text; the longest one in quotes, or the longest line, if nobody can tell."""
    if record.question is not None:
        for text in (record.question.text, " ".join(record.question.text.split())):
            if text and text in content:
                return text
    quoted = max(content.split('"')[1::2], key=len, default="")
    return quoted or max(content.splitlines(), key=len)


def _entities_in(text: str, record: Record) -> tuple[int, int]:
    """From where to where the text must be kept so that it still names both entities, if it does."""
    if record.question is None:
        return len(text), len(text)
    found = [(text.rfind(name), len(name)) for name in (record.question.one, record.question.other)]
    there = [(start, start + length) for start, length in found if start >= 0]
    return min((start for start, _ in there), default=len(text)), max((end for _, end in there), default=len(text))


def _ids(tokenizer: PreTrainedTokenizerBase, text: str) -> list[int]:
    ids: list[int] = tokenizer(text, add_special_tokens=False)["input_ids"]
    return ids


class Examples(torch.utils.data.Dataset[dict[str, list[int]]]):
    """Encoded examples as the trainer takes them."""

    def __init__(self, encoded: Sequence[Encoded]) -> None:
        self.encoded = encoded

    def __len__(self) -> int:
        return len(self.encoded)

    def __getitem__(self, index: int) -> dict[str, list[int]]:
        one = self.encoded[index]
        return {"input_ids": one.prompt + one.answer, "labels": [IGNORED] * len(one.prompt) + one.answer}

    def __iter__(self) -> Iterator[dict[str, list[int]]]:
        return (self[index] for index in range(len(self)))


def padded(pad: int) -> Any:
    """A collator: a batch of examples as tensors, filled up on the left, so that all labels stand at the end.

    There the model is asked for its scores (``logits_to_keep``), and nowhere else: with a vocabulary of 128,000 words
    the scores of a whole batch would take more memory than the rest of the model.

    Args:
        pad: the token to fill up with; it is masked.
    """

    def collate(rows: Sequence[dict[str, list[int]]]) -> dict[str, Any]:
        width = max(len(row["input_ids"]) for row in rows)
        # One more than the longest label: what is said at a token is the next one
        kept = 1 + max(len(row["labels"]) - row["labels"].count(IGNORED) for row in rows)
        ids = [[pad] * (width - len(row["input_ids"])) + row["input_ids"] for row in rows]
        mask = [[0] * (width - len(row["input_ids"])) + [1] * len(row["input_ids"]) for row in rows]
        return {
            "input_ids": torch.tensor(ids),
            "attention_mask": torch.tensor(mask),
            "labels": torch.tensor([row["labels"][-kept:] for row in rows]),
            "logits_to_keep": kept,
        }

    return collate


def label_loss(outputs: Any, labels: Tensor, num_items_in_batch: Tensor | int | None = None) -> Tensor:
    """The mean loss of the labels' tokens, over all batches that make one step.

    Args:
        outputs: of the model, with the scores of the last tokens.
        labels: the same tokens; IGNORED where there is nothing to learn.
        num_items_in_batch: how many tokens of labels there are in the step; those given here if None.
    """
    scores, wanted = outputs.logits[:, :-1].float().flatten(0, 1), labels[:, 1:].flatten()
    total = cross_entropy(scores, wanted, ignore_index=IGNORED, reduction="sum")
    return total / ((wanted != IGNORED).sum() if num_items_in_batch is None else num_items_in_batch)
