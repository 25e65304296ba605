"""Whom mentions inside quotations mean, against a corpus."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_pdnc import write_novel

from litgraph.corpora.pdnc import Novel, read_corpus
from litgraph.evaluation.scores import Scores
from litgraph.evaluation.speech.mentions import ROWS, SpokenForm, form_of, mentions_in_speech
from litgraph.types import Cast, Entity, Mention

TEXT = "“Lizzy, you and I know her ways,” said Jane. “We do.”"
CAST = Cast(
    (Entity("lizzy", "Lizzy", "character", (("Lizzy", 9),)), Entity("jane", "Jane", "character", (("Jane", 9),))),
    {"m0": "lizzy", "m1": "jane", "m2": "jane"},
)


def mention(number: int, words: str) -> Mention:
    start = TEXT.index(words)
    return Mention(f"m{number}", start, start + len(words), words, "PER", "name", 0, 1)


@pytest.fixture()
def novel(tmp_path: Path) -> Novel:
    spans = [[TEXT.index(words), TEXT.index(words) + len(words)] for words in ("Lizzy", "you ", "her", "We", "ways")]
    people = [["Lizzy"], ["Lizzy"], ["Lizzy"], ["Lizzy", "Jane"], ["_group"]]
    write_novel(
        tmp_path / "Pride",
        TEXT,
        [("Lizzy", "{'Lizzy'}", "major", "F"), ("Jane", "{'Jane'}", "major", "F")],
        [([[1, 30]], "Jane", ["Lizzy"], "Explicit", [spans], [people])],
    )
    return next(read_corpus(tmp_path))


def test_mentions_are_scored_by_form(novel: Novel) -> None:
    found = [mention(0, "Lizzy"), mention(1, "you"), mention(2, "We"), mention(3, "her")]
    assert mentions_in_speech(CAST, found, novel) == {
        **dict.fromkeys(ROWS, Scores()),
        "names": Scores(1, 1, 1),
        "you": Scores(1, 1, 0),
        "he and she": Scores(1, 0, 0),  # it means nobody
        "other pronouns": Scores(1, 1, 1),  # one of the two is enough
        "one character": Scores(3, 2, 1),
        "all": Scores(4, 3, 2),
    }


def test_another_span_is_another_mention(novel: Novel) -> None:
    assert mentions_in_speech(CAST, [mention(0, "Lizzy, you")], novel)["all"] == Scores(4, 0, 0)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Herself", "he and she"),
        ("thou", "you"),
        ("’em", "other pronouns"),
        ("Your dear\nmother", "noun phrases"),
        ("The General", "noun phrases"),
        ("my dear Miss Eliza", "names"),
    ],
)
def test_forms(text: str, form: SpokenForm) -> None:
    assert form_of(text) == form
