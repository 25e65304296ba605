"""A corpus of small novels for the tests that ask one."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_corpus import Corpus, built_novel


@pytest.fixture(scope="session")
def small_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_novel(tmp_path_factory.mktemp("novel"))


@pytest.fixture
def corpus(tmp_path: Path, small_run: Path) -> Corpus:
    """Empty as yet."""
    return Corpus(tmp_path / "corpus", small_run)
