"""The names of a book, as the text has them."""

from __future__ import annotations

from marked import bearer, marked, together

from litgraph.cast import resolve


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


def test_interjections_are_no_names() -> None:
    text, mentions = marked("“[Begone]!” cried [Victor]. “[Ay], [ay]; [Shucks]!”")
    assert [entity.name for entity in resolve(mentions, text=text).entities] == ["Victor"]
