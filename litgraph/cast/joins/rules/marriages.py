"""A woman before and after her wedding: Miss Hawkins is Mrs. Elton.

No name joins the two, but the book speaks of the wedding, and then the old name fades. Mrs. Elton's maiden name is that
of the one who is named where the book speaks of marriage and of an Elton, whose name fades where hers begins, and who
is not named in one sentence with her.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from statistics import median

from litgraph.cast.joins.forms import Form
from litgraph.cast.joins.index import Index
from litgraph.cast.joins.people import Person, are_kin
from litgraph.names.lexicon import are_variants
from litgraph.types import Mention

_MARRIAGE = re.compile(r"\b(?:marr(?:y|ies|ied|ying|iage)|wedding|wedded|engaged|engagement|bride|betrothed)\b")
_BEFORE_BRIDE = re.compile(
    r"\b(?:(?:marry|married|marrying)(?: to)?|marriage (?:with|to|of)|engaged to|formerly|once|née)"
    r"(?: (?:my|an?|the|poor|dear|his|little))* $"
)
_BEHIND_BRIDE = re.compile(
    r"[’']s marriage| (?:(?:was|is|had|has|had been|has been|was to be|is to be|got) )?married\b| that was\b"
)
_BRIDE, _GROOM = 90, 300  # characters between a word of marriage and a name
_LONGEST = 40  # characters before a name that tell
_NAMES = 12  # names at most that are looked at around it: a paragraph may be a list
_STATED = 3  # what a time is worth in which the words say that it is she who marries
_ENOUGH = 3
_OF_MOST = 0.4  # of the evidence for any other woman, those included who cannot be the bride
_CLEAR = 2  # times the evidence for any other who can
_TIMES = 3  # mentions of the married name
_TOGETHER, _STRAY = 0.1, 1  # of the sentences with the rarer name that may have both; sentences that always may
_FADED = 0.2  # of the mentions of the maiden name that may stand in the later half of the married name's


@dataclass(eq=False)
class _Evidence:
    """What the book says of one woman beside men of one surname and words of marriage: how much, and where."""

    weight: int = 0
    chapters: list[int] = field(default_factory=list)


_Weddings = dict[str, dict[Person, _Evidence]]  # by surname of the men and by woman


def join_maiden_name(index: Index) -> None:
    """ "Miss Hawkins" is Mrs. Elton, and "Charlotte Lucas" is Mrs. Collins."""
    wives = [(person, form) for person in index.people if (form := _married_name(person)) is not None]
    if not wives or not _MARRIAGE.search(index.text):
        return
    named = _Named(index)
    weddings = _weddings(named, frozenset(form.titled_word for _, form in wives))
    for wife, form in wives:
        brides = weddings.get(form.titled_word, {})
        bride = _bride(wife, form, brides, named) if wife.forms else None
        if bride is not None:
            chapter = _chapter_of_wedding(brides[bride], index.mentions[form.mentions[0]].chapter)
            index.unite(wife, bride, f"chapter {chapter} speaks of the marriage")


def _married_name(person: Person) -> Form | None:
    """The "Mrs. Elton" of a person who is "Miss" nowhere, if it is frequent enough."""
    names = [form for form in person.forms if form.titled_word and form.name.title and form.name.title.rank == "mrs"]
    if person.ambiguous or person.has_rank("miss") or not names:
        return None
    name = max(names, key=lambda form: form.count)
    return name if name.count >= _TIMES else None


class _Named:
    """The names of people in the text, found by place."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.owner_of = index.owners()
        self._numbers = sorted(self.owner_of)
        self._starts = [index.mentions[number].start for number in self._numbers]
        self._sentences: defaultdict[Person, set[int]] = defaultdict(set)
        for number in self._numbers:
            self._sentences[self.owner_of[number]].add(index.mentions[number].sentence)

    def around(self, place: int, reach: int) -> list[int]:
        """The mentions that begin so many characters from a place in the text at most."""
        middle = bisect_left(self._starts, place)
        first = max(bisect_left(self._starts, place - reach), middle - _NAMES)
        return self._numbers[first : min(bisect_right(self._starts, place + reach), middle + _NAMES)]

    def are_two(self, one: Person, other: Person) -> bool:
        """Do too many sentences name both, so that they are two people?"""
        first, second = self._sentences[one], self._sentences[other]
        return len(first & second) > max(_STRAY, _TOGETHER * min(len(first), len(second)))


