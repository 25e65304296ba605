"""A title and a surname that is said to one of a family who is there."""

from __future__ import annotations

from marked import marked

from litgraph.cast import resolve

AWAY = ["Nothing happened."] * 9
SISTERS = ["[Miss Elizabeth Bennet] and [Miss Lydia Bennet] danced.", "[Miss Elizabeth] and [Miss Lydia] sang."] * 2
AT_HOME = [*SISTERS, *["[Jane Bennet] slept."] * 6, *["Nothing happened."] * 9]
VISIT = [
    "[Elizabeth Bennet] walked to the house.",
    "“You are welcome, [Miss Bennet],” said the lady.",
    "[Elizabeth] sat down.",
]
SURNAMES = ["[Miss Bennet] wrote letters."] * 6


def owners(*paragraphs: str) -> list[str]:
    """Whom each "Miss Bennet" of the paragraphs means."""
    text, mentions = marked("\n".join(paragraphs))
    cast = resolve(mentions, text=text)
    return [cast.entity_of[mention.id] for mention in mentions if mention.text == "Miss Bennet"]


def test_who_is_there_is_spoken_to_and_elsewhere_the_eldest_is_meant() -> None:
    assert owners(*AT_HOME, *SURNAMES, *AWAY, *VISIT) == ["jane-bennet"] * 6 + ["elizabeth-bennet"]


def test_the_eldest_is_spoken_to_where_she_is_about() -> None:
    visit = [*VISIT, "[Jane Bennet] came with her."]
    assert set(owners(*AT_HOME, *SURNAMES, *AWAY, *visit)) == {"jane-bennet"}


def test_who_speaks_is_not_spoken_to() -> None:
    visit = [VISIT[0], "“You are welcome, [Miss Bennet],” said [Elizabeth].", VISIT[2]]
    assert set(owners(*AT_HOME, *SURNAMES, *AWAY, *visit)) == {"jane-bennet"}


def test_of_whom_one_speaks_need_not_be_there() -> None:
    visit = [VISIT[0], "“I have seen [Miss Bennet] in town,” said the lady.", VISIT[2]]
    assert set(owners(*AT_HOME, *SURNAMES, *AWAY, *visit)) == {"jane-bennet"}


def test_of_two_sisters_who_are_there_neither_is_meant_for_sure() -> None:
    visit = [*VISIT, "[Lydia Bennet] laughed."]
    assert set(owners(*AT_HOME, *SURNAMES, *AWAY, *visit)) == {"jane-bennet"}
