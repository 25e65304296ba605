"""A single word: "Lizzy", "Darcy", "Fitzwilliam", which may be a given name, a surname, or both."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from litgraph.cast.joins.forms import Form
from litgraph.cast.joins.index import Index
from litgraph.cast.joins.parts import bearers_by_chapter, begins_near, stands_beside
from litgraph.cast.joins.people import Person, clear_bearer, unique
from litgraph.names.lexicon import gender_of_given_name

_RARE_FULL_NAME = 0.15  # of the mentions of the given name alone
_MAIN_SURNAME = 0.25  # of the mentions of the given name alone
_EARLY = 0.2  # of the mentions of the given name alone


def single_words(index: Index) -> list[Form]:
    """All names that are a single word."""
    return [form for form in index.forms if form.bare]


def begin_person(form: Form, index: Index) -> bool:
    """ "Gryphon" is somebody whom no longer name names."""
    index.begin(form, given=form.bare)
    return True


# Words that can only be a given name
#
# Mary Bennet is Mary through the whole book; Mary King turns up late and rarely, so Mary is not her.


def is_given_name(form: Form, index: Index) -> bool:
    """Is the word nobody's surname, and of one person at most the given name?"""
    return not index.is_surname(form.bare) and len(_called(form, index)) < 2


def join_frequent_full_name(form: Form, index: Index) -> bool:
    """ "Charlotte" is Charlotte Lucas, whose full name is not rare; "Rabbit" is the white one, who has no surname."""
    frequent = (p for p in _called(form, index) if not p.surname or p.count >= _RARE_FULL_NAME * form.count)
    return _add_to(frequent, form, index)


def join_early_full_name(form: Form, index: Index) -> bool:
    """ "Emma" is Emma Woodhouse, whose full name stands where the book begins to speak of her, and hardly again."""
    return _add_to((person for person in _called(form, index) if _is_early(person, form)), form, index)


def join_full_name_beside(form: Form, index: Index) -> bool:
    """ "Marius" is Marius Pontmercy, whose rare full name stands again and again where Marius is spoken of."""
    return _add_to((p for p in _called(form, index) if stands_beside(p, form, index.mentions)), form, index)


def join_full_name_of_main_family(form: Form, index: Index) -> bool:
    """ "Jane" is Jane Bennet, however rarely: the book is full of Bennets."""
    return _add_to((person for person in _called(form, index) if _is_of_main_family(person, form, index)), form, index)


def _is_early(person: Person, form: Form) -> bool:
    first = min(other.mentions[0] for other in person.forms)
    return bisect_left(form.mentions, first) <= _EARLY * form.count


def _is_of_main_family(person: Person, form: Form, index: Index) -> bool:
    times = sum(other.count for other in index.titled(person.surname))
    times += sum(member.count for member in index.with_surname(person.surname))
    return times >= _MAIN_SURNAME * form.count


# Words that are a surname, or that several people bear


def begin_without_bearer(form: Form, index: Index) -> bool:
    """ "E." is somebody of whom no longer name tells, though "Mr. E." is Mr. Elton."""
    return not _bearers(form, index) and begin_person(form, index)


def join_bearer(form: Form, index: Index) -> bool:
    """ "Darcy" is Mr. Darcy, and not his sister: a surname alone means a man where there is one.

    "Holmes" is Sherlock Holmes, and not Mycroft: in every part of the book he is the one who is mostly called so.
    """
    owners = list(_owners(form, index).values())
    if any(owner is not owners[0] for owner in owners) or owners[0] is None:
        return False
    index.add(owners[0], form)
    return True


def join_introduced_full_name(form: Form, index: Index) -> bool:
    """ "Henry" is Henry Otway, whose full name stands where Henry comes into the book, and not Henry Fielding."""
    if not _is_called_otherwise(form, index):
        return False
    introduced = [
        person
        for person in _bearers(form, index)
        if person.given == form.bare
        and (_is_introduced(person, form, index) or stands_beside(person, form, index.mentions))
    ]
    return len(introduced) == 1 and _add_to(introduced, form, index)


def begin_with_rare_full_names(form: Form, index: Index) -> bool:
    """ "Mary" is called so all the time: the few full names of Mary King and Mary Lucas are others'."""
    return _is_called_otherwise(form, index) and begin_person(form, index)


def share_by_part(form: Form, index: Index) -> bool:
    """ "Lebrun" is Robert Lebrun in the first chapters, his brother in the last, and nobody for sure between them."""
    owners = _owners(form, index)
    open_mentions: list[int] = []
    for mention in form.mentions:
        owner = owners[index.mentions[mention].chapter]
        (owner.shared if owner else open_mentions).append(mention)
    if open_mentions:
        index.begin_ambiguous(form.bare, open_mentions)
    return True


def _called(form: Form, index: Index) -> list[Person]:
    """Those whose given name the word may be, but for those whose kin it is."""
    return [person for person in index.called(form.bare) if not person.is_kin_of(form)]


def _bearers(form: Form, index: Index) -> list[Person]:
    """Those whose given name the word may be, and those whose surname it may be: the men, if there are any.

    "Charles" is not Mrs. Charles: a man's given name alone is no woman's.
    """
    mans = gender_of_given_name(form.bare) == "male"
    family = [
        person
        for person in index.family(form.bare)
        if not person.is_kin_of(form) and not (mans and person.gender == "female")
    ]
    men = [person for person in family if person.gender != "female"]
    return unique([*_called(form, index), *(men or family)])


def _owners(form: Form, index: Index) -> dict[int, Person | None]:
    """By chapter whom the word means there: its bearer in that part of the book, else the one of the whole book."""
    bearers = _bearers(form, index)
    chapters = dict.fromkeys(index.mentions[mention].chapter for mention in form.mentions)
    overall = clear_bearer(bearers, form.bare)
    if len(bearers) == 1:
        return dict.fromkeys(chapters, overall)
    by_chapter = bearers_by_chapter(form.bare, chapters, bearers, index.mentions)
    return {chapter: person or overall for chapter, person in by_chapter.items()}


def _is_called_otherwise(form: Form, index: Index) -> bool:
    """Is no bearer clear, and are the longer names with the word too rare to say whom the word alone means?"""
    bearers = _bearers(form, index)
    times = sum(person.count_with(form.bare) for person in bearers)
    return clear_bearer(bearers, form.bare) is None and times < _RARE_FULL_NAME * form.count


def _is_introduced(person: Person, form: Form, index: Index) -> bool:
    """Does the full name stand where the given name alone begins, and is the surname others', too?"""
    if not person.surname or len(index.with_surname(person.surname)) + len(index.titled(person.surname)) < 2:
        return False
    return begins_near(person, form, index.mentions)


def _add_to(people: Iterable[Person], form: Form, index: Index) -> bool:
    """Give the name to the first of the people; False if there is none."""
    person = next(iter(people), None)
    if person is None:
        return False
    index.add(person, form)
    return True
