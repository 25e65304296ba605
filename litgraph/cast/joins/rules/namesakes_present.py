"""A title and a surname said to one of a family who is there, though elsewhere they mean another.

"Miss Bennet" is the eldest Miss Bennet. But where she is not told of far and wide, and her sister Elizabeth is, those
who say "Miss Bennet" to somebody speak to Elizabeth.
"""

from __future__ import annotations

from collections.abc import Iterator

from litgraph.cast.joins.fitting import genders_agree
from litgraph.cast.joins.forms import Form
from litgraph.cast.joins.index import Index
from litgraph.cast.joins.people import Person
from litgraph.cast.joins.told import Told

_RANKS = frozenset({"mr", "miss"})  # which all men of a family bear, and all its unmarried women
_BESIDE, _AROUND = 3, 8  # paragraphs around a speech: where its hearer is told of, and where the other is not
_MOST = 4  # of the family: in a house of many the text does not say who is there


def give_addresses(index: Index) -> None:
    """ "Miss Bennet" is Elizabeth where she hears it and Jane is away."""
    if not index.text:
        return
    owners = index.owners()
    told = Told(index, lambda person: any(_is_shared(form) for form in person.forms))
    for form in [form for form in index.forms if _is_shared(form) and form.mentions]:
        owner = owners.get(form.mentions[0])
        family = [other for other in _family(form, index) if other is not owner]
        if owner is None or owner.ambiguous or not 0 < len(family) <= _MOST:
            continue
        for number, hearer in list(_heard(form, owner, family, told)):
            form.mentions.remove(number)
            hearer.shared.append(number)
            hearer.reasons[number] = f"{hearer.commonest} is spoken to, and {owner.commonest} is not about"


def _is_shared(form: Form) -> bool:
    """Is it a title that several of a family bear, and the surname?"""
    title = form.name.title
    return bool(form.titled_word) and title is not None and title.rank in _RANKS


def _family(form: Form, index: Index) -> list[Person]:
    """Those of the surname whom the title fits, known by a given name."""
    title = form.name.title
    assert title is not None
    wanted = title.gender
    return [
        person
        for person in index.family(form.titled_word)
        if person.given
        and person.gender != "unknown"
        and genders_agree(person.gender, wanted)
        and not (title.rank == "miss" and person.has_rank("mrs"))
    ]


def _heard(form: Form, owner: Person, family: list[Person], told: Told) -> Iterator[tuple[int, Person]]:
    """The mentions of the form that are said to another of the family, and to whom."""
    for number, paragraph in told.addresses(owner):
        if number not in form.mentions:
            continue
        around = [(abs(place - paragraph), person) for place, person in told.around(paragraph, _AROUND)]
        if any(person is owner for _, person in around):
            continue
        there = dict.fromkeys(person for distance, person in around if 0 < distance <= _BESIDE and person in family)
        speaking = {person for distance, person in around if distance == 0}
        hearers = [person for person in there if person not in speaking]
        if len(hearers) == 1:
            yield number, hearers[0]
