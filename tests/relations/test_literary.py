"""The reader as a labeller: every pair gets its own answer, the right way round, with its chapter as context."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import groupby, islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.literary.text import chapter_tokens
from litgraph.literary.types import Thresholds, TokenMention, TokenRelation
from litgraph.ontology import RELATIONS
from litgraph.pairs import candidate_pairs
from litgraph.reading.source import open_source, parse_book
from litgraph.relations import labeller as batching
from litgraph.relations.labeller import Labeller
from litgraph.relations.literary import LiteraryLabeller
from litgraph.sentences import segment
from litgraph.types import EntityLabel, Mention, MentionForm, Pair, Sentence

PEOPLE = re.compile(r"(?:(?:Mr|Mrs)\. |Miss |Lady |Sir )?[A-Z][a-z]+")
ROLES = re.compile(r"\b(?:[Hh]is|[Hh]er|[Mm]y) (?:wife|daughters?|mother|father|sisters?|dear)\b")
PRONOUNS = re.compile(r"\b(?:[Hh]e|[Ss]he|[Hh]is|[Hh]er|[Hh]im|I|[Yy]ou|[Mm]y)\b")


@dataclass
class FakeReader:
    """Answers by the words of the two mentions; remembers what it was asked."""

    name: str = "literary-fake"
    texts: list[Sequence[Sequence[str]]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def judge(
        self, sentences: Sequence[Sequence[str]], pairs: Sequence[tuple[TokenMention, TokenMention]]
    ) -> list[TokenRelation | None]:
        self.texts.append(sentences)
        self.asked += [(words(sentences, one), words(sentences, other)) for one, other in pairs]
        return [opinion(sentences, one, other) for one, other in pairs]


def words(sentences: Sequence[Sequence[str]], mention: TokenMention) -> str:
    return " ".join(sentences[mention.sentence][mention.first : mention.last + 1])


def opinion(sentences: Sequence[Sequence[str]], one: TokenMention, other: TokenMention) -> TokenRelation | None:
    number = sha256(f"{words(sentences, one)}|{words(sentences, other)}".encode()).digest()[0]
    if number % 3 == 0:
        return None
    head, tail = (one, other) if number % 3 == 1 else (other, one)
    return TokenRelation(head, tail, ("child_of", "spouse_of", "lover_of")[number % 7 % 3], number / 256)


def mention(
    text: str, start: int, end: int, form: MentionForm = "name", label: EntityLabel = "PER", sentence: int = 0
) -> Mention:
    return Mention(f"m{start}-{end}", start, end, text[start:end], label, form, sentence, 1, entity=text[start:end])


def pair_of(marked: str) -> tuple[str, Pair]:
    """A text of one sentence and the pair of its two mentions, which stand in braces."""
    text, opened, spans = "", [], []
    for part in re.findall(r"[{}]|[^{}]+", marked):
        if part == "{":
            opened.append(len(text))
        elif part == "}":
            spans.append((opened.pop(), len(text)))
        else:
            text += part
    head, tail = (mention(text, *span) for span in sorted(spans, key=lambda span: (span[0], -span[1])))
    return text, Pair(head, tail, 0, len(text), text)


@pytest.fixture(scope="module")
def pride() -> tuple[str, tuple[Sentence, ...], list[Pair]]:
    """The first chapters of Pride and Prejudice, and the pairs of whatever looks like somebody there."""
    book = parse_book(open_source(Path(__file__).parent.parent / "data" / "pride-chapters-1-3.txt"))
    sentences = segment(book)
    mentions = []
    for sentence in sentences:
        forms: tuple[tuple[re.Pattern[str], MentionForm], ...]
        forms = ((PEOPLE, "name"), (ROLES, "noun"), (PRONOUNS, "pronoun"))
        for pattern, form in forms:
            for found in pattern.finditer(book.text, sentence.start, sentence.end):
                start, end = found.span()
                entity = found.group().lower()
                name = f"m{start}-{end}-{form}"
                mentions.append(
                    Mention(
                        name, start, end, found.group(), "PER", form, sentence.index, sentence.chapter, entity=entity
                    )
                )
    pairs = list(candidate_pairs(book.text, sentences, mentions, window=2))
    assert len({pair.head.chapter for pair in pairs}) == 3 and len(pairs) > 3 * 512
    return book.text, sentences, pairs


Pride = tuple[str, tuple[Sentence, ...], list[Pair]]


def test_every_pair_gets_its_own_answer_the_right_way_round(pride: Pride) -> None:
    text, sentences, pairs = pride
    labeller: Labeller = LiteraryLabeller(FakeReader(), text, sentences)
    answers = list(labeller.label(pairs))
    assert len(answers) == len(pairs)
    by_chapter = {number: list(group) for number, group in groupby(sentences, key=lambda sentence: sentence.chapter)}
    for number, own in by_chapter.items():
        tokens = chapter_tokens(text, own)
        for pair, answer in zip(pairs, answers, strict=True):
            if pair.head.chapter != number:
                continue
            one, other = (
                TokenMention(
                    end.sentence - own[0].index,
                    *tokens.covering(end.sentence - own[0].index, end.start, end.end),
                    end.label,
                    end.form,
                )
                for end in (pair.head, pair.tail)
            )
            expected = opinion(tokens.tokens, one, other) if one != other else None
            assert (answer is None) == (expected is None)
            if answer and expected:
                forward = expected.head == one
                assert (answer.head_mention, answer.tail_mention) == (
                    (pair.head.id, pair.tail.id) if forward else (pair.tail.id, pair.head.id)
                )
                assert (answer.head, answer.tail) == (
                    (pair.head.entity, pair.tail.entity) if forward else (pair.tail.entity, pair.head.entity)
                )
                assert answer.relation == answer.raw == expected.label
                assert answer.confidence == pytest.approx(expected.confidence, abs=1e-4)
                assert answer.source == labeller.name == "literary-fake"
                assert (answer.chapter, text[answer.start : answer.end]) == (number, pair.text)


def test_the_reader_sees_whole_chapters_each_made_into_tokens_once(
    pride: Pride, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, sentences, pairs = pride
    monkeypatch.setattr(batching, "_BATCH", 100)
    reader = FakeReader()
    assert list(LiteraryLabeller(reader, text, sentences).label(pairs)) == list(
        LiteraryLabeller(FakeReader(), text, sentences).label(pairs)
    )
    assert len(reader.texts) > 10
    once = {id(tokens): tokens for tokens in reader.texts}
    chapters = [list(own) for _, own in groupby(sentences, key=lambda sentence: sentence.chapter)]
    assert list(once.values()) == [chapter_tokens(text, own).tokens for own in chapters]


@given(data=st.data())
@settings(deadline=None, max_examples=15)
def test_an_answer_depends_on_its_own_pair_only(pride: Pride, data: st.DataObject) -> None:
    text, sentences, pairs = pride
    labeller = LiteraryLabeller(FakeReader(), text, sentences)
    some = data.draw(st.lists(st.sampled_from(pairs[::25]), max_size=30))
    assert list(labeller.label(some)) == [answer for pair in some for answer in labeller.label([pair])]


def test_pairs_are_taken_a_batch_ahead_at_most(pride: Pride) -> None:
    text, sentences, pairs = pride
    taken: list[Pair] = []

    def stream() -> Iterator[Pair]:
        for pair in pairs:
            taken.append(pair)
            yield pair

    answers = LiteraryLabeller(FakeReader(), text, sentences).label(stream())
    assert not taken
    assert len(list(islice(answers, 3))) == 3
    assert 0 < len(taken) <= 512


@pytest.mark.parametrize(
    ("marked", "asked"),
    [
        ("Mr. Bennet loved {{his} wife}.", ("his wife", "his")),
        ("{{Lady Catherine}'s nephew} bowed.", ("Lady Catherine 's nephew", "Lady Catherine")),
        ("“{Emma}--_{Harriet}_!”", ("Emma", "Harriet")),
        ("The {Long}-Bourn {Mr. Bennet} has.", ("Long-Bourn", "Mr. Bennet")),  # half a token is the whole one
    ],
)
def test_mentions_are_asked_about_in_tokens(marked: str, asked: tuple[str, str]) -> None:
    text, pair = pair_of(marked)
    reader = FakeReader()
    list(LiteraryLabeller(reader, text, [Sentence(0, 0, len(text), 1, 0)]).label([pair]))
    assert reader.asked == [asked]


def test_two_mentions_in_one_token_are_not_related() -> None:
    text, pair = pair_of("The {Elliot}-{Croft} marriage.")
    reader = FakeReader()
    assert list(LiteraryLabeller(reader, text, [Sentence(0, 0, len(text), 1, 0)]).label([pair, pair])) == [None, None]
    assert not reader.asked


def test_a_mention_that_goes_on_beyond_its_sentence_is_asked_about_as_far_as_that() -> None:
    text = "He saw Mr. X. Bennet and Jane."
    pair = Pair(mention(text, 7, 20), mention(text, 25, 29, sentence=1), 0, len(text), text)
    reader = FakeReader()
    list(LiteraryLabeller(reader, text, [Sentence(0, 0, 13, 1, 0), Sentence(1, 14, 30, 1, 0)]).label([pair]))
    assert reader.asked == [("Mr. X.", "Jane")]


class Matchmaker(FakeReader):
    """Marries everybody, the later to the earlier."""

    def judge(
        self, sentences: Sequence[Sequence[str]], pairs: Sequence[tuple[TokenMention, TokenMention]]
    ) -> list[TokenRelation | None]:
        return [TokenRelation(other, one, "spouse_of", 0.91239) for one, other in pairs]


def test_what_the_vocabulary_does_not_allow_is_kept_as_raw_alone() -> None:
    text = "Jane married Bath."
    pair = Pair(mention(text, 0, 4), mention(text, 13, 17, label="GPE"), 0, len(text), text)
    [answer] = LiteraryLabeller(Matchmaker(), text, [Sentence(0, 0, len(text), 1, 0)]).label([pair])
    assert answer
    assert (answer.head, answer.relation, answer.tail) == ("Bath", "", "Jane")
    assert (answer.raw, answer.confidence) == ("spouse_of", 0.9124)


def test_a_relation_is_no_surer_than_whom_its_mentions_mean() -> None:
    text, pair = pair_of("{Jane} met {him}.")
    unsure = replace(pair, tail=replace(pair.tail, certainty=0.5))
    labeller = LiteraryLabeller(Matchmaker(), text, [Sentence(0, 0, len(text), 1, 0)])
    [sure, half] = labeller.label([pair, unsure])
    assert sure and half
    assert half.confidence == pytest.approx(sure.confidence / 2, abs=1e-3)


def test_a_real_network_answers_the_same_together_and_alone(pride: Pride, tiny_base: Path) -> None:
    from litgraph.literary.reader import LiteraryReader
    from litgraph.literary.storage import untrained_reader

    text, sentences, pairs = pride
    untrained = untrained_reader(tiny_base)
    # Where the network says yes is put in the middle of what it says of these pairs.
    found = chapter_tokens(text, [sentence for sentence in sentences if sentence.chapter == 1])
    some = pairs[:60]
    asked = [
        tuple(
            TokenMention(end.sentence, *found.covering(end.sentence, end.start, end.end), end.label, end.form)
            for end in (pair.head, pair.tail)
        )
        for pair in some
    ]
    scores = sorted(untrained.relatedness(found.tokens, [(one, other) for one, other in asked if one != other]))
    middle = Thresholds(relation=(scores[len(scores) // 2 - 1] + scores[len(scores) // 2]) / 2)
    labeller = LiteraryLabeller(LiteraryReader(untrained.network, untrained.pieces, middle), text, sentences)
    together = list(labeller.label(some))
    assert {answer is None for answer in together} == {True, False}
    assert all(answer.raw in RELATIONS and 0 < answer.confidence < 1 for answer in together if answer)
    alone = [answer for pair in some for answer in labeller.label([pair])]
    for one, other in zip(together, alone, strict=True):
        if one and other:
            assert (one.head_mention, one.raw) == (other.head_mention, other.raw)
            assert one.confidence == pytest.approx(other.confidence, abs=1e-3)
    assert sum((one is None) != (other is None) for one, other in zip(together, alone, strict=True)) <= 1
