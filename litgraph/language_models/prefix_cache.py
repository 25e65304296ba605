"""Rows of tokens on a language model, whose beginnings are computed once and shared.

A row is a prompt, and later its answer. :class:`Rows` keeps the keys and values of all its tokens, so that further
tokens cost only themselves. Rows that begin alike are made by copying: the keys and values of a beginning are computed
in one row and handed to as many as continue it. Rows of a batch may be of different lengths; what is missing is filled
up *before* each new block of tokens, is masked, and takes no position, so a row's tokens never know of it.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor
from transformers.cache_utils import Cache, DynamicLayer


class Rows:
    """A batch of rows that grow together.

    Attributes:
        model: the causal language model.
        used: slots so far, the filled-up ones included; every row has as many.
    """

    def __init__(self, model: Any, layers: list[_Layer], mask: Tensor) -> None:
        self.model = model
        self._layers = layers
        self._mask = mask  # (rows, used), 1 where a token stands

    @classmethod
    def read(cls, model: Any, tokens: Sequence[int]) -> Rows:
        """One row with these tokens."""
        device = next(model.parameters()).device
        rows = cls(model, [], torch.ones((1, 0), dtype=torch.long, device=device))
        rows.extend([list(tokens)])
        return rows

    def __len__(self) -> int:
        return len(self._mask)

    @property
    def used(self) -> int:
        return self._mask.shape[1]

    def extend(self, blocks: Sequence[Sequence[int]]) -> Tensor:
        """Append a block of tokens to each row.

        Args:
            blocks: one for each row, none of them empty.

        Returns:
            The scores (logits) of the token that follows each row, (rows, vocabulary).
        """
        width = max(map(len, blocks))
        device = self._mask.device
        # A filler's own token is never seen by any other; 0 is in every vocabulary.
        ids = torch.tensor([[0] * (width - len(block)) + list(block) for block in blocks], device=device)
        there = torch.tensor([[0] * (width - len(block)) + [1] * len(block) for block in blocks], device=device)
        return self._forward(ids, there)

    def step(self, tokens: Tensor) -> Tensor:
        """Append one token to each row; as :meth:`extend`, without leaving the device.

        Args:
            tokens: (rows,).
        """
        ids = tokens[:, None]
        return self._forward(ids, torch.ones_like(ids))

    def select(self, index: Tensor | Sequence[int], *, room: int) -> Rows:
        """Copies of some rows, in any order and number.

        Args:
            index: which.
            room: slots that will be appended; to have them ready saves time, nothing more.
        """
        chosen = torch.as_tensor(index, device=self._mask.device)
        layers = [layer.selected(chosen, self.used + room) for layer in self._layers]
        return Rows(self.model, layers, self._mask[chosen])

    def rewind(self, used: int) -> None:
        """Forget all but the first ``used`` slots."""
        for layer in self._layers:
            layer.used = used
        self._mask = self._mask[:, :used]

    def _forward(self, ids: Tensor, there: Tensor) -> Tensor:
        before = self._mask.sum(1, keepdim=True)
        self._mask = torch.cat([self._mask, there], 1)
        if not self._layers:
            self._layers = [_Layer() for _ in range(_layers(self.model))]
        scores: Tensor = self.model(
            input_ids=ids,
            attention_mask=self._mask,
            position_ids=(before + there.cumsum(1) - 1).clamp(min=0),
            use_cache=True,
            logits_to_keep=1,
            **{_cache_argument(self.model): Cache(layers=list(self._layers))},
        ).logits
        return scores[:, -1]


class _Layer(DynamicLayer):  # type: ignore[no-untyped-call]
    """Keys and values of one layer, in tensors with room to grow into, so that a step need not copy them."""

    def __init__(self, keys: Tensor | None = None, values: Tensor | None = None, used: int = 0) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._room: tuple[Tensor, Tensor] | None = None if keys is None or values is None else (keys, values)
        self.used = used

    def update(self, key_states: Tensor, value_states: Tensor, *args: Any, **kwargs: Any) -> tuple[Tensor, Tensor]:
        needed = self.used + key_states.shape[-2]
        if self._room is None or self._room[0].shape[-2] < needed:
            self._room = (self._roomier(0, key_states, needed), self._roomier(1, value_states, needed))
        for room, new in zip(self._room, (key_states, value_states), strict=True):
            room[:, :, self.used : needed] = new
        self.used = needed
        keys, values = self._room
        return keys[:, :, :needed], values[:, :, :needed]

    def selected(self, index: Tensor, room: int) -> _Layer:
        """The rows of an index, with room for so many slots."""
        assert self._room is not None
        copies = []
        for states in self._room:
            copy = states.new_empty((len(index), states.shape[1], room, states.shape[3]))
            copy[:, :, : self.used] = states[index, :, : self.used]
            copies.append(copy)
        return _Layer(copies[0], copies[1], self.used)

    def get_seq_length(self, *_: Any) -> int:
        return self.used

    def _roomier(self, which: int, like: Tensor, room: int) -> Tensor:
        states = like.new_empty((*like.shape[:2], room, like.shape[3]))
        if self._room is not None:
            states[:, :, : self.used] = self._room[which][:, :, : self.used]
        return states


def _layers(model: Any) -> int:
    return int(model.config.get_text_config(decoder=True).num_hidden_layers)


def _cache_argument(model: Any) -> str:
    """What the model's own class calls the cache: transformers renamed it in version 5."""
    inner = model.get_base_model() if hasattr(model, "get_base_model") else model
    return "cache" if "cache" in inspect.signature(type(inner).forward).parameters else "past_key_values"
