"""What kind of thing a name names."""

from __future__ import annotations

from marked import bearer, marked, names

from litgraph.cast import resolve
from litgraph.types import Cast


def kinds(cast: Cast, *aliases: str) -> list[str]:
    return [bearer(cast, alias).kind for alias in aliases]


def test_groups() -> None:
    cast = resolve(names(("Mr. Bennet", 20), ("the Bennets", 5), ("Miss Bennets", 4), ("Mr. and Mrs. Gardiner", 3)))
    assert kinds(cast, "Bennets", "Miss Bennets", "Mr. and Mrs. Gardiner") == ["group"] * 3


def test_a_people_is_no_person() -> None:
    cast = resolve(names(("Italians", 9), ("Italian", 30), ("Gino Carella", 3), ("Gino", 90)))
    assert kinds(cast, "Italians", "Italian") == ["group", "group"]
    assert kinds(resolve(names(("Christian Darnley", 5), ("Christian", 30))), "Christian") == ["character"]


def test_words_that_make_places() -> None:
    cast = resolve(
        names(("Rue Plumet", 5), ("Oxford Street", 5), ("Netherfield Park", 5), ("Jane Hill", 5), ("Mr. Wood", 5))
    )
    assert kinds(cast, "Rue Plumet", "Oxford Street", "Netherfield Park") == ["place"] * 3
    assert kinds(cast, "Jane Hill", "Mr. Wood") == ["character"] * 2


def test_titles_and_given_names_make_people() -> None:
    cast = resolve(
        names(("Mr. Pip", 3, "ORG"), ("Jane Fairfax", 2, "ORG"), ("Jane Fairfax", 1), ("Jane Fairfax", 2, "GPE"))
    )
    assert kinds(cast, "Mr. Pip", "Jane Fairfax") == ["character"] * 2


def test_the_abbey_is_a_place_unless_it_is_somebodys_name() -> None:
    assert kinds(resolve(names(("Abbey", 5))), "Abbey") == ["place"]
    assert kinds(resolve(names(("Abbey", 5), ("Mr. Abbey", 9))), "Abbey") == ["character"]


def test_longer_names_make_people_whatever_the_tagger_says() -> None:
    cast = resolve(names(("Mr. Darcy", 9), ("Darcy", 8, "GPE"), ("Mr. Holmes", 5), ("Holmes", 90, "GPE")))
    assert kinds(cast, "Darcy", "Holmes") == ["character"] * 2
    assert kinds(resolve(names(("Mr. London", 1), ("London", 90, "GPE"))), "London") == ["place"]


def test_a_man_from_whom_letters_come_is_no_place() -> None:
    text, mentions = marked(*["[Mr. Darcy] wrote. There was a letter from [Darcy]."] * 3)
    assert kinds(resolve(mentions, text=text), "Darcy") == ["character"]


def test_where_people_are_at_is_a_place() -> None:
    text, mentions = marked("They dined at [Longbourn]. She came from [Longbourn]. [Longbourn] was full. [Lucas] sat.")
    assert kinds(resolve(mentions, text=text), "Longbourn", "Lucas") == ["place", "character"]
    assert kinds(resolve(mentions), "Longbourn") == ["character"]


def test_where_nothing_else_tells_the_tagger_does() -> None:
    cast = resolve(
        names(("Pequod", 9, "VEH"), ("Nantucket", 9, "GPE"), ("Bildad", 9), ("Lloyds", 9, "ORG"), ("Emma", 5, "ORG"))
    )
    assert kinds(cast, "Pequod", "Nantucket", "Bildad", "Lloyds", "Emma") == [
        "vehicle", "place", "character", "organisation", "character"
    ]  # fmt: skip


def test_a_town_that_is_called_like_a_woman_is_no_woman() -> None:
    said = ["They met in [Florence|GPE]. [Florence|GPE] was hot."] * 4
    text, mentions = marked(*said, "[Florence] smiled.")
    assert kinds(resolve(mentions, text=text), "Florence") == ["place"]
    text, mentions = marked("They met in [Florence|GPE].", *["[Florence] smiled. [Florence|GPE] wept."] * 4)
    assert kinds(resolve(mentions, text=text), "Florence") == ["character"]
