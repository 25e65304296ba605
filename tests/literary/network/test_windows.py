"""Sentences to windows: every word once, in order, within the limits."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from litgraph.literary.network.windows import LONGEST_SENTENCE, WordPieces, capitals, windows


@pytest.fixture(scope="module")
def pieces(tiny_base: Path) -> WordPieces:
    return WordPieces(Tokenizer.from_file(str(tiny_base / "tokenizer.json")))


def test_how_a_word_is_written() -> None:
    assert [capitals(word) for word in ("house", "House", "HOUSE", "McHouse", "I", "?", "’s")] == [1, 2, 3, 2, 2, 1, 1]


def test_padding_of_the_base_tokeniser_is_not_taken_for_words(pieces: WordPieces) -> None:
    assert len(pieces.ids("she")) == 3


def test_typographic_quotes_are_read_as_plain_ones(pieces: WordPieces) -> None:
    assert pieces.ids("“") == pieces.ids('"') and pieces.ids("’s") != pieces.ids("“")


words = st.text(alphabet="abcXYZ’.“é", min_size=1, max_size=12)


@settings(deadline=None, max_examples=40)
@given(sentences=st.lists(st.lists(words, min_size=1, max_size=30), max_size=12), length=st.integers(20, 80))
def test_every_word_stands_in_one_window_once(sentences: list[list[str]], length: int, pieces: WordPieces) -> None:
    cut = list(windows(sentences, pieces, length=length))
    assert [index for window in cut for index in window.sentence] == [
        index for index, sentence in enumerate(sentences) for _ in sentence
    ]
    flat = iter(word for sentence in sentences for word in sentence)
    for window in cut:
        assert len(window.pieces) == len(window.capitals) <= LONGEST_SENTENCE
        assert window.pieces[0] == pieces.begin and window.pieces[-1] == pieces.end
        assert len(window.pieces) <= length or len(set(window.sentence)) == 1
        for first in window.first:
            word = pieces.ids(next(flat))
            assert window.pieces[first : first + len(word)] == word


def test_a_word_too_long_for_a_window_leaves_none_empty(pieces: WordPieces) -> None:
    long = "中" * 600  # each sign is a piece
    assert len(pieces.ids(long)) > LONGEST_SENTENCE
    cut = list(windows([[long, "she"], [long], ["he"]], pieces))
    assert all(window.first and len(window.pieces) <= LONGEST_SENTENCE for window in cut)
    assert sum(len(window.first) for window in cut) == 4


def test_a_sentence_longer_than_the_encoder_is_cut_between_words(pieces: WordPieces) -> None:
    cut = list(windows([["word"] * 400], pieces))
    assert len(cut) > 1 and sum(len(window.first) for window in cut) == 400
    assert max(len(window.pieces) for window in cut) <= LONGEST_SENTENCE
