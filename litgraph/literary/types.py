"""What the literary reader takes and gives, in sentences of tokens."""

from __future__ import annotations

from dataclasses import dataclass, field

from litgraph.types import EntityLabel, MentionForm


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


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the reader finds in a text.

    Attributes:
        mentions: in text order, of two that begin together the longer first.
        clusters: mentions of one entity each, every mention in exactly one; singletons included.
        relations: in the order of their mentions.
    """

    mentions: list[TokenMention]
    clusters: list[list[TokenMention]]
    relations: list[TokenRelation]
