"""The people of a book in its text: where each is told of, where each is spoken to, and who stands near."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from litgraph.cast.address import is_address
from litgraph.cast.joins.index import Index
from litgraph.cast.joins.people import Person

_PARAGRAPH = re.compile(r"[^\n]+")
_REACH = 3  # paragraphs on each side of a quotation in which those are told of who hear it
_NAMES = 12  # names on each side that are looked at: paragraphs may be lists


@dataclass(eq=False)
class Hearers:
    """Who is told of around the quotations that address one person.

    Attributes:
        times: quotations that address the person.
        near: by person, around how many of them he is told of.
        beside: by person, in how many cases in the paragraph before or after: he may answer.
        speaking: by person, in how many cases in the same paragraph: he may be the one who speaks.
    """

    times: int = 0
    near: Counter[Person] = field(default_factory=Counter)
    beside: Counter[Person] = field(default_factory=Counter)
    speaking: Counter[Person] = field(default_factory=Counter)


class Told:
    """Where people are told of and spoken to, as their names are joined so far.

    Args:
        index: the people, their mentions and the text of the book.
        concerns: of whom it shall be known where they are spoken to.
    """

    def __init__(self, index: Index, concerns: Callable[[Person], bool]) -> None:
        paragraphs = [match.start() for match in _PARAGRAPH.finditer(index.text)]
        owner_of = index.owners()
        self._told: list[tuple[int, Person]] = []  # paragraph and person of each name outside of quotations
        self._addressed: defaultdict[Person, list[tuple[int, int]]] = defaultdict(list)  # mention and paragraph
        self._sentences: defaultdict[Person, set[int]] = defaultdict(set)
        for number in sorted(owner_of):
            mention, person = index.mentions[number], owner_of[number]
            paragraph = bisect_right(paragraphs, mention.start) - 1
            if not index.quotations.hold(mention.start):
                self._told.append((paragraph, person))
                self._sentences[person].add(mention.sentence)
            elif concerns(person) and is_address(index.text, mention.start, mention.end):
                self._addressed[person].append((number, paragraph))
        self._paragraphs = [paragraph for paragraph, _ in self._told]

    def times_told(self, person: Person) -> int:
        """In how many sentences a person is named outside of quotations."""
        return len(self._sentences.get(person, ()))

    def times_together(self, one: Person, other: Person) -> int:
        """In how many sentences two people are both named outside of quotations."""
        return len(self._sentences.get(one, set()) & self._sentences.get(other, set()))

    def addressed(self) -> Sequence[Person]:
        """Those who are spoken to by name, most often first."""
        return sorted(self._addressed, key=lambda person: -len(self._addressed[person]))

    def addresses(self, person: Person) -> Sequence[tuple[int, int]]:
        """The mentions by which a person is spoken to, each with its paragraph."""
        return self._addressed.get(person, ())

    def hearers(self, person: Person) -> Hearers:
        """Who is told of around the quotations that address a person."""
        hearers = Hearers(len(self._addressed[person]))
        for _, paragraph in self._addressed[person]:
            around = dict.fromkeys(self.around(paragraph))
            hearers.near.update({other: 1 for _, other in around})
            hearers.beside.update({other: 1 for place, other in around if abs(place - paragraph) == 1})
            hearers.speaking.update({other: 1 for place, other in around if place == paragraph})
        return hearers

    def around(self, paragraph: int, reach: int = _REACH) -> Iterator[tuple[int, Person]]:
        """The names outside of quotations in the paragraphs around one: paragraph and person of each."""
        begin, end = bisect_left(self._paragraphs, paragraph), bisect_right(self._paragraphs, paragraph)
        first = max(bisect_left(self._paragraphs, paragraph - reach), begin - _NAMES)
        last = min(bisect_right(self._paragraphs, paragraph + reach), max(begin, min(end, begin + _NAMES)) + _NAMES)
        yield from self._told[first:last]
