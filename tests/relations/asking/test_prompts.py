"""Prompts: each style's text, to the letter."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litgraph.errors import SettingsError
from litgraph.ontology import RELATIONS
from litgraph.relations.asking.prompts import (
    TEMPLATES,
    Question,
    Shot,
    messages,
    prompt_style,
    question_of,
    surrounding,
    user_text,
)
from litgraph.types import EntityLabel, Mention, Pair, Sentence

ASKED = Question("Jane smiled at Lizzy.", "Jane", "Lizzy", "PER", "PER")
STYLES = [
    "card",
    "training",
    "paper",
    "paper-listed",
    *(f"{kind}:{n}" for kind in ("training", "paper", "paper-listed") for n in range(1, 10)),
]


def test_the_card_to_the_letter() -> None:
    system, user = messages(prompt_style("card"), ASKED)
    assert system == {
        "role": "system",
        "content": "You are a relation extraction system. Be concise and direct. Output ONLY the relation type that "
        "holds between the two mentioned entities. Do not output any explanation, punctuation, or extra text — only "
        "the label.",
    }
    assert user == {
        "role": "user",
        "content": "Sentence: Jane smiled at Lizzy.\nEntity 1: Jane\nEntity 2: Lizzy\nRelation:",
    }
    assert prompt_style("card").thinking is False
    assert prompt_style("card").new_tokens == 16


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, 'Determine the type of relationship that exists between "Jane" and "Lizzy" in this sentence:\n"TEXT"'),
        (2, 'What is the relationship between "Jane" and "Lizzy" in the following sentence:\n"TEXT"'),
        (3, 'Extract the semantic relation from the sentence below.\nSentence: "TEXT"\nEntities: "Jane", "Lizzy"'),
        (
            4,
            'Review the sentence:\n"TEXT"\n'
            'What is the most appropriate relation label for the pair: "Jane" and "Lizzy"?',
        ),
        (
            5,
            'Sentence: "TEXT"\nEntities: "Jane", "Lizzy"\n'
            'Question: What is the relationship between "Jane" and "Lizzy"?',
        ),
        (6, 'Given the following context:\n"TEXT"\nHow is "Jane" related to "Lizzy"?'),
        (
            7,
            'Given the sentence:\n"TEXT"\nIdentify the relation between:\n- Entity 1: "Jane"\n- Entity 2: "Lizzy"',
        ),
        (8, 'In the sentence "TEXT", what best describes the relationship between "Jane" and "Lizzy"?'),
        (
            9,
            'You are analyzing text for relationships.\nSentence: "TEXT"\n'
            'Entities: "Jane [PER]" and "Lizzy [PER]"\nWhat is the semantic relation between them?',
        ),
    ],
)
def test_the_templates_of_the_training_rows_and_of_the_paper(number: int, text: str) -> None:
    expected = text.replace("TEXT", ASKED.text)
    system, user = messages(prompt_style(f"training:{number}"), ASKED)
    assert system["content"] == ("You are an expert relation extraction system. Answer with only the relation label.")
    assert user["content"] == expected + "\nAnswer:"
    assert messages(prompt_style(f"paper:{number}"), ASKED)[1]["content"] == expected


def test_training_says_nothing_of_thinking_and_the_others_switch_it_off() -> None:
    assert prompt_style("training").thinking is None
    assert prompt_style("paper").thinking is prompt_style("card").thinking is False


def test_the_allowed_labels_are_listed_in_order() -> None:
    listed = prompt_style("paper-listed", labels=["spouse_of", "born_in"])
    assert listed.system.endswith(" You MUST choose exactly one label from this allowed set: born_in, spouse_of")
    assert listed.system.startswith(prompt_style("paper").system)
    assert all(name in prompt_style("paper-listed").system for name in RELATIONS)


def test_types_stand_behind_the_entities_where_they_are_known() -> None:
    asked = Question("Dido ruled Carthage.", "Dido", "Carthage", "PER", "LOC")
    assert 'Entities: "Dido [PER]", "Carthage [LOC]"' in user_text(prompt_style("training", typed=True), asked)
    assert "Entity 2: Carthage [LOC]\n" in user_text(prompt_style("card", typed=True), asked)
    untyped = Question("Dido ruled Carthage.", "Dido", "Carthage")
    assert '"Dido" and "Carthage"' in user_text(prompt_style("training:9"), untyped)


@pytest.mark.parametrize(
    ("name", "identity"),
    [
        ("card", "card-1"),
        ("training", "training:5-1"),
        ("training:9", "training:9-1+types"),
        ("paper", "paper:5-1"),
        ("paper-listed:2", "paper-listed:2-1"),
    ],
)
def test_a_style_has_a_name_and_a_version(name: str, identity: str) -> None:
    assert prompt_style(name).identity == identity
    assert prompt_style(name, typed=True).identity == identity.removesuffix("+types") + "+types"


@pytest.mark.parametrize("name", ["", "Card", "card:1", "training:0", "training:10", "training:", "paper:x", "open"])
def test_a_style_that_there_is_not(name: str) -> None:
    with pytest.raises(SettingsError, match="no style of prompts") as error:
        prompt_style(name)
    assert "training:9" in error.value.hint


def test_no_two_styles_ask_alike() -> None:
    asked = {str(messages(prompt_style(name), ASKED)): name for name in STYLES}
    assert len(asked) == 1 + 3 * len(TEMPLATES)


def test_worked_examples_in_the_words_of_the_training_rows() -> None:
    shots = [
        Shot(Question("Ann wed Bob.", "Ann", "Bob"), "spouse_of"),
        Shot(Question("A hit B.", "A", "B"), "enemy_of"),
    ]
    _, user = messages(prompt_style("training:6"), ASKED, shots)
    assert user["content"] == (
        'Sentence: "Ann wed Bob."\nEntities: "Ann", "Bob"\n'
        'Question: What is the relationship between "Ann" and "Bob"?\nAnswer: spouse_of\n\n'
        'Sentence: "A hit B."\nEntities: "A", "B"\n'
        'Question: What is the relationship between "A" and "B"?\nAnswer: enemy_of\n\n'
        "Now you try:\n"
        'Given the following context:\n"Jane smiled at Lizzy."\nHow is "Jane" related to "Lizzy"?\nAnswer:'
    )


def test_worked_examples_as_turns_of_the_papers_chat() -> None:
    shots = [Shot(Question("Ann wed Bob.", "Ann", "Bob"), "spouse_of")]
    chat = messages(prompt_style("paper"), ASKED, shots)
    assert [turn["role"] for turn in chat] == ["system", "user", "assistant", "user"]
    assert chat[1]["content"].startswith('Sentence: "Ann wed Bob."') and chat[1]["content"].endswith("\nAnswer:")
    assert chat[2]["content"] == "spouse_of"
    assert chat[3]["content"].startswith("Now you try:\n")
    with pytest.raises(ValueError, match="no worked examples"):
        messages(prompt_style("card"), ASKED, shots)


@given(st.sampled_from(STYLES), st.text(max_size=40), st.text(max_size=12), st.text(max_size=12))
def test_what_a_book_says_cannot_end_the_users_turn(name: str, text: str, one: str, other: str) -> None:
    asked = Question(f"{text}<|im_end|>", f"<|im_start|>{one}", f"{other}</think>")
    content = user_text(prompt_style(name), asked)
    assert not re.search(r"<\||</?think>", content)
    assert "< |im_end|>" in content and "< |im_start|>" in content and "< /think>" in content


def test_lines_and_braces_of_a_book_leave_the_layout_alone() -> None:
    asked = Question("One {other}\n\n two.", "{text}", "x\ty")
    assert user_text(prompt_style("card"), asked) == (
        "Sentence: One {other} two.\nEntity 1: {text}\nEntity 2: x y\nRelation:"
    )


def _pair(first: EntityLabel, second: EntityLabel) -> Pair:
    head = Mention("m0", 0, 8, "Longbourn", first, "name", 0, 1, "one")
    tail = Mention("m1", 20, 30, "Mr. Bennet", second, "name", 0, 1, "other")
    return Pair(head, tail, 0, 40, "Longbourn was home to Mr. Bennet.")


@pytest.mark.parametrize(
    ("first", "second", "asked_first"),
    [
        ("PER", "PER", "Longbourn"),
        ("PER", "GPE", "Longbourn"),
        ("FAC", "PER", "Mr. Bennet"),
        ("ORG", "PER", "Mr. Bennet"),
        ("GPE", "FAC", "Longbourn"),
    ],
)
def test_a_person_is_asked_about_first(first: EntityLabel, second: EntityLabel, asked_first: str) -> None:
    asked = question_of(_pair(first, second), "text")
    assert asked.one == asked_first
    assert {asked.one_type, asked.other_type} == {label.replace("GPE", "LOC") for label in (first, second)}


@given(st.lists(st.integers(1, 3), min_size=1, max_size=12), st.integers(1, 7), st.data())
def test_the_sentences_around(steps: list[int], size: int, data: st.DataObject) -> None:
    chapters = [sum(step == 3 for step in steps[: index + 1]) for index in range(len(steps))]
    book = [Sentence(index, 10 * index, 10 * index + 9, chapter, 0) for index, chapter in enumerate(chapters)]
    first = data.draw(st.integers(0, len(book) - 1))
    same = [sentence for sentence in book if sentence.chapter == book[first].chapter]
    last = data.draw(st.integers(first, same[-1].index))
    start, end = surrounding(book, first, last, size)
    assert start <= book[first].start and end >= book[last].end
    assert same[0].start <= start and end <= same[-1].end
    assert (end - start + 1) // 10 == min(max(size, last - first + 1), len(same))
