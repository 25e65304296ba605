"""Who bears a name in one part of the book: Robert Lebrun in the first chapters, his brother in the last."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from litgraph.cast.joins.people import DOMINANT_SHARE, Person
from litgraph.types import Mention

_PART_OF_BOOK = 2  # chapters on each side
_ENOUGH_IN_PART = 5  # mentions there, all candidates together


def chapters_of(person: Person, mentions: Sequence[Mention], word: str = "") -> list[int]:
    """The chapter of each mention of a person (by a name with the word, if there is one), in order."""
    forms = [form for form in person.forms if not word or word in form.name.folded]
    return sorted(mentions[index].chapter for form in forms for index in form.mentions)


def bearer_in_part(
    chapter: int, bearers: Sequence[Person], called: Sequence[Sequence[int]], present: Sequence[Sequence[int]]
) -> Person | None:
    """Who is mostly called by a word around a chapter, if no other bearer is a greater figure there; None if nobody is.

    Args:
        chapter: its number.
        bearers: whom the word may mean.
        called: for each of them the chapters of the mentions by names with the word.
        present: for each of them the chapters of all mentions.
    """
    here = [_near(chapters, chapter) for chapters in called]
    most = max(here)
    if sum(here) < _ENOUGH_IN_PART or most < DOMINANT_SHARE * sum(here):
        return None
    place = here.index(most)
    figures = [_near(chapters, chapter) for chapters in present]
    return bearers[place] if figures[place] == max(figures) else None


def _near(chapters: Sequence[int], chapter: int) -> int:
    """How many of the sorted chapters are in the part of the book around one."""
    return bisect_right(chapters, chapter + _PART_OF_BOOK) - bisect_left(chapters, chapter - _PART_OF_BOOK)
