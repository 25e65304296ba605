"""Italics as marks of speech."""

from __future__ import annotations

import pytest

from litgraph.reading.source import Source, parse_book

SPEECH = (
    "_Come in,_ said Anna. _I have waited for you._ He came in.\n\n_I am late,_ he said.\n\n_You are,_ said Anna.\n\n"
)


def text_of(text: str) -> str:
    return parse_book(Source("book.txt", text.encode())).text


def test_italics_are_the_marks_of_speech_where_there_are_no_others() -> None:
    assert text_of(SPEECH).startswith("“Come in,” said Anna. “I have waited for you.” He came in.")


@pytest.mark.parametrize(
    "text",
    [
        SPEECH + '"And I," said the boy.\n\n"So am I," said she.\n\n',
        "She read the _Times_ and said nothing.\n\nHe read _Emma_, said his sister, every year.\n\n" * 4,
        "It was _late,_ and he _knew._ The _Arrow,_ a sloop, lay there.\n\n" * 4,
    ],
)
def test_other_italics_only_lose_their_marks(text: str) -> None:
    assert "“" not in text_of(text)
    assert "_" not in text_of(text)


def test_the_map_to_the_source_stays() -> None:
    book = parse_book(Source("book.txt", SPEECH.encode()))
    position = book.source_position(0)
    assert position and position.offset == 0
