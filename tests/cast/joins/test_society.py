"""Names that other names decide."""

from __future__ import annotations

from marked import apart, bearer, marked, names, numbered, together

from litgraph.cast import resolve
from litgraph.types import EntityLabel


def test_mr_with_an_initial_is_the_one_whom_all_know() -> None:
    cast = resolve(names(("Mr. Elton", 200), ("Mr. E.", 9), ("Mr. Knightley", 280)))
    assert together(cast, "Mr. E", "Mr. Elton")
    assert apart(resolve(names(("Mr. Weston", 60), ("Mr. Woodhouse", 60), ("Mr. W.", 3))), "Mr. W", "Mr. Weston")


def test_a_surname_of_a_greater_figure_stays_open() -> None:
    cast = resolve(
        names(("Mr. Emerson", 71), ("old Mr. Emerson", 9), ("George Emerson", 14), ("George", 120), ("Emerson", 15))
    )
    assert bearer(cast, "Emerson").ambiguous
    darcy = resolve(
        names(("Colonel Fitzwilliam", 30), ("Fitzwilliam Darcy", 2), ("Mr. Darcy", 270), ("Fitzwilliam", 5))
    )
    assert together(darcy, "Fitzwilliam", "Colonel Fitzwilliam")


def test_mr_of_two_brothers_is_neither_if_the_younger_is_the_greater_figure() -> None:
    cast = resolve(names(("Joe Hamilton", 5), ("Joe", 160), ("Berry Hamilton", 16), ("Berry", 57), ("Mr. Hamilton", 9)))
    assert bearer(cast, "Mr. Hamilton").ambiguous


def test_a_lost_comma_makes_no_person() -> None:
    text, mentions = marked(
        "[Potapitch] and [Martha] came. [Martha] and [Potapitch] sat. [Potapitch] slept. [Martha Potapitch] rose. "
        "[Martha] and [Potapitch] left."
    )
    assert apart(resolve(mentions, text=text), "Martha", "Potapitch")
    assert together(resolve(names(("Tom", 6), ("Sawyer", 3), ("Tom Sawyer", 1))), "Tom", "Sawyer", "Tom Sawyer")


def test_a_name_in_two_pieces_is_one() -> None:
    text, mentions = marked(
        "Mr. George Emerson, Miss Charlotte Bartlett, and [Miss Lucy] [Honeychurch] Drive Out in Carriages to See a "
        "View. [Lucy] was happy. [Miss Honeychurch] sang. [Lucy] slept."
    )
    assert together(resolve(mentions, text=text), "Miss Lucy Honeychurch", "Lucy", "Miss Honeychurch")


def test_the_name_of_a_family_is_nobodys() -> None:
    text, mentions = marked(
        "[Mr. Bennet] spoke. [Elizabeth], it is presumed, will not long bear the name of [Bennet], after her elder "
        "sister has resigned it. He is a young [Bennet]. They admired the [Bennet] carriage. “Sit down, [Bennet].”"
    )
    assert dict(bearer(resolve(mentions, text=text), "Bennet").aliases) == {"Mr. Bennet": 1, "Bennet": 1}


def test_a_full_name_that_stands_where_the_short_one_begins_is_his() -> None:
    rows: list[tuple[str, EntityLabel, int]] = [("Henry Fielding", "PER", 8)]
    rows += [("Henry Otway", "PER", 17), *[("Henry", "PER", 17)] * 40, ("Henry the Fifth", "PER", 25)]
    rows += [("Lady Otway", "PER", 18)] * 5 + [("Cassandra Otway", "PER", 23)] * 3
    cast = resolve(numbered(rows))
    assert together(cast, "Henry", "Henry Otway") and apart(cast, "Henry", "Henry Fielding")


def test_a_full_name_beside_the_short_one_again_and_again_is_his() -> None:
    text, mentions = marked(
        *["[Marius] loved. [Marius] walked. [Marius] saw [Cosette]. [Marius] wept."] * 10,
        *["“[Marius Pontmercy]!” [Marius] bowed. [Marius] went home. [Marius] read."] * 4,
    )
    assert together(resolve(mentions, text=text), "Marius", "Marius Pontmercy")


def test_interjections_are_no_names() -> None:
    text, mentions = marked("“[Begone]!” cried [Victor]. “[Ay], [ay]; [Shucks]!”")
    assert [entity.name for entity in resolve(mentions, text=text).entities] == ["Victor"]


def test_the_eldest_sister_may_once_be_called_by_her_given_name() -> None:
    cast = resolve(
        names(("Jane", 290), ("Miss Jane Bennet", 1), ("Miss Bennet", 65), ("Elizabeth", 600), ("Miss Elizabeth", 7),
              ("Miss Eliza Bennet", 8), ("Elizabeth Bennet", 7), ("Lydia Bennet", 3), ("Lydia", 160), ("Miss Lydia", 4))
    )  # fmt: skip
    assert together(cast, "Miss Bennet", "Jane") and apart(cast, "Miss Bennet", "Elizabeth", "Lydia")


def test_mrs_before_a_given_name() -> None:
    cast = resolve(names(("Mrs. Rachel Lynde", 9), ("Mrs. Rachel", 60), ("Mrs. Lynde", 80), ("Rachel", 20)))
    assert together(cast, "Mrs. Rachel Lynde", "Mrs. Rachel", "Mrs. Lynde", "Rachel")
    herriton = resolve(names(("Charles Herriton", 5), ("Charles", 30), ("Mrs. Charles", 2)))
    assert apart(herriton, "Charles Herriton", "Mrs. Charles")


def test_titles_that_one_person_bears_together() -> None:
    cast = resolve(names(("Madame Olenska", 90), ("Countess Olenska", 30), ("Count Olenski", 9)))
    assert together(cast, "Madame Olenska", "Countess Olenska") and apart(cast, "Countess Olenska", "Count Olenski")
    assert apart(resolve(names(("Captain Wentworth", 200), ("Mr. Wentworth", 5))), "Captain Wentworth", "Mr. Wentworth")


def test_a_lord_has_a_nickname_and_a_lady_has_none() -> None:
    cast = resolve(names(("Lord Henry", 200), ("Lord Henry Wotton", 5), ("Harry", 90)))
    assert together(cast, "Harry", "Lord Henry", "Lord Henry Wotton")
    assert apart(resolve(names(("Lady Catherine", 90), ("Kitty", 70))), "Kitty", "Lady Catherine")


def test_a_people_is_no_person() -> None:
    cast = resolve(names(("Italians", 9), ("Italian", 30), ("Gino Carella", 3), ("Gino", 90)))
    assert {bearer(cast, name).kind for name in ("Italians", "Italian")} == {"group"}
