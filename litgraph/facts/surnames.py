"""Kin whom names tell: the only Mrs. Bennet is the wife of the only Mr. Bennet, and the mother of Miss Bennet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from litgraph.cast.kin.names.families import Families
from litgraph.cast.kin.names.namesakes import kin_by_name, told_parents
from litgraph.cast.kin.slots import KinSlot
from litgraph.cast.kin.words import Bond
from litgraph.facts.claims import PARENT, Claim, one_writing
from litgraph.pairs import Window
from litgraph.types import Entity, Gender, Mention, Sentence


def name_claims(
    entities: Iterable[Entity],
    families: Families,
    slots: Iterable[KinSlot],
    mentions: Mapping[str, Mention],
    sentences: Sequence[Sentence],
) -> Iterator[Claim]:
    """What names tell of parents and couples.

    Args:
        entities: of the cast.
        families: what their names tell.
        slots: the phrases of kinship; those of a parent are evidence, whomever the slot took them to mean.
        mentions: by id.
        sentences: all of the book, by index.
    """
    phrases: defaultdict[tuple[str, Bond, Gender], list[str]] = defaultdict(list)
    slots = list(slots)
    for slot in slots:
        phrases[slot.possessor, slot.kin.bond, slot.kin.gender] += slot.phrases
    people = [entity.id for entity in entities if entity.kind == "character" and not entity.ambiguous]
    counted = {key: len(found) for key, found in phrases.items()}
    fillers = ((one.possessor, one.kin, who.entity, who.confidence) for one in slots for who in one.fillers)
    named = kin_by_name(people, families, counted, told_parents(fillers, families))
    number = 0
    for (child, gender), parent in named.parents.items():
        told = [*phrases[child, "parent", gender], *phrases[parent, "child", families.gender(child)]]
        places = dict.fromkeys(sentences[mentions[id_].sentence] for id_ in told)
        windows = tuple(Window(one.chapter, one.start, one.end) for one in places)
        yield Claim(f"n{number}", (parent, PARENT, child), "names", 1.0, 2, windows, "names", "parent of the name")
        number += 1
    for one, other in named.spouses.items():
        if families.gender(one) == "male":
            key = one_writing(one, "spouse_of", other)
            yield Claim(f"n{number}", key, "names", 1.0, 2, (), "names", "Mr. and Mrs.")
            number += 1
