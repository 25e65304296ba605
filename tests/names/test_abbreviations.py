"""Initials and shortened given names: one name, however it is spaced."""

from __future__ import annotations

import pytest

from litgraph.names.abbreviations import GIVEN_NAMES, full_given_name, is_initial
from litgraph.names.grammar import parse_name
from litgraph.names.lexicon import are_variants, gender_of_given_name
from litgraph.names.titles import find_title


@pytest.mark.parametrize(
    "spellings",
    [
        ("J.K. Rowanly", "J. K. Rowanly", "J. K. ROWANLY", "J.-K. Rowanly"),
        ("E.M. Fosterton", "E. M. Fosterton"),
        ("Mr. H.G. Wells", "Mr. H. G. Wells", "MR. H.G. WELLS"),
        ("M. E. Braddon", "M.E. Braddon"),
        ("Mrs. J.R.R. Dale", "Mrs. J. R. R. Dale"),
    ],
)
def test_spaces_between_initials_make_no_difference(spellings: tuple[str, ...]) -> None:
    names = [parse_name(spelling) for spelling in spellings]
    assert all(name and name.surname for name in names)
    assert len({name.key for name in names if name}) == 1


def test_an_initial_is_no_monsieur_and_monsieur_no_initial() -> None:
    fosterton, myriel = parse_name("E. M. Fosterton"), parse_name("M. Myriel")
    assert fosterton and fosterton.text == "E. M. Fosterton" and not fosterton.titles
    assert myriel and [title.text for title in myriel.titles] == ["Monsieur"]


@pytest.mark.parametrize(
    ("short", "full"),
    [("Wm.", "William"), ("Geo.", "George"), ("Thos", "Thomas"), ("Jas.", "James"), ("Eliz.", "Elizabeth")],
)
def test_shortened_given_names(short: str, full: str) -> None:
    assert full_given_name(short) == full.lower()
    assert are_variants(short, full) and gender_of_given_name(short) == gender_of_given_name(full) != "unknown"
    name = parse_name(f"{short} White")
    assert name and name.words == (short, "White")


def test_the_table_holds_no_names_and_no_titles() -> None:
    for word in (*"Fred Sam Alex Tom Ann Will Hon Rev Col".split(), ""):
        assert full_given_name(word) == ""
    assert not any(find_title(word) for word in GIVEN_NAMES)


@pytest.mark.parametrize("rank", ["Lieut.-Col. Hay", "Maj.-Gen. Stone", "Lt.-Gen. Roe", "Brig.-Gen. Fox"])
def test_ranks_of_two_words(rank: str) -> None:
    name = parse_name(rank)
    assert name and name.title and name.title.rank == "military" and name.words == (rank.split()[-1],)


def test_what_an_initial_is() -> None:
    assert all(map(is_initial, ["J.", "J.K.", "J.-P.", "É."]))
    assert not any(map(is_initial, ["J", "Jo.", "J.K", "Mr.", ""]))
