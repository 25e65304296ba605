"""Inline cleaning: exactly the documented changes, each with its offsets."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.reading.clean import clean, vocabulary
from litgraph.reading.mapped import MADE, MappedText

WORDS = vocabulary(["A rabbit-hole and a grass-plot, something to-day; the mother-in-law."])


def cleaned(text: str) -> str:
    return clean(MappedText.from_source(text), WORDS).text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a wrapped\nline  with\tspaces ", "a wrapped line with spaces"),
        ("_You_ want to tell _me, and\nnobody_ else", "You want to tell me, and nobody else"),
        ("a lone _ stays, and so does snake_case_name", "a lone _ stays, and so does snake_case_name"),
        ("_unclosed stays", "_unclosed stays"),
        ("“_Mem._, get recipe”", "“Mem., get recipe”"),
        ("hence in_ter._ So, try_inger_ than", "hence inter. So, tryinger than"),
        ('replied: _"Forever!" _ that is: _"Enter." _', 'replied: "Forever!" that is: "Enter."'),
        ("_one, or _two_ and C_{2}HCl_{3}O, KING_HENRY_VIII", "_one, or two and C_{2}HCl_{3}O, KING_HENRY_VIII"),
        ("caf&eacute; &#8217;tis &amp; AT&T; so", "café ’tis & AT&T; so"),
        ("Enlarge", ""),
        ("[THE END]\n   Enlarge\nmore; Enlarge it", "[THE END] more; Enlarge it"),
        ("[Project Gutenberg Editor's Note: there is another version]", ""),
        ("=bold= and ~gesperrt~ but a = b = c", "bold and gesperrt but a = b = c"),
        ("Sorrow came--a gentle sorrow--but", "Sorrow came—a gentle sorrow—but"),
        ("a moment--\nthen another\n--and so on", "a moment—then another—and so on"),
        ("Dec. 11th, 17--\nTO Mrs. Saville", "Dec. 11th, 17— TO Mrs. Saville"),
        ("Bishop of D----\nHe was old", "Bishop of D—— He was old"),
        ("well-known", "well-known"),
        ("a rabbit-\nhole", "a rabbit-hole"),
        ("some-\nthing", "something"),
        ("un-\nheard", "un-heard"),
        ("to-\nday and mother-in-\nlaw", "to-day and mother-in-law"),
        ("land-\nand sea-breezes", "land- and sea-breezes"),
        ("``Well,'' he said", "“Well,” he said"),
        ('\'Tis "straight" and stays', '\'Tis "straight" and stays'),
        ("before [Illustration: a [small] whale]after", "before after"),
        ("[Illustration]", ""),
        ("text [Transcriber's Note: sic] text", "text text"),
        ("page\x0cbreak\x00 and so\u00adft\u200b hyphen\ufeff", "pagebreak and soft hyphen"),
        ("no\u00a0break", "no break"),
        ("Bronte\u0308", "Brontë"),
    ],
)
def test_what_changes(raw: str, expected: str) -> None:
    assert cleaned(raw) == expected


@settings(deadline=None, max_examples=300)
@given(st.text("abé -—_=~\n\t[]`'\"0e\u0301\u0327가ᄀ", max_size=60))
def test_offsets_and_form(raw: str) -> None:
    text = clean(MappedText.from_source(raw), WORDS)
    assert unicodedata.is_normalized("NFC", text.text)
    assert "\n" not in text.text and "  " not in text.text and text.text == text.text.strip()
    known = [offset for offset in text.offsets if offset != MADE]
    assert known == sorted(set(known))
    for character, offset in zip(text.text, text.offsets, strict=True):
        if character in "b0" and offset != MADE:
            assert raw[offset] == character
    assert [c for c in text.text if c in "b0"] == [c for c in raw if c in "b0"]
