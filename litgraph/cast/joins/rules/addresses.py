"""Two names of one person that no full name joins: one is told of, the other is what people say to him.

"Cecil" is told of, and people say "Mr. Vyse" to somebody who is there: wherever they do so, Cecil is about, and nobody
else is so again and again.
"""

from __future__ import annotations

from litgraph.cast.joins.fitting import genders_agree
from litgraph.cast.joins.index import Index
from litgraph.cast.joins.people import Person, are_kin
from litgraph.cast.joins.told import Hearers, Told
from litgraph.names.lexicon import gender_of_given_name

_TIMES, _TIMES_UNKNOWN = 2, 3  # addresses near which the other must be told of; for a word that is no known given name
_NEAR_SHARE = 0.75  # of the addresses
_NEAR_SHARE_APART, _TOLD = 0.4, 5  # of the addresses, where both are told of so often, and never in one sentence
_OTHERS = 0.5  # of these times that another may be near
_SELF = 0.5  # of these times that the name in the address may itself be told of near it
_SPEAKING = 0.25  # of these times that the other may be told of where the address is spoken
_TOGETHER = 0.2  # of the sentences with the rarer name that may have both


def join_addressed(index: Index) -> None:
    """ "Maggie" is Mrs. Hilbery, who is there whenever somebody says "Maggie", and "Aunt Celia" is Mrs. Milvain."""
    if not index.text:
        return
    told = Told(index, lambda person: _has_given_only(person) or _has_surname_only(person))
    for person in told.addressed():
        other = _hearer(person, told) if person.forms and not person.ambiguous else None
        if other is not None:
            index.unite(person, other, f"people say “{person.commonest}” where {other.commonest} is told of")


def _hearer(person: Person, told: Told) -> Person | None:
    """The one of a complementary name who is there when a person is addressed; None if nobody is clearly so."""
    hearers = told.hearers(person)
    candidates = [other for other in hearers.near if other is not person and _complement(person, other)]
    if not candidates:
        return None
    ranked = sorted(candidates, key=lambda other: -_score(other, hearers))
    best = ranked[0]
    second = _score(ranked[1], hearers) if len(ranked) > 1 else 0
    clear = second <= _OTHERS * _score(best, hearers)
    return best if clear and _is_there(person, best, hearers, told) else None


def _score(person: Person, hearers: Hearers) -> int:
    return hearers.near[person] + hearers.beside[person] - 2 * hearers.speaking[person]


def _is_there(person: Person, other: Person, hearers: Hearers, told: Told) -> bool:
    near, together = hearers.near[other], told.times_together(person, other)
    rarer = min(told.times_told(person), told.times_told(other))
    share = _NEAR_SHARE if together or rarer < _TOLD else _NEAR_SHARE_APART
    known = gender_of_given_name(person.given or other.given) != "unknown"
    return (
        near >= (_TIMES if known else _TIMES_UNKNOWN)
        and hearers.beside[other] > 0
        and near >= share * hearers.times
        and hearers.near[person] <= _SELF * near
        and hearers.speaking[other] <= _SPEAKING * near
        and together <= _TOGETHER * rarer
    )


def _complement(one: Person, other: Person) -> bool:
    """Is one known by a given name alone, and the other by a title and a surname?"""
    if other.ambiguous or not other.forms or not genders_agree(one.gender, other.gender) or are_kin(one, other):
        return False
    pairs = ((one, other), (other, one))
    return any(_has_given_only(first) and _has_surname_only(second) for first, second in pairs)


def _has_given_only(person: Person) -> bool:
    return bool(person.given and not person.surname)


def _has_surname_only(person: Person) -> bool:
    return bool(person.surname and not person.given)
