"""A title without a name: "the Colonel", "Duchess"; and what else is neither a full name nor one word."""

from __future__ import annotations

from litgraph.cast.joins.forms import Form
from litgraph.cast.joins.index import Index
from litgraph.cast.joins.parts import begins_near
from litgraph.cast.joins.people import Person


def names_without_words(index: Index) -> list[Form]:
    """All names that are neither several words, nor one, nor a title and one."""
    return [form for form in index.forms if not (form.bare or form.titled_word or len(form.name.words) > 1)]


def join_only_holder(form: Form, index: Index) -> bool:
    """ "The Colonel" is Colonel Fitzwilliam, the only colonel, if his name is no rarer or stands where it begins."""
    holders = _holders(form, index)
    if len(holders) != 1:
        return False
    person = holders[0]
    if person.count < form.count / 2 and not begins_near(person, form, index.mentions):
        return False
    index.add(person, form)
    return True


def leave_to_coreference(form: Form, index: Index) -> bool:
    """ "The colonel" of a book with several colonels is now this one, now that one."""
    return form.role and sum(person.count for person in _holders(form, index)) >= form.count


def begin_person(form: Form, index: Index) -> bool:
    """ "The Duchess" is somebody of whom no other name tells, and so is the King of Hearts."""
    index.begin(form)
    return True


def _holders(form: Form, index: Index) -> list[Person]:
    """All who bear the title in one of their names; nobody is "King of Hearts" for being a king."""
    title = form.name.title
    if title is None or form.name.of:
        return []
    return [
        person
        for person in index.people
        if any(other.text == title.text for other in person.titles) and not person.is_kin_of(form)
    ]
