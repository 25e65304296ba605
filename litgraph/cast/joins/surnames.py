"""A title and a surname: who of a family is "Miss Bennet", "Mr. Knightley" or "Mrs. Pontellier"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from litgraph.cast.joins.forms import Form
from litgraph.cast.joins.people import Person, dominant, fits
from litgraph.names.titles import Title

_OFTEN_OLD, _OFTEN_OLD_SHARE = 2, 0.03  # mentions with "old", "elder" or "the late" that make a generation
_SLIP = 0.01  # of a sister's mentions: the eldest may be "Miss Jane Bennet" once, too
_USED_IN_FULL = 3  # times that "Mr. Frank Churchill" must occur to tell him from "Mr. Churchill"


def with_initial(people: Iterable[Person], form: Form, title: Title) -> Person | None:
    """ "Mr. E." is Mr. Elton where he is by far the first whom it can mean."""
    bearers = [
        person
        for person in people
        if person.surname.startswith(form.titled_word)
        and len(person.surname) > 1
        and not person.ambiguous
        and any(other.rank == title.rank for other in person.titles)
    ]
    return dominant(bearers)


def who_may_be(form: Form, title: Title, family: Sequence[Person], titled: Sequence[Form]) -> list[Person]:
    """Members of a family, known by their given names, whom a title and the surname may mean.

    ``titled``: all names of a title and this surname.
    """
    if form.elder >= _OFTEN_OLD and form.elder >= _OFTEN_OLD_SHARE * form.count:
        return []  # "old Mr. Emerson" is the father of one who is called by his given name
    bearers = [person for person in family if person.given and fits(person, form)]
    bearers = [person for person in bearers if person.gender in (title.gender, "unknown")] or bearers
    same = [person for person in bearers if any(other.rank == title.rank for other in person.titles)]
    if title.rank == "mrs":
        if any(other.name.title and other.name.title.rank == "miss" for other in titled):
            return []
        return [
            person
            for person in bearers
            if person.gender == "female" and not any(other.rank == "miss" for other in person.titles)
        ]
    if title.rank in ("sir", "lady", "lord", "noble"):
        return same
    if title.rank in ("military", "clergy", "profession"):  # held by men, unless the text says otherwise
        return same or [person for person in bearers if person.gender != "female"]
    return bearers


def told_apart_by_given_name(person: Person, form: Form, title: Title, titled: Sequence[Form], *, alone: bool) -> bool:
    """The younger ones of a family are "Miss Elizabeth" and "Mr. Frank Churchill"; the eldest has the surname."""
    in_full = sum(
        other.count
        for other in person.forms
        if other.name.title
        and other.name.title.rank == title.rank
        and (len(other.name.words) > 1 or (other.titled_word and other.titled_word != person.surname))
    )
    if not alone and title.rank == "mr":
        # "Mr. Knightley" is far too frequent to be Mr. John Knightley; "Mr. Holmes" is not, to be Mr. Sherlock.
        return in_full >= _USED_IN_FULL and form.count > 2 * person.count
    if not alone:
        return in_full > _SLIP * person.count
    married = any(other.name.title and other.name.title.rank == "mrs" for other in titled)
    return title.rank == "mr" and married and in_full >= _USED_IN_FULL
