"""Whom of a corpus's characters an entity of the cast is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from litgraph.corpora.pdnc import GoldCharacter
from litgraph.names.likeness import comparable
from litgraph.types import Cast


def characters_of(cast: Cast, characters: Sequence[GoldCharacter]) -> dict[str, str]:
    """By id of an entity the main name of the character that it is mostly called.

    An alias that several characters bear counts for each; of two with the same count it is the first by name. Entities
    that bear no character's name are left out.
    """
    bearers: defaultdict[str, list[str]] = defaultdict(list)
    for character in characters:
        for alias in character.aliases:
            bearers[alias].append(character.name)
    called: dict[str, str] = {}
    for entity in cast.entities:
        counts: Counter[str] = Counter()
        for alias, count in entity.aliases:
            for name in bearers.get(comparable(alias), ()):
                counts[name] += count
        if counts:
            called[entity.id] = max(sorted(counts), key=counts.__getitem__)
    return called
