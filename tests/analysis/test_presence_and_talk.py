"""Who is there, and who has the word."""

from __future__ import annotations

import pytest
from small_networks import small_graph

from litgraph.analysis import (
    between_women,
    entrances_and_exits,
    presence,
    reciprocity,
    speech_shares,
    talk_by_gender,
)
from litgraph.types import Book, Mention, Quotation, Span

PARAGRAPHS = [
    "“Will you come to the sea with me?” Anne asked.",
    "“With your aunt and the dogs,” said Cora.",
    "“He would hate it,” said Anne.",
    "“Then let him stay,” said Ben.",
]
TEXT = "\n\n".join(PARAGRAPHS)
BOOK = Book(TEXT, paragraphs=tuple(Span(TEXT.index(one), TEXT.index(one) + len(one)) for one in PARAGRAPHS))
GENDERS = {"anne": "female", "cora": "female", "ben": "male"}


def said(number: int, speaker: str, *hearers: str) -> Quotation:
    start = TEXT.index(PARAGRAPHS[number])
    return Quotation(f"q{number}", start, TEXT.index("”", start) + 1, 1, speaker, hearers, certainty=0.9)


QUOTATIONS = [said(0, "anne", "cora"), said(1, "cora", "anne"), said(2, "anne", "cora"), said(3, "ben", "anne", "cora")]


def mention(number: int, chapter: int, entity: str) -> Mention:
    return Mention(f"m{number}", number, number + 1, "x", "PER", "name", 0, chapter, entity)


def test_presence_by_chapter() -> None:
    mentions = [mention(number, chapter, "anne") for number, chapter in enumerate((2, 2, 5, 6))]
    present = presence([*mentions, mention(7, 1, ""), mention(8, 3, "ben"), mention(9, 0, "ben")], 7)
    assert present["anne"].mentions == (0, 2, 0, 0, 1, 1, 0)
    assert present["anne"].chapters == (2, 5, 6)
    assert present["anne"].longest_absence == 2
    assert present["ben"].longest_absence == 0
    assert set(present) == {"anne", "ben"}
    changes = entrances_and_exits(present, range(1, 8))
    assert changes[2].enter == ("anne",) and changes[6].leave == ("anne",)
    assert changes[3] == (("ben",), ("ben",)) and changes[4] == ((), ())


def test_shares_of_speech() -> None:
    shares = speech_shares(BOOK, QUOTATIONS)
    assert {who: one.words for who, one in shares.items()} == {"anne": 12, "ben": 4, "cora": 6}
    assert sum(one.share for one in shares.values()) == pytest.approx(1)
    assert talk_by_gender(shares, GENDERS) == pytest.approx({"female": 18 / 22, "male": 4 / 22, "unknown": 0})
    with_unknown = speech_shares(BOOK, [*QUOTATIONS[:3], said(3, "")])
    assert with_unknown[""].words == 4
    assert talk_by_gender(with_unknown, GENDERS)["female"] == 1
    assert speech_shares(BOOK, []) == {}


def test_women_who_talk_of_something_else() -> None:
    start = TEXT.index("He would")
    he = Mention("m0", start, start + 2, "He", "PER", "pronoun", 2, 1)
    assert between_women(BOOK, QUOTATIONS, [he], GENDERS) == (2, 3, 2)
    start = TEXT.index("your aunt")
    aunt = Mention("m1", start, start + 9, "your aunt", "PER", "noun", 1, 1, "cora")
    assert between_women(BOOK, QUOTATIONS, [aunt, he], GENDERS) == (2, 3, 2)
    assert between_women(BOOK, QUOTATIONS, [aunt, he], GENDERS | {"cora": "male"}) == (1, 0, 0)


def test_speech_that_is_returned() -> None:
    occasions = [("a", "b"), ("a", "b"), ("a", "b"), ("b", "a"), ("c", "a")]
    graph = small_graph(*((one, other, 1, "speaks_to") for one, other in occasions))
    assert reciprocity(graph) == pytest.approx(2 / 5)
    assert reciprocity(small_graph(("a", "b", 1))) == 0
