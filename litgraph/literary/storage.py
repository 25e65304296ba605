"""A trained reader in a folder: weights as safetensors, settings as JSON, the tokeniser.

Weights are kept in half precision, those of the vocabulary, which are half of all, in eight bits a number with a scale
a row; the reader reads with them exactly as they are kept.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import Tensor

from litgraph.errors import ModelError
from litgraph.files import write_json, write_text
from litgraph.literary.network.bert import BertConfig, Unset, pretrained
from litgraph.literary.network.model import ReaderNetwork
from litgraph.literary.network.windows import WordPieces
from litgraph.literary.reader import LiteraryReader
from litgraph.literary.types import Thresholds
from litgraph.literary.version import SETTINGS, TOKENIZER, WEIGHTS, find_reader

FORMAT = 3
_VOCABULARY = "encoder.bert.embeddings.word_embeddings.weight"
_SCALES = f"{_VOCABULARY}.scales"
_RETRAIN = "Train one with: litgraph train reader --data DATA --base BASE -o FOLDER"


def load_reader(path: str | os.PathLike[str]) -> LiteraryReader:
    """A reader as ``save_reader`` left it. Raises ModelError if the folder does not hold one."""
    folder = Path(path)
    try:
        settings = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
        if settings["format"] != FORMAT:
            raise ModelError(f"{folder} has format {settings['format']}; this litgraph reads {FORMAT}.", _RETRAIN)
        with Unset():
            network = ReaderNetwork(BertConfig(**settings["encoder"]), opinions=settings.get("opinions", 0))
        _fill(network, folder / WEIGHTS)
        pieces = WordPieces(Tokenizer.from_file(str(folder / TOKENIZER)))
        return LiteraryReader(network, pieces, Thresholds(**settings["thresholds"]), find_reader(folder).version)
    except FileNotFoundError as error:
        raise ModelError(
            f"{folder} holds no reader: {Path(error.filename or '').name} is missing.", _RETRAIN
        ) from error
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        raise ModelError(f"{folder} holds no whole reader: {error}", _RETRAIN) from error


def save_reader(reader: LiteraryReader, folder: Path) -> None:
    """Write a reader into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / f"{WEIGHTS}.partial"
    save_file(_packed(reader.network.state_dict()), partial)
    partial.replace(folder / WEIGHTS)
    write_text(folder / TOKENIZER, reader.pieces.as_json())
    config = reader.network.encoder.bert.config
    kept = ("vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size")
    write_json(
        folder / SETTINGS,
        {
            "format": FORMAT,
            "encoder": {name: getattr(config, name) for name in kept},
            "opinions": len(reader.network.opinions),
            "thresholds": asdict(reader.thresholds),
        },
    )


def _packed(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    packed = {name: tensor.half().contiguous() for name, tensor in weights.items() if name != _VOCABULARY}
    vocabulary = weights[_VOCABULARY]
    scales = (vocabulary.abs().amax(1, keepdim=True) / 127).clamp(min=1e-12)
    packed[_VOCABULARY] = (vocabulary / scales).round().to(torch.int8)
    packed[_SCALES] = scales.float()
    return packed


@torch.no_grad()
def _fill(network: ReaderNetwork, file: Path) -> None:
    """Give a network its weights, one after the other: a second copy of all of them would take memory for nothing."""
    places = network.state_dict()
    with safe_open(file, framework="pt") as packed:
        if set(packed.keys()) != {*places, _SCALES}:
            raise ValueError(f"{file.name} is of another network")
        for name, place in places.items():
            weights = packed.get_tensor(name)
            if weights.shape != place.shape:
                raise ValueError(f"{name} in {file.name} has shape {tuple(weights.shape)}, not {tuple(place.shape)}")
            place.copy_(weights)
        places[_VOCABULARY].mul_(packed.get_tensor(_SCALES))


def untrained_reader(base: str | os.PathLike[str]) -> LiteraryReader:
    """A reader whose encoder is a base model from a local folder and whose heads know nothing yet.

    Args:
        base: folder of an uncased BERT with ``config.json``, ``model.safetensors`` and ``tokenizer.json``, such as
            sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0).

    Raises:
        ModelError: the folder holds no such model.
    """
    folder = Path(base)
    try:
        bert = pretrained(folder)
        pieces = WordPieces(Tokenizer.from_file(str(folder / TOKENIZER)))
    except Exception as error:  # tokenizers raises bare Exception
        raise ModelError(
            f"{folder} holds no BERT with its tokeniser: {error}", "Name the folder of an uncased BERT model."
        ) from error
    network = ReaderNetwork(bert.config)
    network.encoder.bert = bert
    return LiteraryReader(network, pieces)
