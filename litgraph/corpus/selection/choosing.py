"""Which books of a catalogue are taken: those that are asked for, each work once.

Of the editions of one work that one is taken whose title is the plainest, and of these the one that Project Gutenberg
issued first, which it corrects to this day. A part of a set is left out where the whole is there; where only parts are,
all of them are taken, because no other book has their text. Collected works are left out where single works of their
author are taken. Whatever is left out is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from litgraph.corpus.selection.types import CatalogueEntry, Creator
from litgraph.corpus.selection.works import Edition, edition, works
from litgraph.errors import CorpusError
from litgraph.names.grammar import fold
from litgraph.progress import Tell, warn

MOST_TOLD = 20
"""Works of which it is told what was left out; the list names all."""

_ABOUT = ("history and criticism", "bibliography", "authorship", "technique", "study and teaching", "indexes")
"""Subdivisions of headings by which a book is about fiction, and is none (Library of Congress, "Free-floating
subdivisions", H 1095)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which books are asked for; of several values of one kind one must fit, and all kinds must.

    Attributes:
        languages: codes; a book in two languages must have both here.
        subjects: words of a heading of the Library of Congress, such as "fiction" or "sea stories".
        bookshelves: words of the name of one of Project Gutenberg's bookshelves.
        authors: words of an author's name, in any order.
        titles: words of the title, in this order.
        without: words of a heading or bookshelf that no book may have.
        born_after, born_before: first and last year in which an author was born.
    """

    languages: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    bookshelves: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    born_after: int | None = None
    born_before: int | None = None


class SelectedBook(NamedTuple):
    """A book that is taken.

    Attributes:
        entry: of the catalogue.
        part: of a set that is not there as a whole, "volume 2"; else "".
        other_editions: entries of the same work that were left out.
    """

    entry: CatalogueEntry
    part: str = ""
    other_editions: tuple[CatalogueEntry, ...] = ()


class _Condition(NamedTuple):
    words: str
    holds: Callable[[CatalogueEntry], bool]


@dataclass(slots=True)
class _Counts:
    """How many books there are, and how many fulfil each condition by itself."""

    books: int = 0
    fulfil: dict[str, int] = field(default_factory=dict)


def select(
    entries: Iterable[CatalogueEntry], wanted: Wanted, *, all_editions: bool = False, tell: Tell = warn
) -> list[SelectedBook]:
    """Choose the books of a corpus, in the order of the catalogue. Only texts are taken: no sound, no pictures.

    Args:
        entries: of a catalogue.
        wanted: which ones.
        all_editions: take every edition, part and collection that fits.
        tell: told what is left out of these, and why.

    Raises:
        CorpusError: no book fits; its hint says how many fulfil each condition.
    """
    conditions = list(_conditions(wanted))
    counts = _Counts(fulfil={condition.words: 0 for condition in conditions})
    fitting = list(_fitting(entries, conditions, counts))
    if not fitting:
        found = "; ".join(f"{number:,} {words}" for words, number in counts.fulfil.items())
        raise CorpusError(
            "No book of the catalogue is all that was asked for.", f"Of its {counts.books:,} texts are: {found}."
        )
    if all_editions:
        return [SelectedBook(entry) for entry in fitting]
    return _each_work_once(fitting, tell)


def _fitting(
    entries: Iterable[CatalogueEntry], conditions: Sequence[_Condition], counts: _Counts
) -> Iterator[CatalogueEntry]:
    seen: set[int] = set()
    for entry in entries:
        if entry.type != "Text" or entry.number in seen:
            continue
        seen.add(entry.number)
        counts.books += 1
        held = [condition.words for condition in conditions if condition.holds(entry)]
        for words in held:
            counts.fulfil[words] += 1
        if len(held) == len(conditions):
            yield entry


def _conditions(wanted: Wanted) -> Iterator[_Condition]:
    if languages := {language.casefold() for language in wanted.languages}:
        yield _Condition(
            f"in {_or(wanted.languages)}",
            lambda entry: bool(entry.languages) and languages.issuperset(map(str.casefold, entry.languages)),
        )
    if subjects := [_padded(words) for words in wanted.subjects]:
        yield _Condition(
            f"on {_or(wanted.subjects)}", lambda entry: _any_within(subjects, map(_without_about, entry.subjects))
        )
    if bookshelves := [_padded(words) for words in wanted.bookshelves]:
        yield _Condition(
            f"on the bookshelf {_or(wanted.bookshelves)}", lambda entry: _any_within(bookshelves, entry.bookshelves)
        )
    if authors := [_words(name) for name in wanted.authors]:
        yield _Condition(
            f"by {_or(wanted.authors)}",
            lambda entry: any(name <= _words(one.name) for one in entry.authors for name in authors),
        )
    if titles := [_padded(words) for words in wanted.titles]:
        yield _Condition(f"called {_or(wanted.titles)}", lambda entry: _any_within(titles, [entry.title]))
    if without := [_padded(words) for words in wanted.without]:
        yield _Condition(
            f"not on {_or(wanted.without)}",
            lambda entry: not _any_within(without, (*entry.subjects, *entry.bookshelves)),
        )
    if wanted.born_after is not None or wanted.born_before is not None:
        first, last = wanted.born_after, wanted.born_before
        span = f"{first if first is not None else '…'} to {last if last is not None else '…'}"
        yield _Condition(
            f"by somebody born {span}", lambda entry: any(_born_within(one, first, last) for one in entry.authors)
        )


def _born_within(creator: Creator, first: int | None, last: int | None) -> bool:
    born = creator.born
    return born is not None and (first is None or born >= first) and (last is None or born <= last)


def _or(words: Sequence[str]) -> str:
    return " or ".join(f'"{one}"' for one in words)


def _words(text: str) -> frozenset[str]:
    return frozenset(_padded(text).split())


def _padded(text: str) -> str:
    """The words of a text, folded, with a space around each."""
    return f" {' '.join(''.join(one if one.isalnum() else ' ' for one in fold(text)).split())} "


def _any_within(words: Sequence[str], texts: Iterable[str]) -> bool:
    padded = [_padded(text) for text in texts]
    return any(one in text for one in words for text in padded)


def _without_about(heading: str) -> str:
    """A heading without what stands before a subdivision such as "History and criticism"."""
    parts = heading.split(" -- ")
    about = [place for place, part in enumerate(parts) if part.casefold() in _ABOUT]
    return " ".join(parts[about[-1] :]) if about else heading


def _each_work_once(entries: Sequence[CatalogueEntry], tell: Tell) -> list[SelectedBook]:
    selected: list[SelectedBook] = []
    collected: list[SelectedBook] = []
    authors: set[str] = set()
    lines: list[str] = []
    for work in works([edition(entry) for entry in entries]):
        taken = _best(work)
        if work[0].collected:
            collected += taken
            continue
        selected += taken
        authors.add(work[0].key[0])
        lines += _told(taken)
    left_out: list[SelectedBook] = []
    for book in collected:
        (left_out if edition(book.entry).key[0] in authors else selected).append(book)
    lines += [f"{_named(book.entry)}: left out as collected works, beside single ones" for book in left_out]
    for line in lines[:MOST_TOLD]:
        tell(line)
    if len(lines) > MOST_TOLD:
        tell(f"… and {len(lines) - MOST_TOLD:,} works more with several editions or parts (see other_editions, part)")
    place = {entry.number: number for number, entry in enumerate(entries)}
    return sorted(selected, key=lambda book: place[book.entry.number])


def _best(work: Sequence[Edition]) -> list[SelectedBook]:
    """One edition of the whole of a work, or one of each part that no larger part has in it."""
    best: dict[tuple[str, ...], Edition] = {}
    for one in sorted(work, key=lambda one: (not one.plain, len(one.subtitle), one.entry.number)):
        best.setdefault(one.part, one)
    kept = [one for part, one in best.items() if not any(part[:length] in best for length in range(len(part)))]
    taken = {one.entry.number for one in kept}
    books = []
    for one in kept:
        others = (other.entry for other in work if other.part[: len(one.part)] == one.part)
        left_out = tuple(entry for entry in others if entry.number not in taken)
        books.append(SelectedBook(one.entry, ", ".join(one.part), left_out))
    return books


def _told(taken: Sequence[SelectedBook]) -> Iterator[str]:
    first = taken[0]
    if len(taken) > 1:
        yield f"{_named(first.entry)}: no edition has the whole, so its {len(taken)} parts are taken"
    for book in taken:
        if book.other_editions:
            ids = [entry.identifier for entry in book.other_editions]
            more = f" and {len(ids) - 6} more" if len(ids) > 6 else ""
            yield f"{_named(book.entry)}: taken instead of its other editions or parts {', '.join(ids[:6])}{more}"


def _named(entry: CatalogueEntry) -> str:
    return f"{entry.identifier} {' '.join(entry.title.split())}"
