"""Full names of one family whose given names are one name: "Eliza" and "Elizabeth Bennet", "R." and "Robert Walton"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from litgraph.cast.joins.fitting import fits
from litgraph.cast.joins.index import Index
from litgraph.cast.joins.people import Person, unique
from litgraph.names.lexicon import are_variants, nickname_keys

_LONG = 6  # letters from which one that differs is a matter of spelling: "Catharine", but not "Anna" and "Anne"


def join_nicknames(index: Index) -> None:
    """ "Miss Eliza Bennet" is Elizabeth Bennet, the only one of the family for whom it may be short."""

    def bearers(person: Person, others: Sequence[Person]) -> list[Person]:
        return [
            other
            for other in others
            if are_variants(person.given, other.given)
            and all(fits(other, form, nickname=True) for form in person.forms)
        ]

    _join_in_families(index, nickname_keys, bearers)


def join_spellings(index: Index) -> None:
    """ "R. Walton" is Robert Walton if no Roger is there, and "Catharine Alan" is Catherine: printers err."""

    def bearers(person: Person, others: Sequence[Person]) -> list[Person]:
        alike = [
            other
            for other in others
            if (len(other.given) > 1 or len(person.given) == 1)  # an initial takes no names
            and are_spellings(person.given, other.given)
        ]
        return alike if len(alike) == 1 and all(fits(alike[0], form) for form in person.forms) else []

    _join_in_families(index, _initial, bearers)


def _initial(given: str) -> list[str]:
    return [given[0]]


def _join_in_families(
    index: Index,
    keys_of: Callable[[str], Sequence[str]],
    bearers_of: Callable[[Person, Sequence[Person]], Sequence[Person]],
) -> None:
    """In each family, the rarer first, give a person's names to the only other one who may bear them.

    Args:
        index: the people.
        keys_of: by a given name the keys of which two that may be one have at least one in common.
        bearers_of: by a person and the others who share a key, those whose the names may be.
    """
    for people in index.families():
        family = [person for person in people if person.given]
        by_key = _by_key(family, keys_of)
        for person in sorted(family, key=lambda person: person.count):
            near = unique(other for key in keys_of(person.given) for other in by_key[key])
            bearers = bearers_of(person, [other for other in near if other is not person and other.forms])
            if len(bearers) == 1 and person.forms:
                index.merge(person, bearers[0])


def _by_key(family: Sequence[Person], keys_of: Callable[[str], Sequence[str]]) -> dict[str, list[Person]]:
    by_key: defaultdict[str, list[Person]] = defaultdict(list)
    for person in family:
        for key in keys_of(person.given):
            by_key[key].append(person)
    return by_key


def are_spellings(one: str, other: str) -> bool:
    """May two folded names that begin alike be one: an initial and a name, or long ones that differ in one letter?

    >>> are_spellings("r", "robert"), are_spellings("catharine", "catherine"), are_spellings("anna", "anne")
    (True, True, False)
    """
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == 1:
        return len(longer) > 1 and longer.startswith(shorter)
    if len(shorter) < _LONG or len(longer) - len(shorter) > 1 or one[0] != other[0]:
        return False
    return _differ_in_one_letter(shorter, longer)


def _differ_in_one_letter(shorter: str, longer: str) -> bool:
    """Is the longer word (by one letter at most) the shorter one but for a letter that is changed or added?"""
    place = next((place for place, (one, other) in enumerate(zip(shorter, longer, strict=False)) if one != other), None)
    if place is None:
        return True
    rest = shorter[place + (len(shorter) == len(longer)) :]
    return rest == longer[place + 1 :]
