"""The encoder when it only reads: one window at a time, no padding, nothing computed that nobody asks for.

A window's numbers fit into a core's cache, so that one after the other on each core is faster than many at once; and
what a window gives does not depend on which others are read with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from litgraph.literary.network import Encoder
from litgraph.literary.windows import Window

_ROUND = 16


@cache
def quick_halves() -> bool:
    """Whether this processor multiplies numbers of 16 bits (bfloat16) itself; others are slower with them."""
    capabilities: Any = getattr(torch.cpu, "get_capabilities", dict)()  # older torch has no such function
    return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))


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
    def of(cls, *layers: nn.Linear, kind: torch.dtype) -> _Product:
        """Of some layers with the same inputs, whose outputs come one after the other."""
        weight = torch.cat([layer.weight for layer in layers]).detach().to(kind)
        return cls(weight, torch.cat([layer.bias for layer in layers]).detach().to(kind))

    def __call__(self, states: Tensor) -> Tensor:
        return functional.linear(states.to(self.weight.dtype), self.weight, self.bias)


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

    def __call__(self, states: Tensor, real: int, rows: Tensor | None) -> Tensor:
        """(pieces, hidden) → the same, or only the ``rows`` that are asked for; after ``real`` pieces comes padding."""
        if rows is None:
            query, key, value = self.query_key_value(states).chunk(3, -1)
        else:
            key, value = self.key_value(states).chunk(2, -1)
            states = states[rows]
            query = self.query(states)
        states = self.seen_norm(states + self.seen(_attention(query, key[:real], value[:real], self.heads)))
        normed: Tensor = self.outer_norm(states + self.outer(functional.gelu(self.inner(states))))
        return normed


def _attention(query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
    query, key, value = (part.unflatten(-1, (heads, -1)).transpose(0, 1)[None] for part in (query, key, value))
    seen = functional.scaled_dot_product_attention(query, key, value)
    return seen[0].transpose(0, 1).flatten(1)


def _filled(numbers: list[int]) -> Tensor:
    """With zeros up to a round length: for every new length the matrix product would first have to be compiled."""
    return torch.tensor(numbers + [0] * (-len(numbers) % _ROUND))


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
    def __call__(self, window: Window) -> Tensor:
        """States of the first piece of each word, (words, hidden)."""
        real = len(window.pieces)
        states = self._encoder.embedded(_filled(window.pieces), _filled(window.capitals))
        states = self._encoder.bert.embeddings(states)
        for layer in self._layers[:-1]:
            states = layer(states, real, None)
        first = _filled(window.first)
        states = self._layers[-1](states, real, first) if self._layers else states[first]
        return states[: len(window.first)]

    def _layer(self, layer: Any) -> _Layer:
        own, kind = layer.attention["self"], self._kind
        return _Layer(
            own.heads,
            _Product.of(own.query, kind=kind),
            _Product.of(own.key, own.value, kind=kind),
            _Product.of(own.query, own.key, own.value, kind=kind),
            _Product.of(layer.attention["output"].dense, kind=kind),
            layer.attention["output"].LayerNorm,
            _Product.of(layer.intermediate["dense"], kind=kind),
            _Product.of(layer.output.dense, kind=kind),
            layer.output.LayerNorm,
        )
