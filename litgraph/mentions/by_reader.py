"""Mentions from the literary reader: names, noun phrases and pronouns, nested ones too, and who is who in a chapter."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from litgraph import literary
from litgraph.literary import Reading, find_reader
from litgraph.literary.text import chapter_tokens
from litgraph.mentions.book_names import UNLINKED, Read, text_order, with_names, without_parts_of_names
from litgraph.mentions.finder import ChapterFinder, Finder
from litgraph.threads import in_order, usable_cores
from litgraph.types import Book, Mention, Sentence

_DECIMALS = 3  # of a certainty


class MentionReader(Protocol):
    """Finds mentions and links them: :class:`litgraph.literary.reader.LiteraryReader` or what stands in for it."""

    def read_tokens(self, sentences: list[list[str]], *, relations: bool) -> Reading:
        """Mentions and clusters, and if asked for relations, in sentences of tokens."""
        ...


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

        def find(book: Book, chapters: Iterable[Sequence[Sentence]]) -> Iterator[list[Read]]:
            rest = list(chapters)
            # With few chapters it is the reader's windows that run side by side.
            workers = None if len(rest) >= 2 * usable_cores() else 1
            return in_order(lambda sentences: read_chapter(book, sentences, reader), rest, workers=workers)

        return find

    return Finder(
        version,
        name="the literary reader",
        language="en",
        load=chapter_finder,
        join=lambda book, sentences, chapters: mentions_read(
            book, sentences, ([Read(*row) for row in rows] for rows in chapters)
        ),
    )


def read_chapter(book: Book, sentences: Sequence[Sentence], reader: MentionReader) -> list[Read]:
    """What the reader finds in the sentences of a chapter, in text order, of two that begin together the longer first.

    Args:
        book: the book.
        sentences: those of the chapter.
        reader: reads the chapter by itself.
    """
    tokens = chapter_tokens(book.text, sentences)
    found: dict[tuple[int, int], Read] = {}
    reading = reader.read_tokens(tokens.tokens, relations=False)
    certainties = dict(zip(reading.mentions, reading.certainties, strict=False))  # a reader may tell none
    for number, cluster in enumerate(reading.clusters):
        for mention in cluster:
            start, end = tokens.span(mention.sentence, mention.first, mention.last)
            found.setdefault(
                (start, end),
                Read(start, end, mention.label, mention.form, number, round(certainties.get(mention, 1.0), _DECIMALS)),
            )
    return sorted(found.values(), key=text_order)


def mentions_read(book: Book, sentences: Sequence[Sentence], chapters: Iterable[Sequence[Read]]) -> tuple[Mention, ...]:
    """The mentions of the book from what the reader found, with the names that only the whole book shows to be names.

    They may stand inside each other; they come in text order, of two that begin together the longer first.

    Args:
        book: the book.
        sentences: all its sentences.
        chapters: what ``read_chapter`` gave for each.
    """
    found = without_parts_of_names(book.text, with_names(book, sentences, _through_book(chapters)))
    linked = Counter(read.chain for read in found)
    chains: dict[int, str] = {}
    starts = [sentence.start for sentence in sentences]
    mentions: list[Mention] = []
    for start, end, label, form, chain, certainty in found:
        sentence = sentences[bisect_right(starts, start) - 1]
        alone = chain == UNLINKED or linked[chain] == 1
        mentions.append(
            Mention(
                id=f"m{len(mentions)}",
                start=start,
                end=end,
                text=book.text[start:end],
                label=label,
                form=form,
                sentence=sentence.index,
                chapter=sentence.chapter,
                chain="" if alone else chains.setdefault(chain, f"c{len(chains)}"),
                certainty=1.0 if alone else certainty,
            )
        )
    return tuple(mentions)


def _through_book(chapters: Iterable[Sequence[Read]]) -> list[Read]:
    """All that was found, the chains of different chapters told apart."""
    found: list[Read] = []
    before = 0
    for chapter in chapters:
        found.extend(read._replace(chain=before + read.chain) for read in chapter)
        before += max((read.chain + 1 for read in chapter), default=0)
    return found
