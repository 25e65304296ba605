"""A trained reader in a folder: weights as safetensors in half precision, settings as JSON, the tokeniser."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict
from pathlib import Path

from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from litgraph.errors import ModelError
from litgraph.files import write_json, write_text
from litgraph.literary.network import ReaderNetwork
from litgraph.literary.reader import LiteraryReader, Thresholds
from litgraph.literary.windows import WordPieces

WEIGHTS, SETTINGS, TOKENIZER = "model.safetensors", "reader.json", "tokenizer.json"
FORMAT = 1
_RETRAIN = "Train one with: litgraph train reader --data DATA --base BASE -o FOLDER"


def load_reader(path: str | os.PathLike[str]) -> LiteraryReader:
    """A reader as ``save_reader`` left it. Raises ModelError if the folder does not hold one."""
    folder = Path(path)
    try:
        settings = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
        if settings["format"] != FORMAT:
            raise ModelError(f"{folder} has format {settings['format']}; this litgraph reads {FORMAT}.", _RETRAIN)
        network = ReaderNetwork(BertConfig(**settings["encoder"]))
        weights = {name: tensor.float() for name, tensor in load_file(folder / WEIGHTS).items()}
        network.load_state_dict(weights)
        pieces = WordPieces(Tokenizer.from_file(str(folder / TOKENIZER)))
        return LiteraryReader(network, pieces, Thresholds(**settings["thresholds"]))
    except FileNotFoundError as error:
        raise ModelError(
            f"{folder} holds no reader: {Path(error.filename or '').name} is missing.", _RETRAIN
        ) from error
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        raise ModelError(f"{folder} holds no whole reader: {error}", _RETRAIN) from error


def save_reader(reader: LiteraryReader, folder: Path) -> None:
    """Write a reader into a folder, in half precision."""
    folder.mkdir(parents=True, exist_ok=True)
    half = {name: tensor.half().contiguous() for name, tensor in reader.network.state_dict().items()}
    partial = folder / f"{WEIGHTS}.partial"
    save_file(half, partial)
    partial.replace(folder / WEIGHTS)
    write_text(folder / TOKENIZER, reader.pieces.as_json())
    config = reader.network.encoder.bert.config
    kept = ("vocab_size", "hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size")
    write_json(
        folder / SETTINGS,
        {
            "format": FORMAT,
            "encoder": {name: getattr(config, name) for name in kept},
            "thresholds": asdict(reader.thresholds),
        },
    )


def untrained_reader(base: str | os.PathLike[str]) -> LiteraryReader:
    """A reader whose encoder is a base model from a local folder and whose heads know nothing yet.

    Args:
        base: folder of an uncased BERT with ``config.json``, ``model.safetensors`` and ``tokenizer.json``, such as
            sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0).

    Raises:
        ModelError: the folder holds no such model.
    """
    folder = Path(base)
    logging.getLogger("transformers").setLevel(logging.ERROR)  # it lists the pooler's weights, which nobody needs
    try:
        # The layers and the heads have dropout of their own; inside attention there is none (not measured).
        bert = BertModel.from_pretrained(
            folder, add_pooling_layer=False, local_files_only=True, attention_probs_dropout_prob=0.0
        )
        pieces = WordPieces(Tokenizer.from_file(str(folder / TOKENIZER)))
    except Exception as error:  # tokenizers raises bare Exception
        raise ModelError(
            f"{folder} holds no BERT with its tokeniser: {error}", "Name the folder of an uncased BERT model."
        ) from error
    network = ReaderNetwork(bert.config)
    network.encoder.bert = bert
    return LiteraryReader(network, pieces)
