"""A woman before and after her wedding."""

from __future__ import annotations

from marked import apart, bearer, marked, together

from litgraph.cast import resolve
from litgraph.types import Cast

BEFORE = "[Miss Hawkins] was pretty. [Miss Hawkins] sang. [Mr. Elton] admired her. "
WEDDING = "[Mr. Elton] was to be married to [Miss Hawkins]. All the village spoke of it. "
AFTER = "[Mrs. Elton] called. [Mrs. Elton] talked of Maple Grove. [Mrs. Elton] and [Mr. Elton] dined out. "
FAR = "The weather was fine that year, and the roads were dry, and nobody could remember such a harvest. " * 4


def cast_of(*chapters: str) -> Cast:
    text, mentions = marked(*chapters)
    return resolve(mentions, text=text)


def test_the_bride_is_the_wife() -> None:
    cast = cast_of(BEFORE, WEDDING, AFTER)
    assert together(cast, "Miss Hawkins", "Mrs. Elton")
    assert apart(cast, "Miss Hawkins", "Mr. Elton")
    assert dict(bearer(cast, "Mrs. Elton").joined).popitem()[1] == "chapter 2 speaks of the marriage"


def test_without_a_wedding_they_are_two() -> None:
    assert apart(cast_of(BEFORE, AFTER), "Miss Hawkins", "Mrs. Elton")
    other = "[Mr. Elton] was tired. " + FAR + "He would never be married to [Miss Hawkins]. "
    assert apart(cast_of(BEFORE, other, AFTER), "Miss Hawkins", "Mrs. Elton")


def test_who_was_a_wife_before_the_wedding_was_spoken_of_is_another() -> None:
    assert apart(cast_of(AFTER, BEFORE, WEDDING), "Miss Hawkins", "Mrs. Elton")


def test_who_stands_in_one_sentence_with_the_wife_is_another() -> None:
    both = "[Miss Hawkins] called on [Mrs. Elton]. [Mrs. Elton] received [Miss Hawkins]. "
    assert apart(cast_of(BEFORE, WEDDING, AFTER + both, AFTER), "Miss Hawkins", "Mrs. Elton")


def test_the_maiden_name_fades() -> None:
    assert apart(cast_of(BEFORE, WEDDING, AFTER, BEFORE), "Miss Hawkins", "Mrs. Elton")


def test_two_brides_of_one_name_leave_it_open() -> None:
    other = BEFORE.replace("Hawkins", "Smith"), WEDDING.replace("Hawkins", "Smith")
    assert apart(cast_of(BEFORE, WEDDING, *other, AFTER), "Miss Hawkins", "Miss Smith", "Mrs. Elton")


def test_a_passing_word_for_another_woman_than_all_speak_of_is_no_wedding() -> None:
    passing = "[Mr. Elton] was to be married to [Miss Smith]. "
    most = "“Would you marry [Mr. Elton], [Emma]?” [Emma] thought of marriage with [Mr. Elton]. " * 8
    together_with_wife = "[Emma] met [Mrs. Elton]. [Mrs. Elton] hated [Emma]. "
    cast = cast_of("[Miss Smith] sang. " * 4, most, passing, AFTER + together_with_wife)
    assert apart(cast, "Emma", "Miss Smith", "Mrs. Elton")


def test_a_daughter_is_no_bride_of_her_own_name() -> None:
    cast = cast_of(BEFORE.replace("Hawkins", "Elton"), WEDDING.replace("Hawkins", "Elton"), AFTER)
    assert apart(cast, "Miss Elton", "Mrs. Elton")


def test_a_wife_whose_given_name_is_known_is_the_bride_of_that_name() -> None:
    before = "[Lydia Bennet] laughed. [Lydia Bennet] danced. [Jane Bennet] read. "
    wedding = "[Lydia Bennet] was married to [Mr. Wickham]. [Jane] would not have married [Mr. Wickham]. "
    after = "[Mrs. Wickham] came. [Mrs. Wickham] left. [Mrs. Wickham] wrote. She signed [Lydia Wickham]. "
    cast = cast_of(before, wedding, after + before)
    assert together(cast, "Lydia Bennet", "Mrs. Wickham")
    assert apart(cast, "Jane Bennet", "Mrs. Wickham")
