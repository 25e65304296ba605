"""The cast of a play: the dramatis personae first, labels joined to it, and who speaks, hears and is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from small_plays import LAYOUTS

from litgraph.cast import Understanding, understand, with_entities
from litgraph.mentions.finder import Found
from litgraph.mentions.labels import with_labels
from litgraph.pairs import meetings
from litgraph.reading.source import Source, parse_book
from litgraph.sentences import segment
from litgraph.types import Book, Mention, Sentence

_NAMES = re.compile(
    r"(?:Mrs?\. |Miss |Captain )?\b(?!Scene|Act|Enter|Exit|Then|There|Come|Who|You|One|Aside|So|No|Nobody)"
    r"[A-Z][a-z]+(?: [A-Z][a-z]+)*|\b(?:I|you|my)\b"
)


def understood(text: str) -> tuple[Book, Understanding, tuple[Mention, ...], tuple[Sentence, ...]]:
    """A play with its cast, whose names are simply the words with capitals."""
    book = parse_book(Source("play.txt", text.encode()))
    sentences = segment(book)
    found = with_labels(book, sentences, Found(tuple(_mentions(book, sentences))))
    read = understand(found.mentions, text=book.text, voices=found.voices, play=book.play)
    return book, read, with_entities(found.mentions, read.cast), sentences


def _mentions(book: Book, sentences: tuple[Sentence, ...]) -> Iterator[Mention]:
    for sentence in sentences:
        for match in _NAMES.finditer(book.text, sentence.start, sentence.end):
            form = "pronoun" if match.group() in ("I", "you", "my") else "name"
            yield Mention(
                f"x{match.start()}",
                *match.span(),
                match.group(),
                "PER",
                form,
                sentence.index,
                sentence.chapter,  # type: ignore[arg-type]
            )


def names(read: Understanding) -> set[str]:
    return {entity.name for entity in read.cast.entities}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_cast_is_the_dramatis_personae(layout: str) -> None:
    book, read, mentions, sentences = understood(LAYOUTS[layout])
    assert names(read) == {"Jonas Hale", "Marian", "Mrs. Tolland", "Porter"}
    assert not any(entity.narrator for entity in read.cast.entities)
    assert {(one.how, one.certainty) for one in read.quotations} == {("named", 1.0)}
    spoken = [(one.speaker, one.addressees) for one in read.quotations if one.chapter == 1]
    assert spoken == [
        ("jonas-hale", ("marian",)),
        ("marian", ("jonas-hale",)),
        ("jonas-hale", ("marian",)),
        ("mrs-tolland", ("marian",)),
        ("marian", ("mrs-tolland",)),
        ("mrs-tolland", ("jonas-hale",)),
        ("jonas-hale", ("mrs-tolland",)),
        ("porter", ("jonas-hale",)),
    ]
    for one in read.quotations:
        inside = [mention for mention in mentions if one.start <= mention.start < one.end and mention.text == "I"]
        assert {mention.entity for mention in inside} <= {one.speaker}
    met = {(one.left, one.right) for one in meetings(book, sentences, mentions, window=1)}
    assert ("jonas-hale", "marian") in met and ("marian", "mrs-tolland") in met


def play(roles: str, *speeches: str) -> str:
    return f"PERSONS REPRESENTED\n\n{roles}\n\nACT I\n\n" + "\n\n".join(speeches)


def speakers(text: str) -> dict[str, str]:
    """By label, who speaks under it."""
    book, read, mentions, _ = understood(text)
    name = {entity.id: entity.name for entity in read.cast.entities}
    assert book.play
    starts = {speech.label.start for speech in book.play.speeches}
    return {mention.text: name.get(mention.entity, "") for mention in mentions if mention.start in starts}


def test_labels_find_their_roles() -> None:
    found = speakers(
        play(
            "GERARD TOLLAN.\nHEDWIG TOLLAN, his wife.\nMISS JUDITH TOLLAN, his aunt.\nANNA, their nurse.\n"
            "A HOUSEMAID.\nROBERT FALK, son to the late Falk.\nROBERT BYGOT, Earl of Yare.\n"
            "PHILIP FALK, his half-brother, bastard son.",
            *(
                f"{label}. So be it, and let us go."
                for label in (
                    *("TOLLAN", "HEDWIG", "MISS TOLLAN", "NURSE", "MAID", "ROBERT", "YARE", "BASTARD", "MESSENGER"),
                    *("HEDW", "ALL", "HEDWIG and NURSE", "TOLLAN", "HEDWIG", "NURSE", "MAID"),
                )
            ),
        )
    )
    assert found == {
        "TOLLAN": "Gerard Tollan",
        "HEDWIG": "Hedwig Tollan",
        "HEDW": "Hedwig Tollan",
        "MISS TOLLAN": "Miss Judith Tollan",
        "NURSE": "Anna",
        "MAID": "Housemaid",
        "ROBERT": "Robert Falk",
        "YARE": "Robert Bygot",
        "BASTARD": "Philip Falk",
        "MESSENGER": "Messenger",
        "ALL": "",
        "HEDWIG and NURSE": "",
    }


def test_names_in_speeches_find_their_roles_and_others_stay_themselves() -> None:
    _, read, _, _ = understood(
        play(
            "Torvin Hale.\nNell, his wife.\nMrs. Lorne.",
            "Nell. Christa, come in! Torvin has gone out with Captain Lorne.",
            "Mrs. Lorne. So Mrs. Hale is alone. Captain Lorne was my husband.",
            "Nell. Christa, sit down. Hale comes back at noon.",
            "Mrs. Lorne. Then I shall see Mr. Hale.",
            "Nell. Yes, Christa, you shall.",
            "Mrs. Lorne. And you, Nell?",
        )
    )
    aliases = {entity.name: {alias for alias, _ in entity.aliases} for entity in read.cast.entities}
    assert aliases == {
        "Torvin Hale": {"Torvin", "Hale", "Mr. Hale"},
        "Nell": {"Nell", "Mrs. Hale"},
        "Mrs. Lorne": {"Mrs. Lorne", "Christa"},
        "Captain Lorne": {"Captain Lorne"},
    }


def test_who_has_left_hears_nothing_and_an_aside_is_for_nobody() -> None:
    _, read, _, _ = understood(
        play(
            "ALBAN\nBORIS\nCLARA",
            "Enter ALBAN, BORIS and CLARA",
            "ALBAN. The boat is in.",
            "BORIS. Then I must go.",
            "Exit BORIS",
            "CLARA. He goes as he came.",
            "ALBAN. [Aside] And I wish that he had not.",
            "CLARA. [To ALBAN] What is it?",
            "ALBAN. Nothing.",
        )
    )
    assert [(one.speaker, one.addressees) for one in read.quotations] == [
        ("alban", ("boris",)),
        ("boris", ("alban",)),
        ("clara", ("alban",)),
        ("alban", ()),
        ("clara", ("alban",)),
        ("alban", ("clara",)),
    ]


def test_a_play_without_a_list_has_its_labels_for_a_cast() -> None:
    _, read, _, _ = understood(
        "ACT I\n\n" + "\n\n".join(["HELMA: I have a key.", "RALF: I have a door, Helma.", "HELMA: Then I go."] * 3)
    )
    assert names(read) == {"Helma", "Ralf"}
