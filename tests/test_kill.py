"""kill -9 at any moment, then the same command again: the same result, and no finished stage is redone."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

STATEFUL = {"report.json"}  # it holds times


def build(source: Path, folder: Path) -> list[str]:
    return [sys.executable, "-m", "litgraph", "build", str(source), "-o", str(folder), "-q"]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name not in STATEFUL}


@pytest.mark.parametrize("stage", ["book", "sentences", "mentions", "cast", "relations"])
def test_a_run_killed_after_a_stage_ends_with_the_same_result(stage: str, alice: Path, tmp_path: Path) -> None:
    source, folder = tmp_path / "pg11.txt", tmp_path / "run"
    source.write_bytes((Path(__file__).parent.parent / "litgraph" / "data" / "pg11.txt").read_bytes())
    process = subprocess.Popen(build(source, folder))
    deadline = time.monotonic() + 60
    finished: dict[str, object] = {}
    while process.poll() is None and time.monotonic() < deadline:
        if (folder / "report.json").exists():
            finished = json.loads((folder / "report.json").read_text(encoding="utf-8")).get("stages", {})
            if stage in finished:
                process.kill()
        time.sleep(0.001)
    process.wait()
    subprocess.run(build(source, folder), check=True)
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert not set(report["redone"]) & set(finished)
    expected = contents(alice)
    assert contents(folder).keys() == expected.keys()
    for name in ("text.txt", "sentences.jsonl", "mentions.jsonl", "cast.toml", "cast.json", "relations.jsonl"):
        assert contents(folder)[name] == expected[name], name
