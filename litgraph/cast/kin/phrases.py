"""Phrases of kinship: "his wife", "Louisa's eldest sister", "the wife of Mr. Bennet", "my sister Maria", "papa"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from litgraph.cast.kin.words import Kin, find_kin

Whose = Literal["first", "last", "unsaid"]

_ARTICLES = frozenset("the a an this that such another no any every one some".split())
_FORMS_OF_ADDRESS = frozenset("dear dearest poor own good old little sweet darling beloved young kind honoured".split())
_RANKS = frozenset(
    "eldest elder oldest older youngest younger second third fourth fifth first middle late only twin future".split()
)
# "the wife of Mr. Bennet", "the only daughter of Sir William", "widow of the late Colonel"
_POSSESSOR_LAST = re.compile(r"^(?:(?:the|an?|that|this)\s(?:[\w-]+\s){0,3}?)?([\w-]+)\sof\s", re.I)
_SEVERAL = re.compile(r"\s(?:and|or)\s", re.I)
_WORD = re.compile(r"[^\W\d_][\w-]*(?:[’'](?!s\b)\w+)*", re.U)
_LONGEST = 12  # words of a phrase; longer ones are clauses


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase such as "his wife".

    Attributes:
        kin: what its word of kinship says.
        whose: where the possessor stands: "his wife", "the wife of Mr. Bennet", or "unsaid" as in "papa".
        rank: what tells several of them apart, "eldest" or "second"; "" if nothing does.
        named: a name follows, as in "my sister Maria".
    """

    kin: Kin
    whose: Whose
    rank: str = ""
    named: bool = False


def kin_phrase(text: str) -> Phrase | None:
    """Take a mention's text for a phrase of kinship, if it is one.

    >>> kin_phrase("his dear wife").kin.bond, kin_phrase("the sister of Mr. Bingley").whose
    ('spouse', 'last')
    >>> kin_phrase("Mr. Bennet's second daughter").rank, kin_phrase("my sister Maria").named
    ('second', True)
    >>> kin_phrase("the wife"), kin_phrase("his house"), kin_phrase("his wife's house")
    (None, None, None)
    """
    words = text.split()
    if not words or len(words) > _LONGEST:
        return None
    if last := _POSSESSOR_LAST.match(text):
        kin = find_kin(last.group(1))
        return Phrase(kin, "last", _rank(text[: last.start(1)].split())) if kin else None
    if _SEVERAL.search(text):
        return None
    place = next((index for index, word in enumerate(words) if find_kin(word.strip("_,"))), None)
    if place is None or (words[0].casefold() in _ARTICLES and not _has_possessor(words[:place])):
        return None
    kin = find_kin(words[place].strip("_,"))
    named = place + 1 < len(words)
    if kin is None or (named and not all(word.strip("_“\"'")[:1].isupper() for word in words[place + 1 :])):
        return None
    before = words[:place]
    if all(word.casefold().strip("_,") in _FORMS_OF_ADDRESS for word in before):
        return None if named or not kin.family else Phrase(kin, "unsaid")
    return Phrase(kin, "first", _rank(before[1:]), named)


def _has_possessor(words: list[str]) -> bool:
    """Does a genitive stand before the word: "the Duchess's cook", but not "a gentleman's daughter"?"""
    return words[0].casefold() == "the" and any(word.endswith(("'s", "’s", "s'", "s’")) for word in words[1:])


def _rank(words: list[str]) -> str:
    return next((word.casefold() for word in words if word.casefold() in _RANKS), "")
