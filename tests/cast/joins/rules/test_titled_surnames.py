"""A title and a surname."""

from __future__ import annotations

from marked import apart, bearer, marked, names, together

from litgraph.cast import resolve


def test_titles_of_one_rank_are_one_persons() -> None:
    cast = resolve(names(("M. Danglars", 60), ("Monsieur Danglars", 3), ("Madame Danglars", 40)))
    assert together(cast, "M. Danglars", "Monsieur Danglars") and apart(cast, "M. Danglars", "Madame Danglars")
    brothers = resolve(
        names(("Mr. Moriarty", 30), ("Colonel Moriarty", 25), ("Professor Moriarty", 20), ("Dr. Moriarty", 2))
    )
    assert together(brothers, "Dr. Moriarty", "Professor Moriarty")


def test_titles_that_one_person_bears_together() -> None:
    cast = resolve(names(("Madame Olenska", 90), ("Countess Olenska", 30), ("Count Olenski", 9)))
    assert together(cast, "Madame Olenska", "Countess Olenska") and apart(cast, "Countess Olenska", "Count Olenski")
    assert apart(resolve(names(("Captain Wentworth", 200), ("Mr. Wentworth", 5))), "Captain Wentworth", "Mr. Wentworth")


def test_wives_come_last() -> None:
    cast = resolve(names(("Ellen Olenska", 9), ("Madame Olenska", 90), ("Countess Olenska", 30)))
    assert together(cast, "Madame Olenska", "Countess Olenska")


def test_mr_with_an_initial_is_the_one_whom_all_know() -> None:
    cast = resolve(names(("Mr. Elton", 200), ("Mr. E.", 9), ("Mr. Knightley", 280)))
    assert together(cast, "Mr. E", "Mr. Elton")
    assert apart(resolve(names(("Mr. Weston", 60), ("Mr. Woodhouse", 60), ("Mr. W.", 3))), "Mr. W", "Mr. Weston")


def test_the_eldest_sister_may_once_be_called_by_her_given_name() -> None:
    cast = resolve(
        names(("Jane", 290), ("Miss Jane Bennet", 1), ("Miss Bennet", 65), ("Elizabeth", 600), ("Miss Elizabeth", 7),
              ("Miss Eliza Bennet", 8), ("Elizabeth Bennet", 7), ("Lydia Bennet", 3), ("Lydia", 160), ("Miss Lydia", 4))
    )  # fmt: skip
    assert together(cast, "Miss Bennet", "Jane") and apart(cast, "Miss Bennet", "Elizabeth", "Lydia")


def test_of_sisters_who_go_by_their_given_names_the_greatest_is_meant() -> None:
    cast = resolve(names(("Miss Catharine Alan", 8), ("Miss Teresa Alan", 2), ("Miss Alan", 5)))
    assert together(cast, "Miss Alan", "Miss Catharine Alan") and apart(cast, "Miss Alan", "Miss Teresa Alan")


def test_mr_of_two_brothers_is_neither_if_the_younger_is_the_greater_figure() -> None:
    cast = resolve(names(("Joe Hamilton", 5), ("Joe", 160), ("Berry Hamilton", 16), ("Berry", 57), ("Mr. Hamilton", 9)))
    assert bearer(cast, "Mr. Hamilton").ambiguous


def test_a_father_is_not_his_son() -> None:
    cast = resolve(names(("George Emerson", 13), ("George", 110), ("old Mr. Emerson", 9), ("Mr. Emerson", 75)))
    assert apart(cast, "Mr. Emerson", "George")
    churchill = resolve(
        names(("Frank Churchill", 100), ("Mr. Frank Churchill", 50), ("Mr. Churchill", 22), ("Mrs. Churchill", 42))
    )
    assert apart(churchill, "Frank Churchill", "Mr. Churchill", "Mrs. Churchill")


def test_an_office_is_a_mans() -> None:
    cast = resolve(names(("Bessie Thatcher", 9), ("Jeff Thatcher", 8), ("Judge Thatcher", 12)))
    assert apart(cast, "Judge Thatcher", "Bessie Thatcher") and together(cast, "Judge Thatcher", "Jeff Thatcher")


def test_who_stands_in_one_sentence_with_her_is_another() -> None:
    family = "[Mrs. Wilfer] scolded [Bella Wilfer]. [Bella Wilfer] kissed [Mrs. Wilfer]. [Bella] sang. "
    text, mentions = marked(family)
    assert apart(resolve(mentions, text=text), "Mrs. Wilfer", "Bella Wilfer")
    text, mentions = marked("[Mrs. Wilfer] sat. [Bella Wilfer] slept. [Bella] sang. [Mrs. Wilfer] rose. ")
    assert together(resolve(mentions, text=text), "Mrs. Wilfer", "Bella Wilfer")


def test_an_aunt_of_the_family_is_none_of_its_given_names() -> None:
    cast = resolve(names(("Amy March", 6), ("Amy", 60), ("Aunt March", 20)))
    assert apart(cast, "Aunt March", "Amy March")


def test_two_titles_of_one_surname_in_one_sentence_are_two_people() -> None:
    text, mentions = marked("[Aunt March] called on [Mrs. March]. [Mrs. March] feared [Aunt March]. [Mr. March] hid. ")
    assert apart(resolve(mentions, text=text), "Aunt March", "Mrs. March")
    assert together(resolve(names(("Aunt Norris", 9), ("Mrs. Norris", 40))), "Aunt Norris", "Mrs. Norris")
