"""Decoding many prompts at once: each answer is what transformers' own generate says to that prompt alone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Any

import pytest
import torch
from tiny_smollm3 import TinyModel

from litgraph.errors import ModelError
from litgraph.language_models import decoding
from litgraph.language_models.answers import Answer
from litgraph.language_models.decoding import Decoder, end_tokens, memory_budget
from litgraph.language_models.packing import Budget, Prompt
from litgraph.language_models.prefix_cache import Rows
from litgraph.ontology import RELATIONS
from litgraph.relations.asking.local import rendered
from litgraph.relations.asking.prompts import Question, prompt_style

SENTENCES = (
    ("Jane, sister of Bingley, smiled.", ("Jane", "Bingley")),
    ("Mr. Bennet made no answer to Lizzy, nor to Kitty.", ("Mr. Bennet", "Lizzy", "Kitty")),
    ("Lydia saw the guest of Mrs. Long in the house.", ("Lydia", "Mrs. Long", "the house", "the guest of Mrs. Long")),
)
QUESTIONS = [Question(text, *pair) for text, names in SENTENCES for pair in permutations(names, 2)]
NEW = 10
ALL_AT_ONCE = Budget(10**6, 10**6)


@pytest.fixture(scope="module")
def loaded(tiny_smollm3: TinyModel) -> tuple[Any, Any]:
    from transformers import AutoModelForCausalLM, AutoTokenizer

    model: Any = AutoModelForCausalLM.from_pretrained(tiny_smollm3.base)
    return model.eval(), AutoTokenizer.from_pretrained(tiny_smollm3.base)


def prompts(decoder: Decoder, style: str = "card") -> list[Prompt]:
    chosen = prompt_style(style)
    texts = [rendered(decoder.tokenizer, chosen, question) for question in QUESTIONS]
    groups = [question.text if chosen.text_first else None for question in QUESTIONS]
    return [Prompt(ids, group) for ids, group in zip(decoder.tokens(texts), groups, strict=True)]


def everything(found: Iterator[dict[int, Answer]]) -> list[Answer]:
    answers: dict[int, Answer] = {}
    for batch in found:
        assert not answers.keys() & batch.keys()
        answers |= batch
    return [answers[number] for number in range(len(answers))]


def same(answers: Sequence[Answer], others: Sequence[Answer]) -> bool:
    assert [one.log_probability for one in answers] == pytest.approx([one.log_probability for one in others], abs=1e-4)
    return [(one.text, one.tokens) for one in answers] == [(one.text, one.tokens) for one in others]


def generated(model: Any, tokenizer: Any, prompt: Prompt) -> Answer:
    ids = torch.tensor([prompt.tokens])
    with torch.no_grad():
        out = model.generate(
            ids,
            attention_mask=torch.ones_like(ids),
            max_new_tokens=NEW,
            do_sample=False,
            return_dict_in_generate=True,
            output_scores=True,
        )
    new = out.sequences[0, ids.shape[1] :].tolist()
    sure = sum(float(scores[0].log_softmax(-1)[token]) for scores, token in zip(out.scores, new, strict=True))
    ended = new[-1] == tokenizer.eos_token_id
    return Answer(tokenizer.decode(new[:-1] if ended else new), sure, len(new))


@pytest.mark.parametrize("style", ["card", "training:1"])
def test_many_at_once_as_generate_one_by_one(loaded: tuple[Any, Any], style: str) -> None:
    decoder = Decoder(*loaded, new_tokens=NEW, budget=ALL_AT_ONCE)
    asked = prompts(decoder, style)
    assert same(everything(decoder.answers(asked)), [generated(*loaded, prompt) for prompt in asked])


def test_answers_of_one_batch_end_at_different_times(loaded: tuple[Any, Any]) -> None:
    decoder = Decoder(*loaded, new_tokens=NEW, budget=ALL_AT_ONCE)
    mixed = [*prompts(decoder), *prompts(decoder, "training")]
    answers = everything(decoder.answers(mixed))
    assert len({answer.tokens for answer in answers}) > 1, "else no test here would see finished rows leave"
    assert same(answers[::5], [generated(*loaded, prompt) for prompt in mixed[::5]])


@pytest.mark.parametrize("rows", [1, 2, 5])
def test_one_at_a_time_as_all_at_once(loaded: tuple[Any, Any], rows: int) -> None:
    decoder = Decoder(*loaded, new_tokens=NEW, budget=ALL_AT_ONCE)
    asked = prompts(decoder)
    few = Decoder(*loaded, new_tokens=NEW, budget=Budget(10**6, rows))
    assert same(everything(decoder.answers(asked)), everything(few.answers(asked)))
    alone = [everything(decoder.answers([prompt]))[0] for prompt in asked[:4]]
    assert same(alone, everything(decoder.answers(asked))[:4])


def test_a_shared_beginning_as_none(loaded: tuple[Any, Any]) -> None:
    decoder = Decoder(*loaded, new_tokens=NEW, budget=ALL_AT_ONCE)
    asked = prompts(decoder)
    ungrouped = [Prompt(prompt.tokens) for prompt in asked]
    # What begins with another token shares nothing, not even the system's text
    first, second = decoder.tokens(["Jane, sister of Bingley", "smiled at Lizzy"])
    strangers = [Prompt(first), Prompt(second)]
    assert first[0] != second[0]
    together = everything(decoder.answers([*ungrouped, *strangers]))
    assert same(together[: len(asked)], everything(decoder.answers(asked)))
    assert same(together[len(asked) :], [generated(*loaded, prompt) for prompt in strangers])


def test_the_beginning_is_read_once(loaded: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    forward = Rows._forward

    def counted(rows: Rows, ids: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        read.append(int(there.sum()))
        return forward(rows, ids, there)

    monkeypatch.setattr(Rows, "_forward", counted)
    decoder = Decoder(*loaded, new_tokens=1, budget=Budget(10**6, 4))
    asked = prompts(decoder)
    everything(decoder.answers(asked))
    assert sum(read) < sum(len(prompt.tokens) for prompt in asked) / 2
    before = sum(read)
    everything(decoder.answers(asked))
    assert sum(read) - before < before, "the beginning is still known"


class Small:
    """A device with room for so many new tokens at once."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.refused: list[int] = []
        self._forward = Rows._forward

    def forward(self, rows: Rows, ids: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        if ids.numel() > self.room and len(ids) > 1:
            self.refused.append(ids.numel())
            raise torch.OutOfMemoryError("CUDA out of memory")
        return self._forward(rows, ids, there)


@pytest.mark.parametrize("labels", [None, sorted(RELATIONS)])
def test_too_little_memory_halves_the_batches(
    loaded: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch, labels: list[str] | None
) -> None:
    whole = Decoder(*loaded, new_tokens=NEW, labels=labels, budget=Budget(10**6, 64))
    asked = prompts(whole)
    expected = everything(whole.answers(asked))
    small = Small(150)
    monkeypatch.setattr(Rows, "_forward", lambda rows, ids, there: small.forward(rows, ids, there))
    decoder = Decoder(*loaded, new_tokens=NEW, labels=labels, budget=Budget(10**6, 64))
    assert same(everything(decoder.answers(asked)), expected)
    assert small.refused and decoder.budget.rows < 64
    refusals = len(small.refused)
    assert same(everything(decoder.answers(asked)), expected)
    assert len(small.refused) == refusals, "it has learnt how much is too much"


def test_too_little_memory_for_one_prompt_is_told(loaded: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    decoder = Decoder(*loaded, new_tokens=NEW, budget=ALL_AT_ONCE)
    asked = prompts(decoder)[:2]

    def full(rows: Rows, ids: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(Rows, "_forward", full)
    with pytest.raises(ModelError, match="too little memory on the CPU") as error:
        everything(decoder.answers(asked))
    assert "nf4" in error.value.hint


def test_another_error_is_no_lack_of_memory(loaded: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    decoder = Decoder(*loaded, new_tokens=NEW, budget=ALL_AT_ONCE)
    asked = prompts(decoder)

    def broken(rows: Rows, ids: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        raise RuntimeError("shapes cannot be multiplied")

    monkeypatch.setattr(Rows, "_forward", broken)
    with pytest.raises(RuntimeError, match="shapes"):
        everything(decoder.answers(asked))


def brute_force(model: Any, tokenizer: Any, prompt: Prompt, labels: Sequence[str]) -> dict[str, float]:
    """The log-probability of every label, each in a pass of its own."""
    scores = {}
    for label in labels:
        answer = [*tokenizer(label, add_special_tokens=False).input_ids, tokenizer.eos_token_id]
        with torch.no_grad():
            logits = model(torch.tensor([[*prompt.tokens, *answer]])).logits[0].log_softmax(-1)
        first = len(prompt.tokens) - 1
        scores[label] = sum(float(logits[first + place, token]) for place, token in enumerate(answer))
    return scores


def test_only_labels_as_scoring_every_label(loaded: tuple[Any, Any]) -> None:
    labels = sorted(RELATIONS)
    decoder = Decoder(*loaded, labels=labels, budget=ALL_AT_ONCE)
    asked = [*prompts(decoder)[::8], *prompts(decoder, "training")[::8]]  # the second is not what it was taught
    answers = everything(decoder.answers(asked))
    for prompt, answer in zip(asked, answers, strict=True):
        scores = brute_force(*loaded, prompt, labels)
        assert answer.log_probability == pytest.approx(max(scores.values()), abs=1e-4)
        assert scores[answer.text] == pytest.approx(max(scores.values()), abs=1e-4)
        elsewhere = 1 - sum(map(math.exp, scores.values()))
        assert answer.elsewhere is not None and 0 <= answer.elsewhere <= elsewhere + 1e-4


def test_an_answer_that_runs_on_is_cut_and_its_probability_is_that_of_what_was_said(loaded: tuple[Any, Any]) -> None:
    decoder = Decoder(*loaded, new_tokens=2, budget=ALL_AT_ONCE)
    (answer,) = everything(decoder.answers(prompts(decoder)[:1]))
    assert answer.tokens == 2
    assert answer.log_probability is not None
    assert answer.probability == pytest.approx(math.exp(answer.log_probability))


def test_no_prompts_no_answers(loaded: tuple[Any, Any]) -> None:
    decoder = Decoder(*loaded)
    assert decoder.tokens([]) == [] and list(decoder.answers([])) == []


def test_what_ends_an_answer(loaded: tuple[Any, Any]) -> None:
    model, tokenizer = loaded
    assert end_tokens(model, tokenizer).tolist() == [tokenizer.convert_tokens_to_ids("<|im_end|>")]


def test_the_budget_is_what_is_free(loaded: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    model, _ = loaded
    monkeypatch.setattr(decoding, "free_memory", lambda device: 4e9)
    plenty = memory_budget(model)
    monkeypatch.setattr(decoding, "free_memory", lambda device: 4e7)
    little = memory_budget(model)
    assert plenty.rows == 64 and little.slots < plenty.slots
    monkeypatch.setattr(decoding, "free_memory", lambda device: 0.0)
    assert memory_budget(model).rows == 1
