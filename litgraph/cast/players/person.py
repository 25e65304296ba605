"""Somebody of a play, and how names of a play are compared."""

from __future__ import annotations

from dataclasses import dataclass, field

from litgraph.names.grammar import fold
from litgraph.names.titles import find_title
from litgraph.types import Gender

SMALL_WORDS = frozenset("the of and a an to de du von van la le".split())
"""Words that tell nothing of whose name they are in."""


@dataclass(eq=False)
class Player:
    """Somebody who speaks in a play, or whom its dramatis personae list.

    Attributes:
        name: as the dramatis personae print it, or else the label.
        names: all names and labels, folded.
        gender: from the list, a title or the given name.
        mentions: indexes of labels and of other mentions by name.
    """

    name: str
    names: list[str] = field(default_factory=list)
    gender: Gender = "unknown"
    mentions: list[int] = field(default_factory=list)


def name_key(name: str) -> str:
    """A name for comparing."""
    return fold(" ".join(name.replace(".", ". ").split()))


def telling_words(key: str) -> list[str]:
    """The words of a name, folded, without articles and the like."""
    return [word for word in key.split() if word not in SMALL_WORDS] or key.split()


def has_no_given_name(key: str) -> bool:
    """Is a name, folded, a single word, or a title and one?"""
    words = key.split()
    return len(words) == 1 or (len(words) == 2 and find_title(words[0]) is not None)


def agree(one: Gender, other: Gender) -> bool:
    """May two genders be one person's?"""
    return "unknown" in (one, other) or one == other
