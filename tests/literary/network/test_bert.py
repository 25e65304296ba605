"""Our own BERT computes what the published ones do, and reads their files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from litgraph.literary.network.bert import Bert, BertConfig, pretrained

REAL = torch.tensor([[True] * 9, [True] * 5 + [False] * 4])


def published(folder: Path, words: Tensor) -> Tensor:
    from transformers import BertModel

    model = BertModel.from_pretrained(folder, add_pooling_layer=False, local_files_only=True).eval()
    with torch.no_grad():
        states: Tensor = model(inputs_embeds=words, attention_mask=REAL.long()).last_hidden_state
    return states[REAL]


def test_it_computes_what_a_published_bert_does(tiny_base: Path) -> None:
    words = torch.randn(2, 9, 32, generator=torch.Generator().manual_seed(1))
    own = pretrained(tiny_base).eval()
    wanted = published(tiny_base, words)
    with torch.no_grad():
        assert torch.allclose(own(words, REAL)[REAL], wanted, atol=1e-5)
        alone = own(words[1:, :5])[0]
    assert torch.allclose(alone, wanted[9:], atol=1e-5)
    assert torch.allclose(own(words, REAL)[REAL], wanted, atol=1e-5)  # as in training, with another attention


def test_weights_under_older_names_and_with_more_beside_them_are_read(tiny_base: Path, tmp_path: Path) -> None:
    weights = load_file(tiny_base / "model.safetensors")
    older = {
        f"bert.{name}".replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): one
        for name, one in weights.items()
    }
    save_file(older | {"bert.pooler.dense.bias": torch.zeros(32)}, tmp_path / "model.safetensors")
    (tmp_path / "config.json").write_bytes((tiny_base / "config.json").read_bytes())
    wanted = pretrained(tiny_base).state_dict()
    found = pretrained(tmp_path).state_dict()
    assert found.keys() == wanted.keys() and all(torch.equal(found[name], wanted[name]) for name in wanted)


def test_other_models_and_incomplete_ones_are_refused(tiny_base: Path, tmp_path: Path) -> None:
    settings = json.loads((tiny_base / "config.json").read_text(encoding="utf-8"))
    for change in ({"model_type": "roberta"}, {"hidden_act": "relu"}):
        with pytest.raises(ValueError, match=next(iter(change))):
            BertConfig.from_settings(settings | change)
    with pytest.raises(ValueError, match="no BERT"):
        BertConfig.from_settings({"model_type": "bert"})
    weights = load_file(tiny_base / "model.safetensors")
    del weights["encoder.layer.1.output.dense.bias"]
    save_file(weights, tmp_path / "model.safetensors")
    (tmp_path / "config.json").write_bytes((tiny_base / "config.json").read_bytes())
    with pytest.raises(ValueError, match=r"lacks encoder\.layer\.1\.output\.dense\.bias"):
        pretrained(tmp_path)
    with pytest.raises(FileNotFoundError):
        pretrained(tmp_path / "nowhere")


def test_a_new_one_is_random() -> None:
    one, other = (Bert(BertConfig(10, 8, 1, 2, 16)).encoder.state_dict() for _ in range(2))
    name = "layer.0.attention.self.query.weight"
    assert not torch.equal(one[name], other[name]) and 0.01 < float(one[name].std()) < 0.03
