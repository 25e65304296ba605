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
