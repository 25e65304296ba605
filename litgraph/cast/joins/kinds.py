"""What kind of thing a name names: a person, a group, a place, an organisation or a vehicle.

A name's own words tell first, then what sure names of people say of its words, then the words before its mentions, at
last the tagger's votes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from litgraph.cast.joins.forms import LONGEST_PREPOSITION, Form
from litgraph.names.abbreviations import is_initial
from litgraph.names.grammar import Name, begins_place, fold, is_place_word, singulars
from litgraph.names.lexicon import gender_of_given_name
from litgraph.types import PLACE_LABELS, EntityKind, Mention

# Of the names in 12 novels, people follow one of these words in under 5 % of their mentions, places in 20 to 60 %.
_PLACE_PREPOSITION = re.compile(
    r"(?:^|[\s(\"“‘'—])(?:at|in|near|into|from|towards?|throughout|through|reached|quitted)\s+(?:the\s+)?$", re.I
)
_PEOPLES = frozenset(
    "american austrian belgian british christian chinese dutch egyptian english european flemish french german greek "
    "hungarian indian irish italian japanese jewish norwegian parisian persian polish portuguese protestant prussian "
    "roman russian scotch scottish spanish swedish swiss turkish venetian viennese welsh".split()
)
_ALSO_SURNAMES = frozenset("hill wood woods park field church bridge row lake lane".split())
_PLACE_SHARE = 0.15
_ENOUGH_CONTEXT = 3


def decide_kinds(forms: Sequence[Form], mentions: Sequence[Mention], text: str = "") -> None:
    """Set ``kind`` of every form: by its wording, by the company it keeps, by the votes of the tagger.

    Args:
        forms: all names of the book.
        mentions: the mentions that they were made from.
        text: ``Book.text``; the words before a name tell a place from a person. "" if unknown.
    """
    people = _names_of_people(forms)
    for form in forms:
        form.kind = _kind(_Case(form, people, _place_share(form, mentions, text)))
        # Where the name is a family's; "a Rabbit" may be Rabbit all the same.
        if form.kind == "character" and people.surname.get(form.bare):
            nobodys = set(form.nobodys)
            form.mentions = [index for index in form.mentions if index not in nobodys]


@dataclass(frozen=True)
class _People:
    """What sure names of people tell of single words: how often each is a given name or a surname."""

    given: Mapping[str, int]
    surname: Mapping[str, int]

    def times(self, word: str) -> int:
        """How often the word is either."""
        return self.given.get(word, 0) + self.surname.get(word, 0)


def _names_of_people(forms: Sequence[Form]) -> _People:
    given: Counter[str] = Counter()
    surname: Counter[str] = Counter()
    for form in forms:
        name = form.name
        if name.group or _ends_as_place(name):
            continue
        if form.titled_word:
            takes_given = name.title is not None and name.title.takes == "given"
            (given if takes_given else surname)[form.titled_word] += form.count
        elif len(name.words) > 1 and (name.titles or form.labels["PER"] * 2 > form.count):
            given[name.given] += form.count
            surname[name.surname] += form.count
    return _People(given, surname)


def _ends_as_place(name: Name) -> bool:
    return len(name.words) > 1 and is_place_word(name.words[-1])


@dataclass(frozen=True)
class _Case:
    """A name whose kind is to be decided.

    Attributes:
        form: the name.
        people: what sure names of people tell.
        place_share: of its mentions those behind "at", "in" and the like, from 0 to 1; None without the text.
    """

    form: Form
    people: _People
    place_share: float | None

    @property
    def has_known_given_name(self) -> bool:
        """Is its first word in the table of given names, or the initial of one before a word that is a surname?"""
        words = self.form.name.words
        if len(words) > 1 and is_initial(words[0]):
            return self.people.surname.get(self.form.name.surname, 0) > 0
        return bool(words) and gender_of_given_name(words[0]) != "unknown"

    @property
    def times_as_person(self) -> int:
        """How often its only word is a given name or a surname in sure names of people."""
        return self.people.times(self.form.bare) if self.form.bare else 0

    def stands_as_person(self, share: float) -> bool:
        """Is the text known, and do fewer of its mentions than the share stand as places do?"""
        return self.place_share is not None and self.place_share < share


def _kind(case: _Case) -> EntityKind:
    """The kind of the first rule that knows one."""
    return next((kind for rule in _RULES if (kind := rule(case))), None) or _kind_by_votes(case)


def _groups(case: _Case) -> EntityKind | None:
    """ "The Bennets", "Miss Bennets", "Italians"."""
    name = case.form.name
    if name.group:
        return "group"
    if len(name.words) != 1 or name.of:
        return None
    word = name.folded[0]
    if case.form.bare in _PEOPLES or (word.endswith("s") and word[:-1] in _PEOPLES and not name.titles):
        return None if case.people.given.get(word) else "group"  # "Christian" may be somebody's name
    return "group" if _is_plural(word, case) else None


def _is_plural(word: str, case: _Case) -> bool:
    """ "Bennets" and "Miss Bennets": people are called Bennet, and more often than any is called Bennets."""
    title = case.form.name.title
    if title and title.rank not in ("miss", "lady"):
        return False
    singular = max((case.people.times(single) for single in singulars(word)), default=0)
    return singular > case.people.surname.get(word, 0) - (case.form.count if title else 0)


def _places_by_words(case: _Case) -> EntityKind | None:
    """ "Rue Plumet", "Netherfield Park", "Oxford Street"; but "Jane Hill" and "Mr. Wood" are people."""
    name = case.form.name
    if len(name.words) > 1 and not name.titles and begins_place(name.words[0]):
        return "place"
    if not _ends_as_place(name):
        return None
    may_be_surname = fold(name.words[-1]) in _ALSO_SURNAMES
    is_person = may_be_surname and (name.titles or case.has_known_given_name)
    return None if is_person else "place"


def _people_by_words(case: _Case) -> EntityKind | None:
    """ "Mr. Darcy", "Philip Hamilton Jr."; and "Jane Fairfax", for Jane is a given name."""
    form, name = case.form, case.form.name
    if name.titles or name.suffix:
        return "character"
    return "character" if len(name.words) > 1 and case.has_known_given_name and form.labels["PER"] else None


def _people_by_kinship(case: _Case) -> EntityKind | None:
    """ "Linton Heathfield", for Mr. Heathfield is the father of Linton Heathfield."""
    return "character" if case.form.kin and case.form.kin.total() * 20 >= case.form.count else None


def _places_of_one_word(case: _Case) -> EntityKind | None:
    """ "The Abbey", where nobody's surname is Abbey."""
    form, words = case.form, case.form.name.words
    is_place = len(words) == 1 and is_place_word(words[0]) and not case.people.surname.get(form.bare)
    return "place" if is_place else None


