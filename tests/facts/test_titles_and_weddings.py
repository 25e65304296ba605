"""Titles of kinship in speech, and what a book says of weddings."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.cast.kin.names.families import Families
from litgraph.facts.titles import title_claims
from litgraph.facts.weddings import weddings
from litgraph.sentences import segment
from litgraph.types import Book, Chapter, Entity, Gender, Mention, Quotation, Sentence, Span

PEOPLE: dict[str, tuple[str, Gender]] = {
    "celia": ("Aunt Celia", "female"),
    "agnes": ("Sister Agnes", "female"),
    "anna": ("Anna", "female"),
    "tom": ("Tom", "male"),
    "ned": ("Ned", "male"),
    "mrs-philips": ("Mrs. Philips", "female"),
    "mr-philips": ("Philips", "male"),
}
ENTITIES = [
    Entity(id_, name, "character", ((name if name != "Philips" else "Mr. Philips", 1),), gender, mentions=1)
    for id_, (name, gender) in PEOPLE.items()
]


def read(text: str) -> tuple[str, tuple[Sentence, ...], list[Mention]]:
    """The text, its sentences, and a mention wherever a name stands."""
    sentences = segment(Book(text, divisions=(Chapter(1, "", 0, len(text)),), paragraphs=(Span(0, len(text)),)))
    found = []
    for id_, (name, _) in PEOPLE.items():
        for match in re.finditer(name, text):
            sentence = next(one.index for one in sentences if one.start <= match.start() < one.end)
            found.append((match.start(), match.end(), name, sentence, id_))
    mentions = [
        Mention(f"m{number}", start, end, name, "PER", "name", sentence, 1, id_)
        for number, (start, end, name, sentence, id_) in enumerate(sorted(found))
    ]
    return text, sentences, mentions


def titles(text: str, speaker: str = "anna", hearers: tuple[str, ...] = ("tom",)) -> list[tuple[str, str, str]]:
    text, sentences, mentions = read(text)
    spoken = Quotation("q0", text.index("“"), text.index("”") + 1, 1, speaker, hearers, certainty=1.0)
    return [claim.key for claim in title_claims(mentions, [spoken], text, sentences, Families(ENTITIES))]


def test_whoever_says_aunt_is_her_relative() -> None:
    assert titles("“Aunt Celia is late,” said Anna.") == [("anna", "relative_of", "celia")]


def test_your_aunt_is_the_hearers() -> None:
    assert titles("“Where is your Aunt Celia?” said Anna.") == [("celia", "relative_of", "tom")]


def test_his_aunt_is_neithers_and_nobody_says_it_outside_of_speech() -> None:
    assert titles("“That was his Aunt Celia,” said Anna.") == []
    assert titles("“Hush,” said Anna, when Aunt Celia came.") == []
    assert titles("“Aunt Celia is late,” said somebody.", speaker="") == []


def test_an_aunt_of_a_name_that_means_her_husband_is_his_wife() -> None:
    text, sentences, mentions = read("“My aunt Philips is late,” said Anna.")
    at = text.index("aunt Philips")
    aunt = Mention("m9", at, at + len("aunt Philips"), "aunt Philips", "PER", "name", 0, 1, "mr-philips")
    spoken = Quotation("q0", 0, text.index("”") + 1, 1, "anna", ("tom",), certainty=1.0)
    claims = title_claims([*mentions, aunt], [spoken], text, sentences, Families(ENTITIES))
    assert [claim.key for claim in claims] == [("anna", "relative_of", "mrs-philips")]


def test_a_nun_is_nobodys_sister() -> None:
    assert titles("“Sister Agnes is late,” said Anna.") == []


def couples(text: str) -> dict[tuple[str, str], tuple[float, int]]:
    text, sentences, mentions = read(text)
    found = weddings(text, sentences, mentions, ENTITIES)
    return {couple: (talk.said, talk.late) for couple, talk in found.talk.items()}


def test_those_beside_a_word_of_weddings_are_spoken_of_as_a_couple() -> None:
    assert couples("Anna was engaged to Tom. Ned heard it.") == {("anna", "tom"): (1.0, 0)}
    assert couples("It was said that Anna and Tom were married.")["anna", "tom"][0] == 1.0


def test_denials_count_less_and_two_men_do_not_marry() -> None:
    assert couples("Anna would never marry Ned.") == {("anna", "ned"): (0.3, 0)}
    assert couples("Tom talked of marriage to Ned.") == {}


def test_the_last_quarter_counts_apart() -> None:
    assert couples(f"{'Nothing happened at all. ' * 20}In the end Anna married Tom.")["anna", "tom"] == (1.0, 1)


def test_love_is_claimed_both_ways_where_enough_is_said() -> None:
    text, sentences, mentions = read("Anna was engaged to Tom. Anna married Tom. Ned hoped to marry Anna.")
    found = weddings(text, sentences, mentions, ENTITIES)
    claims = list(found.claims())
    assert [claim.key for claim in claims] == [("anna", "lover_of", "tom"), ("tom", "lover_of", "anna")]
    assert [text[one.start : one.end] for one in claims[0].windows] == ["Anna was engaged to Tom.", "Anna married Tom."]
    assert found.rival(("anna", "tom")) == found.of(("anna", "ned")).said == 1.0


SAID = st.lists(
    st.sampled_from(["Anna married Tom. ", "Ned married Anna. ", "Anna was not engaged to Ned. "]), max_size=9
)


@settings(deadline=None)
@given(SAID)
def test_a_rival_is_the_most_that_is_said_of_either_and_another(said: list[str]) -> None:
    text, sentences, mentions = read("".join(said) + "Celia slept.")
    found = weddings(text, sentences, mentions, ENTITIES)
    for couple in found.talk:
        others = [talk.said for other, talk in found.talk.items() if other != couple and set(other) & set(couple)]
        assert found.rival(couple) == max(others, default=0.0)
