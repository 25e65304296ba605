"""Names with initials: whole, and people or ships where they are."""

from __future__ import annotations

import pytest

from litgraph.mentions.initials import with_initials
from litgraph.mentions.read import Read
from litgraph.types import EntityLabel, MentionForm, Sentence


def found(
    text: str, *names: tuple[str, EntityLabel], form: MentionForm = "name", sentences: list[Sentence] | None = None
) -> list[tuple[str, str]]:
    reads = [Read(text.index(name), text.index(name) + len(name), label, form) for name, label in names]
    spans = sentences or [Sentence(0, 0, len(text), 1, 0)]
    return [(text[read.start : read.end], read.label) for read in with_initials(text, spans, reads)]


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [
        ("So J. B. Lee wept.", "Lee", "J. B. Lee"),
        ("So J.B. Lee wept.", "Lee", "J.B. Lee"),
        ("So J. B. Lee wept.", "B. Lee", "J. B. Lee"),
        ("So J.-P. Marat wept.", "Marat", "J.-P. Marat"),
        ("Wm. Black wept.", "Black", "Wm. Black"),
        ("“J. Smith” wept.", "Smith", "J. Smith"),
        ("So said Lee.", "Lee", "Lee"),
        ("Plan B. Lee wept.", "Lee", "B. Lee"),
        ("It was I. Lee wept.", "Lee", "Lee"),  # the pronoun
    ],
)
def test_initials_before_a_name_are_part_of_it(text: str, name: str, whole: str) -> None:
    assert found(text, (name, "PER")) == [(whole, "PER")]


def test_not_over_the_end_of_a_sentence() -> None:
    text = "He called him J. Lee wept."
    sentences = [Sentence(0, 0, 16, 1, 0), Sentence(1, 17, len(text), 1, 0)]
    assert found(text, ("Lee", "PER"), sentences=sentences) == [("Lee", "PER")]


def test_a_stretch_that_was_found_already_is_there_once() -> None:
    text = "So J. B. Lee wept."
    assert found(text, ("J. B. Lee", "PER"), ("Lee", "GPE")) == [("J. B. Lee", "PER")]


@pytest.mark.parametrize(
    ("text", "name", "label", "right"),
    [
        ("T. S. Lee sat with Mr. Lee.", "T. S. Lee", "GPE", "PER"),
        ("N. Dale sat with Mr. Lee.", "N. Dale", "GPE", "GPE"),
        ("Eliz. Cox sat with Mr. Lee.", "Eliz. Cox", "GPE", "PER"),
        ("H.M.S. Beagle and Mr. Lee.", "H.M.S. Beagle", "PER", "VEH"),
        ("S. S. Titan and Mr. Lee.", "S. S. Titan", "GPE", "VEH"),
        ("U.S. Army and Mr. Lee.", "U.S. Army", "ORG", "ORG"),
    ],
)
def test_labels(text: str, name: str, label: EntityLabel, right: EntityLabel) -> None:
    assert found(text, (name, label), ("Mr. Lee", "PER"))[0] == (name, right)


def test_noun_phrases_stay() -> None:
    assert found("So J. B. Lee wept.", ("Lee", "PER"), form="noun") == [("Lee", "PER")]
