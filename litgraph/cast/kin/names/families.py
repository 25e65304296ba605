"""Kinship and surnames: if he is Mr. Bennet, "his wife" is Mrs. Bennet, and not Mrs. Long.

A reader links such phrases worse than all others, because the people between whom it has to choose are all near. What
they are called says more: a wife bears her husband's name, an unmarried sister her brother's, and "Mrs." tells that a
name came by marriage. These are the customs of English novels and of most translated ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from litgraph.cast.kin.names.family import Family, family_of, names_of, surname_in
from litgraph.cast.kin.words import Bond, Kin
from litgraph.types import Entity, Gender


class Families:
    """The families of a cast.

    Args:
        entities: of the cast; only characters have families.
    """

    def __init__(self, entities: Iterable[Entity]) -> None:
        people = {entity.id: (entity, list(names_of(entity))) for entity in entities if entity.kind == "character"}
        known = {surname_in(name, frozenset()) for _, names in people.values() for name in names} - {""}
        self._family_of = {id_: family_of(entity, names, known) for id_, (entity, names) in people.items()}
        self._wives: defaultdict[str, list[str]] = defaultdict(list)
        self._men: defaultdict[str, list[str]] = defaultdict(list)
        self._full: defaultdict[tuple[tuple[str, str], Gender], list[str]] = defaultdict(list)
        self._ranks: defaultdict[tuple[str, Gender], list[str]] = defaultdict(list)
        for id_, (entity, _) in people.items():
            if not entity.ambiguous:
                self._note_couples(id_, self._family_of[id_])

    def _note_couples(self, id_: str, family: Family) -> None:
        """Remember who bears a surname as a wife or a man, a husband's full name, or a rank."""
        for surname in family.married - {surname for _, surname in family.full}:
            self._wives[surname].append(id_)
        for full in sorted(family.full):
            self._full[full, family.gender].append(id_)
        for rank in sorted(family.ranks):
            self._ranks[rank, family.gender].append(id_)
        if family.gender == "male":
            for surname in family.surnames:
                self._men[surname].append(id_)

    def __iter__(self) -> Iterator[str]:
        """The ids of all who may have a family, in the order of the cast."""
        return iter(self._family_of)

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

    def namesake(self, gender: Gender, one: str) -> str | None:
        """The only one of that gender who bears the surname of somebody of the other; None if there is not one."""
        family = self._family_of.get(one)
        if family is None or family.gender in (gender, "unknown") or gender == "unknown":
            return None
        bearers = self._wives if gender == "female" else self._men
        found = {id_: None for surname in sorted(family.surnames) for id_ in bearers[surname]}
        return next(iter(found)) if len(found) == 1 else None

    def namesakes_before(self, child: str) -> list[str]:
        """Who may be a parent by the name: the only "Mrs." of it, and the only man of whom nobody says a given name."""
        found = []
        family = self._family_of.get(child)
        for surname in sorted(family.born) if family else ():
            titled = [id_ for id_ in self._men[surname] if not self._family_of[id_].given]
            for bearers in (self._wives[surname], titled):
                others = [id_ for id_ in bearers if id_ != child]
                found += others if len(others) == 1 else []
        return found

    def by_name(self, kin: Kin, possessor: str) -> str | None:
        """Whom the phrase means if names alone tell: the one Mrs. Bennet is the wife of the one Mr. Bennet.

        The two are also the parents of those who are born with the name.
        """
        family = self._family_of.get(possessor)
        if family is None or kin.bond not in ("spouse", "parent"):
            return None
        if kin.bond == "spouse" and (other := self._by_full_name_or_rank(family, kin.gender)):
            return other
        for surname in sorted(family.surnames):
            wives, men = self._wives[surname], self._men[surname]
            if len(wives) != 1 or len(men) != 1:
                continue
            couple = {"female": wives[0], "male": men[0]}
            if self._family_of[wives[0]].honoured != self._family_of[men[0]].honoured:
                continue  # "Lady Otway" is the wife of a Sir or a Lord
            if (possessor in couple.values()) == (kin.bond == "spouse"):
                relative = couple.get(kin.gender)
                return relative if relative != possessor else None
        return None

    def _by_full_name_or_rank(self, family: Family, gender: Gender) -> str | None:
        """ "Mrs. John Knightley" is John Knightley's wife, and the only baroness the only baron's."""
        if gender == family.gender:
            return None
        found = [
            (self._full.get((full, family.gender), []), self._full.get((full, gender), [])) for full in family.full
        ]
        found += [
            (self._ranks.get((one, family.gender), []), self._ranks.get((one, gender), [])) for one in family.ranks
        ]
        return min((others[0] for own, others in found if len(own) == 1 == len(others)), default=None)


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
