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


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three chapters: every stage has something to do, and none takes long."""
    path = tmp_path_factory.mktemp("source") / "pride.txt"
    path.write_bytes((Path(__file__).parent / "data" / "pride-chapters-1-3.txt").read_bytes())
    return path


@pytest.fixture(scope="module")
def undisturbed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("undisturbed") / "run"
    subprocess.run(build(source, folder), check=True)
    return contents(folder)


@pytest.mark.parametrize("stage", ["book", "sentences", "mentions", "cast", "speech", "relations"])
def test_a_run_killed_after_a_stage_ends_with_the_same_result(
    stage: str, source: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    process = subprocess.Popen(build(source, folder))
    deadline = time.monotonic() + 60
    finished: dict[str, object] = {}
    while process.poll() is None and time.monotonic() < deadline:
        if (folder / "report.json").exists():
            finished = json.loads((folder / "report.json").read_text(encoding="utf-8")).get("stages", {})
            if stage in finished:
                process.kill()
        time.sleep(0.001)
    assert process.wait() != 0, "it ended before it was killed"
    subprocess.run(build(source, folder), check=True)
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert not set(report["redone"]) & set(finished)
    assert contents(folder) == undisturbed
