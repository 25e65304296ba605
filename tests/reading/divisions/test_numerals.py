"""Numerals of headings: whatever form a number is printed in, it is read back as that number."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litgraph.reading.divisions.headings import parse_heading
from litgraph.reading.divisions.numerals import LAST, NUMERAL, numeral_value, roman

ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
ONES += " eighteen nineteen"
TENS = ["", "", *"twenty thirty forty fifty sixty seventy eighty ninety".split()]
IRREGULAR = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth"}
IRREGULAR |= {"twelve": "twelfth"} | {ten: ten[:-1] + "ieth" for ten in TENS if ten}


def spelled(number: int, conjunction: str = " and ") -> str:
    """A number in words, hyphens between tens and ones."""
    if number < 20:
        return ONES.split()[number]
    if number < 100:
        return TENS[number // 10] + (f"-{spelled(number % 10)}" if number % 10 else "")
    size, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    head = f"{spelled(number // size)} {name}"
    if not number % size:
        return head
    return head + (conjunction if number % size < 100 or size == 100 else " ") + spelled(number % size, conjunction)


def ordinal(words: str) -> str:
    start, joint, last = re.fullmatch(r"(.*?)([ -]?)(\w+)", words).groups()  # type: ignore[union-attr]
    return start + joint + IRREGULAR.get(last, last + "th")


FORMS: dict[str, Callable[[int], str]] = {
    "hyphens": lambda n: spelled(n),
    "spaces": lambda n: spelled(n).replace("-", " "),
    "hyphens throughout": lambda n: spelled(n).replace(" ", "-"),
    "no and": lambda n: spelled(n, " "),
    "ordinal": lambda n: ordinal(spelled(n)),
    "ordinal with spaces": lambda n: ordinal(spelled(n)).replace("-", " "),
    "roman": roman,
    "digits": str,
    "digits, ordinal": lambda n: f"{n}th",
}
CASES: dict[str, Callable[[str], str]] = {
    "lower": str,
    "capitals": str.upper,
    "title": str.title,
    "first": str.capitalize,
}


@given(st.integers(1, 9999), st.sampled_from(sorted(FORMS)), st.sampled_from(sorted(CASES)))
def test_every_form_of_a_number_is_read_back(number: int, form: str, case: str) -> None:
    if form == "roman" and number >= 4000:
        number %= 4000
    number = number or 1
    words = CASES[case](FORMS[form](number))
    assert re.fullmatch(NUMERAL, words, re.IGNORECASE), words
    assert numeral_value(words) == number


@given(
    st.integers(1, 3000),
    st.sampled_from(sorted(FORMS)),
    st.sampled_from(["Chapter {}", "CHAPTER THE {}.", "{} CHAPTER"]),
)
def test_chapters_of_every_number(number: int, form: str, line: str) -> None:
    if line.startswith("{") and "ordinal" not in form:
        line = "Chapter {}: The Quay"
    heading = parse_heading(line.format(FORMS[form](number).title()))
    assert heading is not None
    assert (heading.family, heading.number) == ("chapter", number)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("one and twenty", 21),
        ("Two-and-Twentieth", 22),
        ("A Hundred", 100),
        ("Hundred and First", 101),
        ("ONE HUNDRED ONE", 101),
        ("fourty two", 42),
        ("TWENTY- ONE", 21),
        ("the last", None),
        ("Last", LAST),
        ("premier", 1),
        ("IIII", 4),
        ("MI", 1001),
        ("IIX", None),
        ("civil", None),
    ],
)
def test_rarer_forms(words: str, number: int | None) -> None:
    assert numeral_value(words) == number or (number is None and not re.fullmatch(NUMERAL, words, re.IGNORECASE))


def test_a_number_does_not_swallow_the_title_behind_it() -> None:
    for line, number, title in [
        ("CHAPTER TWENTY. ONE NIGHT", 20, "ONE NIGHT"),
        ("Chapter Twenty: One Night", 20, "One Night"),
        ("Chapter Twenty – One Night", 20, "One Night"),
        ("Chapter Twenty One: Night", 21, "Night"),
        ("Chapter One Hundred: And So On", 100, "And So On"),
    ]:
        heading = parse_heading(line)
        assert heading is not None
        assert (heading.number, heading.title) == (number, title)
