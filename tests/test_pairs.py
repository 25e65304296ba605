from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.errors import SettingsError
from litgraph.pairs import CoOccurrence, Window, candidate_pairs, co_occurrences
from litgraph.types import Mention, Sentence

TEXT = (
    "Mr. Darcy danced only once with Mrs. Hurst and once with Miss Bingley. "
    "He looked for a moment at Elizabeth. "
    "“Which do you mean?” said Bingley. "
    "Mr. Darcy walked off."
)
ENDS = [TEXT.index("He looked") - 1, TEXT.index("“Which") - 1, TEXT.index("Mr. Darcy walked") - 1, len(TEXT)]
STARTS = [0, TEXT.index("He looked"), TEXT.index("“Which"), TEXT.index("Mr. Darcy walked")]


def sentences(*chapters: int) -> list[Sentence]:
    ends = zip(STARTS, ENDS, chapters, strict=True)
    return [Sentence(index, start, end, chapter, 0) for index, (start, end, chapter) in enumerate(ends)]


def mention(number: int, start: int, end: int, sentence: int, entity: str, chapter: int = 1) -> Mention:
    return Mention(f"m{number}", start, end, TEXT[start:end], "PER", "name", sentence, chapter, entity)


def netherfield() -> list[Mention]:
    entities = {"Darcy": "darcy", "Hurst": "hurst", "Miss Bingley": "caroline", "Elizabeth": "elizabeth", "He": "darcy"}
    found = list(re.finditer("Darcy|Hurst|Miss Bingley|He(?= )|Elizabeth|Bingley", TEXT))
    return [
        mention(number, *match.span(), sum(match.start() >= s for s in STARTS) - 1, entities.get(match[0], "bingley"))
        for number, match in enumerate(found)
    ]


def names(pairs: Sequence[object]) -> list[tuple[str, str]]:
    return [(pair.head.text, pair.tail.text) for pair in pairs]  # type: ignore[attr-defined]


def test_pairs_inside_one_sentence_in_text_order() -> None:
    pairs = list(candidate_pairs(TEXT, sentences(1, 1, 1, 1), netherfield()))
    assert names(pairs) == [
        ("Darcy", "Hurst"),
        ("Darcy", "Miss Bingley"),
        ("Hurst", "Miss Bingley"),
        ("He", "Elizabeth"),
    ]
    assert pairs[3].text == "He looked for a moment at Elizabeth."


def test_a_window_of_two_sentences_shows_both() -> None:
    pairs = list(candidate_pairs(TEXT, sentences(1, 1, 1, 1), netherfield(), window=2))
    across = next(pair for pair in pairs if (pair.head.text, pair.tail.text) == ("Elizabeth", "Bingley"))
    assert across.text == "He looked for a moment at Elizabeth. “Which do you mean?” said Bingley."
    assert TEXT[across.start : across.end] == across.text
    assert ("Darcy", "Bingley") not in names(pairs)  # two sentences apart


def test_no_pair_crosses_a_chapter() -> None:
    pairs = candidate_pairs(TEXT, sentences(1, 1, 2, 2), netherfield(), window=5)
    assert ("Elizabeth", "Bingley") not in names(list(pairs))


def test_of_nested_mentions_the_longer_is_the_head_when_they_start_together() -> None:
    outer, inner, last = mention(0, 0, 20, 0, "a"), mention(1, 0, 3, 0, "b"), mention(2, 15, 20, 0, "c")
    pairs = list(candidate_pairs(TEXT, sentences(1, 1, 1, 1), [last, inner, outer]))
    assert [(pair.head.id, pair.tail.id) for pair in pairs] == [("m0", "m1"), ("m0", "m2"), ("m1", "m2")]


def test_mentions_of_nobody_and_of_the_same_entity_make_no_pair() -> None:
    mentions = [mention(0, 0, 9, 0, "darcy"), mention(1, 10, 16, 0, ""), mention(2, 17, 21, 0, "darcy")]
    assert not list(candidate_pairs(TEXT, sentences(1, 1, 1, 1), mentions))
    assert not co_occurrences(sentences(1, 1, 1, 1), mentions)


@pytest.mark.parametrize("window", [-1, 0, 6])
def test_an_impossible_window_is_refused_at_once(window: int) -> None:
    with pytest.raises(SettingsError, match="between 1 and 5"):
        candidate_pairs(TEXT, sentences(1, 1, 1, 1), [], window=window)
    with pytest.raises(SettingsError):
        co_occurrences(sentences(1, 1, 1, 1), [], window=window)


