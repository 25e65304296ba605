"""What the literary reader takes and gives, in sentences of tokens."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from litgraph.types import EntityLabel, MentionForm

Spatial = Literal["IN", "NEAR", "TO", "FROM", "THRU", "NO REL"]
"""How a character stands to a place (Soni, Sihra, Evans, Wilkens & Bamman, ACL 2023)."""

SPATIAL: tuple[Spatial, ...] = get_args(Spatial)


@dataclass(frozen=True, slots=True, order=True)
class TokenMention:
    """A mention in a sentence of tokens; mentions may stand inside each other: "[[his] wife]".

    Attributes:
        sentence: index of the sentence.
        first, last: indices of its tokens in the sentence, both inside.
        score: the reader's confidence, 0 to 1; takes no part in comparisons.
    """

    sentence: int
    first: int
    last: int
    label: EntityLabel
    form: MentionForm
    score: float = field(default=1.0, compare=False)


@dataclass(frozen=True, slots=True)
class TokenRelation:
    """*head label tail*, stated where the two mentions stand.

    Attributes:
        label: a name of the vocabulary.
        confidence: calibrated probability that the text states it, 0 to 1.
    """

    head: TokenMention
    tail: TokenMention
    label: str
    confidence: float


TokenSpan = tuple[tuple[int, int], tuple[int, int]]
"""(sentence, token) of the first and of the last word of a stretch of text."""

Shares = tuple[tuple[int, float], ...]
"""(index, probability), the likeliest first."""


@dataclass(frozen=True, slots=True)
class Pointing:
    """Whom a quotation points to in one role, its speaker's or its hearer's.

    Attributes:
        mentions: indexes of mentions that mean him, if any mention does.
        turns: indexes of quotations whose speaker he is, too; what is missing to 1 is left to the mentions.
    """

    mentions: Shares = ()
    turns: Shares = ()


@dataclass(frozen=True, slots=True)
class Voices:
    """Who says a quotation, and who hears it."""

    speaker: Pointing
    hearer: Pointing


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the reader finds in a text.

    Attributes:
        mentions: in text order, of two that begin together the longer first.
        clusters: mentions of one entity each, every mention in exactly one; singletons included.
        relations: in the order of their mentions.
        certainties: for each of ``mentions`` how likely it means whom the names of its cluster mean; 1 for names, and
            for the first mention of a cluster. Empty if the reader does not tell.
        antecedents: for each of ``mentions`` the earlier ones that it may mean the same as.
        voices: for each quotation that the reader was told of, who says it and who hears it.
    """

    mentions: list[TokenMention]
    clusters: list[list[TokenMention]]
    relations: list[TokenRelation]
    certainties: list[float] = field(default_factory=list)
    antecedents: list[Shares] = field(default_factory=list)
    voices: list[Voices] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """What the reader says of a character and a place.

    Attributes:
        valid: probability that they are a character and a place at all.
        spatial: probability of each relation, if so.
    """

    valid: float
    spatial: dict[Spatial, float]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the reader says yes, and what makes its confidences probabilities; from LitBank's development passages.

    Attributes:
        mention: probability above which a span is a mention.
        name_again: the same, for a span that is surely a name elsewhere in the text.
        link: score above which two mentions mean the same.
        relation: probability above which two mentions are related.
        fact: the same for two entities, from all pairs of their mentions.
        worth_asking: probability from which on two mentions are worth a question to a language model: so low that at
            least 95 of 100 related pairs are asked about.
        mention_temperature, label_temperature: divide the scores of mentions and of relation labels, so that their
            probabilities are calibrated (Guo et al. 2017).
        relation_temperature, relation_shift: the same for being related, with a shift (Platt 1999).
        place_scale, place_person, place_site, place_shift: weights of a logistic regression that says whether a pair is
            a character and a place, from the place head's score and from what the mention head takes the two for.
    """

    mention: float = 0.5
    name_again: float = 0.5
    link: float = 0.0
    relation: float = 0.5
    fact: float = 0.25
    worth_asking: float = 0.02
    mention_temperature: float = 1.0
    label_temperature: float = 1.0
    relation_temperature: float = 1.0
    relation_shift: float = 0.0
    place_scale: float = 1.0
    place_person: float = 0.0
    place_site: float = 0.0
    place_shift: float = 0.0
