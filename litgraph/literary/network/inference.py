"""The encoder when it only reads: a few windows at a time on one core, hardly any padding, no row too many.

The windows of a batch are written one after the other; only attention treats each by itself. A batch's numbers nearly
fit into a core's cache, so that one batch on each core is faster than a larger one on all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from litgraph.devices import quick_halves
from litgraph.literary.network.model import Encoder
from litgraph.literary.network.windows import Window

_WINDOWS_AT_ONCE = 8  # on a graphics card
_PIECES_AT_ONCE = 900  # on a core
_ROUND = 64


def one_thread() -> None:
    """Let the calling thread compute by itself: what runs side by side are whole windows, not parts of products."""
    torch.set_num_threads(1)


@contextmanager
def alone() -> Iterator[None]:
    """Inside, the calling thread computes by itself; afterwards it is as it was."""
    before = torch.get_num_threads()
    if before == 1:
        yield
        return
    one_thread()
    try:
        yield
    finally:
        torch.set_num_threads(before)


@dataclass(frozen=True, slots=True)
class _Product:
    """A linear layer, its numbers as the processor multiplies them quickest."""

    weight: Tensor
    bias: Tensor

    @classmethod
    def from_layers(cls, *layers: nn.Linear, kind: torch.dtype) -> _Product:
        """Of some layers with the same inputs, whose outputs come one after the other."""
        weight = torch.cat([layer.weight for layer in layers]).detach().to(kind)
        return cls(weight, torch.cat([layer.bias for layer in layers]).detach().to(kind))

    def __call__(self, states: Tensor) -> Tensor:
        return functional.linear(states.to(self.weight.dtype), self.weight, self.bias)


class _Rows(NamedTuple):
    """Some rows of a batch, and how many of them are in each window."""

    rows: Tensor
    lengths: Sequence[int]


@dataclass(frozen=True, slots=True)
class _Layer:
    heads: int
    query: _Product
    key_value: _Product
    query_key_value: _Product
    seen: _Product
    seen_norm: nn.LayerNorm
    inner: _Product
    outer: _Product
    outer_norm: nn.LayerNorm

    def __call__(self, states: Tensor, lengths: Sequence[int], rows: _Rows | None = None) -> Tensor:
        """(pieces, hidden) → the same, or only the ``rows`` that are asked for.

        ``lengths`` are those of the windows; behind the last one is padding.
        """
        if rows is None:
            query, key, value = self.query_key_value(states).chunk(3, -1)
            query_lengths = lengths
        else:
            key, value = self.key_value(states).chunk(2, -1)
            states = states[rows.rows]
            query, query_lengths = self.query(states), rows.lengths
        seen = torch.zeros_like(query)
        begin = begin_asked = 0
        for length, size in zip(lengths, query_lengths, strict=True):
            own, around = slice(begin_asked, begin_asked + size), slice(begin, begin + length)
            seen[own] = _attention(query[own], key[around], value[around], self.heads)
            begin, begin_asked = begin + length, begin_asked + size
        states = self.seen_norm(states + self.seen(seen))
        normed: Tensor = self.outer_norm(states + self.outer(functional.gelu(self.inner(states))))
        return normed


def _attention(query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
    query, key, value = (part.view(len(part), heads, -1).transpose(0, 1)[None] for part in (query, key, value))
    seen = functional.scaled_dot_product_attention(query, key, value)
    return seen[0].transpose(0, 1).flatten(1)


def _filled(numbers: list[int]) -> Tensor:
    """With zeros up to a round length: for every new length the matrix product would first have to be compiled."""
    return torch.tensor(numbers + [0] * (-len(numbers) % _ROUND))


def batches(windows: Iterable[Window]) -> Iterator[list[Window]]:
    """The windows in order, a few at a time, as ``QuickEncoder`` reads them."""
    batch: list[Window] = []
    pieces = 0
    for window in windows:
        if batch and pieces + len(window.pieces) > _PIECES_AT_ONCE:
            yield batch
            batch, pieces = [], 0
        batch.append(window)
        pieces += len(window.pieces)
    if batch:
        yield batch


@torch.no_grad()
def encoded_together(encoder: Encoder, cut: Sequence[Window]) -> Tensor:
    """What ``encoder`` computes on a graphics card, (words, hidden): windows of like length at once."""
    hidden = encoder.capitals.embedding_dim
    states: list[Tensor] = [torch.empty(0, hidden)] * len(cut)
    order = sorted(range(len(cut)), key=lambda index: len(cut[index].pieces))
    for begin in range(0, len(order), _WINDOWS_AT_ONCE):
        batch = order[begin : begin + _WINDOWS_AT_ONCE]
        with torch.autocast(torch.get_default_device().type, torch.bfloat16, enabled=quick_halves()):
            rows = encoder([cut[index] for index in batch])
        for index, own in zip(batch, rows.float().split([len(cut[index].first) for index in batch]), strict=True):
            states[index] = own
    return torch.cat([torch.empty(0, hidden), *states])


class QuickEncoder:
    """What ``Encoder`` computes, for windows that are only read. It must be made anew when the weights change.

    Args:
        encoder: on the CPU.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._kind = torch.bfloat16 if quick_halves() else torch.float32
        self._layers = [self._layer(layer) for layer in encoder.bert.layers]

    @torch.no_grad()
    def __call__(self, batch: Sequence[Window]) -> Tensor:
        """States of the first piece of each word of all windows, in order: (words, hidden).

        Args:
            batch: one of ``batches``.
        """
        lengths = [len(window.pieces) for window in batch]
        begins = [0, *accumulate(lengths)]
        numbers = [
            _filled([number for row in rows for number in row])
            for rows in (
                [window.pieces for window in batch],
                [window.capitals for window in batch],
                [range(length) for length in lengths],
                [[begin + piece for piece in window.first] for begin, window in zip(begins, batch, strict=False)],
            )
        ]
        pieces, capitals, positions, first = numbers
        states = self._encoder.bert.embeddings(self._encoder.embedded(pieces, capitals), positions)
        for layer in self._layers[:-1]:
            states = layer(states, lengths)
        words = [len(window.first) for window in batch]
        states = self._layers[-1](states, lengths, _Rows(first, words)) if self._layers else states[first]
        return states[: sum(words)]

    def _layer(self, layer: Any) -> _Layer:
        own, kind = layer.attention["self"], self._kind
        return _Layer(
            own.heads,
            _Product.from_layers(own.query, kind=kind),
            _Product.from_layers(own.key, own.value, kind=kind),
            _Product.from_layers(own.query, own.key, own.value, kind=kind),
            _Product.from_layers(layer.attention["output"].dense, kind=kind),
            layer.attention["output"].LayerNorm,
            _Product.from_layers(layer.intermediate["dense"], kind=kind),
            _Product.from_layers(layer.output.dense, kind=kind),
            layer.output.LayerNorm,
        )
