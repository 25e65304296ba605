"""What is said and what is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litgraph.speech.marks import MarkStyle, mark_style
from litgraph.speech.quotations import Quotations, quotations


def spoken(text: str) -> list[str]:
    return [text[piece.start : piece.end] for piece in quotations(text)]


def turns(text: str) -> list[int]:
    return [piece.turn for piece in quotations(text)]


def test_double_marks() -> None:
    text = "“My dear Mr. Bennet,” said his lady to him one day, “have you heard that ‘Netherfield’ is let at last?”"
    assert spoken(text) == ["“My dear Mr. Bennet,”", "“have you heard that ‘Netherfield’ is let at last?”"]
    assert spoken('"You are right, Watson," said he. "It does seem--"\n\nHe rose.') == [
        '"You are right, Watson,"',
        '"It does seem--"',
    ]


def test_a_straight_mark_opens_where_none_is_open() -> None:
    text = '"That Marquis of yours," I said, " is he also familiar with your secrets?"\n\n"Is he?" cried he--"so soon!"'
    assert spoken(text) == [
        '"That Marquis of yours,"',
        '" is he also familiar with your secrets?"',
        '"Is he?"',
        '"so soon!"',
    ]


def test_guillemets_point_outwards_or_inwards() -> None:
    assert spoken("« Where are you going? » asked Thénardier. « Out. »") == ["« Where are you going? »", "« Out. »"]
    assert spoken("»Where are you going?« asked Effi.\n\n»Out.« He went.") == ["»Where are you going?«", "»Out.«"]
    assert spoken("„Where are you going?“ asked Effi. „Out.“") == ["„Where are you going?“", "„Out.“"]


def test_single_marks_are_no_apostrophes() -> None:
    text = (
        "‘Don’t go, Mr. Lockwood,’ he said; ’tis the dogs’ supper.\n\n"
        "'I'm running to heaven,' said I. 'That isn't Joseph's.'"
    )
    assert spoken(text) == [
        "‘Don’t go, Mr. Lockwood,’",
        "'I'm running to heaven,'",
        "'That isn't Joseph's.'",
    ]


def test_what_may_be_an_apostrophe_closes_where_nothing_better_does() -> None:
    assert spoken("‘I was goin’, sir, to the rock ’n’ roll at the boys’,’ said Kim.") == [
        "‘I was goin’, sir, to the rock ’n’ roll at the boys’,’"
    ]
    assert spoken("‘Ask for the boys’, he said. ‘They know me’, and he left.") == [
        "‘Ask for the boys’",
        "‘They know me’",
    ]


def test_double_marks_among_single_ones() -> None:
    text = "‘He said “never” to me,’ said Barry.\n\n‘Go,’ said I. ‘At once.’\n\n‘Why?’ ‘So.’\n\n“Prodigious!”"
    assert spoken(text) == ["‘He said “never” to me,’", "‘Go,’", "‘At once.’", "‘Why?’", "‘So.’", "“Prodigious!”"]


def test_a_long_speech_is_closed_by_its_last_paragraph_only() -> None:
    text = "“I was born in Geneva.\n\n“My father was a syndic,” he said, and slept.\n\n“He slept,” said I."
    assert spoken(text) == ["“I was born in Geneva.", "“My father was a syndic,”", "“He slept,”"]
    assert turns(text) == [0, 0, 1]


def test_a_mark_that_was_never_closed_ends_with_its_paragraph() -> None:
    text = '"Come here, said she.\n\nHe came. "Here I am," he said.'
    assert spoken(text) == ['"Come here, said she.', '"Here I am,"']
    assert turns(text) == [0, 1]


def test_dashes_are_speech_where_there_are_no_marks() -> None:
    text = "—Thanks, old chap, he cried. That will do.\n\nHe looked at the sea.\n\n—So do I, said the old man."
    assert spoken(text) == ["—Thanks, old chap,", "That will do.", "—So do I,"]
    assert turns(text) == [0, 0, 1]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("“Oh, Jane,” said he, “don’t!”", [0, 0]),
        ("“Hush!” cried the old man, turning pale; “he hears.”", [0, 0]),
        ("“A single man,” said Mrs. Bennet. “What a fine thing for our girls!”", [0, 0]),
        ("“Be careful,” said I. “And then,” continued M. Pelet, “the eye is fine.”", [0, 1, 1]),
        ("“Go!” He went to the window. He looked out. “Nobody is there.”", [0, 1]),
        ("“Go!” said she. He went. “Come back,” she said.", [0, 1]),
        ("“Go!” she said.\n\n“Come back,” he said.", [0, 1]),
    ],
)
def test_a_speech_goes_on_over_an_interruption(text: str, groups: list[int]) -> None:
    assert turns(text) == groups


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “Pension Bertolini” was full of people.",
        "He was one of those “city gentlemen,” and often in debt.",
        "They walked to the “kopje.”",
        "There was a song popular at that time called “The Bogey Man”.",
    ],
)
def test_what_is_only_cited_is_not_said(text: str) -> None:
    assert spoken(text) == []
    assert Quotations(text).hold(text.index("“") + 1)  # though it stands between marks


@pytest.mark.parametrize(
    "text", ["She cried “murder!” and fell.", "He rose and whispered, “go” to her.", "“Oliver” was all that he said."]
)
def test_a_short_piece_is_said(text: str) -> None:
    assert len(spoken(text)) == 1


@pytest.mark.parametrize(
    ("text", "thought"),
    [
        ("“I shall not see her!” he said to himself exultingly.", True),
        ("“Now,” thought I, “this will not do.”", True),
        ("She was thinking, “He is really very ingenious.”", True),
        ("“Now,” said I, “this will not do.”", False),
        ("“Now,” said he to her, and thought himself wise.", False),
    ],
)
def test_a_thought_is_no_speech(text: str, thought: bool) -> None:
    assert {piece.thought for piece in quotations(text)} == {thought}


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("“Go!” said he. The dog’s ‘supper’ was late.", "double"),
        ("« Go! » said he.", "double"),
        ("‘Go!’ said he. ‘Don’t! Why?’ ‘Hush!’ It was “Hamlet”.", "single"),
        ("—Go, said he.\n\n—No.", "dash"),
        ("Go, said he. It was the boys’ dog’s supper, and ’twas late.", "none"),
        ("", "none"),
    ],
)
def test_the_style_of_a_text(text: str, style: MarkStyle) -> None:
    assert mark_style(text) == style
    assert bool(quotations(text)) is (style != "none")


@pytest.mark.parametrize(("place", "holds"), [("day", False), ("heard", True), ("lady", False)])
def test_a_place_is_in_a_quotation_or_not(place: str, holds: bool) -> None:
    text = "“My dear,” said his lady one day, “have you heard?”"
    assert Quotations(text).hold(text.index(place)) is holds


@given(st.text(alphabet="ab I'’‘“”„\"«».,!?—-\n ", max_size=80) | st.text(max_size=40))
def test_quotations_are_in_order_and_inside_paragraphs(text: str) -> None:
    end = turn = 0
    for piece in quotations(text):
        assert end <= piece.start < piece.end <= len(text)
        assert "\n" not in text[piece.start : piece.end]
        assert turn <= piece.turn <= turn + 1
        end, turn = piece.end, piece.turn
    assert all(Quotations(text).hold(piece.start) for piece in quotations(text))


@pytest.mark.parametrize("text", ["“" + "word " * 100_000, '"a" ' * 20_000, "—" + "yes, said he, " * 20_000])
def test_long_paragraphs_take_no_quadratic_time(text: str) -> None:
    assert quotations(text)[-1].end >= len(text) - 20
