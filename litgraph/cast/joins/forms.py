"""The distinct names of a book: every spelling of one name together, and what kind of thing it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from litgraph.cast.joins.roles import role_names
from litgraph.names.grammar import Name, begins_place, fold, is_place_word, parse_name, singulars
from litgraph.names.lexicon import gender_of_given_name
from litgraph.types import PLACE_LABELS, EntityKind, EntityLabel, Mention

# Of the names in 12 novels, people follow one of these words in under 5 % of their mentions, places in 20 to 60 %.
_PLACE_PREPOSITION = re.compile(
    r"(?:^|[\s(\"“‘'—])(?:at|in|near|into|from|towards?|throughout|through|reached|quitted)\s+(?:the\s+)?$", re.I
)
_AFTER_ARTICLE = re.compile(r"\b[Tt]he\s+$")
# "the name of Bennet", "a young Lucas" and "the Otway carriage" say of nobody in particular that he bears the name.
_OF_NOBODY = re.compile(
    r"\b(?:name (?:of|was|is)|an?|another|any|no|every|each|an?(?: \w+)? (?:young|old|real|true))\s+$"
)
_ATTRIBUTE = re.compile(r"\s[a-z]")
_ELDER = re.compile(r"(?:^|\s)(?:[Oo]ld|[Ee]lder|[Tt]he\s+late)\s+(?=$|[A-Z])")
_PEOPLES = frozenset(
    "american austrian belgian british christian chinese dutch egyptian english european flemish french german greek "
    "hungarian indian irish italian japanese jewish norwegian parisian persian polish portuguese protestant prussian "
    "roman russian scotch scottish spanish swedish swiss turkish venetian viennese welsh".split()
)
_PLACE_SHARE = 0.15
_ENOUGH_CONTEXT = 3
_LONGEST_PREPOSITION = 20  # characters, article and spaces included


@dataclass(eq=False)
class Form:
    """One name as a book uses it: all mentions that differ at most in case, punctuation or epithets.

    Attributes:
        name: the name, taken apart.
        mentions: indexes of its mentions, in text order.
        spellings: how often each printed form occurs.
        labels: the tagger's votes.
        elder: in how many mentions it is called "old", "elder" or "the late".
        nobodys: indexes of the mentions of a single word that mean nobody in particular ("a young Lucas").
        role: it stands for somebody who is called by what he is ("the duke"), also without a capital.
        kind: what it names; set by ``decide_kinds``.
    """

    name: Name
    mentions: list[int] = field(default_factory=list)
    spellings: Counter[str] = field(default_factory=Counter)
    labels: Counter[EntityLabel] = field(default_factory=Counter)
    elder: int = 0
    nobodys: list[int] = field(default_factory=list)
    role: bool = False
    kind: EntityKind = "character"

    @property
    def count(self) -> int:
        """How often it occurs."""
        return len(self.mentions)

    @property
    def bare(self) -> str:
        """The word, folded, of a name that is a single word without a title; "" for all others."""
        name = self.name
        return name.folded[0] if len(name.words) == 1 and not (name.titles or name.of or name.group) else ""

    @property
    def titled_word(self) -> str:
        """The word, folded, of a name that is titles and a single word ("Mr. Darcy"); "" for all others."""
        name = self.name
        return name.folded[0] if len(name.words) == 1 and name.titles and not name.group else ""


def collect_forms(mentions: Sequence[Mention], text: str = "") -> tuple[list[Form], dict[int, str]]:
    """The distinct names of the mentions that are names.

    Args:
        mentions: of the whole book, in text order.
        text: ``Book.text``; with it, "the" and "old" count though they stand before the mention.

    Returns:
        The names in order of their first mention, and for the index of each mention its name as it is printed.
    """
    forms: dict[tuple[object, ...], Form] = {}
    aliases: dict[int, str] = {}
    others = _torn(mentions, text) | role_names(mentions)
    for index, mention in enumerate(mentions):
        if mention.form != "name" and index not in others:
            continue
        before = text[max(0, mention.start - _LONGEST_PREPOSITION) : mention.start]
        name = parse_name(others.get(index, mention.text))
        if name is None and _AFTER_ARTICLE.search(before):
            name = parse_name(f"the {mention.text}")  # "the Duchess" is a name; "Duchess!" is a form of address
        if name is None:
            continue
        form = forms.get(name.key)
        if form is None:
            form = forms[name.key] = Form(name)
        form.mentions.append(index)
        form.spellings[name.text] += 1
        form.role = form.role or mention.form != "name"
        form.labels[mention.label] += 1
        if form.bare and _is_nobodys(text, mention, before):
            form.nobodys.append(index)
        form.elder += bool(_ELDER.search(before) or _ELDER.match(mention.text))
        aliases[index] = name.text
    return list(forms.values()), aliases


def _torn(mentions: Sequence[Mention], text: str) -> dict[int, str]:
    """Names of one person that were found in two pieces, "Miss Lucy" and "Honeychurch": for both the whole."""
    names = [
        (index, mention) for index, mention in enumerate(mentions) if mention.form == "name" and mention.label == "PER"
    ]
    torn: dict[int, str] = {}
    for (index, first), (other, second) in pairwise(names):
        if text and second.start == first.end + 1 and text[first.end] == " ":
            one, rest = parse_name(first.text), parse_name(second.text)
            if one and rest and len(one.words) == 1 and len(rest.words) == 1 and one.titles and not rest.titles:
                torn[index] = torn[other] = text[first.start : second.end]
    return torn


def _is_nobodys(text: str, mention: Mention, before: str) -> bool:
    if _OF_NOBODY.search(before):
        return True
    return _AFTER_ARTICLE.search(before) is not None and _ATTRIBUTE.match(text, mention.end) is not None


def decide_kinds(forms: Sequence[Form], mentions: Sequence[Mention], text: str = "") -> None:
    """Set ``kind`` of every form: by its wording, by the company it keeps, by the votes of the tagger.

    Args:
        forms: all names of the book.
        mentions: the mentions that they were made from.
        text: ``Book.text``; the words before a name tell a place from a person. "" if unknown.
    """
    people = _names_of_people(forms)
    for form in forms:
        form.kind = _kind(form, people, _place_share(form, mentions, text))
        # Where the name is a family's; "a Rabbit" may be Rabbit all the same.
        if form.kind == "character" and people.surname.get(form.bare):
            nobodys = set(form.nobodys)
            form.mentions = [index for index in form.mentions if index not in nobodys]


@dataclass(frozen=True)
class _People:
    """What sure names of people tell of single words: how often each is a given name or a surname."""

    given: Mapping[str, int]
    surname: Mapping[str, int]


def _names_of_people(forms: Sequence[Form]) -> _People:
    given: Counter[str] = Counter()
    surname: Counter[str] = Counter()
    for form in forms:
        name = form.name
        if name.group or (name.words and is_place_word(name.words[-1]) and len(name.words) > 1):
            continue
        if form.titled_word:
            title = name.title
            (given if title and title.takes == "given" else surname)[form.titled_word] += form.count
        elif len(name.words) > 1 and (name.titles or form.labels["PER"] * 2 > form.count):
            given[name.given] += form.count
            surname[name.surname] += form.count
    return _People(given, surname)


def _kind(form: Form, people: _People, place_share: float | None) -> EntityKind:
    name = form.name
    if _is_group(form, people):
        return "group"
    known_given = bool(name.words) and gender_of_given_name(name.words[0]) != "unknown"
    if len(name.words) > 1 and not name.titles and begins_place(name.words[0]):
        return "place"
    if len(name.words) > 1 and is_place_word(name.words[-1]):
        weak = fold(name.words[-1]) in (
            "hill",
            "wood",
            "woods",
            "park",
            "field",
            "church",
            "bridge",
            "row",
            "lake",
            "lane",
        )
        if not (name.titles or (weak and known_given)) or not weak:
            return "place"
    if name.titles or name.suffix:
        return "character"
    if len(name.words) > 1 and known_given and form.labels["PER"]:
        return "character"
    if len(name.words) == 1 and is_place_word(name.words[0]) and not people.surname.get(form.bare):
        return "place"
    as_person = people.given.get(form.bare, 0) + people.surname.get(form.bare, 0) if form.bare else 0
    if as_person >= form.count:
        return "character"
    if place_share is not None and form.count >= _ENOUGH_CONTEXT and not known_given and place_share >= _PLACE_SHARE:
        return "place"
    if as_person * 20 >= form.count and as_person:
        return "character"
    return _by_votes(form, known_given, place_share)


def _by_votes(form: Form, known_given: bool, place_share: float | None) -> EntityKind:
    person, vehicle, organisation = (form.labels[label] for label in ("PER", "VEH", "ORG"))
    place = sum(form.labels[label] for label in PLACE_LABELS)
    if vehicle * 2 > form.count:
        return "vehicle"
    if known_given and (
        person or organisation >= place or (place_share is not None and place_share < _PLACE_SHARE / 2)
    ):
        return "character"
    if person >= max(place, organisation):
        return "character"
    # News taggers call an unknown person an organisation; nobody is "at", "in" or "from" a person.
    if (
        place_share is not None
        and place_share < _PLACE_SHARE / 5
        and form.count >= 3 * _ENOUGH_CONTEXT
        and person * 4 >= form.count
    ):
        return "character"
    return "place" if place >= organisation else "organisation"


def _is_group(form: Form, people: _People) -> bool:
    name = form.name
    if name.group:
        return True
    if len(name.words) != 1 or name.of:
        return False
    word = name.folded[0]
    if form.bare in _PEOPLES or (word.endswith("s") and word[:-1] in _PEOPLES and not name.titles):
        return not people.given.get(word)  # "Christian" may be somebody's name
    title = name.title
    if title and title.rank not in ("miss", "lady"):
        return False
    singular = max(
        (people.surname.get(single, 0) + people.given.get(single, 0) for single in singulars(word)), default=0
    )
    plural = people.surname.get(word, 0) - (form.count if title else 0)
    return singular > plural


def _place_share(form: Form, mentions: Sequence[Mention], text: str) -> float | None:
    if not text:
        return None
    found = 0
    for index in form.mentions:
        start = mentions[index].start
        found += _PLACE_PREPOSITION.search(text[max(0, start - _LONGEST_PREPOSITION) : start]) is not None
    return found / form.count
