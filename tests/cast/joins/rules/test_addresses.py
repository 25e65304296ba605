"""Two names of one person that no full name joins."""

from __future__ import annotations

from marked import apart, marked, together

from litgraph.cast import resolve
from litgraph.types import Cast


def cast_of(*paragraphs: str) -> Cast:
    text, mentions = marked("\n".join(paragraphs))
    return resolve(mentions, text=text)


SCENE = (
    "[Mrs. Hilbery] came in with her letters.",
    "“[Maggie], where have you been?” said her sister.",
    "[Mrs. Hilbery] laughed, and sat down by the fire.",
    "The tea was cold, and it grew dark.",
    "They talked of poets for an hour.",
    "Nobody lit the lamps.",
    "The rain was heavy.",
)


def test_who_is_there_whenever_a_name_is_called_bears_it() -> None:
    assert together(cast_of(*SCENE * 2), "Maggie", "Mrs. Hilbery")


def test_once_is_not_enough_and_a_word_that_is_no_given_name_must_be_called_more_often() -> None:
    assert apart(cast_of(*SCENE), "Maggie", "Mrs. Hilbery")
    unknown = [paragraph.replace("Maggie", "Janny") for paragraph in SCENE]
    assert apart(cast_of(*unknown * 2), "Janny", "Mrs. Hilbery")
    assert together(cast_of(*unknown * 3), "Janny", "Mrs. Hilbery")


def test_two_who_may_hear_it_leave_it_open() -> None:
    scene = [paragraph.replace("her letters", "[Mrs. Milvain]") for paragraph in SCENE]
    scene[2] = "[Mrs. Hilbery] laughed, and [Mrs. Milvain] sat down."
    assert apart(cast_of(*scene * 2), "Maggie", "Mrs. Hilbery", "Mrs. Milvain")


def test_who_speaks_is_not_who_is_spoken_to() -> None:
    scene = [paragraph.replace("said her sister", "said [Mrs. Hilbery]") for paragraph in SCENE]
    assert apart(cast_of(*scene * 3), "Maggie", "Mrs. Hilbery")


def test_who_is_told_of_where_she_is_called_needs_no_other_name() -> None:
    scene = [paragraph.replace("The tea was cold", "[Maggie] made tea") for paragraph in SCENE]
    assert apart(cast_of(*scene * 3), "Maggie", "Mrs. Hilbery")


def test_a_man_does_not_hear_a_womans_name() -> None:
    scene = [paragraph.replace("Mrs. Hilbery", "Mr. Hilbery") for paragraph in SCENE]
    assert apart(cast_of(*scene * 3), "Maggie", "Mr. Hilbery")


def test_the_name_in_use_may_be_the_one_with_a_title() -> None:
    scene = (
        "[Cecil] came down the garden.",
        "“I have come for tea, [Mr. Vyse],” said the clergyman.",
        "[Cecil] was silent.",
        *SCENE[3:],
    )
    assert together(cast_of(*scene * 3), "Cecil", "Mr. Vyse")


def test_two_who_are_told_of_apart_may_be_one_though_people_also_speak_of_the_absent() -> None:
    here = ("[Gino] came in.", "“Good day, [Signor Carella],” said the lady.", "[Gino] bowed.", *SCENE[3:])
    absent = ("The lady sighed.", "“I wrote to him: dear [Signor Carella], come.”", "She wept.", *SCENE[3:])
    told = ("The door of [Signor Carella] was open.", *SCENE[3:])
    assert together(cast_of(*here * 3, *absent * 3, *told * 5), "Gino", "Signor Carella")
    assert apart(cast_of(*here * 3, *absent * 3, *told * 2), "Gino", "Signor Carella")
