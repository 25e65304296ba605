"""Two processes at once in one run folder."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from held import held
from small_novel import TAGS, Runs

from litgraph.cast.file.render import render
from litgraph.errors import RunFolderError
from litgraph.pipeline import build_run
from litgraph.runs.cast_changes import Change, change_cast

Item = TypeVar("Item")


def test_a_second_build_waits_and_says_so(runs: Runs) -> None:
    runs.build()
    told: list[str] = []
    started = time.monotonic()
    with held(runs.folder, 0.6):
        runs.build(tell=told.append)
        assert time.monotonic() - started > 0.5
    assert told == [f"Another litgraph is at work in {runs.folder}; waiting until it is done."]
    runs.build(tell=told.append)
    assert len(told) == 1


def test_a_correction_from_the_shell_during_a_build_says_so_and_changes_nothing(runs: Runs) -> None:
    runs.build()
    before = runs.read("cast.toml")
    with held(runs.folder, 30), pytest.raises(RunFolderError, match=r"at work in .*nothing was changed"):
        change_cast(runs.folder, [Change("rename", "mr-darcy", "Fitzwilliam Darcy")])
    assert runs.read("cast.toml") == before
    change_cast(runs.folder, [Change("rename", "mr-darcy", "Fitzwilliam Darcy")])
    assert runs.read("cast.toml") != before


def test_a_copy_that_was_made_during_a_build_is_built_to_the_same_graph(runs: Runs, tmp_path: Path) -> None:
    copies: list[Path] = []

    def copying(items: Iterable[Item], what: str, total: int | None = None) -> Iterator[Item]:
        for item in items:
            if runs.folder.exists() and len(copies) < 4:
                copies.append(tmp_path / f"copy{len(copies)}")
                shutil.copytree(runs.folder, copies[-1])
            yield item

    build_run(runs.source, runs.folder, settings=TAGS, progress=copying)
    assert copies
    for copy in copies:
        build_run(runs.source, copy, settings=TAGS)
        assert (copy / "graph.json").read_bytes() == (runs.folder / "graph.json").read_bytes()


def test_a_file_that_was_saved_while_a_build_wrote_it_anew_is_kept(runs: Runs) -> None:
    runs.build()
    runs.overlook("Lizzy")
    mine = f"# mine\n{runs.read('cast.toml')}"

    def save_and_propose(*args: Any) -> str:
        runs.write("cast.toml", mine)
        return render(*args)

    runs.patch.setattr("litgraph.runs.cast_stage.render", save_and_propose)
    notices = runs.build().notices
    assert runs.read("cast.previous.toml") == mine
    assert any("cast.toml was changed while" in notice for notice in notices)
