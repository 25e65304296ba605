"""Words that fit several people."""

from __future__ import annotations

from marked import bearer, marked

from litgraph.cast import resolve
from litgraph.types import Cast


def cast_of(*chapters: str) -> Cast:
    text, mentions = marked(*chapters)
    return resolve(mentions, text=text)


FIRST = "[Robert Lebrun] rose. [Robert] sang. [Robert] sat. "
SECOND = "[Victor Lebrun] slept. [Victor] woke. [Victor] ate. "
DOUBT = "“Where is he?” asked [Lebrun]. [Lebrun] went out. [Lebrun] came back. "


def test_a_doubtful_word_is_his_who_is_about() -> None:
    cast = cast_of(SECOND * 2, SECOND, SECOND, FIRST + DOUBT, FIRST)
    robert = bearer(cast, "Lebrun")
    assert robert.name == "Robert Lebrun"
    assert dict(robert.joined)["Lebrun"] == "Robert is named in the same chapters, and just before"


def test_it_stays_in_doubt_where_both_are_about() -> None:
    both = "[Robert] spoke to [Victor]. [Victor] left. [Lebrun] laughed. [Victor] sat. [Robert] sat. [Lebrun] rose. "
    assert bearer(cast_of(FIRST, SECOND, both * 2), "Lebrun").ambiguous


def test_the_last_one_named_must_be_the_one_who_is_mostly_about() -> None:
    last = "[Robert] sang. [Robert] sat. [Robert] ate. [Victor] woke. [Lebrun] laughed. "
    assert bearer(cast_of(SECOND * 2, FIRST * 2 + last * 3), "Lebrun").ambiguous


def test_twice_is_not_enough() -> None:
    cast = cast_of(SECOND * 2, SECOND, SECOND, FIRST + "[Lebrun] went out. [Lebrun] came back. ", FIRST)
    assert bearer(cast, "Lebrun").ambiguous
