"""One person's name in two spellings: with an initial ("R. Walton"), or as a printer erred ("Catharine Alan")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from litgraph.cast.joins.people import Person, fits

_LONG = 6  # letters from which one that differs is a matter of spelling: "Catharine", but not "Anna" and "Anne"


def join_spellings(by_surname: Mapping[str, Sequence[Person]], merge: Callable[[Person, Person], None]) -> None:
    """Join those of one surname whose given names are one name, spelt or abbreviated otherwise, if it is clear whose.

    Args:
        by_surname: the people that have full names.
        merge: joins the first person to the second.
    """
    for surname, people in by_surname.items():
        family = [person for person in people if surname and person.given]
        by_initial: defaultdict[str, list[Person]] = defaultdict(list)
        for person in family:
            by_initial[person.given[0]].append(person)
        for person in sorted(family, key=lambda person: person.count):
            others = [
                other
                for other in by_initial[person.given[0]]
                if other is not person
                and other.forms
                and (len(other.given) > 1 or len(person.given) == 1)  # an initial takes no names
                and are_spellings(person.given, other.given)
            ]
            if len(others) == 1 and person.forms and all(fits(others[0], form) for form in person.forms):
                merge(person, others[0])


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
    same = next((place for place, pair in enumerate(zip(shorter, longer, strict=False)) if pair[0] != pair[1]), None)
    if same is None:
        return True
    rest = shorter[same + (len(shorter) == len(longer)) :]
    return rest == longer[same + 1 :]
