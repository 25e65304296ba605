"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The development data (not part of the repository): $LITGRAPH_DATA, or shared/data beside the checkout."""
    folder = Path(os.environ.get("LITGRAPH_DATA", REPOSITORY.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"development data not found in {folder}; set LITGRAPH_DATA")
    return folder


@pytest.fixture(scope="session")
def alice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run folder of the book that ships with litgraph. Tests that change it copy it first."""
    from litgraph.config import Settings
    from litgraph.pipeline import build_run

    folder = tmp_path_factory.mktemp("runs") / "alice"
    build_run("pg11", folder, settings=Settings())
    return folder
