"""What ``import litgraph`` offers."""

from __future__ import annotations

import pytest

import litgraph


def test_all_names_can_be_imported_and_no_others_are_promised() -> None:
    for name in litgraph.__all__:
        assert getattr(litgraph, name) is not None
    assert set(dir(litgraph)) == set(litgraph.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'bulid_graph'"):
        litgraph.bulid_graph  # noqa: B018
