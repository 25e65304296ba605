"""Running text as tokens: nothing is lost, every token stands where it says, and they are those LitBank has."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from litgraph.corpora.litbank import read_split
from litgraph.literary.text import ChapterTokens, chapter_tokens
from litgraph.speech.marks import in_double_marks
from litgraph.types import Sentence
from litgraph.typography import modern_letters

PROSE = st.text(alphabet="aZé 0.,;:!?'’‘“”\"_-—–\n\t\u00a0()[]*&I\u200b", max_size=40)
WORDS = st.sampled_from(
    "Mr. Darcy's don’t --and _Emma_ cannot :-) o'clock I. (8) http://a.b 'tis £3,000 B----, »so« a\u0301".split(" ")
)
TEXTS = st.lists(PROSE | WORDS | st.text(max_size=10), max_size=8).map(" ".join)


def tokens_of(text: str) -> list[str]:
    return chapter_tokens(text, [Sentence(0, 0, len(text), 1, 0)]).tokens[0]


def cut(text: str, bounds: list[int]) -> list[Sentence]:
    """Sentences that lie in text order; what is between them belongs to none."""
    offsets = sorted(min(bound, len(text)) for bound in bounds)
    pairs = zip(offsets[::2], offsets[1::2], strict=False)
    return [Sentence(index, start, end, 1, 0) for index, (start, end) in enumerate(pairs)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Lincoln's “house”", "Lincoln|'s|“|house|”"),
        ("Mr. and Mrs. Bennet don’t, Esq.", "Mr.|and|Mrs.|Bennet|do|n’t|,|Esq."),
        ("his well-known son-in-law", "his|well-known|son-in-law"),
        ("_Pride_ and _her sister's_", "_|Pride|_|and|_|her|sister|'s|_"),
        ("mortals.--Frank Churchill", "mortals|.|--|Frank|Churchill"),
        ("Darcy's--and Emma!”—she", "Darcy|'s|--|and|Emma|!|”|—|she"),
        ('he said:"Come"', 'he|said|:|"|Come|"'),
        ("Mother'll come; he'd gone", "Mother|'ll|come|;|he|'d|gone"),
        ("“‘Tis the Bennets’ carriage.’”", "“|‘|Tis|the|Bennets|’|carriage|.|’|”"),
        ("me.But", "me|.|But"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_tokens_are_the_treebanks(text: str, tokens: str) -> None:
    assert tokens_of(text) == (tokens.split("|") if tokens else [])


@given(text=TEXTS, bounds=st.lists(st.integers(0, 80), max_size=8))
@example(text="a_b--c “d”", bounds=[0, 10])
@settings(deadline=None, max_examples=300)
def test_tokens_tile_what_is_no_white_space(text: str, bounds: list[int]) -> None:
    sentences = cut(text, bounds)
    chapter = chapter_tokens(text, sentences)
    text = in_double_marks(text)  # as the reader sees it
    assert len(chapter.tokens) == len(sentences)
    for index, sentence in enumerate(sentences):
        left, rebuilt = sentence.start, ""
        for number, token in enumerate(chapter.tokens[index]):
            start, end = chapter.span(index, number, number)
            assert modern_letters(text[start:end]) == token != ""
            assert not text[left:start].strip() and not any(char.isspace() for char in token)
            left, rebuilt = end, rebuilt + token
        assert not text[left : sentence.end].strip()
        assert rebuilt == modern_letters("".join(text[sentence.start : sentence.end].split()))


@given(text=TEXTS, ends=st.tuples(st.integers(0, 80), st.integers(0, 80)))
@settings(deadline=None, max_examples=300)
def test_a_stretch_is_covered_by_the_tokens_that_it_touches(text: str, ends: tuple[int, int]) -> None:
    chapter = chapter_tokens(text, [Sentence(0, 0, len(text), 1, 0)])
    count = len(chapter.tokens[0])
    if not count:
        return
    start, end = min(ends), max(ends) + 1
    first, last = chapter.covering(0, start, end)
    touched = [n for n in range(count) if chapter.starts[0][n] < end and chapter.ends[0][n] > start]
    if touched:
        assert (first, last) == (touched[0], touched[-1])
    else:
        assert 0 <= first <= last < count and last - first <= 1


@given(text=TEXTS, data=st.data())
@settings(deadline=None, max_examples=200)
def test_tokens_to_text_and_back(text: str, data: st.DataObject) -> None:
    chapter = chapter_tokens(text, [Sentence(0, 0, len(text), 1, 0)])
    if chapter.tokens[0]:
        first = data.draw(st.integers(0, len(chapter.tokens[0]) - 1))
        last = data.draw(st.integers(first, len(chapter.tokens[0]) - 1))
        assert chapter.covering(0, *chapter.span(0, first, last)) == (first, last)


def test_a_mention_that_ends_inside_a_token_takes_the_whole_token() -> None:
    text = "Then Mrs. Long-Bourn's niece. And Jane."
    chapter = chapter_tokens(text, [Sentence(0, 0, 29, 1, 0), Sentence(1, 30, 39, 1, 0)])
    start = text.index("Long")
    first, last = chapter.covering(0, start, start + len("Long"))
    assert chapter.tokens[0][first : last + 1] == ["Long-Bourn"]
    assert chapter.covering(0, text.index("niece"), len(text)) == (4, 5)  # only so far as its sentence goes
    assert chapter.span(1, 1, 1) == (34, 38)


def test_most_tokens_are_exactly_litbanks(data_folder: Path) -> None:
    same = total = 0
    for passage in read_split(data_folder, "dev"):
        sentences = [Sentence(n, spans[0].start, spans[-1].end, 1, 0) for n, spans in enumerate(passage.tokens)]
        ours: ChapterTokens = chapter_tokens(passage.text, sentences)
        for spans, starts, ends in zip(passage.tokens, ours.starts, ours.ends, strict=True):
            gold = {(span.start, span.end) for span in spans}
            total += len(gold)
            same += len(gold & set(zip(starts, ends, strict=True)))
    assert same / total > 0.999
