"""The small novel in a folder of each test's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_novel import Runs


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    return Runs(tmp_path, monkeypatch)
