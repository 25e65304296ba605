"""Wordings, worked examples and negatives: drawn by the seed, and as many as were asked for."""

from __future__ import annotations

import pytest

from litgraph.errors import DatasetError, SettingsError
from litgraph.examples.chats import asking, chat_of
from litgraph.examples.labelled import Labelled, records_of, with_negatives
from litgraph.examples.record import Record
from litgraph.examples.written import turns
from litgraph.relations.asking.prompts import CARD_SYSTEM, TRAINING_SYSTEM, Question

PAIRS = [
    Labelled(Question(f"Jane met guest {number} at home.", "Jane", f"guest {number}", "PER", "PER"), "friend_of", "s")
    for number in range(40)
]
NONE = [Labelled(pair.question, "none", "s") for pair in PAIRS]


def test_all_nine_wordings_are_drawn_and_a_seed_settles_which() -> None:
    records = records_of(PAIRS)
    assert records == records_of(PAIRS) != records_of(PAIRS, seed=1)
    assert len({record.prompt.split()[0] for record in records}) >= 6
    assert all(record.prompt.endswith("\nAnswer:") and "Jane [PER]" in record.prompt for record in records)
    # The ninth template tells the types in any case
    assert sum("[PER]" in record.prompt for record in records_of(PAIRS, typed=False)) < 15


@pytest.mark.parametrize("shots", [2, 5])
def test_worked_examples_are_of_other_texts(shots: int) -> None:
    for record in records_of(PAIRS, shots=shots):
        written = turns(record.prompt)
        assert len(written.examples) == shots and record.question is not None
        assert all(label == "friend_of" and record.question.text not in asked for asked, label in written.examples)
        assert record.question.text in written.question


def test_too_few_examples_for_shots_are_told() -> None:
    with pytest.raises(SettingsError, match="too few examples"):
        records_of(PAIRS[:3], shots=5)


@pytest.mark.parametrize(("share", "negatives"), [(0, 0), (0.2, 10), (0.5, 40), (0.9, 40), (1, 40)])
def test_the_share_of_negatives(share: float, negatives: int) -> None:
    chosen = with_negatives(PAIRS, NONE, share)
    assert sum(example.relation == "none" for example in chosen) == negatives
    assert sum(example.relation != "none" for example in chosen) == len(PAIRS)
    assert chosen == with_negatives(PAIRS, NONE, share)


def test_a_share_is_between_nothing_and_all() -> None:
    with pytest.raises(SettingsError, match="share"):
        with_negatives(PAIRS, NONE, 1.5)


def test_prompts_keep_their_words_or_are_put_in_others() -> None:
    (record,) = records_of(PAIRS[:1])
    training, paper, card = (chat_of(record, asking(style)) for style in ("training", "paper", "card"))
    assert training[0]["content"] == TRAINING_SYSTEM and training[1]["content"] == record.prompt
    assert paper[0]["content"] == CARD_SYSTEM and paper[1]["content"] + "\nAnswer:" == record.prompt
    assert card[1]["content"].startswith("Sentence: Jane met guest 0") and card[1]["content"].endswith("Relation:")
    listed = chat_of(record, asking("paper-listed", ("friend_of", "none")))
    assert listed[0]["content"].endswith("allowed set: friend_of, none")


def test_worked_examples_are_turns_of_the_chat() -> None:
    record = records_of(PAIRS, shots=2)[0]
    chat = chat_of(record, asking("training"))
    assert [turn["role"] for turn in chat] == ["system", "user", "assistant", "user", "assistant", "user"]
    assert chat[2]["content"] == "friend_of"
    assert chat[1]["content"].endswith("Answer:") and chat[5]["content"].endswith("Answer:")


def test_unknown_words_can_be_asked_but_not_translated() -> None:
    record = Record("Who is Jane to Lizzy?", "sibling_of", "x")
    assert chat_of(record, asking("paper"))[1]["content"] == record.prompt
    with pytest.raises(DatasetError, match="cannot be told from its wording"):
        chat_of(record, asking("card"))
