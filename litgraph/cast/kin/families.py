"""Kinship and surnames: if he is Mr. Bennet, "his wife" is Mrs. Bennet, and not Mrs. Long.

A reader links such phrases worse than all others, because the people between whom it has to choose are all near. What
they are called says more: a wife bears her husband's name, an unmarried sister her brother's, and "Mrs." tells that a
name came by marriage. These are the customs of English novels and of most translated ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from litgraph.cast.kin.words import Bond, Kin
from litgraph.names.grammar import Name, parse_name
from litgraph.types import Entity, Gender


@dataclass(frozen=True, slots=True)
class Family:
    """What an entity's names tell of its family; all names folded.

    Attributes:
        gender: of the entity.
        surnames: all that it bears.
        married: those that came by marriage ("Mrs. Bennet").
        maiden: it is called "Miss".
        given: it has a given name.
    """

    gender: Gender
    surnames: frozenset[str]
    married: frozenset[str]
    maiden: bool
    given: bool = False

    @property
    def born(self) -> frozenset[str]:
        """Surnames that did not come by marriage."""
        return self.surnames - self.married


class Families:
    """The families of a cast.

    Args:
        entities: of the cast; only characters have families.
    """

    def __init__(self, entities: Iterable[Entity]) -> None:
        people = {entity.id: (entity, list(_names(entity))) for entity in entities if entity.kind == "character"}
        known = {_surname(name, frozenset()) for _, names in people.values() for name in names} - {""}
        self._family_of = {id_: _family(entity, names, known) for id_, (entity, names) in people.items()}
        self._wives: defaultdict[str, list[str]] = defaultdict(list)
        self._men: defaultdict[str, list[str]] = defaultdict(list)
        for id_, (entity, _) in people.items():
            if not entity.ambiguous:
                self._note_couples(id_, self._family_of[id_])

    def _note_couples(self, id_: str, family: Family) -> None:
        """Remember who bears a surname as a wife, and who as a man."""
        for surname in family.married:
            self._wives[surname].append(id_)
        if family.gender == "male":
            for surname in family.surnames:
                self._men[surname].append(id_)

    def __contains__(self, id_: str) -> bool:
        return id_ in self._family_of

    def gender(self, id_: str) -> Gender:
        """The gender of an entity; "unknown" if it has no family."""
        return self._family_of[id_].gender if id_ in self._family_of else "unknown"

    def share_name(self, one: str, other: str) -> bool:
        """Do they share a surname?"""
        return _alike(self._family_of[one].surnames, self._family_of[other].surnames)

    def plain_couple(self, one: str, other: str) -> bool:
        """Are they Mr. and Mrs. of one name, of whom nobody says a given name?"""
        both = (self._family_of[one], self._family_of[other])
        return self.share_name(one, other) and not any(family.given for family in both)

    def may_be(self, kin: Kin, bearer: str, possessor: str) -> bool:
        """Does gender allow the entity ``bearer`` to be what the word says to the entity ``possessor``?"""
        one, other = self._family_of.get(bearer), self._family_of.get(possessor)
        if one is None or bearer == possessor:
            return False
        if "unknown" not in (one.gender, kin.gender) and one.gender != kin.gender:
            return False
        return not (kin.bond == "spouse" and other is not None and one.gender == other.gender != "unknown")

    def names_deny(self, kin: Kin, bearer: str, possessor: str) -> bool:
        """Do the names speak against it? A half-brother, or a son who was given away, may still be meant."""
        one, other = self._family_of.get(bearer), self._family_of.get(possessor)
        return one is not None and other is not None and not _may_be_kin(kin.bond, one, other)

    def by_name(self, kin: Kin, possessor: str) -> str | None:
        """Whom the phrase means if names alone tell: the one Mrs. Bennet is the wife of the one Mr. Bennet.

        The two are also the parents of those who are born with the name.
        """
        family = self._family_of.get(possessor)
        if family is None or kin.bond not in ("spouse", "parent"):
            return None
        for surname in sorted(family.surnames):
            wives, men = self._wives[surname], self._men[surname]
            if len(wives) != 1 or len(men) != 1:
                continue
            couple = {"female": wives[0], "male": men[0]}
            if (possessor in couple.values()) == (kin.bond == "spouse"):
                relative = couple.get(kin.gender)
                return relative if relative != possessor else None
        return None


def _names(entity: Entity) -> Iterable[Name]:
    for alias, _ in entity.aliases:
        name = parse_name(alias)
        if name is not None and not name.group:
            yield name


def _surname(name: Name, known: frozenset[str] | set[str]) -> str:
    """The surname in a name: its last word, or its only one after "Mr." or where others bear it as a surname."""
    if name.surname:
        return name.surname
    if len(name.words) != 1 or name.title is None:
        return ""
    return name.folded[0] if name.title.takes == "surname" or name.folded[0] in known else ""


def _family(entity: Entity, names: Sequence[Name], known: set[str]) -> Family:
    surnames: set[str] = set()
    married: set[str] = set()
    maiden = False
    for name in names:
        surname, rank = _surname(name, known), name.title.rank if name.title else ""
        maiden = maiden or rank == "miss"
        if surname:
            surnames.add(surname)
            if rank == "mrs" or (rank == "lady" and len(name.words) == 1):
                married.add(surname)
    given = any(len(name.words) > 1 or not _surname(name, known) for name in names)
    return Family(entity.gender, frozenset(surnames), frozenset(married), maiden, given)


def _alike(some: frozenset[str], others: frozenset[str]) -> bool:
    """Do they share a surname? "Karenina" is Karenin's."""
    return any(
        shorter == longer or (len(shorter) > 3 and longer in (f"{shorter}a", f"{shorter}na"))
        for one in some
        for other in others
        for shorter, longer in (sorted((one, other), key=len),)
    )


def _may_be_kin(bond: Bond, one: Family, other: Family) -> bool:
    """May the first be what the word says to the second?"""
    if bond == "spouse":
        return _may_marry(one, other)
    if bond == "sibling":
        return _may_share_birth(one, other) and _may_share_birth(other, one)
    if bond == "parent":
        return not (one.maiden and not one.married) and _may_descend(other, one)
    return _may_descend(one, other) if bond == "child" else True


def _may_marry(one: Family, other: Family) -> bool:
    if one.gender == other.gender != "unknown":
        return False
    for woman, man in ((one, other), (other, one)):
        if woman.gender != "female":
            continue
        if woman.married:
            return not man.surnames or _alike(woman.married, man.surnames)
        if woman.maiden and _alike(woman.surnames, man.surnames):
            return False
    return True


def _may_share_birth(one: Family, other: Family) -> bool:
    if one.born and other.born:
        return _alike(one.born, other.born)
    return not (one.married and not one.born and _alike(one.married, other.born))


def _may_descend(child: Family, parent: Family) -> bool:
    if child.born and parent.surnames:
        return _alike(child.born, parent.surnames)
    return not (child.married and not child.born and _alike(child.married, parent.surnames))
