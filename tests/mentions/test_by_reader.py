"""From what a reader of tokens finds to mentions with offsets: whatever the text, whatever it finds."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from litgraph.errors import ModelError
from litgraph.literary import Reading, TokenMention
from litgraph.literary.types import Pointing, Voices
from litgraph.mentions import Found, choose_finder, find_mentions
from litgraph.mentions.by_reader import TokenSpan, finder_of
from litgraph.progress import Resume, from_the_start
from litgraph.runs.checks import checked_mentions
from litgraph.runs.loading import load_book
from litgraph.runs.units import Units
from litgraph.sentences import segment
from litgraph.speech.quotations import quotations
from litgraph.types import ENTITY_LABELS, Book, Chapter, Sentence, Span

EMMA = (
    "Mr. Knightley--a sensible man--was the elder brother of Isabella's husband. _He_ lived about a mile from Highbury."
)


class Guessing:
    """A reader that finds anything anywhere, always the same for the same sentences."""

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed
        self.read: list[list[list[str]]] = []

    def read_tokens(
        self,
        sentences: list[list[str]],
        *,
        relations: bool = True,
        quotations: Sequence[TokenSpan] = (),
        paragraphs: Sequence[int] = (),
    ) -> Reading:
        self.read.append(sentences)
        assert len(paragraphs) == len(sentences)
        for (sentence, opening), (last, closing) in quotations:
            assert (0, 0) <= (sentence, opening) <= (last, closing) < (len(sentences), 0)
            assert opening < len(sentences[sentence]) and closing < len(sentences[last])
        chance = random.Random(f"{self.seed} {sentences}")
        mentions: dict[tuple[int, int, int], TokenMention] = {}
        for sentence, tokens in enumerate(sentences):
            for _ in range(chance.randrange(5) if tokens else 0):
                first = chance.randrange(len(tokens))
                last = min(first + chance.randrange(4), len(tokens) - 1)
                form = chance.choice(("name", "noun", "pronoun"))
                found = TokenMention(sentence, first, last, chance.choice(ENTITY_LABELS), form)  # type: ignore[arg-type]
                mentions.setdefault((sentence, first, last), found)
        clusters: dict[int, list[TokenMention]] = {}
        for mention in sorted(mentions.values()):
            clusters.setdefault(chance.randrange(6), []).append(mention)
        ordered = sorted(mentions.values())

        def shares(below: int) -> tuple[tuple[int, float], ...]:
            some = chance.sample(range(below), min(below, chance.randrange(3)))
            return tuple((index, round(0.9 / 2**rank, 3)) for rank, index in enumerate(some, 1))

        def pointing() -> Pointing:
            return Pointing(shares(len(ordered)), tuple((i, share / 2) for i, share in shares(len(quotations))))

        return Reading(
            ordered,
            list(clusters.values()),
            [],
            antecedents=[shares(index) for index in range(len(ordered))],
            voices=[Voices(pointing(), pointing()) for _ in quotations],
        )


@pytest.fixture()
def guessing() -> Guessing:
    return Guessing()


def book_of(*chapters: str) -> Book:
    text = "\n\n".join(chapters)
    divisions, paragraphs, start = [], [], 0
    for number, chapter in enumerate(chapters, 1):
        divisions.append(Chapter(number, "", start, min(start + len(chapter) + 2, len(text))))
        paragraphs.append(Span(start, start + len(chapter)))
        start += len(chapter) + 2
    return Book(text, divisions=tuple(divisions), paragraphs=tuple(paragraphs), language="en")


def found_in(book: Book, sentences: Sequence[Sentence], reader: Guessing, resume: Resume = from_the_start) -> Found:
    return find_mentions(book, sentences, finder_of(lambda: reader, "guessing"), resume=resume)


def check(book: Book, sentences: Sequence[Sentence], found: Found) -> None:
    """What is true of mentions and voices whatever was read."""
    mentions = found.mentions
    check_voices(book, found)
    for mention in mentions:
        sentence = sentences[mention.sentence]
        assert mention.text == book.text[mention.start : mention.end] != ""
        assert mention.text == mention.text.strip()
        assert sentence.start <= mention.start < mention.end <= sentence.end
        assert mention.chapter == sentence.chapter
        assert mention.entity == ""
    order = [(mention.start, -mention.end) for mention in mentions]
    assert order == sorted(set(order))
    assert [mention.id for mention in mentions] == [f"m{index}" for index in range(len(mentions))]
    assert checked_mentions(mentions, book, sentences) == tuple(mentions)
    linked = sorted((m for m in mentions if m.chain), key=lambda m: m.chain)
    for _, group in groupby(linked, key=lambda m: m.chain):
        chain = list(group)
        assert len(chain) > 1 and len({mention.chapter for mention in chain}) == 1
    in_order = list(dict.fromkeys(mention.chain for mention in mentions if mention.chain))
    assert in_order == [f"c{index}" for index in range(len(in_order))]


def check_voices(book: Book, found: Found) -> None:
    known = {mention.id: mention for mention in found.mentions}
    for mention in found.mentions:
        earlier = [known[id_] for id_, share in mention.antecedents if 0 <= share <= 1]
        assert len(earlier) == len(mention.antecedents)
        assert {one.chapter for one in earlier} <= {mention.chapter}
    chapters = {chapter.number: chapter for chapter in book.chapters}
    voices = found.voices
    assert all(one.end <= other.start for one, other in pairwise(voices))
    assert [one.turn for one in voices] == sorted(one.turn for one in voices)
    for voice in voices:
        chapter = chapters[voice.chapter]
        assert chapter.start <= voice.start < voice.end <= chapter.end
        for id_, share in voice.speaker + voice.hearer:
            assert known[id_].chapter == voice.chapter and 0 <= share <= 1
        for turn, share in voice.speaker_turns + voice.hearer_turns:
            assert voices[turn].chapter == voice.chapter and 0 <= share <= 1


words = st.sampled_from(
    "Emma Woodhouse the The Mock Turtle he her Mr. Tom's Aunt of York _ -- — “ ” . ! , \n é 𝔘 I'll".split(" ")
)
texts = st.lists(words, max_size=40).map(" ".join) | st.lists(words, max_size=40).map("".join) | st.text(max_size=60)


@settings(deadline=None, max_examples=150)
@given(st.lists(texts, min_size=1, max_size=3), st.integers(0, 99))
@example([EMMA, EMMA], 1)
@example([""], 0)
def test_mentions_stand_where_they_say(chapters: list[str], seed: int) -> None:
    book = book_of(*chapters)
    sentences = segment(book)
    check(book, sentences, found_in(book, sentences, Guessing(seed)))


def test_each_chapter_of_a_real_book_is_read_by_itself(alice: Path, guessing: Guessing) -> None:
    book = load_book(alice)
    sentences = segment(book)
    found = found_in(book, sentences, guessing)
    assert len(guessing.read) == len(book.chapters) == 12
    assert len(found.mentions) > 1000
    check(book, sentences, found)
    assert [(one.start, one.end, one.turn) for one in found.voices] == [
        (piece.start, piece.end, piece.turn)
        for piece in quotations(book.text)
        if any(chapter.start <= piece.start < chapter.end for chapter in book.chapters)
    ]


TALK = "“Where is she?” said Emma.\n\n“At home,” he replied, “I think.”\n\n“Alone?”"


class Knowing:
    """A reader that knows who speaks in TALK: "Emma", and "he" of the next paragraph."""

    def read_tokens(
        self,
        sentences: list[list[str]],
        *,
        relations: bool,
        quotations: Sequence[TokenSpan],
        paragraphs: Sequence[int],
    ) -> Reading:
        assert paragraphs == sorted(paragraphs) and len(set(paragraphs)) == 3
        places = [(s, t, word) for s, tokens in enumerate(sentences) for t, word in enumerate(tokens)]
        mentions = [
            TokenMention(sentence, token, token, "PER", "name" if word == "Emma" else "pronoun")
            for sentence, token, word in places
            if word in ("she", "Emma", "he", "I")
        ]
        emma, he = 1, 2
        pointing = [
            (Pointing(((emma, 0.9),)), Pointing((), ((1, 0.8),))),
            (Pointing(((he, 0.7),)), Pointing((), ((0, 0.6),))),
            (Pointing(((he, 0.5),)), Pointing()),
            (Pointing((), ((0, 0.4), (1, 0.1))), Pointing((), ((2, 0.3),))),
        ]
        return Reading(
            mentions,
            [[mention] for mention in mentions],
            [],
            antecedents=[(), ((0, 0.2),), (), ((2, 0.9),)],
            voices=[Voices(*roles) for roles in pointing],
        )


def test_voices_and_antecedents_are_told_by_ids_and_turns_by_the_quotations_of_the_book() -> None:
    text = TALK.split("\n\n")
    one, other = (f"Chapter {number}" for number in (1, 2))
    book = book_of("\n\n".join([one, *text]), "\n\n".join([other, *text]))
    spans = [found.span() for found in re.finditer(r"[^\n]+", book.text)]
    book = replace(book, paragraphs=tuple(Span(*span) for span in spans if not book.text[span[0] :].startswith("Ch")))
    sentences = segment(book)
    found = find_mentions(book, sentences, finder_of(Knowing, "knowing"))
    check(book, sentences, found)
    assert [mention.text for mention in found.mentions] == ["she", "Emma", "he", "I"] * 2
    assert [mention.antecedents for mention in found.mentions[4:]] == [(), (("m4", 0.2),), (), (("m6", 0.9),)]
    assert [book.text[one.start : one.end] for one in found.voices[4:]] == [
        "“Where is she?”", "“At home,”", "“I think.”", "“Alone?”"
    ]  # fmt: skip
    first, second, third, last = found.voices[4:]
    assert (first.speaker, first.hearer, first.hearer_turns) == ((("m5", 0.9),), (), ((5, 0.8),))
    assert (second.speaker, second.hearer_turns) == ((("m6", 0.7),), ((4, 0.6),))
    assert second.turn == third.turn != last.turn and first.turn != second.turn
    assert (last.speaker, last.speaker_turns, last.hearer_turns) == ((), ((4, 0.4), (5, 0.1)), ((6, 0.3),))


def test_what_was_read_before_the_run_was_interrupted_is_not_read_again(tmp_path: Path, guessing: Guessing) -> None:
    book = book_of(EMMA, EMMA.replace("Isabella", "Emma"), EMMA.upper())
    sentences = segment(book)
    expected = found_in(book, sentences, guessing)
    everything = list(guessing.read)

    class Interrupted(Exception):
        pass

    def two_then_stop(rest: Iterable[object], told: str, total: int) -> Iterator[object]:
        for number, item in enumerate(rest):
            if number == 2:
                raise Interrupted
            yield item

    guessing.read.clear()
    units = Units(tmp_path / "mentions.partial", "key")
    with pytest.raises(Interrupted):
        finder = finder_of(lambda: guessing, "guessing")
        find_mentions(book, sentences, finder, resume=units.resume, progress=two_then_stop)  # type: ignore[arg-type]
    done = len(guessing.read)
    assert found_in(book, sentences, guessing, Units(tmp_path / "mentions.partial", "key").resume) == expected
    assert guessing.read == everything and done >= 2


def test_the_same_reader_has_one_version_wherever_it_lies(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        for file in ("model.safetensors", "reader.json", "tokenizer.json"):
            (tmp_path / name / file).write_bytes(b"{}")
    one, other = (choose_finder(f"literary:{tmp_path / name}").version for name in ("one", "other"))
    assert one == other
    (tmp_path / "other" / "model.safetensors").write_bytes(b"{ }")
    assert choose_finder(f"literary:{tmp_path / 'other'}").version != one


def test_a_folder_without_a_reader_is_told_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no literary reader"):
        choose_finder(f"literary:{tmp_path}")
