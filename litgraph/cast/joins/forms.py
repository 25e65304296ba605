"""The distinct names of a book: every spelling of one name together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from litgraph.cast.joins.generations import with_generations
from litgraph.cast.joins.roles import role_names
from litgraph.names.grammar import Name, is_title, parse_name
from litgraph.types import EntityKind, EntityLabel, Mention

_TITLE_BEFORE = re.compile(r"(?:^|\s)(?<![A-Z]\. )([A-Z][a-z]{0,4}\.) $")
_AFTER_ARTICLE = re.compile(r"\b[Tt]he\s+$")
# "the name of Bennet", "a young Lucas" and "the Otway carriage" say of nobody in particular that he bears the name.
_OF_NOBODY = re.compile(
    r"\b(?:name (?:of|was|is)|an?|another|any|no|every|each|an?(?: \w+)? (?:young|old|real|true))\s+$"
)
_ATTRIBUTE = re.compile(r"\s[a-z]")
_ELDER = re.compile(r"(?:^|\s)(?:[Oo]ld|[Ee]lder|[Tt]he\s+late)\s+(?=$|[A-Z])")
LONGEST_PREPOSITION = 20  # characters, article and spaces included


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
        kin: the names of those whose kin the text says it is, and how often; set by ``litgraph.cast.joins.stated_kin``.
        kind: what it names; set by ``litgraph.cast.joins.kinds``.
    """

    name: Name
    mentions: list[int] = field(default_factory=list)
    spellings: Counter[str] = field(default_factory=Counter)
    labels: Counter[EntityLabel] = field(default_factory=Counter)
    elder: int = 0
    nobodys: list[int] = field(default_factory=list)
    role: bool = False
    kin: Counter[Form] = field(default_factory=Counter)
    kind: EntityKind = "character"

    @property
    def count(self) -> int:
        """How often it occurs."""
        return len(self.mentions)

    @property
    def bare(self) -> str:
        """The word, folded, of a name that is a single word without title or generation; "" for all others."""
        name = self.name
        return (
            name.folded[0] if len(name.words) == 1 and not (name.titles or name.of or name.group or name.suffix) else ""
        )

    @property
    def titled_word(self) -> str:
        """The word, folded, of a name that is titles and a single word ("Mr. Darcy"); "" for all others."""
        name = self.name
        return name.folded[0] if len(name.words) == 1 and name.titles and not name.group else ""


def collect_forms(
    mentions: Sequence[Mention], text: str = "", taken: Container[int] = ()
) -> tuple[list[Form], dict[int, str]]:
    """The distinct names of the mentions that are names.

    Args:
        mentions: of the whole book, in text order.
        text: ``Book.text``; with it, "the" and "old" count though they stand before the mention.
        taken: indexes of mentions that are somebody's already.

    Returns:
        The names in order of their first mention, and for the index of each mention its name as it is printed.
    """
    forms: dict[tuple[object, ...], Form] = {}
    aliases: dict[int, str] = {}
    others = _names_in_two_pieces(mentions, text) | role_names(mentions)
    names: dict[int, Name] = {}
    for index, mention in enumerate(mentions):
        if index in taken or (mention.form != "name" and index not in others):
            continue
        if name := _name(others.get(index, mention.text), mention, _before(mention, text)):
            names[index] = name
    for index, name in with_generations(names, mentions, text).items():
        mention, before = mentions[index], _before(mentions[index], text)
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


def _before(mention: Mention, text: str) -> str:
    return text[max(0, mention.start - LONGEST_PREPOSITION) : mention.start]


def _name(words: str, mention: Mention, before: str) -> Name | None:
    name = parse_name(words)
    title = _TITLE_BEFORE.search(before)
    if name is not None and not name.titles and title and is_title(title[1]):
        return parse_name(f"{title[1]} {words}")  # "M. Lefèvre": the finder took the full stop for a sentence's
    if name is None and _AFTER_ARTICLE.search(before):
        return parse_name(f"the {mention.text}")  # "the Duchess" is a name; "Duchess!" is a form of address
    return name


def _names_in_two_pieces(mentions: Sequence[Mention], text: str) -> dict[int, str]:
    """Names of one person that were found in two pieces, "Miss Lucy" and "Honeychurch": for both the whole."""
    wholes: dict[int, str] = {}
    for (index, first), (other, second) in pairwise(_people_by_name(mentions)):
        stands_next = text and second.start == first.end + 1 and text[first.end] == " "
        if stands_next and _are_pieces(parse_name(first.text), parse_name(second.text)):
            wholes[index] = wholes[other] = text[first.start : second.end]
    return wholes


def _people_by_name(mentions: Sequence[Mention]) -> Iterator[tuple[int, Mention]]:
    for index, mention in enumerate(mentions):
        if mention.form == "name" and mention.label == "PER":
            yield index, mention


def _are_pieces(one: Name | None, other: Name | None) -> bool:
    """Are they a title with one word, and one word?"""
    if one is None or other is None or len(one.words) != 1 or len(other.words) != 1:
        return False
    return bool(one.titles) and not other.titles


def _is_nobodys(text: str, mention: Mention, before: str) -> bool:
    if _OF_NOBODY.search(before):
        return True
    return _AFTER_ARTICLE.search(before) is not None and _ATTRIBUTE.match(text, mention.end) is not None
