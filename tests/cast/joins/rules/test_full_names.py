"""Names of several words."""

from __future__ import annotations

from marked import apart, marked, names, together

from litgraph.cast import resolve


def test_a_lost_comma_makes_no_person() -> None:
    text, mentions = marked(
        "[Potapitch] and [Martha] came. [Martha] and [Potapitch] sat. [Potapitch] slept. [Martha Potapitch] rose. "
        "[Martha] and [Potapitch] left."
    )
    assert apart(resolve(mentions, text=text), "Martha", "Potapitch", "Martha Potapitch")
    assert together(resolve(names(("Tom", 6), ("Sawyer", 3), ("Tom Sawyer", 1))), "Tom", "Sawyer", "Tom Sawyer")


def test_a_full_name_is_the_person_of_that_given_name_whom_it_fits() -> None:
    cast = resolve(names(("Alexey Fyodorovitch", 30), ("Alexey Fyodorovitch Karamazov", 3), ("Mr. Karamazov", 9)))
    assert together(cast, "Alexey Fyodorovitch", "Alexey Fyodorovitch Karamazov", "Mr. Karamazov")
    assert apart(resolve(names(("Mary King", 9), ("Mary Crawford", 5))), "Mary King", "Mary Crawford")


def test_a_full_name_that_fits_nobody_is_somebody() -> None:
    cast = resolve(names(("Charlotte Lucas", 8), ("John Knightley", 9), ("Mrs. John Knightley", 5)))
    assert apart(cast, "Charlotte Lucas", "John Knightley", "Mrs. John Knightley")


def test_middle_names_and_suffixes_tell_people_apart() -> None:
    cast = resolve(names(("Philip Hamilton Jr.", 9), ("Philip Hamilton Sr.", 8)))
    assert len(cast.entities) == 2
    assert apart(resolve(names(("Mary Jane Wilks", 5), ("Mary Ann Wilks", 4))), "Mary Jane Wilks", "Mary Ann Wilks")
