"""Quotations as turns: what is one speech, what stands around it, and who speaks to whom."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from litgraph.speech.conversations import Turn, conversations, turns
from litgraph.types import Book, Quotation, Span

NOVEL = """\
Elizabeth sat down. “You are too hasty, sir,” she cried. “You forget that I have made no answer.” He smiled at her.

“I am not now to learn,” replied Mr. Collins, with a formal wave of the hand, “that it is usual.” “Upon my word, sir!” \
cried Elizabeth. They were silent.

“When I do myself the honour, I shall hope.

“And Lady Catherine will be pleased.”

“Indeed,” said she.
"""
NAMES = {"e": "elizabeth-bennet", "c": "mr-collins"}


def book(text: str) -> Book:
    return Book(text, paragraphs=tuple(Span(*match.span()) for match in re.finditer(r"[^\n]+", text)))


def said(*speakers: str, text: str = NOVEL, certainty: float = 0.5) -> list[Quotation]:
    """The pieces in “…” with their speakers: "e" or "c" (who speaks to the other), "" for nobody knows."""
    pieces = re.finditer(r"“[^”\n]*(?:”|$)", text, re.MULTILINE)
    other = {"e": (NAMES["c"],), "c": (NAMES["e"],)}
    return [
        Quotation(f"q{index}", *piece.span(), 1, NAMES.get(who, ""), other.get(who, ()), certainty=certainty)
        for index, (piece, who) in enumerate(zip(pieces, speakers, strict=True))
    ]


def shape(found: list[Turn]) -> list[list[str]]:
    return [[piece.id for piece in turn.quotations] for turn in found]


def test_pieces_of_one_speech_are_one_turn() -> None:
    found = turns(book(NOVEL), said("e", "e", "c", "c", "e", "c", "c", "e"))
    assert shape(found) == [["q0", "q1"], ["q2", "q3"], ["q4"], ["q5", "q6"], ["q7"]]
    assert [turn.words(NOVEL) for turn in found] == [13, 10, 4, 15, 1]


def test_a_speech_that_is_closed_or_has_no_speaker_does_not_go_on_in_the_next_paragraph() -> None:
    closed = NOVEL.replace("I shall hope.", "I shall hope.”")
    found = turns(book(closed), said("e", "e", "c", "c", "e", "c", "c", "e", text=closed))
    assert shape(found)[3:] == [["q5"], ["q6"], ["q7"]]
    assert shape(turns(book(NOVEL), said(*[""] * 8))) == [[f"q{number}"] for number in range(8)]


def test_who_turns_to_another_begins_another_speech() -> None:
    quotations = said("e", "e", "c", "c", "e", "c", "c", "e")
    to_jane = Quotation("q1", quotations[1].start, quotations[1].end, 1, "elizabeth-bennet", ("jane-bennet",))
    assert shape(turns(book(NOVEL), [quotations[0], to_jane, *quotations[2:]]))[:2] == [["q0"], ["q1"]]


def test_around_a_speech_stands_what_the_paragraph_tells_but_not_what_others_say() -> None:
    found = turns(book(NOVEL), said("e", "e", "c", "c", "e", "c", "c", "e"))
    around = [NOVEL[turn.start : turn.end] for turn in found]
    assert around[0] == NOVEL.split("\n")[0]
    assert around[1].startswith("“I am") and around[1].endswith("that it is usual.”")
    assert around[2] == "“Upon my word, sir!” cried Elizabeth. They were silent."
    assert around[3].startswith("“When") and around[3].endswith("pleased.”")


def test_who_speaks_to_whom() -> None:
    quotations = said("e", "e", "c", "c", "e", "", "c", "e")
    alone = Quotation("q9", 0, 5, 1, "mr-collins", ("mr-collins",))
    found = conversations(book(NOVEL), [alone, *reversed(quotations)])
    assert [(one.speaker, one.addressee, len(one.turns)) for one in found] == [
        ("elizabeth-bennet", "mr-collins", 3),
        ("mr-collins", "elizabeth-bennet", 2),
    ]


def test_a_book_without_quotations_or_paragraphs() -> None:
    assert conversations(book(NOVEL), []) == []
    (turn,) = turns(Book("“Oh!” said Emma."), [Quotation("q0", 0, 5, 1, "emma")])
    assert (turn.start, turn.end) == (0, 16)


spans = st.lists(st.tuples(st.integers(0, len(NOVEL) - 1), st.integers(1, 200), st.sampled_from("ab")), max_size=20)


@given(spans, st.randoms())
def test_every_quotation_is_in_one_turn_whose_surroundings_hold_it(
    found: list[tuple[int, int, str]], shuffler: object
) -> None:
    quotations = [
        Quotation(f"q{index}", start, min(start + length, len(NOVEL)), 1, who, (who,))
        for index, (start, length, who) in enumerate(found)
    ]
    mixed = sorted(quotations, key=lambda _: shuffler.random())  # type: ignore[attr-defined]
    result = turns(book(NOVEL), mixed)
    assert sorted(piece.id for turn in result for piece in turn.quotations) == sorted(one.id for one in quotations)
    for turn in result:
        ends = [piece.end for piece in turn.quotations if NOVEL[piece.start : piece.end].strip()]
        assert turn.end >= max((len(NOVEL[:end].rstrip()) for end in ends), default=0)
        assert turn.start <= turn.quotations[0].end


def test_time_is_linear_in_the_quotations_of_one_paragraph() -> None:
    text = "“Ay,” said he. " * 20_000
    quotations = [
        Quotation(f"q{index}", 15 * index, 15 * index + 5, 1, "ab"[index % 2], ("c",)) for index in range(20_000)
    ]
    found = conversations(book(text), quotations)
    assert sum(turn.end - turn.start for one in found for turn in one.turns) < 2 * len(text)
