"""Mentions from the literary reader: names, noun phrases and pronouns, nested ones too, and who is who in a chapter."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple, Protocol

from litgraph import literary
from litgraph.literary import Reading, find_reader
from litgraph.literary.text import ChapterTokens, chapter_tokens
from litgraph.literary.types import Pointing, TokenSpan, Voices
from litgraph.mentions.book_names import text_order, with_names, without_parts_of_names
from litgraph.mentions.finder import ChapterFinder, Finder, Found
from litgraph.mentions.read import UNLINKED, Read
from litgraph.speech.quotations import Piece, pieces_of
from litgraph.threads import in_order, usable_cores
from litgraph.types import Book, Mention, Sentence, Shares, Voice
from litgraph.typography import plain_type


class MentionReader(Protocol):
    """Finds mentions and links them: :class:`litgraph.literary.reader.LiteraryReader` or what stands in for it."""

    def read_tokens(
        self,
        sentences: list[list[str]],
        *,
        relations: bool,
        quotations: Sequence[TokenSpan],
        paragraphs: Sequence[int],
    ) -> Reading:
        """Mentions and clusters, who says the quotations, and if asked for relations, in sentences of tokens."""
        ...


class Said(NamedTuple):
    """A quotation of ``Book.text`` that a reader read; mentions are (start, end, probability).

    Turns are (quotations from here, probability).
    """

    start: int
    end: int
    turn: int
    thought: bool
    speaker: Sequence[tuple[int, int, float]] = ()
    hearer: Sequence[tuple[int, int, float]] = ()
    speaker_turns: Sequence[tuple[int, float]] = ()
    hearer_turns: Sequence[tuple[int, float]] = ()


def choose(folder: str) -> Finder:
    """The reader in a folder, or ("") the one that comes with litgraph.

    Raises:
        ModelError: the folder holds no reader.
    """
    files = find_reader(folder or None)
    return finder_of(lambda: literary.load(files), files.version)


def finder_of(load: Callable[[], MentionReader], version: str) -> Finder:
    """The finder that a reader of tokens makes.

    Args:
        load: gives the reader.
        version: its name and version.
    """

    def chapter_finder() -> ChapterFinder:
        reader = load()

        def find(book: Book, chapters: Iterable[Sequence[Sentence]]) -> Iterator[list[list[Read] | list[Said]]]:
            rest = list(chapters)
            said = pieces_of(book)
            # With few chapters it is the reader's windows that run side by side.
            workers = None if len(rest) >= 2 * usable_cores() else 1
            return in_order(lambda sentences: list(read_chapter(book, sentences, said, reader)), rest, workers=workers)

        return find

    def joined(
        book: Book, sentences: Sequence[Sentence], chapters: Iterable[Sequence[Sequence[Sequence[Any]]]]
    ) -> Found:
        mentions, said = [], []
        for reads, pieces in chapters:
            mentions.append([Read(*row) for row in reads])
            said += [Said(*row) for row in pieces]
        return mentions_read(book, sentences, mentions, said)

    return Finder(version, name="the literary reader", language="en", load=chapter_finder, join=joined)


def read_chapter(
    book: Book, sentences: Sequence[Sentence], said: Sequence[Piece], reader: MentionReader
) -> tuple[list[Read], list[Said]]:
    """What the reader finds in the sentences of a chapter, in text order, of two that begin together the longer first.

    Args:
        book: the book.
        sentences: those of the chapter.
        said: the quotations of the book, in order.
        reader: reads the chapter by itself.
    """
    tokens = chapter_tokens(book.text, sentences)
    spoken = _in_tokens(tokens, sentences, said)
    reading = reader.read_tokens(
        tokens.tokens,
        relations=False,
        quotations=[place for _, place in spoken],
        paragraphs=[sentence.paragraph for sentence in sentences],
    )
    spans = [tokens.span(mention.sentence, mention.first, mention.last) for mention in reading.mentions]

    def in_text(shares: Iterable[tuple[int, float]]) -> list[tuple[int, int, float]]:
        return [(*spans[index], share) for index, share in shares]

    number_of = {mention: number for number, cluster in enumerate(reading.clusters) for mention in cluster}
    found: dict[tuple[int, int], Read] = {}
    for index, mention in enumerate(reading.mentions):
        antecedents = in_text(reading.antecedents[index]) if reading.antecedents else ()  # a reader may tell none
        read = Read(
            *spans[index],
            mention.label,
            mention.form,
            number_of[mention],
            antecedents,
        )
        found.setdefault(spans[index], read)
    voices: Sequence[Voices | None] = reading.voices or [None] * len(spoken)
    return sorted(found.values(), key=text_order), [
        _said(piece, voice.speaker, voice.hearer, in_text)
        if voice
        else Said(piece.start, piece.end, piece.turn, piece.thought)
        for (piece, _), voice in zip(spoken, voices, strict=True)
    ]


def _said(
    piece: Piece,
    speaker: Pointing,
    hearer: Pointing,
    in_text: Callable[[Iterable[tuple[int, float]]], list[tuple[int, int, float]]],
) -> Said:
    return Said(
        piece.start,
        piece.end,
        piece.turn,
        piece.thought,
        in_text(speaker.mentions),
        in_text(hearer.mentions),
        speaker.turns,
        hearer.turns,
    )


def _in_tokens(
    tokens: ChapterTokens, sentences: Sequence[Sentence], said: Sequence[Piece]
) -> list[tuple[Piece, TokenSpan]]:
    """The quotations of a chapter, and where they stand in its tokens."""
    starts = [sentence.start for sentence in sentences]
    first = bisect_left(said, starts[0], key=lambda span: span.start) if starts else 0
    found: list[tuple[Piece, TokenSpan]] = []
    for span in said[first:]:
        if span.start >= sentences[-1].end:
            break
        begin, stop = (bisect_right(starts, offset) - 1 for offset in (span.start, span.end - 1))
        if tokens.tokens[begin] and tokens.tokens[stop]:
            opening, _ = tokens.covering(begin, span.start, span.start + 1)
            _, closing = tokens.covering(stop, span.end - 1, span.end)
            found.append((span, ((begin, opening), (stop, closing))))
    return found


def mentions_read(
    book: Book, sentences: Sequence[Sentence], chapters: Iterable[Sequence[Read]], said: Sequence[Said] = ()
) -> Found:
    """The mentions of the book from what the reader found, with the names that only the whole book shows to be names.

    They may stand inside each other; they come in text order, of two that begin together the longer first.

    Args:
        book: the book.
        sentences: all its sentences.
        chapters: what ``read_chapter`` gave for each.
        said: the quotations of all chapters; their turns count in their chapter.
    """
    plain = replace(book, text=plain_type(book.text))
    found = without_parts_of_names(plain.text, with_names(plain, sentences, _through_book(chapters)))
    linked = Counter(read.chain for read in found)
    id_of = {(read.start, read.end): f"m{number}" for number, read in enumerate(found)}
    chains: dict[int, str] = {}
    starts = [sentence.start for sentence in sentences]
    mentions: list[Mention] = []
    for number, (start, end, label, form, chain, antecedents) in enumerate(found):
        sentence = sentences[bisect_right(starts, start) - 1]
        alone = chain == UNLINKED or linked[chain] == 1
        mentions.append(
            Mention(
                id=f"m{number}",
                start=start,
                end=end,
                text=book.text[start:end],
                label=label,
                form=form,
                sentence=sentence.index,
                chapter=sentence.chapter,
                chain="" if alone else chains.setdefault(chain, f"c{len(chains)}"),
                antecedents=_known(antecedents, id_of),
            )
        )
    return Found(tuple(mentions), tuple(_voices(sentences, starts, said, id_of)))


def _voices(
    sentences: Sequence[Sentence], starts: Sequence[int], said: Sequence[Said], id_of: Mapping[tuple[int, int], str]
) -> Iterator[Voice]:
    before: dict[int, int] = {}  # chapter -> the index of its first quotation
    for index, one in enumerate(said):
        chapter = sentences[bisect_right(starts, one.start) - 1].chapter
        first = before.setdefault(chapter, index)
        yield Voice(
            one.start,
            one.end,
            chapter,
            turn=one.turn,
            thought=one.thought,
            speaker=_known(one.speaker, id_of),
            hearer=_known(one.hearer, id_of),
            speaker_turns=tuple((first + turn, share) for turn, share in one.speaker_turns),
            hearer_turns=tuple((first + turn, share) for turn, share in one.hearer_turns),
        )


def _known(shares: Iterable[tuple[int, int, float]], id_of: Mapping[tuple[int, int], str]) -> Shares:
    """Shares by the ids of those mentions that are still mentions of the book."""
    return tuple((id_of[start, end], share) for start, end, share in shares if (start, end) in id_of)


def _through_book(chapters: Iterable[Sequence[Read]]) -> list[Read]:
    """All that was found, the chains of different chapters told apart."""
    found: list[Read] = []
    before = 0
    for chapter in chapters:
        found.extend(read._replace(chain=before + read.chain) for read in chapter)
        before += max((read.chain + 1 for read in chapter), default=0)
    return found
