"""Annotated passages as sentences of tokens, which is how a tagger reads them and how its mentions are compared.

:mod:`litgraph.corpora.litbank` gives the same passages as running text with character offsets.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from litgraph.corpora.litbank import GoldRelation, Passage, Split, read_split
from litgraph.errors import SourceNotFound, UnreadableSource
from litgraph.types import ENTITY_LABELS, EntityLabel, MentionForm

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
        form: None where the annotation does not tell it (the later passages).
        entity: as in :class:`litgraph.corpora.litbank.Passage`; "" where the annotation has no coreference.
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
class TokenPassage:
    """A passage as tokens.

    Attributes:
        name: "105_persuasion"; a later passage has its number behind: "105_persuasion__1".
        sentences: tokens by sentence (lists, as readers take them; not to be changed).
        mentions: in text order, nested ones too.
        relations: as annotated, in file order; head and tail are mention ids.
    """

    name: str
    sentences: list[list[str]]
    mentions: tuple[GoldMention, ...]
    relations: tuple[GoldRelation, ...]


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
    return map(token_passage, read_split(data, split))


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


def read_later(data: Path) -> Iterator[TokenPassage]:
    """The later passages of LitBank's training novels: annotated relations on mentions that a machine tagged.

    They train relations and measure nothing: spans and labels carry noise, and there is neither form nor entity.

    Args:
        data: the data folder, the one that holds ``litbank_later/``.

    Raises:
        SourceNotFound: there is no ``litbank_later/passages.jsonl`` below ``data``.
        UnreadableSource: a line is not a passage.
    """
    path = data / "litbank_later" / "passages.jsonl"
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        raise SourceNotFound(f"no later passages: {path}", "Name the folder that contains 'litbank_later'.") from None
    except UnicodeDecodeError:
        raise UnreadableSource(f"{path} is not UTF-8", "Get the file again.") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _later_passage(json.loads(line))
            except (IndexError, KeyError, TypeError, ValueError):
                raise UnreadableSource(f"{path}, line {number}: not a passage", "Get the file again.") from None


def _later_passage(row: dict[str, Any]) -> TokenPassage:
    sentences = [[str(token) for token in sentence] for sentence in row["sentences"]]
    mentions = tuple(_later_mention(sentences, *fields) for fields in row["mentions"])
    relations = tuple(
        GoldRelation(str(head), str(relation), str(tail), int(sentence), int(confidence))
        for head, relation, tail, sentence, confidence in row["relations"]
    )
    known = {mention.id for mention in mentions}
    if not all(gold.head in known and gold.tail in known for gold in relations):
        raise ValueError("a relation names an unknown mention")
    return TokenPassage(str(row["passage"]), sentences, mentions, relations)


def _later_mention(
    sentences: list[list[str]], identifier: str, sentence: int, first: int, last: int, label: EntityLabel
) -> GoldMention:
    if label not in ENTITY_LABELS or not 0 <= first <= last < len(sentences[sentence]) or sentence < 0:
        raise ValueError("a mention outside its sentence")
    return GoldMention(str(identifier), sentence, first, last, label, form=None)
