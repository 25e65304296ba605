"""Where in the book names stand: Robert Lebrun is Lebrun in the first chapters, his brother in the last."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from litgraph.cast.joins.forms import Form
from litgraph.cast.joins.people import DOMINANT_SHARE, Person
from litgraph.types import Mention

_PART_OF_BOOK = 2  # chapters on each side
_ENOUGH_IN_PART = 5  # mentions there, all candidates together
_NEARBY = 1  # chapters between a full name and the first short one
_BESIDE, _BESIDE_TIMES = 3, 3  # sentences between a full name and the given name alone; times


def bearers_by_chapter(
    word: str, chapters: Iterable[int], bearers: Sequence[Person], mentions: Sequence[Mention]
) -> dict[int, Person | None]:
    """For each of the chapters, whom the word means there; None where that is open.

    Around the chapter that is the one who is mostly called so, if no other bearer is a greater figure there.

    Args:
        word: folded.
        chapters: numbers of chapters.
        bearers: whom the word may mean.
        mentions: of the whole book.
    """
    by_word = [_chapters_of(person, mentions, word) for person in bearers]
    by_any_name = [_chapters_of(person, mentions) for person in bearers]
    return {chapter: _bearer_around(chapter, bearers, by_word, by_any_name) for chapter in chapters}


def stands_beside(person: Person, form: Form, mentions: Sequence[Mention]) -> bool:
    """Do most of a person's names stand a few sentences from the given name alone?"""
    sentences = [mentions[index].sentence for index in form.mentions]
    of_person = [mentions[index].sentence for other in person.forms for index in other.mentions]
    times = sum(
        bisect_right(sentences, sentence + _BESIDE) > bisect_left(sentences, sentence - _BESIDE)
        for sentence in of_person
    )
    return times >= _BESIDE_TIMES and times * 2 > len(of_person)


def begins_near(person: Person, form: Form, mentions: Sequence[Mention]) -> bool:
    """Does the first of a person's names stand where the form first stands?"""
    first = min(index for other in person.forms for index in other.mentions)
    return abs(mentions[first].chapter - mentions[form.mentions[0]].chapter) <= _NEARBY


def _chapters_of(person: Person, mentions: Sequence[Mention], word: str = "") -> list[int]:
    """The chapter of each mention of a person (by a name with the word, if there is one), in order."""
    forms = [form for form in person.forms if not word or word in form.name.folded]
    return sorted(mentions[index].chapter for form in forms for index in form.mentions)


def _bearer_around(
    chapter: int, bearers: Sequence[Person], by_word: Sequence[Sequence[int]], by_any_name: Sequence[Sequence[int]]
) -> Person | None:
    """Whom a word means in a chapter.

    Args:
        chapter: its number.
        bearers: whom the word may mean.
        by_word: for each of them the chapters of the mentions by names with the word.
        by_any_name: for each of them the chapters of all mentions.
    """
    times = [_times_around(chapters, chapter) for chapters in by_word]
    most = max(times)
    if sum(times) < _ENOUGH_IN_PART or most < DOMINANT_SHARE * sum(times):
        return None
    place = times.index(most)
    figures = [_times_around(chapters, chapter) for chapters in by_any_name]
    return bearers[place] if figures[place] == max(figures) else None


def _times_around(chapters: Sequence[int], chapter: int) -> int:
    """How many of the sorted chapters are in the part of the book around one."""
    return bisect_right(chapters, chapter + _PART_OF_BOOK) - bisect_left(chapters, chapter - _PART_OF_BOOK)
