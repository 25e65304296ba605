"""What a book's phrases of kinship come to: the slots, who fills them, and whom each phrase means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from litgraph.cast.kin.words import Kin

SpeakersAt = Callable[[int], tuple[str, tuple[str, ...]]]
"""At an offset inside of quotations: the entity who speaks ("" if nobody knows) and the entities spoken to."""


@dataclass(frozen=True, slots=True)
class Filler:
    """Somebody who fills a slot.

    Attributes:
        entity: id.
        confidence: how likely the book says so, 0 to 1.
        evidence: ids of the phrases of kinship that speak for it, in text order.
    """

    entity: str
    confidence: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KinSlot:
    """Somebody's wife, father or sisters, over the whole book.

    Attributes:
        possessor: id of the entity whose kin it is.
        kin: what the word says: the fillers are the possessor's ``kin.word``.
        fillers: surest first; one at most where a person has but one ("wife").
        phrases: ids of all phrases of the slot, in text order, whomever they mean.
    """

    possessor: str
    kin: Kin
    fillers: tuple[Filler, ...]
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """Whom a phrase means, and how likely that is, 0 to 1."""

    entity: str
    confidence: float


@dataclass(frozen=True, slots=True)
class KinSlots:
    """The kin slots of a book.

    Attributes:
        slots: those that somebody fills, by possessor and word.
        meant: mention id -> whom the phrase of kinship means; phrases that are absent mean nobody in the cast.
    """

    slots: tuple[KinSlot, ...] = ()
    meant: Mapping[str, Meaning] = field(default_factory=dict)
