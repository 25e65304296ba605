"""A run folder as a whole: built again, of another book, by a reader in a folder, with another hash seed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_novel import NOVEL, TAGS, Runs

from litgraph.cli import main as cli
from litgraph.errors import RunFolderError
from litgraph.pipeline import build_run


def test_a_reader_in_a_folder_builds_a_graph(runs: Runs, tiny_base: Path, tmp_path: Path) -> None:
    from litgraph.literary.reader import LiteraryReader
    from litgraph.literary.storage import save_reader, untrained_reader
    from litgraph.literary.types import Thresholds

    runs.patch.undo()
    untrained = untrained_reader(tiny_base)
    # Of what this one calls mentions, all are.
    save_reader(LiteraryReader(untrained.network, untrained.pieces, Thresholds(mention=0.0)), tmp_path / "reader")
    command = ["build", str(runs.source), "-o", str(runs.folder), "--mentions", f"literary:{tmp_path / 'reader'}"]
    result = CliRunner().invoke(cli, command)
    assert result.exit_code == 0, result.output
    assert runs.read("mentions.jsonl")
    runs.names()


def test_a_second_build_does_nothing(runs: Runs) -> None:
    runs.build()
    before = runs.contents()
    assert runs.redone() == []
    assert runs.contents() == before


def test_what_the_user_is_told_stands_in_the_report(runs: Runs) -> None:
    runs.source.write_bytes("It was Zoë’s boat.\n".encode() + b"She sat\x97down.\n")
    result = runs.build()
    report = json.loads((runs.folder / "report.json").read_text(encoding="utf-8"))
    assert report["notices"] == list(result.notices)
    assert any("0x97" in notice for notice in report["notices"])


def test_another_book_does_not_get_into_the_folder(runs: Runs) -> None:
    runs.build()
    before = runs.contents()
    other = runs.source.with_name("another.txt")
    other.write_text(NOVEL.replace("Darcy", "Marcy"), encoding="utf-8")
    with pytest.raises(RunFolderError, match="another book"):
        build_run(other, runs.folder, settings=TAGS)
    assert runs.contents() == before


def test_the_same_files_for_every_hash_seed(alice: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    command = [sys.executable, "-m", "litgraph", "build", "pg11", "-o", str(folder), "-q"]
    subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": "271828"})
    names = sorted(path.name for path in alice.iterdir())
    assert names == sorted(path.name for path in folder.iterdir())
    for name in names:
        if name != "report.json":
            assert (folder / name).read_bytes() == (alice / name).read_bytes(), name
