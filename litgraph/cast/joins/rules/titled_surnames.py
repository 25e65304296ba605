"""A title and a surname: who of a family is "Miss Bennet", "Mr. Knightley" or "Mrs. Pontellier"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from litgraph.cast.joins.fitting import fits
from litgraph.cast.joins.forms import Form
from litgraph.cast.joins.index import Index
from litgraph.cast.joins.people import HONOURS, Person, clear_bearer, dominant, of_rank
from litgraph.names.titles import Rank, Title

_OVERWHELMING = 0.9  # a share that no custom of address speaks against
_OFTEN_OLD, _OFTEN_OLD_SHARE = 2, 0.03  # mentions with "old", "elder" or "the late" that make a generation
_SLIP = 0.01  # of a sister's mentions: the eldest may be "Miss Jane Bennet" once, too
_OFFICES: frozenset[Rank] = frozenset({"military", "clergy", "profession"})  # held by men, unless the text tells more
_USED_IN_FULL = 3  # times that "Mr. Frank Churchill" must occur to tell him from "Mr. Churchill"


def wives_last(index: Index) -> list[Form]:
    """All names of a title and one word.

    Before "Mrs. Pontellier" finds her first name, "Miss Pontellier" must have taken those that are hers.
    """
    return sorted((form for form in index.forms if form.titled_word), key=lambda form: _title(form).rank == "mrs")


def join_same_title(form: Form, index: Index) -> bool:
    """ "Monsieur Danglars" is M. Danglars: the titles are of one rank, and neither name has a given name."""
    family = index.family(form.titled_word)
    same = [person for person in of_rank(family, _title(form).rank) if fits(person, form) and not person.given]
    if not same:
        return False
    index.add(same[0], form)
    return True


def join_title_borne_with_it(form: Form, index: Index) -> bool:
    """ "Countess Olenska" is Madame Olenska, the only one of the family without a given name who can be both."""
    bearers = [person for person in index.family(form.titled_word) if not person.given and fits(person, form)]
    if len(bearers) != 1 or index.are_two(bearers[0], form):
        return False
    index.add(bearers[0], form)
    return True


def join_initial(form: Form, index: Index) -> bool:
    """ "Mr. E." is Mr. Elton where he is by far the first whom it can mean."""
    if len(form.titled_word) != 1:
        return False
    bearers = [
        person
        for person in index.people
        if len(person.surname) > 1 and person.surname.startswith(form.titled_word) and not person.ambiguous
    ]
    person = dominant(of_rank(bearers, _title(form).rank))
    if person is None:
        return False
    index.add(person, form)
    return True


def join_clear_bearer(form: Form, index: Index) -> bool:
    """ "Miss Bennet" is Jane Bennet, the only one left where her sisters are "Miss Elizabeth" and "Miss Lydia".

    "Mr. Holmes" is Sherlock Holmes, though Mycroft Holmes may be meant: he is far more often called Holmes.
    """
    person = clear_bearer(_candidates(form, index).bearers, form.titled_word)
    if person is None:
        return False
    index.add(person, form)
    return True


def join_greatest_sister(form: Form, index: Index) -> bool:
    """ "Miss Alan" is Miss Catharine Alan, though all sisters go by their given names: she is by far the greatest."""
    candidates = _candidates(form, index)
    if candidates.bearers or _title(form).rank != "miss":
        return False
    person = dominant(candidates.by_given_name)
    if person is None:
        return False
    index.add(person, form)
    return True


def begin_person(form: Form, index: Index) -> bool:
    """ "Mr. Churchill" is not Frank Churchill; "Miss Bennet" of two equal sisters is nobody for sure."""
    candidates = _candidates(form, index)
    sisters = len(candidates.by_given_name) if _title(form).rank == "miss" else 0
    index.begin(form, surname=form.titled_word, ambiguous=len(candidates.bearers) > 1 or sisters > 1)
    return True


class _Candidates(NamedTuple):
    """Members of a family, known by their given names, whom a title and the surname may mean.

    Attributes:
        bearers: who may be meant.
        by_given_name: whom the book tells apart by their given names: they are rather not meant.
    """

    bearers: list[Person]
    by_given_name: list[Person]


def _candidates(form: Form, index: Index) -> _Candidates:
    members = _members(form, index)
    main = dominant(members, share=_OVERWHELMING)
    if main and (_title(form).rank == "miss" or not _goes_by_given_name(main, form)):
        members = [main]
    if len(members) == 1:
        apart = [person for person in members if _leaves_title_to_parent(person, form, index)]
    else:
        apart = [person for person in members if _goes_by_given_name(person, form)]
    return _Candidates([person for person in members if person not in apart], apart)


def _members(form: Form, index: Index) -> list[Person]:
    """Members of the family, known by their given names, whom the title does not exclude.

    "Aunt March" is nobody whom the book calls by a given name: her nephews and nieces are the family.
    """
    title = _title(form)
    if _names_elder(form) or title.rank == "kin":
        return []
    fitting = [person for person in index.family(form.titled_word) if person.given and fits(person, form)]
    members = [person for person in fitting if person.gender in (title.gender, "unknown")] or fitting
    if title.rank == "mrs":
        members = _wives(members, index.titled(form.titled_word))
    else:
        members = _bearers_of_rank(members, title.rank)
    same = [other for other in index.titled(form.titled_word) if _title(other).rank == title.rank]
    return [person for person in members if not any(index.are_two(person, other) for other in same)]


def _bearers_of_rank(members: list[Person], rank: Rank) -> list[Person]:
    """Those who may bear a title of the rank: an honour only those who do in other names, too."""
    if rank in HONOURS:
        return of_rank(members, rank)
    if rank in _OFFICES:
        return of_rank(members, rank) or [person for person in members if person.gender != "female"]
    return members


def _names_elder(form: Form) -> bool:
    """ "Old Mr. Emerson" is the father of one who is called by his given name."""
    return form.elder >= _OFTEN_OLD and form.elder >= _OFTEN_OLD_SHARE * form.count


def _wives(members: Sequence[Person], titled: Sequence[Form]) -> list[Person]:
    """The women who are called "Miss" nowhere; nobody where a "Miss" of the family has no given name yet."""
    if _has_rank(titled, "miss"):
        return []
    return [person for person in members if person.gender == "female" and not person.has_rank("miss")]


def _goes_by_given_name(person: Person, form: Form) -> bool:
    """Does the book tell one of several by the given name? The younger sisters are "Miss Elizabeth" and "Miss Lydia".

    "Mr. Knightley" is far too frequent to be Mr. John Knightley; "Mr. Holmes" is not, to be Mr. Sherlock Holmes.
    """
    in_full = _times_in_full(person, _title(form))
    if _title(form).rank == "mr":
        return in_full >= _USED_IN_FULL and form.count > 2 * person.count
    return in_full > _SLIP * person.count


def _leaves_title_to_parent(person: Person, form: Form, index: Index) -> bool:
    """Mr. Frank Churchill is not "Mr. Churchill" where there is a Mrs. Churchill: he is their son or nephew."""
    title = _title(form)
    if title.rank != "mr" or not _has_rank(index.titled(form.titled_word), "mrs"):
        return False
    return _times_in_full(person, title) >= _USED_IN_FULL


def _times_in_full(person: Person, title: Title) -> int:
    """How often a person's given name stands behind a title of the same rank."""
    return sum(
        form.count
        for form in person.forms
        if form.name.title
        and form.name.title.rank == title.rank
        and (len(form.name.words) > 1 or (form.titled_word and form.titled_word != person.surname))
    )


def _has_rank(forms: Sequence[Form], rank: Rank) -> bool:
    return any(form.name.title and form.name.title.rank == rank for form in forms)


def _title(form: Form) -> Title:
    assert form.name.title is not None
    return form.name.title