def _weddings(named: _Named, surnames: frozenset[str]) -> _Weddings:
    weddings: defaultdict[str, dict[Person, _Evidence]] = defaultdict(dict)
    for word in _MARRIAGE.finditer(named.index.text):
        grooms = _grooms(word.start(), surnames, named)
        for (bride, chapter), weight in _brides(word.start(), named).items() if grooms else ():
            for surname in (surname for surname, where in grooms if where == chapter and surname != bride.surname):
                evidence = weddings[surname].setdefault(bride, _Evidence())
                evidence.weight += weight
                evidence.chapters.append(chapter)
    return dict(weddings)


def _grooms(place: int, surnames: frozenset[str], named: _Named) -> list[tuple[str, int]]:
    """Which of the surnames men have who are named about a word of marriage, and in which chapter."""
    mentions = ((named.owner_of[number], named.index.mentions[number]) for number in named.around(place, _GROOM))
    men = ((person.surname, mention.chapter) for person, mention in mentions if person.gender != "female")
    return list(dict.fromkeys((surname, chapter) for surname, chapter in men if surname in surnames))


def _brides(place: int, named: _Named) -> dict[tuple[Person, int], int]:
    """The women who are named beside a word of marriage, and in which chapter: what each time is worth."""
    weights: dict[tuple[Person, int], int] = {}
    for number in named.around(place, _BRIDE):
        bride, mention = named.owner_of[number], named.index.mentions[number]
        if bride.gender == "female" and not bride.ambiguous:
            weight = _STATED if _is_bride(mention, named.index.text) else 1
            weights[bride, mention.chapter] = max(weights.get((bride, mention.chapter), 0), weight)
    return weights


def _is_bride(mention: Mention, text: str) -> bool:
    """Do the words around a name say that it is she who marries?"""
    before = text[max(0, mention.start - _LONGEST) : mention.start]
    return bool(_BEFORE_BRIDE.search(before) or _BEHIND_BRIDE.match(text, mention.end))


def _bride(wife: Person, name: Form, brides: Mapping[Person, _Evidence], named: _Named) -> Person | None:
    """The one of the women who is the wife under her maiden name; None if that is not clear."""
    most = max((evidence.weight for woman, evidence in brides.items() if woman is not wife), default=0)
    possible = [woman for woman in brides if _may_be_bride(woman, wife, name, brides[woman], named)]
    ranked = sorted(possible, key=lambda woman: -brides[woman].weight)
    if not ranked or brides[ranked[0]].weight < max(_ENOUGH, _OF_MOST * most):
        return None
    second = brides[ranked[1]].weight if len(ranked) > 1 else 0
    return ranked[0] if brides[ranked[0]].weight >= _CLEAR * second else None


def _may_be_bride(woman: Person, wife: Person, name: Form, evidence: _Evidence, named: _Named) -> bool:
    """Does nothing deny it: another marriage, another given name, a sentence with both, or the time?"""
    if woman is wife or not woman.forms or are_kin(woman, wife) or woman.has_rank("mrs") or woman.has_rank("lady"):
        return False
    mentions = named.index.mentions
    if min(evidence.chapters) > mentions[name.mentions[0]].chapter or named.are_two(woman, wife):
        return False
    if wife.given and woman.given:
        return are_variants(wife.given, woman.given)
    return _fades(woman, name)


def _fades(woman: Person, name: Form) -> bool:
    """Does the maiden name hardly stand any more where the married name does?"""
    maiden = [number for form in woman.forms if woman.surname in form.name.folded for number in form.mentions]
    late = sum(number > median(name.mentions) for number in maiden)
    return bool(woman.surname and maiden) and late <= _FADED * len(maiden)


def _chapter_of_wedding(evidence: _Evidence, first: int) -> int:
    """The last chapter that speaks of the marriage before the married name is used, or where it first is."""
    return max(chapter for chapter in evidence.chapters if chapter <= first)
