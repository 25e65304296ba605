"""Names of several words: "Miss Elizabeth Bennet", "Alexey Fyodorovitch"."""

from __future__ import annotations

from litgraph.cast.joins.fitting import fits, is_husbands_name
from litgraph.cast.joins.forms import Form
from litgraph.cast.joins.index import Index
from litgraph.names.lexicon import gender_of_given_name

_NEARLY_ALWAYS = 10  # times that a word stands alone for each time that it stands behind an epithet
_TOGETHER = 2  # sentences with both of two single words that make them two people


def titled_first(index: Index) -> list[Form]:
    """All full names; titles tell people apart, so those with a title come first, then those with a surname."""
    full = [form for form in index.forms if len(form.name.words) > 1]
    return sorted(full, key=lambda form: (form.name.title is None, not form.name.surname))


def keep_lost_comma_apart(form: Form, index: Index) -> bool:
    """ "Martha Potapitch" is nobody who is called Martha or Potapitch: the two are often together, a comma was lost.

    Not so "Tom Sawyer": Tom and Sawyer are in no sentence together.
    """
    words = index.single_word(form.name.given), index.single_word(form.name.surname)
    if form.count > 1 or form.name.titles or len(form.name.words) != 2 or None in words:
        return False
    if index.times_as_surname(form.name.surname) > form.count:
        return False
    one, other = ({index.mentions[i].sentence for i in word.mentions} for word in words if word)
    if len(one & other) < _TOGETHER:
        return False
    index.begin(form)
    return True


def join_same_given_name(form: Form, index: Index) -> bool:
    """ "Elizabeth Bennet" is Miss Elizabeth Bennet: the greatest figure of that given name whom the name fits.

    "Alexey Fyodorovitch Karamazov" so gives a surname to Alexey Fyodorovitch.
    """
    bearers = [person for person in index.with_given(_given_name(form)) if fits(person, form)]
    if not bearers:
        return False
    greatest = max(bearers, key=lambda person: person.count)
    if form.name.surname and not greatest.surname:
        index.learn_surname(greatest, form.name.surname)
    index.add(greatest, form)
    return True


def begin_without_epithet(form: Form, index: Index) -> bool:
    """ "Naughty Cecil" is Cecil, and Cecil no surname: he is nearly always Cecil, and children are naughty.

    So is "Hitherto Gino": Gino is a given name, and Hitherto is none.
    """
    name, alone = form.name, index.single_word(form.name.surname)
    if name.titles or len(name.words) != 2 or alone is None or gender_of_given_name(name.given) != "unknown":
        return False
    if alone.count < _NEARLY_ALWAYS * form.count or _stands_behind_surname_title(name.surname, index):
        return False
    if gender_of_given_name(name.surname) == "unknown" and not _is_ordinary(name.given, index):
        return False
    index.begin(form, given=name.surname)
    return True


def _is_ordinary(word: str, index: Index) -> bool:
    return index.single_word(word) is None and word in index.ordinary_words


def _stands_behind_surname_title(word: str, index: Index) -> bool:
    titles = (form.name.title for form in index.titled(word))
    return any(title is not None and title.takes == "surname" for title in titles)


def begin_person(form: Form, index: Index) -> bool:
    """ "Charlotte Lucas" is somebody whom no name before hers fits. "Mrs. John Knightley" has no given name."""
    index.begin(form, given=_given_name(form), surname=form.name.surname)
    return True


def _given_name(form: Form) -> str:
    return "" if is_husbands_name(form) else form.name.given
