"""Training on a graphics card."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from litgraph.training.reader.course import train_reader
from litgraph.training.reader.recipe import Recipe


@pytest.mark.gpu
def test_a_reader_trains_on_a_graphics_card(small_data: Path, tiny_base: Path, tmp_path: Path) -> None:
    assert torch.cuda.is_available()
    told: list[str] = []
    recipe = Recipe(epochs=1)
    train_reader(small_data, tiny_base, tmp_path / "reader", recipe=recipe, tell=told.append)
    assert told[0] == "training on the GPU"
    assert (tmp_path / "reader" / "model.safetensors").exists()
