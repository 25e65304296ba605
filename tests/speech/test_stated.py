"""Who says a quotation where the narrator states it. The sentences are of novels of the public domain."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litgraph.speech.quotations import quotations
from litgraph.speech.stated import Stated, stated
from litgraph.types import Mention, MentionForm

PRONOUNS = frozenset("he she him her his they them i me my".split())


def read(marked: str) -> tuple[str, list[Mention]]:
    """A text in which the mentions of people stand in square brackets, which may be nested."""
    text = re.sub(r"[\[\]]", "", marked)
    mentions: list[tuple[int, int]] = []
    opened: list[int] = []
    place = 0
    for character in marked:
        if character == "[":
            opened.append(place)
        elif character == "]":
            mentions.append((opened.pop(), place))
        else:
            place += 1
    found = []
    for number, (start, end) in enumerate(sorted(mentions, key=lambda span: (span[0], -span[1]))):
        words = text[start:end]
        form: MentionForm = "pronoun" if words.lower() in PRONOUNS else "name" if words[0].isupper() else "noun"
        found.append(Mention(f"m{number}", start, end, words, "PER", form, 0, 1))
    return text, found


def answers(marked: str) -> list[tuple[str, ...] | None]:
    """For each piece the words of the speaker and of the hearers; None where nothing is stated."""
    text, mentions = read(marked)
    words = {mention.id: mention.text for mention in mentions}
    pieces = quotations(text)
    found = stated(text, pieces, mentions)
    return [
        (words[one.speaker], *(words[hearer] for hearer in one.addressees)) if (one := found.get(number)) else None
        for number in range(len(pieces))
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“My dear Mr. Bennet,” said [[his] lady] to [him] one day, and smiled.", ("his lady", "him")),
        ("“But it is,” returned [she]; “for [Mrs. Long] has been here.”", ("she",)),
        ("“Is that his design?” cried [the old man], angrily.", ("the old man",)),
        ("“Oh! to be sure,” [Emma] quickly answered. “I see.”", ("Emma",)),
        ("“You are right,” [he] had already replied.", ("he",)),
        ("“Come,” said poor [Mrs. Dashwood]. [She] wept.", ("Mrs. Dashwood",)),
        ("“And so,” went on [Dr. Monygham], “we left.”", ("Dr. Monygham",)),
        ("“Go on,” said [Emma] to [Harriet]; “I listen.”", ("Emma", "Harriet")),
        ("“Who is he?” [he] asked [her], turning to the window.", ("he", "her")),
        ("“Allow me,” said [Catherine], turning to [Mr. Tilney]. “It is late.”", ("Catherine", "Mr. Tilney")),
        ("[Emma] said, “[I] see.”", ("Emma",)),
        ("[She] turned to [him] and said, “Go.”", ("She", "him")),
        ("[Mr. Weston] turned to [her]: “You see.”", ("Mr. Weston", "her")),
        ("At last [the baronet] whispered to [Adrian]: “Go.”", ("the baronet",)),
        ("Presently [she] said again,\n\n“I wish it were so.”", ("she",)),
        ("[Mr. Knightley] came in. [Emma] rose, and exclaimed: “So late!”", ("Emma",)),
    ],
)
def test_who_speaks_is_stated(text: str, speaker: tuple[str, ...]) -> None:
    assert answers(text)[0] == speaker


@pytest.mark.parametrize(
    "text",
    [
        "“Go!” [She] told [him] everything that [Emma] had said.",
        "“Go.” [He] said nothing.",
        "“Go,” and [Emma], who had said little, rose.",
        "[Emma] had said too much. [Harriet] rose. “Go!”",
        "“Go,” said [Emma]’s voice.",
        "“Go!” [Emma] went away.",
    ],
)
def test_what_is_not_stated_is_left_out(text: str) -> None:
    assert answers(text) == [None]


def test_an_object_is_no_speaker() -> None:
    assert answers("“Go,” said to [him] [Emma].") == [None]
    assert answers("“Go,” interrupted [him] [Emma].") == [None]


def test_pieces_of_one_turn_share_what_is_stated() -> None:
    text = "“I was born in Geneva.\n\n“My father,” said [the stranger] to [me], “was a syndic.”\n\n“Ah!”"
    assert answers(text) == [*[("the stranger", "me")] * 3, None]


def test_who_speaks_is_whom_the_nearest_words_name() -> None:
    text = "“Be careful,” said [I] to [Frances]. “And then,” continued [M. Pelet], “the eye is fine.”"
    assert answers(text) == [("I", "Frances"), ("M. Pelet",), ("M. Pelet",)]


def test_places_do_not_speak() -> None:
    text = "“Go,” said London."
    london = Mention("m0", 11, 17, "London", "GPE", "name", 0, 1)
    assert text[11:17] == "London" and stated(text, quotations(text), [london]) == {}


@given(st.lists(st.sampled_from(["“Go,” ", "said ", "[Emma] ", "to ", "[her] ", "and ", ", ", ". ", "\n\n", "’s "])))
def test_whoever_speaks_stands_outside_of_the_speech(parts: list[str]) -> None:
    text, mentions = read("".join(parts))
    pieces = quotations(text)
    by_id = {mention.id: mention for mention in mentions}
    for number, one in stated(text, pieces, mentions).items():
        assert isinstance(one, Stated) and 0 <= number < len(pieces)
        for mention in (by_id[one.speaker], *(by_id[hearer] for hearer in one.addressees)):
            assert not any(piece.start < mention.end and mention.start < piece.end for piece in pieces)
