"""What ``import litgraph`` offers."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import litgraph
from litgraph import errors

SOURCE = ast.parse(Path(litgraph.__file__).read_text(encoding="utf-8"))


def test_all_names_can_be_imported_and_no_others_are_promised() -> None:
    for name in litgraph.__all__:
        assert getattr(litgraph, name) is not None
    assert set(dir(litgraph)) == set(litgraph.__all__)


def test_type_checkers_see_what_is_loaded_lazily() -> None:
    checked = {
        alias.asname: node.module
        for block in SOURCE.body
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert checked == litgraph._HOMES
    assert litgraph.__all__ == ["__version__", *litgraph._HOMES]
    assert list(litgraph._HOMES) == sorted(litgraph._HOMES)


def test_all_errors_are_offered() -> None:
    tree = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
    assert tree <= set(litgraph.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'bulid_graph'"):
        litgraph.bulid_graph  # noqa: B018
