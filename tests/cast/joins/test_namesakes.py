"""A person and a place of one name."""

from __future__ import annotations

import pytest
from marked import marked

from litgraph.cast import resolve
from litgraph.cast.joins.namesakes import stands_as
from litgraph.types import Mention


def mention(sentence: str, label: str = "PER") -> tuple[str, Mention]:
    text, mentions = marked(sentence.replace("]", f"|{label}]"))
    return text, mentions[-1]


@pytest.mark.parametrize(
    ("sentence", "label", "kind"),
    [
        ("They were happy in [Florence].", "GPE", "place"),
        ("They were happy in [Florence].", "PER", "place"),
        ("He sailed in June from Lisbon to [Victoria].", "GPE", "place"),
        ("He sailed from the town to [Victoria].", "PER", None),
        ("He gave the book to [Victoria].", "GPE", None),
        ("She had left [Adelaide] in June.", "GPE", "place"),
        ("The streets of [Georgia] were empty.", "GPE", "place"),
        ("They dined at [Florence]'s.", "PER", None),
        ("“Come,” said [Sydney].", "GPE", "character"),
        ("“[Adelaide], is it far?”", "GPE", "character"),
        ("[Adelaide] laughed.", "GPE", "character"),
        ("When [Paris] had gone, they spoke.", "GPE", "character"),
        ("[Paris] was a good fellow.", "GPE", "character"),
        ("He told [Sydney] the news.", "GPE", "character"),
        ("They spoke of [Sydney].", "GPE", None),
    ],
)
def test_the_words_around_a_name_tell_what_it_names(sentence: str, label: str, kind: str | None) -> None:
    assert stands_as(*mention(sentence, label)) == kind


def test_nobody_comes_from_herself() -> None:
    text, (_, town) = marked("[Charlotte] came from [Charlotte].")
    assert stands_as(text, town) is None
    assert stands_as(text, town, beside_itself=True) == "place"


def owners(*chapters: str) -> list[tuple[str, str]]:
    """For each name its words and the kind of whom it means."""
    text, mentions = marked(*chapters)
    cast = resolve(mentions, text=text)
    kinds = {entity.id: entity.kind for entity in cast.entities}
    return [(one.text, kinds[cast.entity_of[one.id]]) for one in mentions]


@pytest.mark.parametrize(
    ("full", "name"),
    [("Victoria Hale", "Victoria"), ("Sydney Marsh", "Sydney"), ("Mr. Lincoln", "Lincoln"), ("Chester Moss", "Chester"),
     ("Mrs. Durham", "Durham")],
)  # fmt: skip
def test_a_person_and_a_town_of_one_name_are_two(full: str, name: str) -> None:
    found = owners(
        f"[{full}] sailed to [{name}|GPE]. In [{name}|GPE] it rained. “Well,” said [{name}|GPE], “I like it.” "
        f"[{name}] laughed. They stayed at [{name}|GPE]."
    )
    assert [kind for _, kind in found] == ["character", "place", "place", "character", "character", "place"]


def test_the_two_have_ids_of_their_own() -> None:
    text, mentions = marked(
        "[Charlotte] came from [Charlotte]. [Charlotte] wept. [Charlotte] went to [Charlotte]. "
        "[Charlotte] had come from [Charlotte]."
    )
    cast = resolve(mentions, text=text)
    assert {entity.id: entity.kind for entity in cast.entities} == {"charlotte": "character", "charlotte-2": "place"}


@pytest.mark.parametrize(
    "passage",
    [
        # A finder errs once, and people look "at Jane".
        "[Jane Bennet] smiled. She looked at [Jane]. He saw a friend in [Jane|GPE]. [Jane] rose. [Jane] spoke.",
        "[Emma] laughed. They dined at [Emma]'s. They met at [Emma]'s. [Emma] slept. They were at [Emma]'s.",
        # "To Meryton" and "Meryton had": nobody bears the word.
        "It rained in [Meryton|GPE]. [Meryton|GPE] had slept. They stayed at [Meryton|GPE].",
    ],
)
def test_what_is_one_stays_one(passage: str) -> None:
    assert len({kind for _, kind in owners(passage)}) == 1
