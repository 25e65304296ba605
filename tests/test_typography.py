"""Old and foreign type, read as modern readers know it: the same letters and the same speech, at the same places."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import litgraph
from litgraph.literary.text import chapter_tokens
from litgraph.speech.marks import in_double_marks, mark_style, marked
from litgraph.speech.quotations import quotations
from litgraph.typography import modern_letters, plain_type

DIALOGUE = """Margaret Hollis walked down to the quay. “You are late,” said Mr. Tregarth. “I don't wait; I shall go.”

“Then go,” said Margaret. “I told my brother that I would come.” She laughed at Mr. Tregarth's face.

“I have my lantern,” said Edmund. “I think I can see my way.

“Come, then!”

“So be it,” they cried."""
FAMILIES = {
    "straight": '""', "single": "‘’", "straight single": "''", "guillemets": "«»", "guillemets inwards": "»«",
    "German": "„“", "Polish": "„”", "Swedish": "””", "Finnish": "»»", "low twice": "„„", "opening twice": "““",
    "single guillemets": "‹›", "single guillemets inwards": "›‹", "German single": "‚‘", "Dutch single": "‚’",
    "Swedish single": "’’", "corners": "「」", "white corners": "『』", "angles": "《》", "primes": "〝〞",
    "ornaments": "❝❞", "reversed": "‟”", "full width": "＂＂", "double primes": "″″", "turned": "”“",
    "typewriter": "`'",
}  # fmt: skip


def in_family(family: str) -> str:
    opening, closing = tuple(FAMILIES[family])
    return DIALOGUE.replace("“", opening).replace("”", closing)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_same_dialogue_in_any_marks_is_the_same_speech(family: str) -> None:
    text = in_family(family)
    assert [(one.start, one.end, one.closed) for one in marked(text)] == [
        (one.start, one.end, one.closed) for one in marked(DIALOGUE)
    ]
    assert quotations(text) == quotations(DIALOGUE)
    assert mark_style(text) in ("double", "single")
    shown = in_double_marks(text)
    assert len(shown) == len(text)
    assert shown == (DIALOGUE if '"' not in shown else DIALOGUE.replace("“", '"').replace("”", '"'))


@given(
    st.lists(
        st.sampled_from(["“Come,” said he.", "She sat. “I don't,” said Jane. “Go!”", "He left.", "“Oh!”"]), min_size=3
    ),
    st.sampled_from(sorted(FAMILIES)),
)
def test_any_dialogue_in_any_marks(paragraphs: list[str], family: str) -> None:
    usual = "\n\n".join(["“Well,” said she.", *paragraphs])
    opening, closing = tuple(FAMILIES[family])
    text = usual.replace("“", opening).replace("”", closing)
    assert [(one.start, one.end) for one in marked(text)] == [(one.start, one.end) for one in marked(usual)]


@pytest.mark.parametrize(
    "text",
    [
        DIALOGUE,
        DIALOGUE.replace("“", "‘").replace("”", "’"),
        "“He said ‹so› and «thus»,” said she. “『Yes』”",
        "‘’Tis the boys’ hat,’ said he, ‘an’ “no” other’s.’",
        "A word in `code` and a 5′ 3″ man: “Come,” said he.",
        "No speech, but the boys’ hats and a ’scope.",
    ],
)
def test_usual_marks_are_left_alone(text: str) -> None:
    assert plain_type(text) == text.replace("″", '"')


def test_single_marks_with_double_ones_inside_are_shown_the_other_way_round() -> None:
    text = "‘’Tis “no” use,’ said Jane. ‘The boys’ hats!’ ‘Oh,’ said he."
    assert in_double_marks(text) == "“’Tis ‘no’ use,” said Jane. “The boys’ hats!” “Oh,” said he."


@given(st.text("aS ‘’“”«»‹›\"'`,.\nſ„", max_size=60))
def test_no_character_moves(text: str) -> None:
    for shown in (plain_type(text), in_double_marks(text)):
        assert len(shown) == len(text)
        assert [one for one in shown if one in "aS\n,."] == [one for one in text if one in "aS\n,."]
    assert plain_type(plain_type(text)) == plain_type(text) or "`" in text


@pytest.mark.parametrize("unit", ["‚x ", "`x ", "‹", "’x ", "“\n", "„x\n", "‘’"])
def test_hostile_marks_take_linear_time(unit: str) -> None:
    assert len(in_double_marks(unit * 50_000)) == len(unit) * 50_000


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Miſs Clariſſa", "Miss Clarissa"),
        ("Griﬃth", "Griffith"),
        ("the oﬀicer Weﬅon", "the officer Weston"),
        ("Fiﬆ and ﬁre, ﬂame", "Fist and fire, flame"),
        ("Cæsar", "Cæsar"),
        ("plain", "plain"),
    ],
)
def test_letters(old: str, new: str) -> None:
    assert modern_letters(old) == new


def test_tokens_are_modern_and_stand_where_the_old_ones_do() -> None:
    text = "‹Miſs Griﬃth,› ſaid he. ‹Don’t!›"
    tokens = chapter_tokens(text, [litgraph.Sentence(0, 0, len(text), 1, 0)])
    assert tokens.tokens == [["“", "Miss", "Griffith", ",", "”", "said", "he", ".", "“", "Do", "n’t", "!", "”"]]
    assert text[slice(*tokens.span(0, 2, 2))] == "Griﬃth"


STORY = """CHAPTER I

Miss Clarissa Griffith wrote to Miss Anna Howell. "Anna," said Clarissa, "I will not see Mr. Lovelass." Her sister
Arabella Griffith hated Clarissa. Captain Tresilian came with Rose Fisher. Miss Howell loved Clarissa.

"Miss Griffith," said Captain Tresilian, "you shall answer it." Clarissa wept, and Mrs. Griffith, her mother, wept."""


@pytest.mark.parametrize("printer", ["long s", "ligatures", "both"])
def test_the_cast_of_a_book_in_old_type_is_that_of_its_modern_twin(printer: str, tmp_path: Path) -> None:
    old = STORY
    if printer != "ligatures":
        old = "".join(
            "ſ" if one == "s" and following.isalpha() else one
            for one, following in zip(old, old[1:] + " ", strict=True)
        )
    if printer != "long s":
        old = old.replace("ffi", "ﬃ").replace("ff", "ﬀ").replace("fi", "ﬁ").replace("fl", "ﬂ")
    casts = []
    for name, text in (("old", old), ("new", STORY)):
        path = tmp_path / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        book = litgraph.read_book(path)
        found = litgraph.find_mentions(book, litgraph.segment(book))
        assert all(mention.text == book.text[mention.start : mention.end] for mention in found.mentions)
        understood = litgraph.understand(found.mentions, text=book.text, voices=found.voices)
        casts.append((understood.cast.entities, [quotation.speaker for quotation in understood.quotations]))
        assert ("ſ" in book.text or "ﬃ" in book.text) == (name == "old")
    assert casts[0] == casts[1]
    assert {"clarissa-griffith", "miss-clarissa-griffith"} & {entity.id for entity in casts[0][0]}
