"""What a prompt asks about is read off it again, whatever stands in its text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litgraph.examples.written import parts_of, swapped, turns
from litgraph.relations.asking.prompts import Question, Shot, messages, prompt_style, user_text

STYLES = ["card", *(f"training:{number}" for number in range(1, 10)), *(f"paper:{number}" for number in range(1, 10))]
ASKED = Question('"Oh!" said Jane, "my "dear" Lizzy."', "Jane", "my dear Lizzy", "PER", "PER")

word = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=8)
name = st.lists(word, min_size=1, max_size=3).map(" ".join)
text = st.lists(st.one_of(word, st.sampled_from(['"', ",", "—", "Answer:", 'Sentence: "x"'])), min_size=1).map(" ".join)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("typed", [True, False])
def test_every_wording_is_read_off_again(style: str, typed: bool) -> None:
    asked = prompt_style(style, typed=typed)
    found = parts_of(user_text(asked, ASKED))
    assert found == (ASKED if asked.typed else replace(ASKED, one_type="", other_type=""))


@given(st.sampled_from(STYLES), text, name, name)
def test_whatever_the_text_says(style: str, said: str, one: str, other: str) -> None:
    if style == "card":
        style = "training:5"  # without quotes around it a text can say the rest of its prompt
    question = Question(said, one, other, "PER", "LOC")
    found = parts_of(user_text(prompt_style(style, typed=True), question))
    assert found is not None and (found.one, found.other) == (one, other)
    assert found.text == said.strip()


def test_the_third_template_however_it_ends() -> None:
    prompt = (
        'Extract the semantic relation from the sentence below.\nSentence: "He left "Carthage" at dawn."\n'
        'Subject: "Hanno [PER]"\nObject: "Carthage [LOC]"\nAnswer: '
    )
    assert parts_of(prompt) == Question('He left "Carthage" at dawn.', "Hanno", "Carthage", "PER", "LOC")


@pytest.mark.parametrize("style", STYLES)
def test_the_entities_of_a_prompt_change_places_in_its_own_words(style: str) -> None:
    asked = prompt_style(style, typed=True)
    other = replace(ASKED, one=ASKED.other, other=ASKED.one, one_type="LOC")
    straight = replace(ASKED, other_type="LOC")
    assert swapped(user_text(asked, straight)) == user_text(asked, other)
    shots = [Shot(ASKED, "friend_of")] if style.startswith("training") else []
    prompt, turned = (messages(asked, question, shots)[1]["content"] for question in (straight, other))
    assert swapped(prompt) == turned
    assert swapped("Who is Jane to Lizzy?") is None


def test_another_wording_is_not_guessed_at() -> None:
    assert parts_of("Who is Jane to Lizzy? Answer:") is None
    assert parts_of("") is None


@pytest.mark.parametrize("count", [2, 5])
def test_worked_examples_are_told_from_the_question(count: int) -> None:
    shots = [Shot(replace(ASKED, one=f"Jane{number}"), f"label_{number}") for number in range(count)]
    prompt = messages(prompt_style("training:6"), ASKED, shots)[1]["content"]
    written = turns(prompt)
    assert [label for _, label in written.examples] == [f"label_{number}" for number in range(count)]
    assert all(f"Jane{number}" in asked for number, (asked, _) in enumerate(written.examples))
    assert parts_of(prompt) == replace(ASKED, one_type="", other_type="")
    assert written.question.startswith("Given the following context")


def test_a_question_alone_is_all_question() -> None:
    assert turns("How is x related to y?\nAnswer: ") == ((), "How is x related to y?")
