"""Short forms of given names."""

from __future__ import annotations

from marked import apart, names, together

from litgraph.cast import resolve


def test_lizzy_is_the_only_elizabeth() -> None:
    assert together(resolve(names(("Elizabeth", 600), ("Lizzy", 90))), "Elizabeth", "Lizzy")
    two = resolve(names(("Elizabeth Bennet", 60), ("Elizabeth Elliot", 40), ("Lizzy", 9)))
    assert apart(two, "Elizabeth Bennet", "Elizabeth Elliot", "Lizzy")


def test_a_lord_has_a_nickname_and_a_lady_has_none() -> None:
    cast = resolve(names(("Lord Henry", 200), ("Lord Henry Wotton", 5), ("Harry", 90)))
    assert together(cast, "Harry", "Lord Henry", "Lord Henry Wotton")
    assert apart(resolve(names(("Lady Catherine", 90), ("Kitty", 70))), "Kitty", "Lady Catherine")