def test_pairs_are_made_as_they_are_asked_for() -> None:
    crowd = [mention(number, 0, 9, 0, f"guest-{number}") for number in range(3_000)]
    pairs = candidate_pairs(TEXT, sentences(1, 1, 1, 1), crowd)  # four and a half million of them
    assert next(pairs).head.entity == "guest-0"


def test_entities_meet_once_in_a_sentence_however_often_they_are_named() -> None:
    mentions = [mention(number, 4 * number, 4 * number + 3, 0, "ab"[number % 2]) for number in range(6)]
    assert co_occurrences(sentences(1, 1, 1, 1), mentions) == [CoOccurrence("a", "b", (Window(1, STARTS[0], ENDS[0]),))]


def test_the_evidence_of_a_meeting_is_the_shortest_stretch() -> None:
    found = {met[:2]: met.windows for met in co_occurrences(sentences(1, 1, 1, 1), netherfield(), window=3)}
    assert found["bingley", "darcy"] == (Window(1, STARTS[1], ENDS[2]), Window(1, STARTS[2], ENDS[3]))
    assert found["darcy", "elizabeth"] == (Window(1, STARTS[1], ENDS[1]), Window(1, STARTS[1], ENDS[3]))


@st.composite
def books(draw: st.DrawFn) -> tuple[list[Sentence], list[Mention]]:
    """Sentences of ten characters in chapters of some sentences, and mentions anywhere in them."""
    lengths = draw(st.lists(st.integers(1, 6), min_size=1, max_size=3))
    chapters = [chapter for chapter, length in enumerate(lengths, start=1) for _ in range(length)]
    made = [Sentence(index, 10 * index, 10 * index + 9, chapter, index) for index, chapter in enumerate(chapters)]
    places = draw(
        st.lists(st.tuples(st.sampled_from(made), st.integers(0, 8), st.sampled_from(["", "a", "b", "c"])), max_size=14)
    )
    mentions = []
    for number, (sentence, offset, entity) in enumerate(places):
        start, end = sentence.start + offset, sentence.end
        mentions.append(Mention(f"m{number}", start, end, "", "PER", "name", sentence.index, sentence.chapter, entity))
    return made, mentions


@given(book=books(), window=st.integers(1, 5))
@settings(deadline=None, max_examples=150)
def test_pairs_are_those_of_the_naive_definition(book: tuple[list[Sentence], list[Mention]], window: int) -> None:
    made, mentions = book
    pairs = list(candidate_pairs("x" * 200, made, mentions, window=window))
    expected = {
        frozenset((one.id, other.id))
        for one, other in combinations(mentions, 2)
        if one.entity and other.entity and one.entity != other.entity
        if one.chapter == other.chapter and abs(one.sentence - other.sentence) < window
    }
    assert len(pairs) == len(expected)
    assert {frozenset((pair.head.id, pair.tail.id)) for pair in pairs} == expected
    heads = [(pair.head.start, -pair.head.end) for pair in pairs]
    assert heads == sorted(heads)
    for before, after in pairwise(pairs):
        assert before.head.id != after.head.id or before.tail.start <= after.tail.start
    for pair in pairs:
        assert pair.head.start <= pair.tail.start
        assert pair.start <= pair.head.start and pair.tail.end <= pair.end
        assert (pair.start, pair.end) == (made[pair.head.sentence].start, made[pair.tail.sentence].end)


@given(book=books(), window=st.integers(1, 5), shuffled=st.randoms())
@settings(deadline=None, max_examples=150)
def test_co_occurrences_are_those_of_the_naive_definition(
    book: tuple[list[Sentence], list[Mention]], window: int, shuffled: object
) -> None:
    made, mentions = book
    expected: dict[tuple[str, str], list[Window]] = {}
    who = [{mention.entity for mention in mentions if mention.sentence == s.index} - {""} for s in made]
    for one, other in combinations("abc", 2):
        for sentence in made:
            for back in range(window):
                earlier = sentence.index - back
                if earlier < 0 or made[earlier].chapter != sentence.chapter:
                    break
                here, there = who[sentence.index], who[earlier]
                if (one in here and other in there) or (other in here and one in there):
                    window_found = Window(sentence.chapter, made[earlier].start, sentence.end)
                    expected.setdefault((one, other), []).append(window_found)
                    break
    shuffled.shuffle(mentions)  # type: ignore[attr-defined]
    found = co_occurrences(made, mentions, window=window)
    assert {met[:2]: list(met.windows) for met in found} == expected
    assert found == sorted(found)
