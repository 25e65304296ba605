"""What is believed of a cast's kinship so far, seen from each of its people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from litgraph.cast.kin.words import Bond, Kin, relayed

Key = tuple[str, Kin]
"""A slot: whose, and what."""
Beliefs = Mapping[Key, Mapping[str, float]]
"""By slot how likely each candidate fills it."""

_WORTH_ASKING = 0.3  # belief from which it tells of others

_Pair = tuple[str, str]
_Relatives = dict[tuple[str, Bond], float]


class Known:
    """Kinship as it is believed so far.

    Args:
        beliefs: by slot how likely each candidate fills it.
    """

    def __init__(self, beliefs: Beliefs) -> None:
        self._own: defaultdict[str, _Relatives] = defaultdict(dict)  # from the person's slots
        self._others: defaultdict[str, _Relatives] = defaultdict(dict)  # from those that the person fills
        for (possessor, kin), belief in beliefs.items():
            for one, likely in belief.items():
                if likely >= _WORTH_ASKING:
                    _note(self._own[possessor], one, kin.bond, likely)
                    _note(self._others[one], possessor, kin.inverse, likely)

    def by_inverse(self, of: str, bond: Bond) -> dict[str, float]:
        """Who is what to somebody because they have him for the inverse: his wife, whose husband he is."""
        return {one: likely for (one, as_), likely in self._others[of].items() if as_ == bond}

    def by_relay(self, of: str, bond: Bond) -> dict[str, float]:
        """Who is what to somebody through others: his father, because his sister has him for hers."""
        found: dict[str, float] = {}
        for (via, first), likely in self._all(of):
            for (one, then), likely_then in self._all(via):
                if one != of and relayed(first, then) == bond:
                    found[one] = max(found.get(one, 0.0), likely * likely_then)
        return found

    def _all(self, of: str) -> Iterator[tuple[tuple[str, Bond], float]]:
        for relatives in (self._own, self._others):
            if of in relatives:
                yield from relatives[of].items()


def _note(relatives: _Relatives, one: str, bond: Bond, likely: float) -> None:
    relatives[one, bond] = max(relatives.get((one, bond), 0.0), likely)


def settled(beliefs: Beliefs) -> dict[Key, dict[str, float]]:
    """Beliefs in which any two people are but one thing to each other: the one that most speaks for in all slots.

    A sister is no mother: what else she may be is no likelier than that she is not the sister.
    """
    total: defaultdict[_Pair, dict[Bond, float]] = defaultdict(dict)
    surest: defaultdict[_Pair, dict[Bond, float]] = defaultdict(dict)
    for (possessor, kin), belief in beliefs.items():
        for one, likely in belief.items() if kin.family else ():
            pair, bond = _seen_from_first(possessor, one, kin)
            total[pair][bond] = total[pair].get(bond, 0.0) + likely
            surest[pair][bond] = max(surest[pair].get(bond, 0.0), likely)
    winner = {pair: max(sorted(bonds), key=bonds.__getitem__) for pair, bonds in total.items()}
    found: dict[Key, dict[str, float]] = {}
    for (possessor, kin), belief in beliefs.items():
        found[possessor, kin] = {}
        for one, likely in belief.items():
            pair, bond = _seen_from_first(possessor, one, kin)
            limit = 1.0 if not kin.family or bond == winner[pair] else 1 - surest[pair][winner[pair]]
            found[possessor, kin][one] = min(likely, limit)
    return found


def _seen_from_first(possessor: str, one: str, kin: Kin) -> tuple[_Pair, Bond]:
    return ((possessor, one), kin.bond) if possessor < one else ((one, possessor), kin.inverse)
