"""A person of the book while names are being joined, and which of several people a word means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from litgraph.cast.joins.forms import Form
from litgraph.names.lexicon import gender_of_given_name
from litgraph.names.titles import Rank, Title
from litgraph.types import Gender

_CLEAR = 7 / 8  # a share that the greater figure of another bearer does not speak against
DOMINANT_SHARE = 0.75  # of the candidates' mentions: below it a name is nobody's for sure
_GENDER_SHARE = 0.8  # of the mentions with a title that must agree
HONOURS: frozenset[Rank] = frozenset({"sir", "lady", "lord", "noble"})


@dataclass(eq=False)
class Person:
    """Names that are one person's.

    Attributes:
        given, surname: folded; "" where no name tells.
        gender: from titles, else from the given name.
        forms: names that are this person's wherever they stand.
        shared: indexes of single mentions of names that others bear too.
        ambiguous: a name that fits several people, kept apart from all of them.
        reasons: for the indexes of mentions whose name is the person's though it shares no word with the others, why.
    """

    given: str = ""
    surname: str = ""
    gender: Gender = "unknown"
    forms: list[Form] = field(default_factory=list)
    shared: list[int] = field(default_factory=list)
    ambiguous: bool = False
    reasons: dict[int, str] = field(default_factory=dict)

    @property
    def commonest(self) -> str:
        """The commonest of the names that are this person's alone; "" if there is none."""
        return max(self.forms, key=lambda form: form.count).name.text if self.forms else ""

    @property
    def titles(self) -> Iterator[Title]:
        """The titles of all names."""
        return (form.name.title for form in self.forms if form.name.title)

    @property
    def count(self) -> int:
        """Mentions of all names that are this person's alone."""
        return sum(form.count for form in self.forms)

    def count_with(self, word: str) -> int:
        """Mentions of the names that contain a word, folded: what speaks for the word alone being this person."""
        return sum(form.count for form in self.forms if word in form.name.folded)

    def has_rank(self, rank: Rank) -> bool:
        """Has one of the names a title of the rank?"""
        return any(title.rank == rank for title in self.titles)

    def is_kin_of(self, form: Form) -> bool:
        """Does the text say that somebody of the name is the person's kin, and so another?"""
        return any(other in form.kin for other in self.forms)

    def add(self, form: Form) -> None:
        """Give the person another name."""
        self.forms.append(form)
        self.gender = _gender_of(self)


def unique(people: Iterable[Person]) -> list[Person]:
    """The people, each once, in order."""
    return list({id(person): person for person in people}.values())


def unique_words(words: Iterable[str]) -> list[str]:
    """The words, each once, in order."""
    return list(dict.fromkeys(words))


def dominant(people: Sequence[Person], word: str = "", share: float = DOMINANT_SHARE) -> Person | None:
    """The one who has a share of the mentions (of names with the word, if there is one), if anyone has."""
    counts = [person.count_with(word) if word else person.count for person in people]
    if counts and (most := max(counts)) >= share * sum(counts):
        return people[counts.index(most)]
    return None


def clear_bearer(people: Sequence[Person], word: str) -> Person | None:
    """The one whom a word alone means: mostly called so, and no other bearer is a greater figure in the book."""
    person = dominant(people, word)
    if person is None or dominant(people, word, _CLEAR):
        return person
    return None if any(other.count > person.count for other in people) else person


def of_rank(people: Iterable[Person], rank: Rank) -> list[Person]:
    """Those of the people who have a title of the rank."""
    return [person for person in people if person.has_rank(rank)]


def are_kin(one: Person, other: Person) -> bool:
    """Does the text say that the two are kin, and so two?"""
    return any(one.is_kin_of(form) for form in other.forms)


def goes_by_title(person: Person) -> bool:
    """Lady Catherine and Sir William are not called Catherine and William."""
    return any(title.rank in ("lady", "sir", "lord") for title in person.titles)


def is_lord(person: Person) -> bool:
    """Lord Henry is Harry to his friends, though nobody calls him Henry."""
    return person.has_rank("lord")


def _gender_of(person: Person) -> Gender:
    votes = _votes_of_titles(person)
    if not votes:
        given = next((form.name.words[0] for form in person.forms if form.name.words), "")
        return gender_of_given_name(person.given or given)
    winner = max(sorted(votes), key=votes.__getitem__)
    return winner if votes[winner] >= _GENDER_SHARE * votes.total() else "unknown"


def _votes_of_titles(person: Person) -> Counter[Gender]:
    votes: Counter[Gender] = Counter()
    for form in person.forms:
        if form.name.title and form.name.title.gender != "unknown":
            votes[form.name.title.gender] += form.count
    return votes
