"""The lock of a run folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from held import held

from litgraph.errors import RunFolderError
from litgraph.runs.folder import REPORT
from litgraph.runs.lock import LOCK, locked


def test_the_lock_dies_with_its_process(tmp_path: Path) -> None:
    (tmp_path / REPORT).touch()
    with held(tmp_path, 30) as process:
        process.kill()  # SIGKILL where there are signals
        process.wait()
        assert (tmp_path / LOCK).exists()
        with locked(tmp_path):
            pass


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_in_which_nothing_was_done_is_as_it_was(there: bool, tmp_path: Path) -> None:
    folder = tmp_path / "a" / "run"
    if there:
        folder.mkdir(parents=True)
    with locked(folder):
        assert (folder / LOCK).exists()
    assert folder.exists() == there
    assert not there or not list(folder.iterdir())


def test_a_file_is_no_folder_to_lock(tmp_path: Path) -> None:
    (tmp_path / "run").touch()
    with pytest.raises(RunFolderError, match="cannot be used for a run"), locked(tmp_path / "run"):
        pass
