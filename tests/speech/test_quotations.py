"""What is said and what is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litgraph.speech.quotations import Quotations, quotations


def spoken(text: str) -> list[str]:
    return [text[span.start : span.end] for span in quotations(text)]


def test_double_marks() -> None:
    text = "“My dear Mr. Bennet,” said his lady to him one day, “have you heard that ‘Netherfield’ is let at last?”"
    assert spoken(text) == ["“My dear Mr. Bennet,”", "“have you heard that ‘Netherfield’ is let at last?”"]
    assert spoken('"You are right, Watson," said he. "It does seem--"\n\nHe rose.') == [
        '"You are right, Watson,"',
        '"It does seem--"',
    ]


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


def test_a_long_speech_is_closed_by_its_last_paragraph_only() -> None:
    text = "“I was born in Geneva.\n\n“My father was a syndic,” he said, and slept."
    assert spoken(text) == ["“I was born in Geneva.", "“My father was a syndic,”"]


def test_a_mark_that_was_never_closed_ends_with_its_paragraph() -> None:
    text = '"Come here, said she.\n\nHe came. "Here I am," he said.'
    assert spoken(text) == ['"Come here, said she.', '"Here I am,"']


def test_dashes_are_speech_where_there_are_no_marks() -> None:
    assert spoken("—I see it, Stephen said.\n\nHe looked at the sea.\n\n—So do I.") == [
        "—I see it, Stephen said.",
        "—So do I.",
    ]


@pytest.mark.parametrize(("place", "holds"), [("day", False), ("heard", True), ("lady", False)])
def test_a_place_is_in_a_quotation_or_not(place: str, holds: bool) -> None:
    text = "“My dear,” said his lady one day, “have you heard?”"
    assert Quotations(text).hold(text.index(place)) is holds


@given(st.text(alphabet="ab I'’‘“”\"«».,!?—-\n ", max_size=80))
def test_quotations_are_in_order_and_inside_paragraphs(text: str) -> None:
    end = 0
    for span in quotations(text):
        assert end <= span.start < span.end <= len(text)
        assert "\n" not in text[span.start : span.end]
        end = span.end
