"""Quotations from voices, once it is known whom the mentions of a book mean."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litgraph.cast.meant.attribution import attribute
from litgraph.cast.meant.beliefs import likeliest
from litgraph.speech.turns import heard
from litgraph.types import Mention, MentionForm, Quotation, Voice

# “Where is she?” said Emma. “At home,” he replied. “Alone?” I asked. “Alone.”
WORDS: list[tuple[str, MentionForm, str, float]] = [
    ("Emma", "name", "emma", 1.0),
    ("he", "pronoun", "mr-knightley", 0.8),
    ("I", "pronoun", "narrator", 1.0),
    ("the man", "noun", "", 1.0),
]
MENTIONS = [
    Mention(f"m{index}", index * 30 + 20, index * 30 + 20 + len(text), text, "PER", form, index, 1, entity,
            certainty=certainty)
    for index, (text, form, entity, certainty) in enumerate(WORDS)
]  # fmt: skip
VOICES = [
    Voice(0, 15, 1, 0, speaker=(("m0", 0.95),), hearer_turns=((1, 0.9),)),
    Voice(30, 40, 1, 1, speaker=(("m1", 0.9),), hearer_turns=((0, 0.9),)),
    Voice(60, 68, 1, 2, speaker=(("m2", 0.7),), hearer_turns=((1, 0.6), (3, 0.1))),
    Voice(90, 98, 1, 3, speaker_turns=((1, 0.9),)),
    Voice(100, 108, 1, 4, speaker=(("m3", 0.9),)),
]


def attributed(voices: Sequence[Voice]) -> tuple[Quotation, ...]:
    meant = {mention.id: {mention.entity: mention.certainty} for mention in MENTIONS if mention.entity}
    entity_of = {mention.id: mention.entity for mention in MENTIONS if mention.entity}
    return attribute(voices, heard(voices, meant), MENTIONS, entity_of)


def test_speakers_hearers_cues_and_what_tells_them() -> None:
    quotations = attributed(VOICES)
    assert [(one.speaker, one.cue, one.how, one.addressees) for one in quotations] == [
        ("emma", "m0", "named", ("mr-knightley",)),
        ("mr-knightley", "m1", "described", ("emma",)),
        ("narrator", "m2", "narrator", ("mr-knightley",)),
        ("mr-knightley", "", "turn", ()),
        ("", "m3", "described", ()),
    ]
    assert all(0.5 < one.certainty <= 1 for one in quotations[:3]) and quotations[4].certainty == 0
    assert [one.id for one in quotations] == ["q0", "q1", "q2", "q3", "q4"]
    assert [(one.start, one.end, one.chapter) for one in quotations] == [(v.start, v.end, v.chapter) for v in VOICES]


def test_a_thought_is_no_speech_but_counts_among_the_turns() -> None:
    thinking = [VOICES[0], Voice(30, 40, 1, 1, thought=True, speaker=(("m1", 0.9),)), *VOICES[2:4]]
    quotations = attributed(thinking)
    assert [(one.id, one.start, one.speaker) for one in quotations] == [
        ("q0", 0, "emma"),
        ("q1", 60, "narrator"),
        ("q2", 90, "mr-knightley"),
    ]


def test_a_mention_beside_it_that_means_another_is_no_cue() -> None:
    # “Oh!” — Emma started — “what is it?”: the pieces of one speech point elsewhere, and three outweigh one.
    voices = [Voice(0, 9, 1, 0, speaker=(("m0", 0.9),))]
    voices += [Voice(index * 10, index * 10 + 9, 1, 0, speaker=(("m2", 1.0),)) for index in (1, 2, 3)]
    first, *others = attributed(voices)
    assert (first.speaker, first.cue, first.how) == ("narrator", "", "turn")
    assert all((one.speaker, one.cue, one.how) == ("narrator", "m2", "narrator") for one in others)


def test_in_doubt_there_is_no_speaker() -> None:
    (only,) = attributed([Voice(0, 9, 1, 0, speaker=(("m3", 0.8), ("m0", 0.1)), hearer=(("m0", 0.2),))])
    assert (only.speaker, only.certainty, only.addressees, only.cue, only.how) == ("", 0.0, (), "m3", "described")


def test_without_voices_there_are_no_quotations() -> None:
    assert attributed([]) == ()


def test_of_two_that_are_equally_likely_one_is_chosen_whatever_the_order() -> None:
    assert likeliest({"a": 0.5, "b": 0.5}, 0.3) == likeliest({"b": 0.5, "a": 0.5}, 0.3) == ("b", 0.5)
    assert likeliest({"a": 0.29}, 0.3) == likeliest({}, 0.0) == ("", 0.0)


shares = st.lists(
    st.tuples(st.sampled_from(["m0", "m1", "m2", "m3", "m9"]), st.floats(0, 1)),
    max_size=3,
    unique_by=lambda one: one[0],
).map(lambda pairs: tuple((name, share / max(1, len(pairs))) for name, share in pairs))
turns = st.lists(st.tuples(st.integers(0, 4), st.floats(0, 0.5)), max_size=2).map(tuple)


@given(st.lists(st.tuples(st.booleans(), shares, shares, turns, turns), min_size=5, max_size=5))
def test_quotations_are_such_as_a_run_may_hold(rows: list[tuple[bool, object, object, object, object]]) -> None:
    voices = [
        Voice(index * 10, index * 10 + 9, 1, index, thought, *pointing)  # type: ignore[arg-type]
        for index, (thought, *pointing) in enumerate(rows)
    ]
    quotations = attributed(voices)
    assert len(quotations) == sum(not one.thought for one in voices)
    for one in quotations:
        assert 0 <= one.certainty <= 1 and (one.certainty > 0) == bool(one.speaker)
        assert one.speaker not in one.addressees or not one.speaker
        assert one.cue in {"", *(mention.id for mention in MENTIONS)}
        assert one.how == "turn" or one.cue
        assert isinstance(one, Quotation)


@pytest.mark.parametrize("seed", range(3))
def test_the_quotations_are_those_of_the_voices_in_order(seed: int) -> None:
    voices = [Voice(index * 10, index * 10 + 9, 1 + index // 5, index, index % 3 == seed) for index in range(12)]
    assert [one.start for one in attributed(voices)] == [one.start for one in voices if not one.thought]
