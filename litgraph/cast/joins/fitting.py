"""May a name be a person's: what its words and its title deny, whatever else speaks for it."""

from __future__ import annotations

from litgraph.cast.joins.forms import Form
from litgraph.cast.joins.people import Person, goes_by_title
from litgraph.names.grammar import Name
from litgraph.names.lexicon import gender_of_given_name
from litgraph.names.titles import titles_conflict
from litgraph.types import Gender


def fits(person: Person, form: Form, *, nickname: bool = False, ignore_surname: bool = False) -> bool:
    """Does nothing in surname, middle names, suffix, gender, title or stated kinship deny that it is the person's name?

    Args:
        person: who has names already.
        form: the name.
        nickname: it would be a nickname of the person; a lady has none.
        ignore_surname: the name's word is a given name, though it stands behind a title.
    """
    name = form.name
    if person.is_kin_of(form):
        return False
    if not ignore_surname and _surnames_conflict(person, name):
        return False
    if _middles_conflict(person, name) or _suffixes_conflict(person, name):
        return False
    if not genders_agree(_gender_told(name), person.gender):
        return False
    if nickname and name.title is None and goes_by_title(person):
        return False
    return not _titles_conflict(person, name, same_given_name=ignore_surname or len(name.words) > 1)


def genders_agree(first: Gender, second: Gender) -> bool:
    """Are they the same as far as they are known?"""
    return "unknown" in (first, second) or first == second


def is_husbands_name(form: Form) -> bool:
    """ "Mrs. John Knightley" is not called John."""
    title = form.name.title
    own = gender_of_given_name(form.name.words[0])
    return title is not None and title.gender == "female" and own == "male"


def _surnames_conflict(person: Person, name: Name) -> bool:
    return bool(person.surname and name.surname and name.surname != person.surname)


def _middles_conflict(person: Person, name: Name) -> bool:
    """ "Mary A. Lucas" and "Mary Beth Lucas" are two people."""
    return len(name.words) > 1 and any(_are_different(name.middle, other.name.middle) for other in person.forms)


def _are_different(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Have two names middle names, and none in common? An initial is any name that begins so."""
    if not first or not second:
        return False
    return not any(
        one[0] == other[0] and (len(one) == 1 or len(other) == 1 or one == other) for one in first for other in second
    )


def _suffixes_conflict(person: Person, name: Name) -> bool:
    """ "Philip Hamilton Jr." and "Philip Hamilton Sr." are two people."""
    return bool(name.suffix) and any(form.name.suffix not in ("", name.suffix) for form in person.forms)


def _titles_conflict(person: Person, name: Name, *, same_given_name: bool) -> bool:
    title = name.title
    return title is not None and any(
        titles_conflict(title, other, same_given_name=same_given_name) for other in person.titles
    )


def _gender_told(name: Name) -> Gender:
    """What the name itself says: by its title, else by its given name."""
    if name.title:
        return name.title.gender
    return gender_of_given_name(name.words[0]) if len(name.words) > 1 else "unknown"
