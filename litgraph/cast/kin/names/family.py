"""What somebody's names tell of a family: surnames, whose they were first, titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from litgraph.names.grammar import Name, parse_name
from litgraph.names.lexicon import gender_of_given_name
from litgraph.types import Entity, Gender

_RANKS = {
    word: man
    for man, *women in (
        couple.split()
        for couple in (
            "king queen",
            "emperor empress",
            "duke duchess",
            "count countess",
            "baron baroness",
            "marquis marchioness marquise",
            "viscount viscountess",
        )
    )
    for word in (man, *women)
} | {"earl": "count"}
"""Titles of which a couple bears one each; not "prince", who may be a brother."""


@dataclass(frozen=True, slots=True)
class Family:
    """What an entity's names tell of its family; all names folded.

    Attributes:
        gender: of the entity.
        surnames: all that it bears.
        married: those that came by marriage ("Mrs. Bennet").
        maiden: it is called "Miss".
        given: it has a given name.
        full: its given names with its surnames; a wife's are her husband's: "Mrs. John Knightley".
        ranks: titles that couples share ("baron").
        honoured: it is called "Sir", "Lord" or "Lady".
    """

    gender: Gender
    surnames: frozenset[str]
    married: frozenset[str]
    maiden: bool
    given: bool = False
    full: frozenset[tuple[str, str]] = frozenset()
    ranks: frozenset[str] = frozenset()
    honoured: bool = False

    @property
    def born(self) -> frozenset[str]:
        """Surnames that did not come by marriage."""
        return self.surnames - self.married


def names_of(entity: Entity) -> Iterable[Name]:
    """The names of an entity that are one person's."""
    for alias, _ in entity.aliases:
        name = parse_name(alias)
        if name is not None and not name.group:
            yield name


def surname_in(name: Name, known: frozenset[str] | set[str]) -> str:
    """The surname in a name: its last word, or its only one after "Mr." or where others bear it as a surname."""
    if name.surname:
        return name.surname
    if len(name.words) != 1 or name.title is None:
        return ""
    return name.folded[0] if name.title.takes == "surname" or name.folded[0] in known else ""


def family_of(entity: Entity, names: Sequence[Name], known: set[str]) -> Family:
    """What the names tell.

    Args:
        entity: a character.
        names: all that it bears.
        known: what is somebody's surname in the book, folded.
    """
    surnames: set[str] = set()
    married: set[str] = set()
    maiden = False
    alone = _alone(entity)
    for name in names:
        surname, rank = surname_in(name, known), name.title.rank if name.title else ""
        maiden = maiden or rank == "miss"
        if surname and surname not in alone:
            surnames.add(surname)
            if rank == "mrs" or (rank == "lady" and len(name.words) == 1):
                married.add(surname)
    given = any(len(name.words) > 1 or not surname_in(name, known) for name in names)
    honoured = any(title.rank in ("sir", "lord", "lady") for name in names for title in name.titles)
    return Family(
        entity.gender,
        frozenset(surnames),
        frozenset(married),
        maiden,
        given,
        _full(entity, names),
        _ranks(names),
        honoured,
    )


def _alone(entity: Entity) -> frozenset[str]:
    """Given names by which somebody mostly goes: "Mr. Philip" and "Aunt Harriet" bear no surname."""
    bare: Counter[str] = Counter()
    behind: Counter[str] = Counter()
    for alias, times in entity.aliases:
        name = parse_name(alias)
        if name is not None and name.words:
            (bare if len(name.words) == 1 and not name.title else behind)[name.folded[-1]] += times
    return frozenset(
        word for word, times in bare.items() if times > behind[word] and gender_of_given_name(word) == entity.gender
    )


def _full(entity: Entity, names: Sequence[Name]) -> frozenset[tuple[str, str]]:
    """Given name and surname together: a man's own, and a wife's where they are her husband's."""
    wanted = "mrs" if entity.gender == "female" else ""
    return frozenset(
        (name.folded[0], name.surname)
        for name in names
        if name.surname and len(name.words) > 1 and (not wanted or (name.title and name.title.rank == wanted))
        if not wanted or gender_of_given_name(name.words[0]) == "male"
    )


def _ranks(names: Iterable[Name]) -> frozenset[str]:
    """The ranks of the titles that couples share."""
    return frozenset(
        _RANKS[title.text.casefold()] for name in names for title in name.titles if title.text.casefold() in _RANKS
    )
