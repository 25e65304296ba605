"""Where models are, which version they are, and whether an adapter fits: said before any weights are read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from safetensors.torch import load_file, save_file
from tiny_smollm3 import TinyModel

from litgraph.errors import ModelError
from litgraph.language_models.files import (
    check_adapter,
    find_adapter,
    find_model,
    parameters,
    weight_shapes,
)


def test_a_folder_is_the_same_model_wherever_it_lies(tiny_smollm3: TinyModel, tmp_path: Path) -> None:
    found = find_model(str(tiny_smollm3.base))
    moved = Path(shutil.copytree(tiny_smollm3.base, tmp_path / "elsewhere" / "base"))
    assert find_model(str(moved)).identity == found.identity
    weights = load_file(moved / "model.safetensors")
    weights["model.norm.weight"][0] += 1
    save_file(weights, moved / "model.safetensors", {"format": "pt"})
    assert find_model(str(moved)).identity != found.identity


def test_the_shapes_in_the_headers(tiny_smollm3: TinyModel) -> None:
    weights = load_file(tiny_smollm3.base / "model.safetensors")
    assert weight_shapes(tiny_smollm3.base) == {name: tuple(tensor.shape) for name, tensor in weights.items()}
    assert parameters(tiny_smollm3.base) == sum(tensor.numel() for tensor in weights.values())


def test_an_adapter_and_its_base(tiny_smollm3: TinyModel) -> None:
    check_adapter(find_adapter(str(tiny_smollm3.adapter)), find_model(str(tiny_smollm3.base)))


def test_the_wrong_base_for_an_adapter_is_told_with_the_right_one(tiny_smollm3: TinyModel, tmp_path: Path) -> None:
    adapter = find_adapter(str(tiny_smollm3.adapter))
    larger = Path(shutil.copytree(tiny_smollm3.base, tmp_path / "larger"))
    weights = load_file(larger / "model.safetensors")
    name = "model.layers.2.mlp.up_proj.weight"
    weights[name] = weights[name].repeat(2, 1)
    save_file(weights, larger / "model.safetensors", {"format": "pt"})
    with pytest.raises(ModelError, match=r"does not fit.*layers\.2\.mlp\.up_proj is 256 × 64 there") as error:
        check_adapter(adapter, find_model(str(larger)))
    assert str(tiny_smollm3.base) in error.value.hint and "--model" in error.value.hint
    del weights[name]
    save_file(weights, larger / "model.safetensors", {"format": "pt"})
    weight_shapes.cache_clear()
    with pytest.raises(ModelError, match=r"up_proj is not there"):
        check_adapter(adapter, find_model(str(larger)))


@pytest.mark.parametrize(
    "name", ["", ".", "../nowhere", "/no/such/folder", "a/b/c", "https://huggingface.co/x/y", "a b"]
)
def test_no_model_at_all(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError) as error:
        find_model(name)
    assert error.value.hint


def test_offline_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    told: list[str] = []
    with pytest.raises(ModelError, match="--offline forbids") as error:
        find_model("somebody/some-model@abc", offline=True, tell=told.append)
    assert told == [] and "hf download somebody/some-model" in error.value.hint


def test_a_download_that_breaks_off_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub.errors import LocalEntryNotFoundError
    from huggingface_hub.utils import httpx

    def fetch(*names: str, local_files_only: bool, **options: object) -> str:
        if local_files_only:
            raise LocalEntryNotFoundError("not here")
        raise httpx.ReadError("the line went dead")

    monkeypatch.setattr("huggingface_hub.snapshot_download", fetch)
    with pytest.raises(ModelError, match="could not be fetched: the line went dead") as error:
        find_model("somebody/some-model")
    assert "Try again" in error.value.hint


def test_what_was_fetched_before_is_found_without_a_network(
    tiny_smollm3: TinyModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The layout of the hub's cache: blobs aside, a snapshot is a folder named after its commit."""
    import huggingface_hub

    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    commit = "0123456789abcdef0123456789abcdef01234567"
    repository = tmp_path / "models--somebody--tiny"
    shutil.copytree(tiny_smollm3.base, repository / "snapshots" / commit)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(commit, encoding="utf-8")
    fetch = huggingface_hub.snapshot_download
    monkeypatch.setattr(
        "huggingface_hub.snapshot_download", lambda *names, **options: fetch(*names, cache_dir=tmp_path, **options)
    )
    told: list[str] = []
    found = find_model("somebody/tiny", tell=told.append)
    assert (found.identity, told) == ("somebody/tiny@0123456789ab", [])
    assert find_model(f"somebody/tiny@{commit}", offline=True).identity == found.identity
    with pytest.raises(ModelError, match="somebody/tiny@other"):
        find_model("somebody/tiny@other")


def test_a_model_that_is_none(tiny_smollm3: TinyModel, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"has no config\.json\. It holds an adapter"):
        find_model(str(tiny_smollm3.adapter))
    with pytest.raises(ModelError, match=r"has no adapter_config\.json"):
        find_adapter(str(tiny_smollm3.base))
    pickled = tmp_path / "pickled"
    pickled.mkdir()
    shutil.copy(tiny_smollm3.base / "config.json", pickled)
    (pickled / "pytorch_model.bin").write_bytes(b"a program, perhaps")
    with pytest.raises(ModelError, match="no weights") as error:
        find_model(str(pickled))
    assert "safetensors" in error.value.hint


@pytest.mark.parametrize("content", [b"", b"\xff" * 8, b"\x10\0\0\0\0\0\0\0{not json at all", b"\2\0\0\0\0\0\0\0[]"])
def test_damaged_weights_are_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "model.safetensors").write_bytes(content)
    weight_shapes.cache_clear()
    with pytest.raises(ModelError, match="is damaged"):
        weight_shapes(tmp_path)


def test_an_adapter_that_names_no_base(tiny_smollm3: TinyModel, tmp_path: Path) -> None:
    adapter = Path(shutil.copytree(tiny_smollm3.adapter, tmp_path / "adapter"))
    (adapter / "adapter_config.json").write_text(json.dumps({}), encoding="utf-8")
    other = tmp_path / "other"
    shutil.copytree(tiny_smollm3.base, other)
    save_file(
        {"model.embed_tokens.weight": load_file(other / "model.safetensors")["model.embed_tokens.weight"]},
        other / "model.safetensors",
    )
    with pytest.raises(ModelError) as error:
        check_adapter(find_adapter(str(adapter)), find_model(str(other)))
    assert "an unnamed model" in error.value.hint
