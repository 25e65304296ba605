"""Which names are one person: from the surest evidence (full names) to the least (a surname alone).

All look-ups go through indexes by given name and surname, so the work grows with the names of a book and not with
their pairs. The shares below were set on the twelve development novels of PDNC together (``litgraph evaluate pdnc``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence

from litgraph.cast.joins.forms import Form
from litgraph.cast.joins.parts import bearer_in_part, chapters_of
from litgraph.cast.joins.people import (
    Person,
    clear_bearer,
    dominant,
    fits,
    genders_agree,
    goes_by_title,
    is_husbands_name,
    is_lord,
    unique,
    unique_words,
)
from litgraph.cast.joins.spellings import join_spellings
from litgraph.cast.joins.surnames import told_apart_by_given_name, who_may_be, with_initial
from litgraph.names.lexicon import are_variants, formal_names, gender_of_given_name, is_diminutive, nickname_key
from litgraph.types import Mention

_OVERWHELMING = 0.9  # a share that no custom of address speaks against
_RARE_FULL_NAME = 0.15  # of the mentions of the given name alone
_MAIN_SURNAME = 0.25  # of the mentions of the given name alone
_EARLY = 0.2  # of the mentions of the given name alone
_NEARBY = 1  # chapters between a full name and the first short one
_BESIDE, _BESIDE_TIMES = 3, 3  # sentences between a full name and the given name alone; times
_TOGETHER = 2  # sentences with both of two single words that make them two people


class Society:
    """The people of a book while their names are being joined. Call ``join_all`` once.

    Args:
        forms: the names of people, groups left out.
        mentions: the mentions that they were made from.
    """

    def __init__(self, forms: Sequence[Form], mentions: Sequence[Mention]) -> None:
        self.people: list[Person] = []
        self._mentions = mentions
        self._by_given: defaultdict[str, list[Person]] = defaultdict(list)
        self._by_surname: defaultdict[str, list[Person]] = defaultdict(list)
        self._forms = sorted(forms, key=lambda form: (-form.count, form.mentions[0]))
        self._titled: defaultdict[str, list[Form]] = defaultdict(list)
        for form in self._forms:
            if form.titled_word:
                self._titled[form.titled_word].append(form)
        self._surnames = Counter(
            word for form in self._forms for word in (form.titled_word or form.name.surname,) for _ in form.mentions
        )
        self._bare = {form.bare: form for form in self._forms if form.bare}

    def join_all(self) -> list[Person]:
        """Everybody, in no particular order."""
        self._join_full_names()
        self._join_nicknames_of_full_names()
        join_spellings(self._by_surname, self._merge)
        surnames: list[Form] = []
        for form in self._titled_words():
            if self._stands_before_given_name(form):
                self._join_titled_given(form)
            else:
                surnames.append(form)
        seconds = {form.titled_word for form in surnames} | {
            word for word, family in self._by_surname.items() if word and family
        }
        later = [form for form in self._forms if form.bare and not self._join_given(form, seconds)]
        self._join_diminutives()
        # Before "Mrs. Pontellier" finds her first name, "Miss Pontellier" must have taken those that are hers.
        for form in sorted(surnames, key=lambda form: form.name.title is not None and form.name.title.rank == "mrs"):
            self._join_titled_surname(form)
        for form in later:
            self._join_bare(form)
        for form in self._forms:
            if not (form.bare or form.titled_word or len(form.name.words) > 1):
                self._join_title_alone(form)
        return [person for person in self.people if person.forms or person.shared]

    def _new(self, form: Form, *, given: str = "", surname: str = "", ambiguous: bool = False) -> Person:
        person = Person(given, surname, ambiguous=ambiguous)
        person.add(form)
        self.people.append(person)
        if given:
            self._by_given[given].append(person)
        if surname:
            self._by_surname[surname].append(person)
        return person

    def _titled_words(self) -> list[Form]:
        return [form for form in self._forms if form.titled_word]

    # Full names

    def _join_full_names(self) -> None:
        full = [form for form in self._forms if len(form.name.words) > 1]
        # Titles tell people apart, so names with titles come first; a name without joins what it fits.
        for form in sorted(full, key=lambda form: (form.name.title is None, not form.name.surname)):
            name = form.name
            if self._is_two_people(form):
                self._new(form)
                continue
            given = "" if is_husbands_name(form) else name.given
            bearers = [person for person in self._by_given[given] if given and fits(person, form)]
            if bearers:
                best = max(bearers, key=lambda person: person.count)
                if name.surname and not best.surname:
                    best.surname = name.surname
                    self._by_surname[name.surname].append(best)
                best.add(form)
            else:
                self._new(form, given=given, surname=name.surname)

    def _is_two_people(self, form: Form) -> bool:
        """ "Martha Potapitch" is no name where Martha and Potapitch are often together: a comma was lost."""
        one, other = self._bare.get(form.name.given), self._bare.get(form.name.surname)
        if form.count > 1 or form.name.titles or not one or not other or len(form.name.words) != 2:
            return False
        if self._surnames[form.name.surname] > form.count:
            return False
        together = {self._mentions[i].sentence for i in one.mentions} & {
            self._mentions[i].sentence for i in other.mentions
        }
        return len(together) >= _TOGETHER

    def _join_nicknames_of_full_names(self) -> None:
        for surname in list(self._by_surname):
            family = [person for person in self._by_surname[surname] if person.given]
            by_key: defaultdict[str, list[Person]] = defaultdict(list)
            for person in family:
                for key in {nickname_key(person.given), *formal_names(person.given)}:
                    by_key[key].append(person)
            for person in sorted(family, key=lambda person: person.count):
                keys = sorted({nickname_key(person.given), *formal_names(person.given)})
                others = unique(other for key in keys for other in by_key[key])
                fitting = [
                    other
                    for other in others
                    if other is not person
                    and other.forms
                    and are_variants(person.given, other.given)
                    and all(fits(other, form, nickname=True) for form in person.forms)
                ]
                if len(fitting) == 1 and person.forms:
                    self._merge(person, fitting[0])

    def _merge(self, person: Person, into: Person) -> None:
        for form in person.forms:
            into.add(form)
        person.forms = []
        self._by_given[person.given].append(into)

    # A title and one word

    def _stands_before_given_name(self, form: Form) -> bool:
        title, word = form.name.title, form.titled_word
        assert title is not None
        if title.takes == "given":
            return True
        bearers = [
            person for person in self._by_given[word] if person.forms and fits(person, form, ignore_surname=True)
        ]
        is_surname = bool(self._by_surname[word]) or any(
            other.name.title and other.name.title.takes == "surname" and other.name.title.rank not in ("mr",)
            for other in self._titled[word]
            if other is not form
        )
        if title.takes == "either":
            return (not is_surname and (bool(bearers) or gender_of_given_name(word) != "unknown")) or (
                bool(bearers) and not any(person.gender != "unknown" for person in self._by_surname[word])
            )
        if title.rank not in ("mr", "mrs") or is_surname or not bearers:
            return False
        # "Mrs. Rachel" is Rachel Lynde; "Mrs. Charles" is the wife of one who is called so.
        return gender_of_given_name(word) == title.gender or (
            title.rank == "mr" and form.count < sum(person.count for person in bearers)
        )

    def _join_titled_given(self, form: Form) -> None:
        title = form.name.title
        bearers = [person for person in self._by_given[form.titled_word] if fits(person, form, ignore_surname=True)]
        if title and title.rank in ("sir", "lady", "lord", "noble"):
            same = [person for person in bearers if any(other.rank == title.rank for other in person.titles)]
            bearers = same or [person for person in bearers if not any(True for _ in person.titles)]
        if not bearers and title and title.rank not in ("sir", "lady", "lord", "noble"):
            bearers = [
                person
                for key in sorted({nickname_key(form.titled_word), *formal_names(form.titled_word)})
                for person in self._by_given[key]
                if person.forms
                and fits(person, form, ignore_surname=True, nickname=True)
                and any(other.rank == title.rank for other in person.titles)
            ]
        if title and (same := [p for p in bearers if any(other.rank == title.rank for other in p.titles)]):
            bearers = same
        person = dominant(unique(bearers))
        if person:
            person.add(form)
        else:
            self._new(form, given=form.titled_word)

    def _join_titled_surname(self, form: Form) -> None:
        title, surname = form.name.title, form.titled_word
        assert title is not None
        family = [person for person in self._by_surname[surname] if person.forms and not person.ambiguous]
        titled = self._titled[surname]
        same = [
            p for p in family if any(other.rank == title.rank for other in p.titles) and fits(p, form) and not p.given
        ]
        if same:  # "M. Danglars" and "Monsieur Danglars"
            same[0].add(form)
            return
        borne_together = [person for person in family if not person.given and fits(person, form)]
        if len(borne_together) == 1:  # "Madame Olenska" and "Countess Olenska"
            borne_together[0].add(form)
            return
        if len(surname) == 1 and (person := with_initial(self.people, form, title)):
            person.add(form)
            return
        bearers = who_may_be(form, title, family, titled)
        candidates = len(bearers)
        main = dominant(bearers, share=_OVERWHELMING) if candidates > 1 else None
        if main and (title.rank == "miss" or not told_apart_by_given_name(main, form, title, titled, alone=False)):
            bearers, candidates = [main], 1
        alone = candidates == 1
        called = [person for person in bearers if told_apart_by_given_name(person, form, title, titled, alone=alone)]
        bearers = [person for person in bearers if person not in called]
        chosen = clear_bearer(bearers, surname)
        if len(bearers) == 1 and (candidates == 1 or called):
            chosen = bearers[0]
        if chosen is None and not bearers and title.rank == "miss":
            chosen = dominant(called)
        if chosen is None:
            self._new(form, surname=surname, ambiguous=len(bearers) > 1 or (title.rank == "miss" and len(called) > 1))
        else:
            chosen.add(form)

    # A single word

    def _join_given(self, form: Form, surnames: set[str]) -> bool:
        """Settle a word that can only be a given name; False if it may be a surname too."""
        word = form.bare
        if word in surnames:
            return False
        bearers = self._bearers_of_given(word)
        if len(bearers) > 1:
            return False
        if bearers and self._is_full_name_of(bearers[0], form):
            bearers[0].add(form)
        else:
            self._new(form, given=word)
        return True

    def _bearers_of_given(self, word: str) -> list[Person]:
        """Who may be called so: not Lady Catherine, nor Sir William, whom nobody calls Catherine or William."""
        return unique(person for person in self._by_given[word] if person.forms and not goes_by_title(person))

    def _is_full_name_of(self, person: Person, form: Form) -> bool:
        """Is the only full name with this given name that of the one who is called by it?

        Mary Bennet is Mary through the whole book; Mary King turns up late and rarely, so Mary is not her.
        """
        if person.count >= _RARE_FULL_NAME * form.count or not person.surname:
            return True
        surname = sum(other.count for other in self._titled[person.surname])
        surname += sum(other.count for family in self._by_surname[person.surname] for other in family.forms)
        first = min(other.mentions[0] for other in person.forms)
        early = bisect_left(form.mentions, first) <= _EARLY * form.count
        if early or self._stands_beside(person, form):
            return True
        return surname >= _MAIN_SURNAME * form.count

    def _stands_beside(self, person: Person, form: Form) -> bool:
        """Do most of the full names stand a few sentences from the given name alone?"""
        sentences = [self._mentions[index].sentence for index in form.mentions]
        full = [self._mentions[index].sentence for other in person.forms for index in other.mentions]
        beside = sum(
            bisect_right(sentences, sentence + _BESIDE) > bisect_left(sentences, sentence - _BESIDE)
            for sentence in full
        )
        return beside >= _BESIDE_TIMES and beside * 2 > len(full)

    def _is_introduced(self, person: Person, form: Form) -> bool:
        """Does the full name stand where the given name alone begins, and is the surname others', too?"""
        if not person.surname or len(self._by_surname[person.surname]) + len(self._titled[person.surname]) < 2:
            return False
        return self._begins_near(person, form)

    def _join_diminutives(self) -> None:
        """ "Lizzy" is Elizabeth where there is one Elizabeth, or one Eliza, whom it can mean."""
        by_formal: defaultdict[str, list[Person]] = defaultdict(list)
        for person in self.people:
            if person.forms and person.given and (not goes_by_title(person) or is_lord(person)):
                givens = unique_words(
                    form.name.folded[0]
                    for form in person.forms
                    if form.bare or form.name.given or (form.titled_word == person.given and is_lord(person))
                )
                for key in unique_words(
                    key for given in givens for key in (nickname_key(given), *sorted(formal_names(given)))
                ):
                    by_formal[key].append(person)
        for form in self._forms:
            owner = next((person for person in self._by_given[form.bare] if person.forms == [form]), None)
            if owner is None or not is_diminutive(form.bare):
                continue
            bearers = [
                person
                for person in unique(person for key in sorted(formal_names(form.bare)) for person in by_formal[key])
                if person is not owner
                and person.forms
                and genders_agree(owner.gender, person.gender)
                and any(
                    are_variants(other.bare or other.titled_word, form.bare)
                    for other in person.forms
                    if other.bare or (other.titled_word == person.given and is_lord(person))
                )
            ]
            if len(bearers) == 1:
                bearers[0].add(form)
                owner.forms = []

    def _join_bare(self, form: Form) -> None:
        """A word that is a surname, or that several people bear: each mention goes to its bearer in that part."""
        word = form.bare
        family = [person for person in self._by_surname[word] if person.forms and not person.ambiguous]
        men = [person for person in family if person.gender != "female"]
        bearers = unique([*self._bearers_of_given(word), *(men or family)])
        if len(bearers) == 1:
            bearers[0].add(form)
            return
        if not bearers:
            self._new(form, given=word)
            return
        called = [chapters_of(person, self._mentions, word) for person in bearers]
        present = [chapters_of(person, self._mentions) for person in bearers]
        overall = clear_bearer(bearers, word)
        owners: list[Person | None] = []
        for index in form.mentions:
            owners.append(bearer_in_part(self._mentions[index].chapter, bearers, called, present) or overall)
        if len(set(map(id, owners))) == 1 and owners[0] is not None:
            owners[0].add(form)
            return
        if overall is None and sum(person.count_with(word) for person in bearers) < _RARE_FULL_NAME * form.count:
            introduced = [
                person
                for person in bearers
                if person.given == word and (self._is_introduced(person, form) or self._stands_beside(person, form))
            ]
            if len(introduced) == 1:
                introduced[0].add(form)
            else:
                self._new(form, given=word)  # called so all the time; the rare full names are others'
            return
        unsure = [index for index, owner in zip(form.mentions, owners, strict=True) if owner is None]
        for index, owner in zip(form.mentions, owners, strict=True):
            if owner is not None:
                owner.shared.append(index)
        if unsure:
            person = Person(ambiguous=True, shared=unsure)
            self.people.append(person)

    def _join_title_alone(self, form: Form) -> None:
        """ "the Colonel" is the only colonel, where there is but one."""
        title = form.name.title
        if title is not None and not form.name.of:
            bearers = [p for p in self.people if p.forms and any(other.text == title.text for other in p.titles)]
            if len(bearers) == 1 and (bearers[0].count >= form.count / 2 or self._begins_near(bearers[0], form)):
                bearers[0].add(form)
                return
            if form.role and sum(person.count for person in bearers) >= form.count:
                return  # "the colonel" of several colonels is left to coreference
        self._new(form)

    # Evidence

    def _begins_near(self, person: Person, form: Form) -> bool:
        first = min(index for other in person.forms for index in other.mentions)
        distance = self._mentions[first].chapter - self._mentions[form.mentions[0]].chapter
        return abs(distance) <= _NEARBY
