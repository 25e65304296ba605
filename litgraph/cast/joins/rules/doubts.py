"""Words that fit several people, once all other names are joined: whose they are if one is clearly likelier.

A title and a surname stays in doubt: by custom it is the elder's, though the younger one may be everywhere.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from litgraph.cast.joins.index import Index
from litgraph.cast.joins.people import Person, unique

_ENOUGH = 3  # mentions of the word, and mentions that each kind of evidence must speak of
_CLEAR = 0.75  # of the evidence of each kind
_FEW = 12  # bearers: among more nobody is likelier
_REACH = 15  # sentences to the bearer who was named last


def settle_by_presence(index: Index) -> None:
    """ "Lebrun" is Robert Lebrun: nobody else of the name is named as often in these chapters, nor just before."""
    for person in [person for person in index.people if person.ambiguous and not person.forms]:
        bearers = [other for other in _bearers(person, index) if not other.ambiguous]
        if len(person.shared) < _ENOUGH or not 1 < len(bearers) <= _FEW:
            continue
        in_chapter, last = _votes(person.shared, bearers, index)
        bearer = max(bearers, key=lambda bearer: in_chapter[bearer])
        if all(votes[bearer] >= max(_ENOUGH, _CLEAR * votes.total()) for votes in (in_chapter, last)):
            index.give(person, bearer, f"{bearer.commonest} is named in the same chapters, and just before")


def _bearers(person: Person, index: Index) -> list[Person]:
    """Those whose given name or surname the word is."""
    return unique([*index.called(person.given), *index.family(person.given)])


def _votes(doubtful: Sequence[int], bearers: Sequence[Person], index: Index) -> tuple[Counter[Person], Counter[Person]]:
    """For how many mentions each bearer is the greatest of their chapter, and for how many the last one named."""
    in_chapter, last = Counter[Person](), Counter[Person]()
    named = sorted((number, place) for place, bearer in enumerate(bearers) for number in index.numbers(bearer))
    times = Counter((index.mentions[number].chapter, place) for number, place in named)
    for number in doubtful:
        mention = index.mentions[number]
        of_bearers = [times[mention.chapter, place] for place in range(len(bearers))]
        if most := max(of_bearers):
            in_chapter[bearers[of_bearers.index(most)]] += 1
        before = bisect_left(named, (number, 0)) - 1
        if before >= 0 and mention.sentence - index.mentions[named[before][0]].sentence <= _REACH:
            last[bearers[named[before][1]]] += 1
    return in_chapter, last
