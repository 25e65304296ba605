"""Marks of pages and notes in the running text: gone without a trace, and nothing else with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litgraph.reading.apparatus.reference_marks import counted_marks, label_of, labels_of, without_marks
from litgraph.reading.clean import clean, vocabulary
from litgraph.reading.mapped import MADE, MappedText

WORDS = vocabulary(["The lantern and Margaret Hollis came along."])
PAGES = ["[Pg 12]", "[pg. 7]", "[p. 12]", "[P. xii]", "[Page 1204]", "[pp. 12-13]", "[12]", "{12}", "{p. 12}", "[[12]]",
         "[-12-]", "[S. 3]", "[ 12 ]", "{Page 12}", "[Pag. 9]", "[pg ix]"]  # fmt: skip
NOTES = ["[1]", "[^1]", "[FN#1]", "[FN-12]", "[Footnote 2]", "[see note 3]", "†", "‡‡", "¹", "²³"]


def cleaned(text: str, *labels: str) -> str:
    return clean(without_marks(MappedText.from_source(text), frozenset(labels)), WORDS).text


@pytest.mark.parametrize("mark", PAGES)
def test_pages(mark: str) -> None:
    assert cleaned(f"Margaret {mark} Hollis") == "Margaret Hollis"
    assert cleaned(f"Margaret {mark}Hollis") == cleaned(f"Margaret{mark} Hollis") == "Margaret Hollis"
    assert cleaned(f"Margaret{mark}Hollis came.{mark}She sat") == "Margaret Hollis came. She sat"
    assert cleaned(f"with a lan{mark}tern, Mar{mark}garet") == "with a lantern, Margaret"
    assert cleaned(f"with a lan-{mark}tern") == cleaned(f"with a lan-\n{mark}tern") == "with a lantern"
    assert cleaned(f"{mark}Margaret\n{mark}\nHollis{mark}") == "Margaret Hollis"


@pytest.mark.parametrize("mark", NOTES)
def test_notes(mark: str) -> None:
    assert cleaned(f"Margaret{mark} Hollis, said Tregarth.{mark}") == "Margaret Hollis, said Tregarth."
    assert cleaned(f"“Late,”{mark} said Hollis{mark}.") == "“Late,” said Hollis."


@pytest.mark.parametrize("form", ["(p. {})", "<{}>", "|{}|", "( page {} )"])
def test_marks_that_count_through_the_book_are_those_of_pages(form: str) -> None:
    texts = [f"Mr. {form.format(page)} Hollis with a lan{form.format(page)}tern" for page in range(7, 13)]
    counted = counted_marks(texts)
    plain = [clean(without_marks(MappedText.from_source(text), counted=counted), WORDS).text for text in texts]
    assert plain == ["Mr. Hollis with a lantern"] * 6
    assert counted_marks(texts[:3]) is None
    assert counted_marks(reversed(texts)) is None


@pytest.mark.parametrize("mark", ["[A]", "[*]", "[ii]", "(3)", "<3>", "^4", "^{4}", "*", "**", "§"])
def test_marks_that_may_be_something_else_go_where_a_note_bears_their_label(mark: str) -> None:
    text = f"Edmund Hollis{mark}, her brother"
    assert cleaned(text, label_of(mark)) == "Edmund Hollis, her brother"
    if mark != "*":
        assert cleaned(text) == cleaned(text, "other") == text


def test_a_star_behind_a_word_is_a_mark_unless_the_paragraph_has_emphasis() -> None:
    assert cleaned("Edmund*, her brother. Tregarth* came") == "Edmund, her brother. Tregarth came"
    for text in ("*Edmund*, her brother", "said Count*** and the Marquis de Sass****, of T*******", "* * * * *"):
        assert cleaned(text, "*") == text


@pytest.mark.parametrize(
    "text",
    [
        "in the year [1854] and in 1855 (12)",
        "C_{2}HCl_{3}O",
        "a [young] man [sic], [Enter GHOST] and [Exit]",
        "m² and x¹, 2²",
        "He was [I think] there",
        "page 12, p. 13, (p. 14)",
        "[Pages of the king]",
        "f(2) and (12)",
        "{She weeps}",
    ],
)
def test_what_is_no_mark_stays(text: str) -> None:
    assert cleaned(text) == text


@given(
    st.lists(st.sampled_from(["Margaret", "Hollis", "lantern", "came", "along"]), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from(PAGES)), max_size=4),
)
def test_wherever_a_page_begins_the_words_are_the_same(words: list[str], marks: list[tuple[int, str]]) -> None:
    text = " ".join(words)
    for place, mark in marks:
        place %= len(text) + 1
        if not any("]" in text[i] or "}" in text[i] for i in range(place, len(text))):  # not inside another mark
            text = f"{text[:place]}{mark}{text[place:]}"
    assert cleaned(text) == " ".join(words)


@given(st.text("aB [](){}*†1²^_p.-\n", max_size=60))
def test_offsets_stay_true(text: str) -> None:
    found = without_marks(MappedText.from_source(text), {"1", "*", "a"})
    for character, offset in zip(found.text, found.offsets, strict=True):
        if character in "aBp":
            assert offset != MADE and text[offset] == character


def test_labels() -> None:
    assert list(labels_of("Hollis[1] and[A] Tregarth.* He said:² “So.”(4)")) == ["1", "a", "*", "2", "4"]
    assert list(labels_of("*so* and Count***, 1[st]")) == []
