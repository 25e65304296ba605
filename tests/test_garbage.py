"""Python's collector is as it was afterwards, whatever happens."""

from __future__ import annotations

import gc

import pytest

from litgraph.garbage import rare_collections


def test_the_collector_is_left_as_it_was() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyError), rare_collections():
        assert gc.get_threshold() > before
        raise KeyError
    assert gc.get_threshold() == before
