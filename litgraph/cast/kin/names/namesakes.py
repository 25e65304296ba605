"""Kin whom names and the number of phrases tell together.

A man who shares a name with one "Mrs." may be her husband or her son. The phrases of kinship of the whole book tell
which: of Ralph Denham's mother there is talk, and hardly of his wife.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from litgraph.cast.kin.names.families import Families
from litgraph.cast.kin.words import Bond, Kin, find_kin
from litgraph.types import Gender

Phrases = Mapping[tuple[str, Bond, Gender], int]
"""By possessor, bond and gender of whom they mean, how many phrases of kinship there are."""

_SURELY = 0.8  # belief from which somebody is another's child
_PARENT_PHRASES = 2  # that it takes to tell a parent by the name: one may be the reader's error


class NamedKin(NamedTuple):
    """Kin by name.

    Attributes:
        parents: by child and the parent's gender.
        spouses: by husband or wife.
    """

    parents: Mapping[tuple[str, Gender], str]
    spouses: Mapping[str, str]

    def of(self, possessor: str, kin: Kin, families: Families) -> str | None:
        """Whom a phrase means if names tell: his mother, and else the mother of all who are born with the name."""
        if kin.bond == "spouse":
            return self.spouses.get(possessor)
        if kin.bond != "parent":
            return None
        found = self.parents.get((possessor, kin.gender)) or families.by_name(kin, possessor)
        return found if found in self.spouses or (possessor, kin.gender) in self.parents else None


def kin_by_name(
    people: Iterable[str], families: Families, phrases: Phrases, told: Mapping[tuple[str, Gender], str]
) -> NamedKin:
    """The parents and couples whom names tell, as far as no phrases speak against it.

    Args:
        people: ids of those in question, in the order of the cast.
        families: what their names tell.
        phrases: of the book.
        told: by child and a parent's gender the parent whom phrases tell: Frank Churchill is Mr. Weston's son.
    """
    people = list(people)
    parents: dict[tuple[str, Gender], str] = {}
    for child in people:
        for parent in families.namesakes_before(child):
            gender = families.gender(parent)
            if told.get((child, gender), parent) == parent and _tell_parent(child, parent, families, phrases):
                parents[child, gender] = parent
    wife = find_kin("wife")
    assert wife is not None  # it is in the table
    spouses: dict[str, str] = {}
    for man in people:
        woman = families.by_name(wife, man) if families.gender(man) == "male" else None
        if woman is not None and parents.get((man, "female")) != woman:
            spouses[man], spouses[woman] = woman, man
    return NamedKin(parents, spouses)


def told_parents(fillers: Iterable[tuple[str, Kin, str, float]], families: Families) -> dict[tuple[str, Gender], str]:
    """By child and a parent's gender the parent whose child the phrases surely say it is.

    Args:
        fillers: possessor, word, who fills the slot, and how likely.
        families: for genders.
    """
    surely = sorted((likely, parent, child) for parent, kin, child, likely in fillers if kin.bond == "child")
    return {(child, families.gender(parent)): parent for likely, parent, child in surely if likely >= _SURELY}


def _tell_parent(child: str, parent: str, families: Families, phrases: Phrases) -> bool:
    """Are there enough phrases that speak of a parent, and more than of a husband or wife?"""
    own, other = families.gender(child), families.gender(parent)
    told = phrases.get((child, "parent", other), 0) + phrases.get((parent, "child", own), 0)
    married = phrases.get((child, "spouse", "female"), 0) + phrases.get((child, "spouse", "male"), 0)
    if own != other:
        married += phrases.get((parent, "spouse", own), 0)
    return told >= _PARENT_PHRASES and told > married
