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


SCENES_OF_VYSE = "\n[Cecil] came.\n“I am late, [Mr. Vyse],” said he.\n[Cecil] sat.\nA.\nB.\nC.\nD.\nE." * 3


def test_an_epithet_is_no_given_name() -> None:
    text, mentions = marked("He was a naughty boy. [Naughty Cecil] laughed. " + "[Cecil] sat. " * 12 + SCENES_OF_VYSE)
    assert together(resolve(mentions, text=text), "Naughty Cecil", "Cecil", "Mr. Vyse")
    text, mentions = marked(
        "[Hitherto Gino] was kind. " + "[Gino] sat. " * 12 + SCENES_OF_VYSE.replace("Cecil", "Gino")
    )
    assert together(resolve(mentions, text=text), "Hitherto Gino", "Gino", "Mr. Vyse")


def test_a_rare_full_name_is_no_epithet() -> None:
    for full, alone in (("Sherlock Holmes", "Holmes"), ("Rose Holmes", "Holmes")):
        begin = f"A rose. [{full}] came. " + f"[{alone}] sat. " * 12
        text, mentions = marked(begin + SCENES_OF_VYSE.replace("Cecil", alone))
        assert together(resolve(mentions, text=text), full, alone)
        assert apart(resolve(mentions, text=text), alone, "Mr. Vyse")
