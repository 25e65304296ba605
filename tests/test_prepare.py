"""What tests/prepare.py fetches: named exactly, from npm's own registry, and there."""

from __future__ import annotations

import json
from pathlib import Path

from graphs import PREPARED, prepared

NODE = Path(__file__).parent / "node"


def test_versions_are_exact_and_no_other_host_is_named() -> None:
    wanted = json.loads((NODE / "package.json").read_text(encoding="utf-8"))["dependencies"]
    lock = json.loads((NODE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert all(lock[f"node_modules/{name}"]["version"] == version for name, version in wanted.items())
    for name, package in lock.items():
        if name:
            assert package["integrity"].startswith("sha512-")
            assert package.get("resolved", "https://registry.npmjs.org/").startswith("https://registry.npmjs.org/")


def test_it_was_run_for_these_files() -> None:
    for source in NODE.iterdir():
        assert prepared(source.name).read_bytes() == source.read_bytes(), "run tests/prepare.py again"
    assert (PREPARED / "neo4j-5" / "neo4j").is_dir()
    assert (PREPARED / "scikit-learn" / "sklearn").is_dir()
