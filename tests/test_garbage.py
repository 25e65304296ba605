"""Python's collector is as it was afterwards, whatever happens."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from litgraph.garbage import rare_collections


@pytest.fixture(autouse=True)
def usual() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*before)


def test_the_collector_is_left_as_it_was() -> None:
    with pytest.raises(KeyError), rare_collections():
        assert gc.get_threshold() > (700, 10, 10)
        raise KeyError
    assert gc.get_threshold() == (700, 10, 10)


def test_of_several_the_last_one_out_puts_it_back() -> None:
    first, second = rare_collections(), rare_collections()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert gc.get_threshold() > (700, 10, 10)
    second.__exit__(None, None, None)
    assert gc.get_threshold() == (700, 10, 10)
