"""What speaks for somebody filling a slot of kinship, in numbers."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, fields

from litgraph.cast.kin.evidence import Sign, Vote
from litgraph.cast.kin.known import Key, Known
from litgraph.cast.kin.names.families import Families
from litgraph.cast.kin.names.namesakes import NamedKin
from litgraph.cast.kin.places import Place
from litgraph.cast.kin.words import Kin

_BORNE = frozenset({"spouse", "sibling", "parent", "child"})  # bonds whose people mostly bear one surname


@dataclass(eq=False)
class SlotPlaces:
    """A slot while it is decided: its places, with the votes at each."""

    possessor: str
    kin: Kin
    places: list[Place] = field(default_factory=list)
    votes: list[list[Vote]] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """Whose, and what."""
        return self.possessor, self.kin

    def with_votes(self) -> Iterable[tuple[Place, list[Vote]]]:
        """Each place with its votes."""
        return zip(self.places, self.votes, strict=True)


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a candidate; counts are ``log(1 + n)``.

    Attributes:
        named, apposition, predicate, address, other: places with such a sign (``evidence.Sign``).
        chain: the certainties of the reader's links, once a chain.
        chain_share: its part of those of all candidates.
        nearest: places to which it is the nearest of those named before who may be meant.
        couple: names tell that it is the one ("Mr. Bennet", "Mrs. Bennet").
        namesake: it shares a surname with the possessor, where that tells.
        names_deny: their surnames speak against it.
        gender: its gender is known, and that of the word.
        inverse: how likely the possessor fills its inverse slot.
        relay: how likely it is what the word says through others, such as a sister's father.
    """

    named: float
    apposition: float
    predicate: float
    address: float
    other: float
    chain: float
    chain_share: float
    nearest: float
    couple: float
    namesake: float
    names_deny: float
    gender: float
    inverse: float
    relay: float

    def values(self) -> tuple[float, ...]:
        """In the order of the attributes."""
        return tuple(getattr(self, one.name) for one in fields(self))


def features(slot: SlotPlaces, families: Families, known: Known, named: NamedKin) -> dict[str, Features]:
    """For each candidate what speaks for it, in the order in which the text brings them up.

    Args:
        slot: with the votes at its places.
        families: of the cast.
        known: what the round before believes.
        named: who is whose by name.
    """
    counts, chains = _counts(slot)
    linked = sum(sum(chain.values()) for chain in chains.values())
    couple = named.of(slot.possessor, slot.kin, families)
    inverse = known.by_inverse(slot.possessor, slot.kin.bond)
    relay = known.by_relay(slot.possessor, slot.kin.bond)
    borne = slot.kin.bond in _BORNE
    found: dict[str, Features] = {}
    for one in dict.fromkeys([*counts, *chains, *([couple] if couple else []), *inverse, *relay]):
        if not families.may_be(slot.kin, one, slot.possessor):
            continue
        count, chain = counts[one], sum(chains[one].values())
        found[one] = Features(
            named=math.log1p(count["named"]),
            apposition=math.log1p(count["apposition"]),
            predicate=math.log1p(count["predicate"]),
            address=math.log1p(count["address"]),
            other=math.log1p(count["other"]),
            chain=math.log1p(chain),
            chain_share=chain / linked if linked else 0.0,
            nearest=math.log1p(count["nearest"]),
            couple=float(one == couple),
            namesake=float(borne and families.share_name(one, slot.possessor)),
            names_deny=float(families.names_deny(slot.kin, one, slot.possessor)),
            gender=float("unknown" not in (families.gender(one), slot.kin.gender)),
            inverse=inverse.get(one, 0.0),
            relay=relay.get(one, 0.0),
        )
    return found


def _counts(slot: SlotPlaces) -> tuple[defaultdict[str, Counter[Sign]], defaultdict[str, dict[str, float]]]:
    """By candidate, how many signs of each sort there are, and the surest link of each chain."""
    counts: defaultdict[str, Counter[Sign]] = defaultdict(Counter)
    chains: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for place, votes in slot.with_votes():
        for vote in votes:
            if vote.sign == "chain":
                chain = chains[vote.entity]
                chain[place.mention.chain] = max(chain.get(place.mention.chain, 0.0), vote.strength)
            else:
                counts[vote.entity][vote.sign] += 1
    return counts, chains
