"""How alike two names are."""

from __future__ import annotations

import pytest

from litgraph.names.likeness import UNLIKE, comparable, likeness


@pytest.mark.parametrize(
    ("name", "alias", "expected"),
    [
        ("Jane Bennet", "my dear Jane Bennet", 0),
        ("the Duke", "Duke", 0),
        ("Mr. Darcy", "Darcy", 1),
        ("Tom Sawyer", "Mr. Sawyer", 2),
        ("Elizabeth Bennet", "Lizzy", 3),
        ("Jim", "Jim Hawkins", 4),
        ("Mr. Bennet", "Mrs. Bennet", UNLIKE),
        ("Jane", "Mary", UNLIKE),
    ],
)
def test_likeness(name: str, alias: str, expected: int) -> None:
    assert likeness(name, alias) == expected


def test_names_are_compared_without_epithets() -> None:
    assert comparable("my dear Miss Eliza") == comparable("Miss Eliza") == "miss eliza"
