"""Marking entities, and cutting a text so that they stay in it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from transformers import AutoTokenizer

from litgraph.language_models.shortening import shortened
from litgraph.relations.asking.classifier import encoded
from litgraph.relations.asking.marked import MARKERS, kept_span, marked, places_of
from litgraph.relations.asking.prompts import Question


@pytest.mark.parametrize(
    ("text", "one", "other", "expected"),
    [
        ("He saw her.", "her", "He", "[E2] PER : He [/E2] saw [E1] PER : her [/E1]."),
        # "he" is no part of "the", and of two the nearer one is meant
        ("Then he saw the king. She bowed, he not.", "he", "She", None),
        ("The queen  of\nHearts spoke to Alice", "queen of Hearts", "Alice", None),
        ("his wife came", "his wife", "his", "his wife came [E1] PER : his wife [/E1] [E2] PER : his [/E2]"),
        ("Nobody.", "Jane", "Lizzy", "Nobody. [E1] PER : Jane [/E1] [E2] PER : Lizzy [/E2]"),
        ("Darke County , Ohio", "Darke County", "Ohio", "[E1] PER : Darke County [/E1] , [E2] PER : Ohio [/E2]"),
    ],
)
def test_entities_are_marked_where_they_stand(text: str, one: str, other: str, expected: str | None) -> None:
    found = marked(Question(text, one, other, "PER", "PER"))
    assert all(found.count(marker) == 1 for marker in MARKERS)
    if expected is None:
        assert f"[E1] PER : {one} [/E1]" in found and f"[E2] PER : {other} [/E2]" in found
    else:
        assert found == expected


def test_the_nearest_two_are_meant() -> None:
    text = "he ran. She bowed, he not."
    assert places_of(text, "he", "She") in (((0, 2), (8, 11)), ((19, 21), (8, 11)))
    assert places_of("he, she and long after that he", "he", "she") == ((0, 2), (4, 7))
    assert places_of("his wife", "his wife", "his") is None
    assert places_of("his wife", "his wife", "his", nested=True) == ((0, 8), (0, 3))


def test_types_are_told_if_they_are_known() -> None:
    assert marked(Question("Jane ran to Lizzy", "Jane", "Lizzy")) == "[E1] Jane [/E1] ran to [E2] Lizzy [/E2]"


@pytest.fixture(scope="module")
def tokenizer(tiny_smollm3: Any) -> Any:
    return AutoTokenizer.from_pretrained(tiny_smollm3.base)


words = st.lists(st.sampled_from("the old king of a far country said nothing to anybody , then slept .".split()))


@settings(suppress_health_check=[HealthCheck.too_slow])  # of a busy machine
@given(before=words, between=words, after=words, excess=st.integers(1, 60))
def test_a_shortened_text_keeps_what_it_is_asked_about(
    tokenizer: Any, before: list[str], between: list[str], after: list[str], excess: int
) -> None:
    text = " ".join([*before, "Jane", *between, "Lizzy", *after])
    first, last = text.index("Jane"), text.index("Lizzy") + len("Lizzy")
    found = shortened(tokenizer, text, first, last, excess)
    assert found in text
    room = sum(end <= first or begin >= last for begin, end in _spans(tokenizer, text))
    if excess <= room:
        assert "Jane" in found and "Lizzy" in found
    # Words that stand before go first
    if after and found and excess < sum(end <= first for _, end in _spans(tokenizer, text)):
        assert text.endswith(found)


def _spans(tokenizer: Any, text: str) -> list[tuple[int, int]]:
    return list(tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)["offset_mapping"])


def test_a_long_text_is_cut_around_its_entities(tokenizer: Any) -> None:
    long = " ".join(["It rained."] * 80 + ["Jane saw Lizzy."] + ["It rained."] * 80)
    text = marked(Question(long, "Jane", "Lizzy", "PER", "PER"))
    ids = encoded(tokenizer, text, 96)
    assert len(ids) <= 96
    said = tokenizer.decode(ids)
    assert "[E1] PER : Jane [/E1] saw [E2] PER : Lizzy [/E2]" in said
    first, last = kept_span(text)
    assert text[first:last] == "[E1] PER : Jane [/E1] saw [E2] PER : Lizzy [/E2]"
