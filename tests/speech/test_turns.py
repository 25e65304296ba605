"""Who says each quotation and who hears it, weighed over the turns of a dialogue."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from litgraph.speech.turns import Belief, heard
from litgraph.types import Voice

EMMA, KNIGHTLEY = {"m0": {"emma": 1.0}}, {"m1": {"mr-knightley": 1.0}}


def voice(index: int, turn: int | None = None, **pointing: tuple[tuple[object, float], ...]) -> Voice:
    """The quotation of an index, a speech by itself if nothing else is told."""
    return Voice(index * 10, index * 10 + 9, 1, index if turn is None else turn, **pointing)  # type: ignore[arg-type]


def likeliest(belief: Belief) -> str:
    return max(belief, key=lambda name: belief[name], default="")


def test_a_dialogue_of_two_alternates_from_its_one_cue() -> None:
    # “Where is she?” said Emma. “At home.” “Alone?” “Alone.”
    voices = [
        voice(0, speaker=(("m0", 1.0),), hearer_turns=((1, 1.0),)),
        voice(1, speaker=(("m1", 0.9),), hearer_turns=((0, 1.0),)),
        *(voice(index, speaker_turns=((index - 2, 1.0),), hearer_turns=((index - 1, 1.0),)) for index in range(2, 9)),
    ]
    speech = heard(voices, EMMA | KNIGHTLEY)
    both = ("emma", "mr-knightley")
    assert [likeliest(own.speaker) for own in speech] == [both[index % 2] for index in range(9)]
    assert [likeliest(own.hearer) for own in speech] == [both[1 - index % 2] for index in range(9)]


def test_turns_lead_backwards_too() -> None:
    # “Alone?” “Alone,” said Mr. Knightley. “Oh!” said Emma: who asked is who says “Oh!”.
    voices = [
        voice(0, speaker_turns=((2, 0.9),)),
        voice(1, speaker=(("m1", 1.0),), hearer_turns=((0, 0.9),)),
        voice(2, speaker=(("m0", 0.8),)),
    ]
    first, second, _ = heard(voices, EMMA | KNIGHTLEY)
    assert likeliest(first.speaker) == likeliest(second.hearer) == "emma" and first.speaker["emma"] > 0.5


def test_those_who_follow_each_other_are_two() -> None:
    # Both may have said “Alone?”, and nothing else is known of it: so it is not she who speaks right before.
    beside = (("m0", 0.5), ("m1", 0.5))
    voices = [voice(0, speaker=(("m0", 1.0),)), voice(1, speaker=beside), voice(2, speaker=(("m0", 1.0),))]
    assert likeliest(heard(voices, EMMA | KNIGHTLEY)[1].speaker) == "mr-knightley"


def test_one_speech_has_one_speaker_whichever_of_its_pieces_tells_him() -> None:
    # “Oh, Jane,” said Emma, “don’t! / “Or I shall cry.”
    for telling in range(3):
        voices = [voice(index, 0, speaker=(("m0", 1.0),) if index == telling else ()) for index in range(3)]
        speech = heard(voices, EMMA)
        assert speech[0].speaker == speech[1].speaker == speech[2].speaker
        assert speech[0].speaker["emma"] > 0.5


def test_nobody_hears_himself() -> None:
    voices = [voice(0, speaker=(("m0", 1.0),), hearer=(("m0", 0.6), ("m1", 0.4)))]
    (own,) = heard(voices, EMMA | KNIGHTLEY)
    assert likeliest(own.hearer) == "mr-knightley" and own.hearer.get("emma", 0.0) < 0.05
    (own,) = heard([voice(0, speaker=(("m0", 0.95),), hearer=(("m0", 0.9),))], EMMA)
    assert own.hearer.get("emma", 0.0) < 0.2  # and if there is no other, nobody hears


def test_where_nothing_is_known_nobody_speaks() -> None:
    assert heard([], EMMA) == []
    circle = [voice(0, speaker_turns=((1, 1.0),)), voice(1, speaker_turns=((0, 1.0),))]
    assert [(own.speaker, own.hearer) for own in heard(circle, EMMA)] == [({}, {})] * 2
    assert heard([voice(0, speaker=(("m7", 1.0),))], EMMA)[0].speaker == {}


def test_chapters_do_not_hear_each_other() -> None:
    told = [voice(0, speaker=(("m0", 1.0),)), voice(1, speaker=(("m1", 1.0),))]
    here, there = heard([*told, voice(2)], EMMA | KNIGHTLEY), heard([*told, replace(voice(2), chapter=2)], EMMA)
    assert here[2].speaker and not there[2].speaker


people = st.sampled_from(["emma", "jane", "mr-knightley", "mr-weston"])
mentions = st.sampled_from(["m0", "m1", "m2", "m3"])


def _parts(draw: st.DrawFn, keys: st.SearchStrategy[object], most: int = 3) -> tuple[tuple[object, float], ...]:
    """Different keys with shares in hundredths whose sum is at most 1."""
    chosen = draw(st.lists(keys, max_size=most, unique=True))
    left, shares = 100, []
    for key in chosen:
        if left:
            share = draw(st.integers(1, left))
            left -= share
            shares.append((key, share / 100))
    return tuple(shares)


@st.composite
def dialogues(draw: st.DrawFn) -> tuple[list[Voice], dict[str, dict[str, float]]]:
    count = draw(st.integers(0, 8))
    turns, voices = 0, []
    for index in range(count):
        turns += draw(st.booleans())
        others = st.integers(0, count - 1)
        voices.append(
            voice(
                index,
                turns,
                speaker=_parts(draw, mentions),
                hearer=_parts(draw, mentions),
                speaker_turns=_parts(draw, others),
                hearer_turns=_parts(draw, others),
            )
        )
    meant = {f"m{number}": dict(_parts(draw, people)) for number in range(4)}
    return voices, meant  # type: ignore[return-value]


@given(dialogues())
def test_what_is_heard_is_probable_and_consistent(dialogue: tuple[list[Voice], dict[str, dict[str, float]]]) -> None:
    voices, meant = dialogue
    speech = heard(voices, meant)
    assert len(speech) == len(voices)
    known = {entity for belief in meant.values() for entity in belief}
    for own in speech:
        for belief in (own.speaker, own.hearer):
            assert all(0 <= probability <= 1 + 1e-9 for probability in belief.values())
            assert sum(belief.values()) <= 1 + 1e-9
            assert belief.keys() <= known
        for entity, probability in own.hearer.items():
            assert probability + own.speaker.get(entity, 0.0) <= 1 + 1e-9  # nobody hears himself
    speakers: defaultdict[int, list[Belief]] = defaultdict(list)
    for one, own in zip(voices, speech, strict=True):
        speakers[one.turn].append(own.speaker)
    for same in speakers.values():
        assert all(belief == same[0] for belief in same)


def nearly(one: Belief, other: Belief) -> bool:
    """Are two beliefs alike, but for what is hardly likely?"""
    differences = (abs(one.get(name, 0.0) - other.get(name, 0.0)) for name in {*one, *other})
    return all(difference < 0.02 for difference in differences)


@given(dialogues())
def test_the_order_in_which_things_are_told_does_not_matter(
    dialogue: tuple[list[Voice], dict[str, dict[str, float]]],
) -> None:
    voices, meant = dialogue
    other = {name: dict(reversed(belief.items())) for name, belief in reversed(meant.items())}
    for one, two in zip(heard(voices, meant), heard(voices, other), strict=True):
        assert nearly(one.speaker, two.speaker) and nearly(one.hearer, two.hearer)
