"""Packing: every prompt is read once, in batches within the budget, and never with more shared than is shared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litgraph.language_models.packing import Budget, Group, Prompt, common_beginning, grouped, halves, packed

TOKENS = st.lists(st.integers(0, 3), min_size=1, max_size=30).map(tuple)
PROMPTS = st.lists(
    st.builds(Prompt, TOKENS.map(lambda tokens: (9, *tokens)), st.none() | st.integers(0, 2)), min_size=1, max_size=25
)


@given(st.lists(TOKENS, min_size=1, max_size=8))
def test_the_common_beginning_against_a_naive_one(prompts: list[tuple[int, ...]]) -> None:
    longest: tuple[int, ...] = ()
    for size in range(min(map(len, prompts))):
        if all(prompt[:size] == prompts[0][:size] for prompt in prompts):
            longest = prompts[0][:size]
    assert common_beginning(prompts) == longest


@given(PROMPTS, st.integers(1, 8), st.integers(1, 200), st.integers(1, 6))
def test_every_prompt_is_whole_in_one_batch(prompts: list[Prompt], new: int, slots: int, rows: int) -> None:
    beginning = common_beginning([prompt.tokens for prompt in prompts])
    seen: dict[int, tuple[int, ...]] = {}
    for batch in packed(
        grouped(prompts, len(beginning)), shared=len(beginning), new_tokens=new, budget=Budget(slots, rows)
    ):
        assert batch.rows == len(batch.numbers)
        assert batch.rows == 1 or (batch.rows <= rows and batch.slots <= slots)
        assert len({bool(group.shared) for group in batch.groups}) == 1
        for group in batch.groups:
            for number, own in group.rest:
                assert own and number not in seen
                seen[number] = (*beginning, *group.shared, *own)
                # what must be remembered is not underestimated
                assert batch.slots >= batch.rows * (len(seen[number]) + new)
    assert seen == {number: prompt.tokens for number, prompt in enumerate(prompts)}


@given(PROMPTS, st.integers(1, 8))
def test_half_a_batch_and_the_other_half(prompts: list[Prompt], new: int) -> None:
    groups = grouped(prompts, 1)
    (batch, *_) = packed(groups, shared=1, new_tokens=new, budget=Budget(10**6, 10**6))
    if batch.rows > 1:
        one, other = halves(batch, 1 + new)
        assert one.rows and other.rows
        assert sorted(one.numbers + other.numbers) == sorted(batch.numbers)
        assert max(one.slots, other.slots) < batch.slots


def test_prompts_about_one_sentence_share_it() -> None:
    sentence = tuple(range(10, 30))
    prompts = [Prompt((1, 2, *sentence, 40 + pair), "sentence") for pair in range(3)]
    prompts += [Prompt((1, 2, *sentence, 50)), Prompt((1, 2, 7, 7, 7), "other"), Prompt((1, 2, 7, 8, 7), "other")]
    shared, alone, *others = grouped(prompts, 2)
    assert shared == Group(sentence, ((0, (40,)), (1, (41,)), (2, (42,))))
    assert alone == Group((), ((3, (*sentence, 50)),))
    assert [group.shared for group in others] == [(), ()], "three tokens are not worth a pass of their own"


def test_a_budget_that_shrinks_on_the_way_holds_for_what_follows() -> None:
    budget = Budget(10**6, 8)
    batches = packed(grouped([Prompt((1, n)) for n in range(32)], 1), shared=1, new_tokens=1, budget=budget)
    assert next(batches).rows == 8
    budget.halve()
    assert [batch.rows for batch in batches] == [4] * 6
    budget.halve()
    budget.halve()
    budget.halve()
    assert budget == Budget(10**6 // 16, 1)


@pytest.mark.parametrize("slots", [1, 5])
def test_a_prompt_beyond_the_budget_is_read_alone(slots: int) -> None:
    groups = grouped([Prompt((1, *range(20))), Prompt((1, *range(1, 20)))], 1)
    assert [batch.rows for batch in packed(groups, shared=1, new_tokens=4, budget=Budget(slots, 9))] == [1, 1]
