"""What the model is trained on: the label and nothing else, and always with its question."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from litgraph.errors import DatasetError
from litgraph.examples.chats import asking
from litgraph.examples.labelled import Labelled, records_of
from litgraph.examples.record import Record
from litgraph.relations.asking.prompts import Question
from litgraph.training.labellers.encoding import IGNORED, Encoded, Examples, encode, label_loss, padded

LONG = " ".join(f"It rained on day {number}." for number in range(200))
ASKED = Question(f"{LONG} Jane saw Lizzy.", "Jane", "Lizzy", "PER", "PER")
HOW = asking("training")


@pytest.fixture(scope="module")
def tokenizer(tiny_smollm3: Any) -> Any:
    return AutoTokenizer.from_pretrained(tiny_smollm3.base)


def test_the_label_and_the_end_of_its_turn_are_learned(tokenizer: Any) -> None:
    (record,) = records_of([Labelled(replace(ASKED, text="Jane saw Lizzy."), "friend_of", "x")])
    found = encode(tokenizer, record, HOW, 512)
    assert tokenizer.decode(found.answer) == "friend_of<|im_end|>" and not found.cut
    row = Examples([found])[0]
    assert row["labels"][: len(found.prompt)] == [IGNORED] * len(found.prompt)
    assert row["labels"][len(found.prompt) :] == found.answer
    assert tokenizer.decode(found.prompt).endswith("<|im_start|>assistant\n")


@pytest.mark.parametrize("template", range(1, 10))
def test_a_long_text_never_costs_the_question(tokenizer: Any, template: int) -> None:
    from litgraph.relations.asking.prompts import prompt_style, user_text

    prompt = user_text(prompt_style(f"training:{template}"), ASKED)
    for question in (ASKED, None):  # also where nobody knows which part of the prompt is its text
        found = encode(tokenizer, Record(prompt, "friend_of", "x", question), HOW, 256)
        said = tokenizer.decode(found.prompt)
        assert found.cut and found.length <= 256
        assert "Answer:" in said and '"Jane' in said and '"Lizzy' in said
        assert "day 0." not in said
        asked = prompt.split(LONG)
        assert all(part.strip(" .")[:20] in said for part in (asked[0][:40], asked[1]) if len(part) > 5)


def test_the_end_is_cut_where_the_beginning_is_asked_about(tokenizer: Any) -> None:
    asked = replace(ASKED, text=f"Jane saw Lizzy. {LONG}")
    (record,) = records_of([Labelled(asked, "friend_of", "x")])
    said = tokenizer.decode(encode(tokenizer, record, HOW, 256).prompt)
    assert "Jane saw Lizzy. It rained on day 0." in said and "day 199" not in said


def test_worked_examples_go_before_the_text_does(tokenizer: Any) -> None:
    pairs = [Labelled(replace(ASKED, text=f"Jane saw Lizzy {number}."), f"label_{number}", "x") for number in range(9)]
    record = records_of(pairs, shots=5)[0]
    whole = encode(tokenizer, record, HOW, 2048)
    found = encode(tokenizer, record, HOW, len(whole.prompt))
    said = tokenizer.decode(found.prompt)
    assert found.cut and "Jane saw Lizzy 0." in said and said.count("Answer:") == 5


def test_a_question_that_is_too_long_by_itself_is_told(tokenizer: Any) -> None:
    asked = Question("Jane saw.", "Jane " * 300, "Lizzy")
    (record,) = records_of([Labelled(asked, "friend_of", "x")])
    with pytest.raises(DatasetError, match="more than 128 tokens without its text"):
        encode(tokenizer, record, HOW, 128)


def test_the_loss_is_that_of_the_whole_sequence(tiny_smollm3: Any) -> None:
    model = AutoModelForCausalLM.from_pretrained(tiny_smollm3.base)
    model.eval()
    rows = [Encoded([40, 41, 42, 43, 44], [50, 51, 1], False), Encoded([60, 61], [52, 1], False)]
    batch = padded(1)([Examples(rows)[0], Examples(rows)[1]])
    assert batch["input_ids"].tolist()[1] == [1, 1, 1, 1, 60, 61, 52, 1] and batch["logits_to_keep"] == 4
    labels = batch.pop("labels")
    with torch.no_grad():
        found = label_loss(model(**batch), labels)
        alone = []
        for row in rows:
            ids = torch.tensor([row.prompt + row.answer])
            labelled = torch.tensor([[IGNORED] * len(row.prompt) + row.answer])
            alone.append(float(model(input_ids=ids, labels=labelled).loss) * len(row.answer))
        counted = label_loss(model(**batch), labels, 10)
    assert float(found) == pytest.approx(sum(alone) / 5, abs=1e-4)
    assert float(counted) == pytest.approx(sum(alone) / 10, abs=1e-4)
