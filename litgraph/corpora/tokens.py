"""Annotated passages as sentences of tokens, which is how a tagger reads them and how its mentions are compared.

:mod:`litgraph.corpora.litbank` gives the same passages as running text with character offsets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Protocol

from litgraph.corpora.litbank import GoldRelation, Passage, Split, read_quotations, read_split
from litgraph.types import EntityLabel, MentionForm

Cue = Literal["explicit", "anaphoric", "implicit"]
"""What tells a speaker: a name beside the quotation, a pronoun or noun beside it, or neither."""

Position = tuple[int, int, int]
"""Sentence, first token, last token (inside the mention): two mentions with one position have exactly one span."""


class Positioned(Protocol):
    """Anything that covers the tokens ``first`` to ``last``, both inside, of one sentence."""

    @property
    def sentence(self) -> int: ...
    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...


class Labelled(Positioned, Protocol):
    """A mention, whoever found it."""

    @property
    def label(self) -> EntityLabel: ...
    @property
    def form(self) -> MentionForm | None: ...


@dataclass(frozen=True, slots=True)
class GoldMention:
    """One annotated mention.

    Attributes:
        id: as relations name it: "m12".
        sentence: index of its sentence.
        first, last: indices of its tokens in the sentence, both inside.
        form: None where the annotation does not tell it.
        entity: as in :class:`litgraph.corpora.litbank.Passage`; "" where nobody can tell whom the mention means.
        described: it stands in apposition or after a copula, so LitBank puts it in no coreference chain.
    """

    id: str
    sentence: int
    first: int
    last: int
    label: EntityLabel
    form: MentionForm | None
    entity: str = ""
    described: bool = False


@dataclass(frozen=True, slots=True)
class GoldQuotation:
    """One annotated quotation.

    Attributes:
        start, end: (sentence, token) of its marks, both inside.
        speaker: an entity; "" if nobody is known to say it.
        hearers: entities.
        how: what tells the speaker; None where the annotation does not say.
    """

    start: tuple[int, int]
    end: tuple[int, int]
    speaker: str
    hearers: tuple[str, ...] = ()
    how: Cue | None = None


@dataclass(frozen=True, slots=True)
class TokenPassage:
    """A passage as tokens.

    Attributes:
        name: "105_persuasion"; a later passage has its number behind: "105_persuasion__1".
        sentences: tokens by sentence (lists, as readers take them; not to be changed).
        mentions: in text order, nested ones too.
        relations: as annotated, in file order; head and tail are mention ids.
        quotations: in text order, not overlapping.
        paragraphs: for each sentence the number of its paragraph; empty where the annotation keeps no paragraphs.
    """

    name: str
    sentences: list[list[str]]
    mentions: tuple[GoldMention, ...]
    relations: tuple[GoldRelation, ...]
    quotations: tuple[GoldQuotation, ...] = ()
    paragraphs: tuple[int, ...] = ()


def position(mention: Positioned) -> Position:
    """Where the mention stands."""
    return mention.sentence, mention.first, mention.last


def gold_clusters(mentions: Iterable[GoldMention]) -> list[list[GoldMention]]:
    """LitBank's own coreference clusters, singletons included, as in the last column of its ``.conll`` files.

    A mention in apposition or after a copula is a cluster of its own there, though it has the entity of whom it
    describes everywhere else (see :class:`litgraph.corpora.litbank.Passage`).
    """
    chains: dict[str, list[GoldMention]] = {}
    alone: list[list[GoldMention]] = []
    for mention in mentions:
        if mention.described:
            alone.append([mention])
        else:
            chains.setdefault(mention.entity, []).append(mention)
    return [*chains.values(), *alone]


def read_tokens(data: Path, split: Split) -> Iterator[TokenPassage]:
    """LitBank's passages of one split, in order of their names.

    Args:
        data: the data folder, the one that holds ``litbank/``.
        split: the NAACL 2019 split.

    Raises:
        SourceNotFound: there is no such split below ``data``.
        UnreadableSource: a file is not in LitBank's format.
    """
    for passage in read_split(data, split):
        quotations = tuple(
            GoldQuotation(start, end, speaker)
            for start, end, speaker in read_quotations(data / "litbank" / split, passage.name)
        )
        yield replace(token_passage(passage), quotations=quotations)


def token_passage(passage: Passage) -> TokenPassage:
    """The same passage, with token indices for character offsets."""
    starts = [{span.start: index for index, span in enumerate(spans)} for spans in passage.tokens]
    ends = [{span.end: index for index, span in enumerate(spans)} for spans in passage.tokens]
    mentions = tuple(
        GoldMention(
            id=mention.id,
            sentence=mention.sentence,
            first=starts[mention.sentence][mention.start],
            last=ends[mention.sentence][mention.end],
            label=mention.label,
            form=mention.form,
            entity=mention.entity,
            described=mention.id in passage.descriptions,
        )
        for mention in passage.mentions
    )
    sentences = [[passage.text[span.start : span.end] for span in spans] for spans in passage.tokens]
    return TokenPassage(passage.name, sentences, mentions, passage.relations)
