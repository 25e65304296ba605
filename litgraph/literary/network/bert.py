"""A BERT encoder in plain torch: what the literary reader needs of one, and nothing else.

The parameters have the names that every published BERT gives them, so that weights are exchanged as they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, cast

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional
from torch.overrides import TorchFunctionMode

_OLD_NAMES = {"LayerNorm.gamma": "LayerNorm.weight", "LayerNorm.beta": "LayerNorm.bias"}


class Unset(TorchFunctionMode):
    """Inside, modules are made without random weights, which take their time and would be overwritten."""

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        return args[0] if func in (Tensor.normal_, Tensor.uniform_) else func(*args, **(kwargs or {}))


@dataclass(frozen=True, slots=True)
class BertConfig:
    """The shape of an encoder, under the names of the base model's ``config.json``."""

    vocab_size: int
    hidden_size: int
    num_hidden_layers: int
    num_attention_heads: int
    intermediate_size: int
    max_position_embeddings: int = 512
    type_vocab_size: int = 2
    hidden_dropout_prob: float = 0.1
    layer_norm_eps: float = 1e-12
    initializer_range: float = 0.02

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> BertConfig:
        """From ``config.json``, of which much does not matter here.

        Raises:
            ValueError: it is not of a BERT, or of one that computes otherwise.
        """
        for name, wanted in (("model_type", "bert"), ("hidden_act", "gelu")):
            if settings.get(name, wanted) != wanted:
                raise ValueError(f"{name} is {settings[name]!r}, not {wanted!r}")
        try:
            return cls(**{field.name: settings[field.name] for field in fields(cls) if field.name in settings})
        except TypeError as error:
            raise ValueError(f"config.json is of no BERT ({error})") from error


class _Attention(nn.Module):
    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.heads = config.num_attention_heads
        self.query = nn.Linear(config.hidden_size, config.hidden_size)
        self.key = nn.Linear(config.hidden_size, config.hidden_size)
        self.value = nn.Linear(config.hidden_size, config.hidden_size)

    def forward(self, states: Tensor, ignored: Tensor | None) -> Tensor:
        """(windows, pieces, hidden) → the same. ``ignored``, (windows, 1, 1, pieces), is -inf where nothing is."""
        query, key, value = (
            linear(states).unflatten(-1, (self.heads, -1)).transpose(1, 2)
            for linear in (self.query, self.key, self.value)
        )
        if torch.is_grad_enabled():
            # On a CPU in half precision the fused kernel's backward pass is slow (a step: .72 s, not .60).
            scores = query @ key.transpose(-1, -2) * query.shape[-1] ** -0.5
            if ignored is not None:
                scores = scores + ignored.to(scores.dtype)
            seen = scores.softmax(-1, dtype=torch.float32).to(value.dtype) @ value
        else:
            mask = None if ignored is None else ignored.to(query.dtype)
            seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        joined: Tensor = seen.transpose(1, 2).flatten(2)
        return joined


class _Added(nn.Module):
    """A linear layer whose result is added to what was there before, and normalised."""

    def __init__(self, config: BertConfig, inputs: int) -> None:
        super().__init__()
        self.dense = nn.Linear(inputs, config.hidden_size)
        self.LayerNorm = nn.LayerNorm(config.hidden_size, eps=config.layer_norm_eps)
        self.dropout = nn.Dropout(config.hidden_dropout_prob)

    def forward(self, states: Tensor, before: Tensor) -> Tensor:
        added: Tensor = self.LayerNorm(self.dropout(self.dense(states)) + before)
        return added


class BertLayer(nn.Module):
    """One layer: attention, and two linear layers with a GELU between them. Inside attention there is no dropout."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.attention = nn.ModuleDict({"self": _Attention(config), "output": _Added(config, config.hidden_size)})
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(config.hidden_size, config.intermediate_size)})
        self.output = _Added(config, config.intermediate_size)

    def forward(self, states: Tensor, ignored: Tensor | None) -> Tensor:
        """As ``Bert.forward``; ``ignored`` is added to the attention's scores."""
        states = self.attention["output"](self.attention["self"](states, ignored), states)
        layer: Tensor = self.output(functional.gelu(self.intermediate["dense"](states)), states)
        return layer


class _Embeddings(nn.Module):
    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.word_embeddings = nn.Embedding(config.vocab_size, config.hidden_size)
        self.position_embeddings = nn.Embedding(config.max_position_embeddings, config.hidden_size)
        self.token_type_embeddings = nn.Embedding(config.type_vocab_size, config.hidden_size)
        self.LayerNorm = nn.LayerNorm(config.hidden_size, eps=config.layer_norm_eps)
        self.dropout = nn.Dropout(config.hidden_dropout_prob)

    def forward(self, words: Tensor, positions: Tensor | None = None) -> Tensor:
        """(…, pieces, hidden) → the same. ``positions``, (pieces,), are counted from 0 if None."""
        weights = self.position_embeddings.weight
        known = weights[: words.shape[-2]] if positions is None else weights[positions]
        known = known + self.token_type_embeddings.weight[0]
        embedded: Tensor = self.dropout(self.LayerNorm(words + known))
        return embedded


class Bert(nn.Module):
    """A BERT encoder without pooler.

    Args:
        config: its shape. The weights are random.
    """

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        self.config = config
        self.embeddings = _Embeddings(config)
        layers = nn.ModuleList(BertLayer(config) for _ in range(config.num_hidden_layers))
        self.encoder = nn.ModuleDict({"layer": layers})
        for module in self.modules():
            if isinstance(module, (nn.Linear, nn.Embedding)):
                nn.init.normal_(module.weight, std=config.initializer_range)
            if isinstance(module, nn.Linear):
                nn.init.zeros_(module.bias)

    def forward(self, words: Tensor, real: Tensor | None = None) -> Tensor:
        """The states of word pieces.

        Args:
            words: their embeddings, (windows, pieces, hidden), without those of their positions.
            real: which of them are real and no padding, (windows, pieces); None: all.

        Returns:
            (windows, pieces, hidden).
        """
        ignored = None
        if real is not None and not bool(real.all()):
            ignored = torch.zeros(real.shape, device=real.device).masked_fill(~real, float("-inf"))[:, None, None]
        states: Tensor = self.embeddings(words)
        for layer in self.layers:
            states = layer(states, ignored)
        return states

    @property
    def layers(self) -> list[BertLayer]:
        """The layers, the first one first."""
        return [cast(BertLayer, layer) for layer in cast(nn.ModuleList, self.encoder["layer"])]


def pretrained(folder: Path) -> Bert:
    """An encoder from ``config.json`` and ``model.safetensors`` of a published BERT; its pooler is left out.

    Raises:
        OSError: a file is missing.
        ValueError: the files are of something else.
        SafetensorError: the weights are damaged.
    """
    config = BertConfig.from_settings(json.loads((folder / "config.json").read_text(encoding="utf-8")))
    with Unset():
        bert = Bert(config)
    places = bert.state_dict()
    weights = {}
    for name, tensor in load_file(folder / "model.safetensors").items():
        name = name.removeprefix("bert.")
        for old, new in _OLD_NAMES.items():
            name = name.replace(old, new)
        if name in places:
            weights[name] = tensor.float()
    missing = sorted(places.keys() - weights.keys())
    if missing:
        raise ValueError(f"model.safetensors lacks {missing[0]}")
    try:
        bert.load_state_dict(weights)
    except RuntimeError as error:
        raise ValueError(str(error)) from error
    return bert
