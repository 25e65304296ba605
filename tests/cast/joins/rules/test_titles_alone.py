"""Titles without a name."""

from __future__ import annotations

from marked import apart, bearer, names, numbered, together

from litgraph.cast import resolve
from litgraph.types import EntityLabel, Mention


def test_the_colonel_is_the_only_colonel() -> None:
    assert together(resolve(names(("Colonel Fitzwilliam", 9), ("the Colonel", 4))), "Colonel", "Colonel Fitzwilliam")
    two = resolve(names(("Colonel Fitzwilliam", 9), ("Colonel Forster", 8), ("the Colonel", 4)))
    assert apart(two, "Colonel", "Colonel Fitzwilliam", "Colonel Forster")


def test_the_colonel_of_several_colonels_is_left_to_coreference() -> None:
    roles = [
        Mention(f"r{index}", 9000 + index, 9001 + index, "the colonel", "PER", "noun", 900 + index, 1)
        for index in range(9)
    ]
    cast = resolve([*names(("Colonel Fitzwilliam", 9), ("Colonel Forster", 8)), *roles])
    assert {entity.name for entity in cast.entities} == {"Colonel Fitzwilliam", "Colonel Forster"}


def test_a_rare_and_distant_colonel_is_another() -> None:
    rows: list[tuple[str, EntityLabel, int]] = [("the Colonel", "PER", 1)] * 9 + [("Colonel Forster", "PER", 30)]
    assert apart(resolve(numbered(rows)), "Colonel", "Colonel Forster")


def test_the_duchess_and_the_king_of_hearts_are_somebody() -> None:
    cast = resolve(names(("the Duchess", 9), ("King of Hearts", 5), ("the King", 9)))
    assert apart(cast, "Duchess", "King of Hearts", "King")
    assert bearer(cast, "Duchess").gender == "female"
