"""A title and a given name."""

from __future__ import annotations

from marked import apart, marked, names, together

from litgraph.cast import resolve


def test_sir_william_is_the_one_whom_the_book_calls_sir() -> None:
    cast = resolve(names(("Sir William Lucas", 10), ("William Collins", 20), ("Sir William", 34)))
    assert together(cast, "Sir William", "Sir William Lucas") and apart(cast, "Sir William", "William Collins")


def test_sir_james_is_one_whom_no_name_gives_another_title() -> None:
    assert together(resolve(names(("James Chettam", 3), ("Sir James", 200))), "Sir James", "James Chettam")
    cast = resolve(names(("Dr. James Mortimer", 9), ("Sir James", 20)))
    assert apart(cast, "Sir James", "Dr. James Mortimer")


def test_miss_charlotte_is_charlotte_lucas() -> None:
    cast = resolve(names(("Charlotte Lucas", 8), ("Miss Charlotte", 3), ("Caroline Bingley", 2), ("Miss Bingley", 86)))
    assert together(cast, "Miss Charlotte", "Charlotte Lucas") and together(cast, "Miss Bingley", "Caroline Bingley")


def test_miss_lizzy_is_miss_elizabeth() -> None:
    cast = resolve(names(("Miss Elizabeth Bennet", 5), ("Miss Lizzy", 3), ("Sir William Lucas", 5), ("Sir Bill", 2)))
    assert together(cast, "Miss Lizzy", "Miss Elizabeth Bennet") and apart(cast, "Sir Bill", "Sir William Lucas")


def test_aunt_polly_is_somebody() -> None:
    cast = resolve(names(("Aunt Polly", 10), ("Polly", 3), ("Judge Thatcher", 12)))
    assert together(cast, "Aunt Polly", "Polly") and apart(cast, "Aunt Polly", "Judge Thatcher")
    assert apart(resolve(names(("Sir William", 9), ("William", 5))), "Sir William", "William")


def test_two_who_may_be_meant_equally_are_not() -> None:
    cast = resolve(names(("Charles Bingley", 20), ("Charles Musgrove", 20), ("Master Charles", 3)))
    assert apart(cast, "Charles Bingley", "Charles Musgrove", "Master Charles")


def test_mrs_before_a_given_name() -> None:
    cast = resolve(names(("Mrs. Rachel Lynde", 9), ("Mrs. Rachel", 60), ("Mrs. Lynde", 80), ("Rachel", 20)))
    assert together(cast, "Mrs. Rachel Lynde", "Mrs. Rachel", "Mrs. Lynde", "Rachel")
    herriton = resolve(names(("Charles Herriton", 5), ("Charles", 30), ("Mrs. Charles", 2)))
    assert apart(herriton, "Charles Herriton", "Mrs. Charles")


def test_mr_before_a_given_name_that_is_in_no_table() -> None:
    cast = resolve(names(("Berry Hamilton", 16), ("Mr. Berry", 3)))
    assert together(cast, "Mr. Berry", "Berry Hamilton")
    assert apart(resolve(names(("Berry Hamilton", 3), ("Mr. Berry", 16))), "Mr. Berry", "Berry Hamilton")


def test_an_uncle_is_called_by_his_given_name_unless_somebody_is_mr_so() -> None:
    cast = resolve(names(("Uncle Trevor", 8), ("Trevor Hilbery", 5), ("Trevor", 6)))
    assert together(cast, "Uncle Trevor", "Trevor", "Trevor Hilbery")
    scene = "[Mr. Hilbery] came.\n“Sit down, [Uncle Trevor],” said she.\n[Mr. Hilbery] sat.\nA.\nB.\nC.\nD.\nE.\n"
    text, mentions = marked(scene * 3)
    assert together(resolve(mentions, text=text), "Uncle Trevor", "Mr. Hilbery")
    text, mentions = marked(scene * 3 + "[Mr. Trevor] left.")
    assert apart(resolve(mentions, text=text), "Uncle Trevor", "Mr. Hilbery")
