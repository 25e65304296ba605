"""A title and a given name: "Miss Elizabeth", "Sir William", "Aunt Polly"."""

from __future__ import annotations

from collections.abc import Iterable

from litgraph.cast.joins.fitting import fits
from litgraph.cast.joins.forms import Form
from litgraph.cast.joins.index import Index
from litgraph.cast.joins.people import HONOURS, Person, dominant, of_rank, unique
from litgraph.names.lexicon import gender_of_given_name, nickname_keys
from litgraph.names.titles import Title


def titled_words(index: Index) -> list[Form]:
    """All names that are a title and one word."""
    return [form for form in index.forms if form.titled_word]


def is_given_name(form: Form, index: Index) -> bool:
    """Is the word behind the title a given name? As the title has it, or as the people do who bear the word."""
    title = _title(form)
    if title.takes == "given":
        return True  # "Sir William", "Don Pedro"
    if title.takes == "either":
        return _is_given_behind_either(form, index)
    return _is_given_behind_mr(form, index)


def join_same_title(form: Form, index: Index) -> bool:
    """ "Sir William" is Sir William Lucas, and "Miss Elizabeth" Miss Elizabeth Bennet, whatever other Williams."""
    return _settle(form, of_rank(_bearers(form, index), _title(form).rank), index)


def join_untitled_for_honour(form: Form, index: Index) -> bool:
    """ "Sir James" is James Chettam, whom no longer name gives a title, but not Dr. James Mortimer."""
    if _title(form).rank not in HONOURS:
        return False
    return _settle(form, [person for person in _bearers(form, index) if not any(True for _ in person.titles)], index)


def join_same_given_name(form: Form, index: Index) -> bool:
    """ "Miss Charlotte" is Charlotte Lucas, and "Mrs. Rachel" is Rachel Lynde."""
    if _title(form).rank in HONOURS:
        return False
    return _settle(form, _bearers(form, index), index)


def join_nickname(form: Form, index: Index) -> bool:
    """ "Miss Lizzy" is Miss Elizabeth, who has the same title; "Sir Bill" is nobody."""
    title = _title(form)
    if title.rank in HONOURS:
        return False
    bearers = [
        person
        for key in nickname_keys(form.titled_word)
        for person in index.with_given(key)
        if person.forms and fits(person, form, ignore_surname=True, nickname=True)
    ]
    return _settle(form, of_rank(bearers, title.rank), index)


def begin_person(form: Form, index: Index) -> bool:
    """ "Aunt Polly" is somebody of whom no other name tells."""
    index.begin(form, given=form.titled_word)
    return True


def _settle(form: Form, bearers: Iterable[Person], index: Index) -> bool:
    """Give the name to the one who is by far the greatest figure, or to somebody new; False if nobody may bear it."""
    candidates = unique(bearers)
    if not candidates:
        return False
    person = dominant(candidates)
    if person is None:
        return begin_person(form, index)
    index.add(person, form)
    return True


def _bearers(form: Form, index: Index) -> list[Person]:
    return [person for person in index.with_given(form.titled_word) if fits(person, form, ignore_surname=True)]


def _title(form: Form) -> Title:
    assert form.name.title is not None
    return form.name.title


def _is_given_behind_either(form: Form, index: Index) -> bool:
    """ "Miss Charlotte" and "Aunt Polly", but "Miss Bingley".

    Where some bear the word as given name and some as surname, it is a given name if no gender is known of the latter.
    """
    bearers = _named_bearers(form, index)
    if not _is_surname(form, index) and (bearers or _may_be_given(form, index)):
        return True
    return bool(bearers) and all(person.gender == "unknown" for person in index.with_surname(form.titled_word))


def _may_be_given(form: Form, index: Index) -> bool:
    """Is the word a known given name, or whose uncle or aunt bears it, while nobody is "Mr." or "Mrs." so?"""
    if gender_of_given_name(form.titled_word) != "unknown":
        return True
    return _title(form).rank == "kin" and all(_title(other).rank == "kin" for other in index.titled(form.titled_word))


def _is_given_behind_mr(form: Form, index: Index) -> bool:
    """ "Mrs. Rachel" is Rachel Lynde; "Mrs. Charles" is the wife of one who is called so.

    "Mr. Berry" is Berry Hamilton, who is mostly called otherwise.
    """
    title, bearers = _title(form), _named_bearers(form, index)
    if title.rank not in ("mr", "mrs") or not bearers or _is_surname(form, index):
        return False
    if gender_of_given_name(form.titled_word) == title.gender:
        return True
    return title.rank == "mr" and form.count < sum(person.count for person in bearers)


def _named_bearers(form: Form, index: Index) -> list[Person]:
    return [person for person in _bearers(form, index) if person.forms]


def _is_surname(form: Form, index: Index) -> bool:
    """Does anybody have the word as a surname, or stand it behind a title such as "Mrs." or "Captain"?

    "Mr." does not count: it stands before given names, too.
    """
    return bool(index.with_surname(form.titled_word)) or any(
        other.name.title and other.name.title.takes == "surname" and other.name.title.rank != "mr"
        for other in index.titled(form.titled_word)
        if other is not form
    )
