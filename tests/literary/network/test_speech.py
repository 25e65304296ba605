"""Whom a quotation may point to, and how it is scored: near people, turns, nobody."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from litgraph.literary.links import voices
from litgraph.literary.network.features import MentionTable, in_text_order, mention_table
from litgraph.literary.network.heads import Words
from litgraph.literary.network.speech import (
    AFTER,
    BEFORE,
    HEARER,
    INSIDE,
    SPEAKER,
    TURNS,
    Pointers,
    QuotationTable,
    SpeechHead,
    TokenSpan,
    paragraph_of,
    pointers,
    quotation_table,
)
from litgraph.literary.types import TokenMention
from litgraph.types import EntityLabel, MentionForm

SENTENCES = [
    "Emma came to Hartfield with Jane .".split(),
    "“ Where is my sister , Knightley ? ” she said to him .".split(),
    "“ At home , ” Mr. Knightley answered .".split(),
    "“ Alone ? ”".split(),
]
PARAGRAPHS = [0, 1, 2, 3]
QUOTATIONS: list[TokenSpan] = [((1, 0), (1, 8)), ((2, 0), (2, 4)), ((3, 0), (3, 3))]
HIDDEN = 12


def mention(words: str, sentence: int, form: MentionForm, label: EntityLabel = "PER") -> TokenMention:
    tokens, wanted = SENTENCES[sentence], words.split()
    first = next(start for start in range(len(tokens)) if tokens[start : start + len(wanted)] == wanted)
    return TokenMention(sentence, first, first + len(wanted) - 1, label, form)


MENTIONS = in_text_order(
    [
        mention("Emma", 0, "name"),
        mention("Hartfield", 0, "name", "FAC"),
        mention("Jane", 0, "name"),
        mention("my sister", 1, "noun"),
        mention("my", 1, "pronoun"),
        mention("Knightley", 1, "name"),
        mention("she", 1, "pronoun"),
        mention("him", 1, "pronoun"),
        mention("Mr. Knightley", 2, "name"),
    ]
)
NAMES = [" ".join(SENTENCES[one.sentence][one.first : one.last + 1]) for one in MENTIONS]


def setting(
    sentences: list[list[str]] = SENTENCES, mentions: list[TokenMention] = MENTIONS, paragraphs: list[int] = PARAGRAPHS
) -> tuple[MentionTable, QuotationTable, Tensor]:
    table = mention_table(sentences, mentions, QUOTATIONS)
    return table, quotation_table(sentences, QUOTATIONS, paragraphs), paragraph_of(sentences, table, paragraphs)


def words_of(sentences: list[list[str]]) -> Words:
    """States that nothing but the word and its place make."""
    made = torch.Generator().manual_seed(1)
    return Words.from_states(torch.randn(sum(map(len, sentences)), HIDDEN, generator=made))


@pytest.fixture(scope="module")
def head() -> SpeechHead:
    torch.manual_seed(4)
    return SpeechHead(HIDDEN).eval()


def told(to: Pointers, quotation: int, part: slice) -> list[str]:
    return [NAMES[row] for row in to.mentions[quotation, part].tolist() if row >= 0]


def test_people_told_of_before_and_after_and_people_addressed_inside_may_be_pointed_to() -> None:
    to = pointers(*setting())
    assert to.mentions.shape == (3, BEFORE + AFTER + INSIDE)
    before, after, inside = slice(0, BEFORE), slice(BEFORE, BEFORE + AFTER), slice(BEFORE + AFTER, None)
    assert told(to, 0, before) == ["Jane", "Emma"]  # the nearest first, and no house
    assert told(to, 0, after) == ["she", "him", "Mr. Knightley"]  # and nobody of whom another quotation speaks
    assert told(to, 0, inside) == ["my sister", "Knightley"]  # "my" tells nothing
    assert told(to, 2, before) == ["Mr. Knightley", "him", "she", "Jane", "Emma"]
    assert told(to, 2, after) == told(to, 2, inside) == []


def test_turns_are_the_quotations_around() -> None:
    turns = pointers(*setting()).turns.tolist()
    for number, row in enumerate(turns):
        assert row == [number + step if 0 <= number + step < 3 else -1 for step in TURNS]
    assert TURNS.index(-1) != TURNS.index(1) and 0 not in TURNS


def test_what_is_far_away_is_not_pointed_to() -> None:
    far = [["and", "so", "on"]] * 100
    sentences = [SENTENCES[0], *far, *SENTENCES[1:]]
    moved = [
        TokenMention(one.sentence + (100 if one.sentence else 0), one.first, one.last, one.label, one.form)
        for one in MENTIONS
    ]
    spans: list[TokenSpan] = [((a + 100, b), (c + 100, d)) for (a, b), (c, d) in QUOTATIONS]
    table = mention_table(sentences, moved, spans)
    to = pointers(table, quotation_table(sentences, spans), paragraph_of(sentences, table, ()))
    assert told(to, 0, slice(0, BEFORE)) == []
    assert told(to, 0, slice(BEFORE, None))[:2] == ["she", "him"]


def test_scores_are_of_what_is_there(head: SpeechHead) -> None:
    table, spoken, paragraph = setting()
    to = pointers(table, spoken, paragraph)
    with torch.no_grad():
        scores = head(words_of(SENTENCES), table, spoken, to)
    assert scores.shape == (3, BEFORE + AFTER + INSIDE + len(TURNS) + 1, 2)
    there = torch.cat([to.mentions >= 0, to.turns >= 0, torch.ones(3, 1, dtype=torch.bool)], 1)
    assert torch.equal(scores[:, :, HEARER].isfinite(), there)
    there[:, BEFORE + AFTER : BEFORE + AFTER + INSIDE] = False  # nobody speaks of himself by name
    assert torch.equal(scores[:, :, SPEAKER].isfinite(), there)


def test_without_mentions_and_alone_a_quotation_is_nobodys(head: SpeechHead) -> None:
    one: list[TokenSpan] = [((3, 0), (3, 3))]
    table = mention_table(SENTENCES, [], one)
    spoken = quotation_table(SENTENCES, one)
    paragraph = paragraph_of(SENTENCES, table, ())
    with torch.no_grad():
        (found,) = voices(head, words_of(SENTENCES), table, spoken, paragraph)
        nothing = voices(head, words_of(SENTENCES), table, quotation_table(SENTENCES, []), paragraph)
    assert nothing == []
    for role in (found.speaker, found.hearer):
        assert (role.mentions, role.turns) == ((), ())


def test_voices_are_probabilities_the_likeliest_first(head: SpeechHead) -> None:
    table, spoken, paragraph = setting()
    with torch.no_grad():
        found = voices(head, words_of(SENTENCES), table, spoken, paragraph)
    assert len(found) == 3
    to = pointers(table, spoken, paragraph)
    for number, voice in enumerate(found):
        for role in (voice.speaker, voice.hearer):
            for part in (role.mentions, role.turns):
                shares = [share for _, share in part]
                assert all(0 < share <= 1 for share in shares) and sum(shares) < 1.01
                assert shares == sorted(shares, reverse=True)
            assert {row for row, _ in role.mentions} <= set(to.mentions[number].tolist())
            assert {row for row, _ in role.turns} <= set(to.turns[number].tolist()) - {-1}
        inside = to.mentions[number, BEFORE + AFTER :].tolist()
        assert not {row for row, _ in voice.speaker.mentions} & set(inside)


def test_far_words_and_far_mentions_change_nothing(head: SpeechHead) -> None:
    """So a chapter is read in linear time, and as its dialogues are."""
    short = [*SENTENCES, ["and", "so", "on"]]
    table, spoken, paragraph = setting(short, MENTIONS, [*PARAGRAPHS, 4])
    words = words_of(short)
    longer = [*short, *[["and", "so", "on"]] * 110, ["Harriet", "came", "."]]
    more = [*MENTIONS, TokenMention(len(longer) - 1, 0, 0, "PER", "name")]
    paragraphs = [*PARAGRAPHS, *[4] * 112]
    made = torch.Generator().manual_seed(9)
    rest = torch.randn(sum(map(len, longer)) - len(words.states), HIDDEN, generator=made)
    wide = Words.from_states(torch.cat([words.states, rest]))
    with torch.no_grad():
        here = head(words, table, spoken, pointers(table, spoken, paragraph))
        table, spoken, paragraph = setting(longer, more, paragraphs)
        there = head(wide, table, spoken, pointers(table, spoken, paragraph))
    assert torch.allclose(here, there, atol=1e-4)


def test_paragraphs_tell_something_where_they_are_known(head: SpeechHead) -> None:
    with torch.no_grad():
        scores = [
            head(words_of(SENTENCES), table, spoken, pointers(table, spoken, paragraph))
            for table, spoken, paragraph in (setting(), setting(paragraphs=[]), setting(paragraphs=[0, 0, 0, 0]))
        ]
    assert not torch.allclose(scores[0], scores[1]) and not torch.allclose(scores[0], scores[2])
    assert all(bool(one[:, -1].isfinite().all()) for one in scores)
