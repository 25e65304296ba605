"""The code is typed and tidy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent.parent


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check"],
        ["ruff", "format", "--check"],
        ["ruff", "check", "--preview", "--select", "PLW1514"],
        ["mypy"],
    ],
    ids=["lint", "format", "encodings", "types"],
)
def test_clean(command: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, cwd=REPOSITORY)
    assert done.returncode == 0, done.stdout + done.stderr


def test_modules_stay_short() -> None:
    for path in sorted((REPOSITORY / "litgraph").rglob("*.py")):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path
