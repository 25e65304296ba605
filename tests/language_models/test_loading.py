"""Loading: a real adapter merged, or beside 4-bit weights; what is missing is said first."""

from __future__ import annotations

import shutil
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from tiny_smollm3 import TinyModel

from litgraph.errors import ModelError, SettingsError
from litgraph.language_models import loading as model_loading
from litgraph.language_models.files import ModelFiles, find_adapter, find_model
from litgraph.language_models.loading import (
    Settled,
    check_memory,
    load_model,
    multiplications_per_second,
    settled_precision,
)

TEXT = "Jane, sister of Bingley, smiled."


def files(tiny: TinyModel) -> tuple[ModelFiles, ModelFiles]:
    return find_model(str(tiny.base)), find_adapter(str(tiny.adapter))


def scores(loaded: model_loading.LoadedModel) -> torch.Tensor:
    with torch.no_grad():
        found: torch.Tensor = loaded.model(**loaded.tokenizer(TEXT, return_tensors="pt")).logits[0, -1].float()
    return found


def test_an_adapter_is_merged_into_32_bits(tiny_smollm3: TinyModel) -> None:
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    base, adapter = files(tiny_smollm3)
    told: list[str] = []
    loaded = load_model(base, adapter, "fp32", tell=told.append)
    assert type(loaded.model).__name__ == "SmolLM3ForCausalLM" and not loaded.model.training
    plain: Any = AutoModelForCausalLM.from_pretrained(base.folder)
    alone = load_model(base, None, "fp32")
    torch.testing.assert_close(scores(alone), plain(**loaded.tokenizer(TEXT, return_tensors="pt")).logits[0, -1])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # peft's, of what transformers has renamed
        beside = PeftModel.from_pretrained(plain, adapter.folder).eval()
    with torch.no_grad():
        unmerged = beside(**loaded.tokenizer(TEXT, return_tensors="pt")).logits[0, -1]
    torch.testing.assert_close(scores(loaded), unmerged, atol=1e-4, rtol=1e-4)
    assert (scores(loaded) - scores(alone)).abs().max() > 0.1, "the adapter changes what is said"
    (line,) = told
    assert "no GPU was found" in line and "on the CPU" in line and "seconds at least" in line


@pytest.mark.parametrize("precision", ["bf16", "nf4"])
def test_few_bits_say_about_the_same(tiny_smollm3: TinyModel, precision: Settled) -> None:
    base, adapter = files(tiny_smollm3)
    whole, few = load_model(base, adapter, "fp32"), load_model(base, adapter, precision)
    assert (type(few.model).__name__ == "PeftModelForCausalLM") == (precision == "nf4")
    if precision == "nf4":  # before the first use, which may pack the weights anew
        layer = few.model.get_base_model().model.layers[0].mlp.up_proj.base_layer
        assert layer.weight.quant_state.nested and layer.weight.quant_type == "nf4"
    one, other = scores(whole), scores(few)
    assert torch.nn.functional.cosine_similarity(one, other, dim=0) > (0.99 if precision == "bf16" else 0.8)
    if precision == "nf4":
        assert layer.compute_dtype == torch.bfloat16


def test_precision_is_settled_by_the_machine_not_by_what_runs_on_it(
    tiny_smollm3: TinyModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, _ = files(tiny_smollm3)
    monkeypatch.setattr(model_loading, "best_device", lambda: "cpu")
    assert settled_precision("auto", base) in ("bf16", "fp32")
    assert settled_precision("nf4", base) == "nf4"
    monkeypatch.setattr(model_loading, "best_device", lambda: "cuda")

    class Card:
        total_memory = 12e9

    monkeypatch.setattr(torch.cuda, "get_device_properties", lambda index: Card)
    monkeypatch.setattr(model_loading, "parameters", lambda folder: int(3.08e9))
    assert settled_precision("auto", base) == "bf16"
    Card.total_memory = 6e9
    assert settled_precision("auto", base) == "nf4"
    with pytest.raises(SettingsError, match="int8"):
        settled_precision("int8", base)


def test_too_little_memory_is_told_before_the_weights_are_read(
    tiny_smollm3: TinyModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, _ = files(tiny_smollm3)
    monkeypatch.setattr(model_loading, "parameters", lambda folder: int(3.08e9))
    monkeypatch.setattr(model_loading, "free_memory", lambda device: 5e9)
    with pytest.raises(ModelError, match=r"in bf16 needs about 7\.7 GB on the CPU, where 5\.0 GB are free") as error:
        check_memory(base, "bf16")
    assert "nf4" in error.value.hint
    check_memory(base, "nf4")


def test_a_missing_package_is_told_with_what_to_install(
    tiny_smollm3: TinyModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_loading, "EXTRA", ("accelerate", "no_such_package"))
    with pytest.raises(ModelError, match="needs no_such_package, which is not installed") as error:
        load_model(find_model(str(tiny_smollm3.base)), None, "fp32")
    assert '".[gpu]"' in error.value.hint


def test_damaged_weights_are_one_clear_error(tiny_smollm3: TinyModel, tmp_path: Path) -> None:
    broken = Path(shutil.copytree(tiny_smollm3.base, tmp_path / "broken"))
    whole = (broken / "model.safetensors").read_bytes()
    (broken / "model.safetensors").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_model(find_model(str(broken)), None, "fp32")
    unknown = Path(shutil.copytree(tiny_smollm3.base, tmp_path / "unknown"))
    (unknown / "config.json").write_text('{"model_type": "of-tomorrow"}', encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_model(find_model(str(unknown)), None, "fp32")


def test_adapters_are_read_as_safetensors(tiny_smollm3: TinyModel) -> None:
    assert any("lora_B" in name for name in load_file(tiny_smollm3.adapter / "adapter_model.safetensors"))


def test_the_rate_of_products() -> None:
    assert multiplications_per_second(torch.float32, size=64) > 1e6


def test_nothing_heavy_is_imported_where_it_is_not_needed() -> None:
    code = (
        "import sys; from litgraph.config import Settings; Settings(labeller='smollm3');"
        "import litgraph.relations.asking.local, litgraph.relations.labelling;"
        "print([name for name in ('torch', 'transformers', 'peft', 'bitsandbytes', 'httpx') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_outside_of_training_one_module_imports_peft_and_bitsandbytes() -> None:
    package = Path(model_loading.__file__).parent.parent
    importing = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip().startswith(("import peft", "from peft", "import bitsandbytes", "from bitsandbytes"))
        and "training" not in path.parts
    }
    assert importing == {"language_models/loading.py"}
