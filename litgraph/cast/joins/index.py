"""The people of a book while their names are being joined, found by given name, by surname and by title.

All look-ups go through the index, so that the work grows with the names of a book and not with their pairs.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from litgraph.cast.joins.forms import Form
from litgraph.cast.joins.people import Person, goes_by_title, unique
from litgraph.speech.quotations import Quotations
from litgraph.types import Mention

_TOGETHER, _STRAY = (
    0.15,
    1,
)  # of the sentences with the rarer of two names of one person that may have both; that always may
_LOWER_CASE = re.compile(r"\b[a-z]{3,}\b")


class Index:
    """Everybody whom the names read so far belong to, and the names that wait for an owner.

    Args:
        forms: the names of people, groups left out.
        mentions: the mentions that they were made from.
        text: ``Book.text``; "" if unknown.
        quotations: of the text, if they are known already.

    Attributes:
        forms: the names, most frequent first.
        mentions, text: as given.
        quotations: of the text.
        people: everybody, in the order in which they came.
        waiting: the names that no rule has settled yet.
    """

    def __init__(
        self, forms: Sequence[Form], mentions: Sequence[Mention], text: str = "", quotations: Quotations | None = None
    ) -> None:
        self.forms = sorted(forms, key=lambda form: (-form.count, form.mentions[0]))
        self.mentions = mentions
        self.text = text
        self.quotations = quotations or Quotations(text)
        self.people: list[Person] = []
        self.waiting = set(self.forms)
        self._by_given: defaultdict[str, list[Person]] = defaultdict(list)
        self._by_surname: defaultdict[str, list[Person]] = defaultdict(list)
        self._single_words = {form.bare: form for form in self.forms if form.bare}
        self._sentences: dict[Form, set[int]] = {}
        self._titled: defaultdict[str, list[Form]] = defaultdict(list)
        self._times_as_surname: Counter[str] = Counter()
        for form in self.forms:
            self._times_as_surname[form.titled_word or form.name.surname] += form.count
            if form.titled_word:
                self._titled[form.titled_word].append(form)

    # Names

    def single_word(self, word: str) -> Form | None:
        """The name that is this word alone, folded."""
        return self._single_words.get(word)

    def titled(self, word: str) -> Sequence[Form]:
        """The names that are a title and this word."""
        return self._titled.get(word, ())

    def times_as_surname(self, word: str) -> int:
        """Mentions of names that end in the word, or have it behind a title."""
        return self._times_as_surname[word]

    def is_surname(self, word: str) -> bool:
        """Does somebody bear the word as a surname, or may a name with a title that waits show that one does?"""
        return bool(self.with_surname(word)) or any(form in self.waiting for form in self.titled(word))

    @cached_property
    def ordinary_words(self) -> frozenset[str]:
        """The words of the text that are written with a small letter somewhere."""
        return frozenset(_LOWER_CASE.findall(self.text))

    # People

    def with_given(self, word: str) -> Sequence[Person]:
        """Those whose given name (or nickname) the word is; some of them may have lost all their names to others."""
        return self._by_given.get(word, ())

    def called(self, word: str) -> list[Person]:
        """Those who may be called by a given name: not Lady Catherine, nor Sir William."""
        return unique(person for person in self.with_given(word) if person.forms and not goes_by_title(person))

    def with_surname(self, word: str) -> Sequence[Person]:
        """Those whose surname the word is; some of them may have lost all their names to others."""
        return self._by_surname.get(word, ())

    def family(self, surname: str) -> list[Person]:
        """Those of a surname who have names, those left out whose name fits several."""
        return [person for person in self.with_surname(surname) if person.forms and not person.ambiguous]

    def families(self) -> Iterator[Sequence[Person]]:
        """By surname, in the order in which the surnames came, those who bear it."""
        yield from list(self._by_surname.values())

    def numbers(self, person: Person) -> list[int]:
        """The mentions of a person by name."""
        return [*(number for form in person.forms for number in form.mentions), *person.shared]

    def are_two(self, person: Person, form: Form) -> bool:
        """Do so many sentences have a name of the person and the other name that they are two people's?"""
        if min(form.count, person.count) <= _STRAY:
            return False
        if form not in self._sentences:
            self._sentences[form] = {self.mentions[number].sentence for number in form.mentions}
        sentences, numbers = self._sentences[form], self.numbers(person)
        together = sentences.intersection(self.mentions[number].sentence for number in numbers)
        return len(together) > max(_STRAY, _TOGETHER * min(len(sentences), len(numbers)))

    def owners(self) -> dict[int, Person]:
        """For each mention whose name is somebody's, whose."""
        return {number: person for person in self.people for number in self.numbers(person)}

    # Joins

    def add(self, person: Person, form: Form) -> None:
        """Give a person a name."""
        person.add(form)

    def begin(self, form: Form, *, given: str = "", surname: str = "", ambiguous: bool = False) -> None:
        """Make a person of a name, to be found by given name and surname (folded; "" if unknown)."""
        person = Person(given, surname, ambiguous=ambiguous)
        person.add(form)
        self.people.append(person)
        if given:
            self._by_given[given].append(person)
        if surname:
            self._by_surname[surname].append(person)

    def begin_ambiguous(self, word: str, mentions: list[int]) -> None:
        """Keep mentions of a word (folded) that fits several people apart from all of them."""
        self.people.append(Person(word, ambiguous=True, shared=mentions))

    def learn_surname(self, person: Person, surname: str) -> None:
        """Note the surname of one who had none."""
        person.surname = surname
        self._by_surname[surname].append(person)

    def unite(self, one: Person, other: Person, why: str) -> None:
        """Give the names of the rarer of two to the other, who then has the given name and the surname of both.

        Args:
            one: somebody.
            other: who is the same.
            why: a clause for the person who looks through the cast.
        """
        rarer, greater = sorted((one, other), key=lambda person: person.count)
        greater.reasons |= dict.fromkeys(self.numbers(rarer), why) | rarer.reasons
        self.merge(rarer, greater)
        greater.given = greater.given or rarer.given
        if rarer.surname and not greater.surname:
            self.learn_surname(greater, rarer.surname)

    def give(self, doubtful: Person, bearer: Person, why: str) -> None:
        """Give the mentions of a word that fits several people to one of them, and say why."""
        bearer.reasons |= dict.fromkeys(doubtful.shared, why)
        bearer.shared += doubtful.shared
        doubtful.shared = []

    def merge(self, person: Person, into: Person) -> None:
        """Give all names of one person to another, who is then found by the given name of both."""
        for form in person.forms:
            into.add(form)
        person.forms = []
        self._by_given[person.given].append(into)
