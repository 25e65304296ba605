"""A word alone that is a given name, a surname, or both."""

from __future__ import annotations

from marked import apart, bearer, marked, names, numbered, together

from litgraph.cast import resolve
from litgraph.types import EntityLabel

Row = tuple[str, EntityLabel, int]


def rows(*told: tuple[str, int, int]) -> list[Row]:
    """Mentions, so many of each name in one chapter, in order: name, times, chapter."""
    return [(name, "PER", chapter) for name, times, chapter in told for _ in range(times)]


def test_a_full_name_that_is_not_rare_is_the_given_names() -> None:
    late = rows(("Charlotte", 30, 1), ("Charlotte Lucas", 6, 30))
    assert together(resolve(numbered(late)), "Charlotte", "Charlotte Lucas")


def test_a_rare_full_name_at_the_beginning_is_the_given_names() -> None:
    assert together(resolve(numbered(rows(("Emma Woodhouse", 1, 1), ("Emma", 30, 1)))), "Emma", "Emma Woodhouse")
    assert apart(resolve(numbered(rows(("Mary", 30, 1), ("Mary King", 1, 30)))), "Mary", "Mary King")


def test_a_rare_full_name_beside_the_short_one_again_and_again_is_his() -> None:
    text, mentions = marked(
        *["[Marius] loved. [Marius] walked. [Marius] saw [Cosette]. [Marius] wept."] * 10,
        *["“[Marius Pontmercy]!” [Marius] bowed. [Marius] went home. [Marius] read."] * 4,
    )
    assert together(resolve(mentions, text=text), "Marius", "Marius Pontmercy")


def test_a_rare_full_name_of_the_main_family_is_the_given_names() -> None:
    late = rows(("Jane", 30, 1), ("Mr. Bennet", 20, 10), ("Jane Bennet", 1, 30))
    assert together(resolve(numbered(late)), "Jane", "Jane Bennet")


def test_a_word_of_which_nothing_else_tells_is_somebody() -> None:
    cast = resolve(names(("Gryphon", 5), ("Mr. Elton", 200), ("Mr. E.", 9), ("E.", 3)))
    assert {bearer(cast, name).kind for name in ("Gryphon", "E")} == {"character"}
    assert apart(cast, "Gryphon", "E", "Mr. Elton")


def test_a_surname_alone_is_the_only_man_of_the_family() -> None:
    cast = resolve(names(("Mr. Darcy", 27), ("Miss Darcy", 40), ("Darcy", 11)))
    assert together(cast, "Darcy", "Mr. Darcy") and apart(cast, "Darcy", "Miss Darcy")
    colonel = resolve(numbered(rows(("the Colonel", 9, 1), ("Colonel Forster", 1, 30), ("Forster", 9, 30))))
    assert together(colonel, "Forster", "Colonel Forster", "Colonel")  # by his surname he is no rare figure


def test_a_mans_given_name_alone_is_no_woman() -> None:
    cast = resolve(names(("Mrs. Charles", 2), ("Charles", 10), ("Lilia", 30)))
    assert apart(cast, "Charles", "Mrs. Charles")
    assert together(resolve(names(("Mrs. Poyser", 20), ("Poyser", 4))), "Poyser", "Mrs. Poyser")


def test_a_surname_of_a_greater_figure_stays_open() -> None:
    cast = resolve(
        names(("Mr. Emerson", 71), ("old Mr. Emerson", 9), ("George Emerson", 14), ("George", 120), ("Emerson", 15))
    )
    assert bearer(cast, "Emerson").ambiguous
    darcy = resolve(
        names(("Colonel Fitzwilliam", 30), ("Fitzwilliam Darcy", 2), ("Mr. Darcy", 270), ("Fitzwilliam", 5))
    )
    assert together(darcy, "Fitzwilliam", "Colonel Fitzwilliam")


def test_a_full_name_that_stands_where_the_short_one_begins_is_his() -> None:
    told = rows(("Henry Fielding", 1, 8), ("Henry Otway", 1, 17), ("Henry", 40, 17), ("Henry the Fifth", 1, 25))
    cast = resolve(numbered([*told, *rows(("Lady Otway", 5, 18), ("Cassandra Otway", 3, 23))]))
    assert together(cast, "Henry", "Henry Otway") and apart(cast, "Henry", "Henry Fielding")


def test_the_full_names_of_two_who_are_rare_are_others() -> None:
    cast = resolve(names(("Mary", 100), ("Mary King", 2), ("Mary Lucas", 2)))
    assert apart(cast, "Mary", "Mary King", "Mary Lucas") and not bearer(cast, "Mary").ambiguous


def test_a_surname_is_shared_by_the_parts_of_the_book() -> None:
    cast = resolve(
        numbered(rows(("Robert Lebrun", 8, 1), ("Lebrun", 3, 2), ("Victor Lebrun", 8, 30), ("Lebrun", 2, 30)))
    )
    owners = {entity.name: dict(entity.aliases).get("Lebrun") for entity in cast.entities}
    assert owners == {"Robert Lebrun": 3, "Victor Lebrun": 2}