def _people_by_longer_names(case: _Case) -> EntityKind | None:
    """ "Darcy", who is Mr. Darcy as often as Darcy."""
    return "character" if case.times_as_person >= case.form.count else None


def _places_by_prepositions(case: _Case) -> EntityKind | None:
    """ "Longbourn", for people are "at Longbourn" again and again."""
    if case.place_share is None or case.form.count < _ENOUGH_CONTEXT or case.has_known_given_name:
        return None
    return "place" if case.place_share >= _PLACE_SHARE else None


def _people_by_rare_longer_names(case: _Case) -> EntityKind | None:
    """ "Holmes", who is Mr. Holmes at least once in twenty times."""
    return "character" if case.times_as_person and case.times_as_person * 20 >= case.form.count else None


_RULES: tuple[Callable[[_Case], EntityKind | None], ...] = (
    _groups,
    _people_by_kinship,
    _places_by_words,
    _people_by_words,
    _places_of_one_word,
    _people_by_longer_names,
    _places_by_prepositions,
    _people_by_rare_longer_names,
)


def _kind_by_votes(case: _Case) -> EntityKind:
    """What the tagger calls most mentions; a person where something else speaks for one, too."""
    labels, count = case.form.labels, case.form.count
    place = sum(labels[label] for label in PLACE_LABELS)
    if labels["VEH"] * 2 > count:
        return "vehicle"
    if _is_person_by_given_name(case, place) or labels["PER"] >= max(place, labels["ORG"]):
        return "character"
    # News taggers call an unknown person an organisation; nobody is "at", "in" or "from" a person.
    enough = count >= 3 * _ENOUGH_CONTEXT and labels["PER"] * 4 >= count
    if enough and case.stands_as_person(_PLACE_SHARE / 5):
        return "character"
    return "place" if place >= labels["ORG"] else "organisation"


def _is_person_by_given_name(case: _Case, place: int) -> bool:
    """ "Emma": a given name that some mention is a person by, or that no text and few votes make a place.

    "Florence" is a town where people are there again and again, and hardly a mention is a person.
    """
    if not case.has_known_given_name:
        return False
    labels = case.form.labels
    if labels["PER"] * 4 < place and case.place_share is not None and case.place_share >= _PLACE_SHARE:
        return False
    return labels["PER"] > 0 or labels["ORG"] >= place or case.stands_as_person(_PLACE_SHARE / 2)


def _place_share(form: Form, mentions: Sequence[Mention], text: str) -> float | None:
    if not text:
        return None
    times = 0
    for index in form.mentions:
        start = mentions[index].start
        times += _PLACE_PREPOSITION.search(text[max(0, start - LONGEST_PREPOSITION) : start]) is not None
    return times / form.count
