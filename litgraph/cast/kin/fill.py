"""Who is whose wife, father or sister: decided once for each slot, from all its places in the book.

"Louisa's brother" is one person in all of its thirty places, though few of them say who. So the signs of all places are
taken together, and what is believed of one slot helps to decide others: her husband's wife is she, her sister's father
is hers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from litgraph.cast.kin.beliefs import beliefs, filled
from litgraph.cast.kin.evidence import Evidence
from litgraph.cast.kin.features import SlotPlaces, features
from litgraph.cast.kin.known import Beliefs, Key, Known, settled
from litgraph.cast.kin.meanings import common_meanings, meanings_in
from litgraph.cast.kin.names.families import Families
from litgraph.cast.kin.names.namesakes import kin_by_name, told_parents
from litgraph.cast.kin.places import Place, Whose
from litgraph.cast.kin.slots import KinSlots, Meaning, SpeakersAt
from litgraph.cast.kin.words import Bond
from litgraph.types import Entity, Gender, Mention

_ROUNDS = 3  # the second learns from other slots, the third from "his wife's sister"; a fourth changes next to nothing


def fill_slots(
    mentions: Sequence[Mention],
    meant: Mapping[str, str],
    entities: Sequence[Entity],
    text: str,
    *,
    speakers: SpeakersAt | None,
) -> KinSlots:
    """Decide who is whose kin, and whom the phrases of kinship mean.

    Args:
        mentions: of the whole book, in text order.
        meant: mention id -> entity id, names and pronouns; a phrase of kinship that is in it keeps its meaning.
        entities: of the cast; only characters are kin.
        text: ``Book.text``; without it, only chains and names tell.
        speakers: who speaks to whom at an offset inside of quotations, so that "my sister" and "your father" are
            somebody's; None if nobody knows, and then they are whose the pronoun means.
    """
    whose = Whose(mentions, entities, text, speakers)
    families = Families(entities)
    believed: dict[Key, dict[str, float]] = {}
    slots: dict[Key, SlotPlaces] = {}
    found: dict[str, Meaning] = {}
    for _ in range(_ROUNDS):
        known = {**{id_: meaning.entity for id_, meaning in found.items()}, **meant}
        places = whose.places(known)
        slots = _slots(places, Evidence(mentions, known, text), families)
        believed = _believed(slots, families, believed)
        found = {}
        for key, slot in slots.items():
            found.update(meanings_in(slot, believed[key], meant))
        found.update(common_meanings(places, believed, meant))
    in_order = sorted(slots, key=lambda key: (key[0], key[1].word))
    return KinSlots(tuple(filled(slots[key], believed[key]) for key in in_order), found)


def _slots(places: Iterable[Place], evidence: Evidence, families: Families) -> dict[Key, SlotPlaces]:
    """The places by slot, each with what the text around it says."""
    slots: dict[Key, SlotPlaces] = {}
    for place in places:
        if len(place.possessors) == 1 and place.possessors[0] in families:
            possessor, kin = place.possessors[0], place.phrase.kin
            slot = slots.setdefault((possessor, kin), SlotPlaces(possessor, kin))
            slot.places.append(place)
            fits = partial(families.may_be, kin, possessor=possessor)
            slot.votes.append(list(evidence.votes(place, fits, partial(families.namesake, kin.gender))))
    return slots


def _believed(slots: Mapping[Key, SlotPlaces], families: Families, before: Beliefs) -> dict[Key, dict[str, float]]:
    """How likely each candidate fills each slot, with what was believed before."""
    known = Known(before)
    phrases: Counter[tuple[str, Bond, Gender]] = Counter()
    for (possessor, kin), slot in slots.items():
        phrases[possessor, kin.bond, kin.gender] += len(slot.places)
    fillers = ((*key, one, likely) for key, belief in before.items() for one, likely in belief.items())
    named = kin_by_name(families, families, phrases, told_parents(fillers, families))
    return settled({key: beliefs(slot, features(slot, families, known, named)) for key, slot in slots.items()})
