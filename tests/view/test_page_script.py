"""The page's script is typed: its comments say of what, and TypeScript checks them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from graphs import prepared

ASSETS = Path(__file__).parents[2] / "litgraph" / "view" / "page"


def test_types() -> None:
    program = shutil.which("node") or pytest.fail("Node.js was not found; the tests need it, see tests/prepare.py.")
    compiler = prepared("node_modules") / "typescript" / "bin" / "tsc"
    done = subprocess.run(
        [program, str(compiler), "-p", str(ASSETS / "jsconfig.json")], capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout
