"""Short forms of given names that stand alone: "Lizzy", "Alyosha"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from litgraph.cast.joins.fitting import genders_agree
from litgraph.cast.joins.forms import Form
from litgraph.cast.joins.index import Index
from litgraph.cast.joins.people import Person, goes_by_title, is_lord, unique, unique_words
from litgraph.names.lexicon import are_variants, formal_names, is_diminutive, nickname_keys


def join_diminutives(index: Index) -> None:
    """ "Lizzy" is Elizabeth where there is one Elizabeth, or one Eliza, whom it can mean.

    "Harry" is Lord Henry to his friends, but "Kitty" is not Lady Catherine.
    """
    by_key = _people_by_key(index)
    for form in index.forms:
        owner = next((person for person in index.with_given(form.bare) if person.forms == [form]), None)
        if owner is None or not is_diminutive(form.bare):
            continue
        bearers = _bearers(form, owner, by_key)
        if len(bearers) == 1:
            index.add(bearers[0], form)
            owner.forms = []


def _bearers(form: Form, owner: Person, by_key: Mapping[str, Sequence[Person]]) -> list[Person]:
    """Those, other than the owner of the short form, for whose names it may be short."""
    near = unique(person for key in sorted(formal_names(form.bare)) for person in by_key.get(key, ()))
    return [
        person
        for person in near
        if person is not owner
        and person.forms
        and not person.is_kin_of(form)
        and genders_agree(owner.gender, person.gender)
        and any(are_variants(word, form.bare) for word in _words_called(person))
    ]


def _people_by_key(index: Index) -> dict[str, list[Person]]:
    """Those whom friends may call by a short form, by the keys of their given names; ladies and knights have none."""
    by_key: defaultdict[str, list[Person]] = defaultdict(list)
    for person in index.people:
        if person.forms and person.given and (is_lord(person) or not goes_by_title(person)):
            given_names = unique_words(_given_names(person))
            for key in unique_words(key for given in given_names for key in nickname_keys(given)):
                by_key[key].append(person)
    return by_key


def _given_names(person: Person) -> Iterator[str]:
    """The given name in each of a person's names that has one."""
    for form in person.forms:
        if form.bare or form.name.given or _is_lords_given_name(form, person):
            yield form.name.folded[0]


def _words_called(person: Person) -> Iterator[str]:
    """The given names by which a person is called without a surname."""
    for form in person.forms:
        if form.bare or _is_lords_given_name(form, person):
            yield form.bare or form.titled_word


def _is_lords_given_name(form: Form, person: Person) -> bool:
    """Is this "Lord Henry"?"""
    return form.titled_word == person.given and is_lord(person)
