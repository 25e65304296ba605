"""Full names of one family whose given names are one name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import apart, names, together

from litgraph.cast import resolve
from litgraph.cast.joins.rules.families import are_spellings


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("r", "robert", True),
        ("catharine", "catherine", True),
        ("philips", "phillips", True),
        ("anna", "anne", False),
        ("r", "r", False),
        ("edward", "edmund", False),
        ("maria", "mariana", False),
    ],
)
def test_spellings(one: str, other: str, same: bool) -> None:
    assert are_spellings(one, other) is are_spellings(other, one) is same


@given(st.text("abc", min_size=1, max_size=9), st.text("abc", min_size=1, max_size=9))
def test_the_order_does_not_matter(one: str, other: str) -> None:
    assert are_spellings(one, other) == are_spellings(other, one)


def test_an_initial_is_the_only_one_whose_name_begins_so() -> None:
    cast = resolve(names(("R. Walton", 2), ("Robert Walton", 2)))
    assert together(cast, "R. Walton", "Robert Walton") and cast.entities[0].name == "Robert Walton"
    walters = resolve(names(("R. Walton", 2), ("Robert Walton", 3), ("Roger Walton", 3)))
    assert apart(walters, "R. Walton", "Robert Walton", "Roger Walton")


def test_a_printers_error() -> None:
    cast = resolve(names(("Miss Catharine Alan", 4), ("Miss Catherine Alan", 1), ("Miss Teresa Alan", 3)))
    assert together(cast, "Miss Catharine Alan", "Miss Catherine Alan")
    assert apart(cast, "Miss Catharine Alan", "Miss Teresa Alan")


def test_a_nickname_is_the_only_one_of_the_family_for_whom_it_may_be_short() -> None:
    cast = resolve(names(("Elizabeth Bennet", 7), ("Miss Eliza Bennet", 3)))
    assert together(cast, "Elizabeth Bennet", "Miss Eliza Bennet")
    two = resolve(names(("Mary Bertram", 7), ("Maria Bertram", 20), ("Molly Bertram", 2), ("Jane Bertram", 3)))
    assert apart(two, "Molly Bertram", "Jane Bertram")
