"""Annotated passages as the training of the literary reader wants them: tables, targets, pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

import torch
from torch import Tensor

from litgraph.corpora.mobility import Context, MobilityPair
from litgraph.corpora.tokens import TokenPassage
from litgraph.literary.network.features import (
    RELATIONS,
    MentionTable,
    in_text_order,
    likely_form,
    mention_table,
    neighbours,
    relation_class,
)
from litgraph.literary.network.heads import NO_MENTION
from litgraph.literary.network.speech import (
    AFTER,
    BEFORE,
    INSIDE,
    SPEAKER,
    Pointers,
    QuotationTable,
    paragraph_of,
    pointers,
    quotation_table,
)
from litgraph.literary.network.windows import Window, WordPieces, windows
from litgraph.literary.places import PlaceQuestion, place_question
from litgraph.literary.span_ends import NEVER_FIRST, NEVER_LAST
from litgraph.literary.types import SPATIAL, TokenMention

NO_RELATION = -1
# What may stand between a name and what only says what he is.
_DESCRIBING = frozenset(", ; ( -- — is was are were be been being am 's ’s".split())
_NOT_ASKED = -100  # what torch's losses leave out
_WORDS_ASIDE = (8, 60)  # fewest and most words on each side of a character and a place; both are asked with 10 and 50


@dataclass(frozen=True, slots=True)
class Example:
    """A passage, ready for a step.

    Attributes:
        windows: of its sentences.
        ends: for each word whether a mention may begin with it, and end with it.
        table: its mentions in text order.
        chains: for each mention the number of its coreference chain.
        linked: for each mention whether its link to earlier ones is asked for.
        entities: for each mention the number of its entity, for relations.
        relations: (earlier mention, later mention) -> class of the relation head.
        speech: its quotations; None if it has none.
        mentions_annotated: mentions were annotated by people, not tagged by a machine.
    """

    windows: list[Window]
    ends: tuple[Tensor, Tensor]
    table: MentionTable
    chains: Tensor
    linked: Tensor
    entities: Tensor
    relations: dict[tuple[int, int], int]
    speech: SpeechExample | None
    mentions_annotated: bool


@dataclass(frozen=True, slots=True)
class SpeechExample:
    """The quotations of a passage, what each may point to, and which of that is right.

    Attributes:
        table: the quotations.
        to: what they may point to.
        right: shaped as the speech head's scores; nobody is right where nothing else is.
        asked: shaped (quotations, 2), whether the annotation tells a speaker, a hearer.
    """

    table: QuotationTable
    to: Pointers
    right: Tensor
    asked: Tensor


def example(passage: TokenPassage, pieces: WordPieces, *, mentions_annotated: bool) -> Example:
    """A passage as an example."""
    gold = {
        TokenMention(
            mention.sentence,
            mention.first,
            mention.last,
            mention.label,
            mention.form or likely_form(passage.sentences[mention.sentence][mention.first : mention.last + 1]),
        ): mention
        for mention in passage.mentions
    }
    mentions = in_text_order(list(gold))
    place = {gold[mention].id: index for index, mention in enumerate(mentions)}
    entity = [gold[mention].entity or gold[mention].id for mention in mentions]
    chain = [gold[mention].id if gold[mention].described else entity[index] for index, mention in enumerate(mentions)]
    spoken = [(quotation.start, quotation.end) for quotation in passage.quotations]
    table = mention_table(passage.sentences, mentions, None if mentions_annotated else spoken or None)
    words = [word for sentence in passage.sentences for word in sentence]
    return Example(
        windows=list(windows(passage.sentences, pieces)),
        ends=(
            torch.tensor([word not in NEVER_FIRST for word in words]),
            torch.tensor([word not in NEVER_LAST for word in words]),
        ),
        table=table,
        chains=_numbers(chain),
        linked=torch.tensor(
            [bool(gold[mention].entity) for mention in mentions]
            if mentions_annotated
            else _linked(passage, [(mention, gold[mention].entity) for mention in mentions]),
            dtype=torch.bool,
        ),
        entities=_numbers(entity),
        relations={
            (min(head, tail), max(head, tail)): relation_class(relation.relation, head_is_earlier=head < tail)
            for relation in passage.relations
            for head, tail in ((place.get(relation.head, -1), place.get(relation.tail, -1)),)
            if relation.relation in RELATIONS and head != tail and min(head, tail) >= 0
        },
        speech=_speech(passage, table, entity) if spoken else None,
        mentions_annotated=mentions_annotated,
    )


def _linked(passage: TokenPassage, mentions: Sequence[tuple[TokenMention, str]]) -> list[bool]:
    """Which links are asked for: not of mentions of which nobody can tell, nor of what only describes.

    "He was *a baronet*" and "James, *a clergyman*" are linked in these passages, and are not in LitBank.
    """
    latest: dict[tuple[str, int], int] = {}  # entity and sentence -> last token of its latest mention there
    asked: list[bool] = []
    for mention, entity in mentions:
        key = (entity, mention.sentence)
        before = latest.get(key, -1)
        between = passage.sentences[mention.sentence][before + 1 : mention.first]
        describes = mention.form == "noun" and before >= 0 and bool(between) and set(between) <= _DESCRIBING
        asked.append(bool(entity) and not describes)
        latest[key] = max(before, mention.last)
    return asked


def _speech(passage: TokenPassage, table: MentionTable, entity: Sequence[str]) -> SpeechExample:
    quotations = passage.quotations
    spoken = quotation_table(
        passage.sentences, [(quotation.start, quotation.end) for quotation in quotations], passage.paragraphs
    )
    to = pointers(table, spoken, paragraph_of(passage.sentences, table, passage.paragraphs))
    wanted = [({quotation.speaker} - {""}, set(quotation.hearers)) for quotation in quotations]
    right = torch.zeros(len(quotations), to.mentions.shape[1] + to.turns.shape[1] + 1, 2, dtype=torch.bool)
    for number, (mentions, turns) in enumerate(zip(to.mentions.tolist(), to.turns.tolist(), strict=True)):
        told = [entity[row] if row >= 0 else "" for row in mentions]
        told += [quotations[row].speaker if row >= 0 else "" for row in turns]
        for role, names in enumerate(wanted[number]):
            right[number, :-1, role] = torch.tensor([name in names for name in told])
    right[:, BEFORE + AFTER : BEFORE + AFTER + INSIDE, SPEAKER] = False
    right[:, -1] = ~right[:, :-1].any(1)
    asked = torch.tensor([[bool(speaker), bool(hearers)] for speaker, hearers in wanted])
    return SpeechExample(spoken, to, right, asked)


def relation_examples(passage: Example, negatives: float, generator: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
    """Pairs of mentions of different entities and their classes: (earlier, later, class).

    All pairs of one sentence, all that are related, and a share of the unrelated ones of neighbouring sentences. Two
    mentions without a relation of their own are no example if their entities are related elsewhere in the passage: the
    annotators marked a fact three times at most, so this may be its fourth statement.

    Args:
        passage: the example.
        negatives: that share, 0 to 1.
        generator: draws them.
    """
    earlier, later = neighbours(passage.table, sentences=1)
    different = passage.entities[earlier] != passage.entities[later]
    entities = passage.entities.tolist()
    facts = {frozenset((entities[one], entities[other])) for one, other in passage.relations}
    near = passage.table.sentence[earlier] == passage.table.sentence[later]
    drawn = torch.rand(len(earlier), generator=generator, device="cpu").to(earlier.device) < negatives
    known = set(passage.relations)
    kept = [
        (one, other)
        for one, other in _pairs(earlier, later, different & (near | drawn))
        if (one, other) not in known and frozenset((entities[one], entities[other])) not in facts
    ]
    classes = [NO_RELATION] * len(kept) + list(passage.relations.values())
    pairs = torch.tensor([*kept, *passage.relations], dtype=torch.long).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1], torch.tensor(classes, dtype=torch.long)


def mention_targets(passage: Example, start: Tensor, end: Tensor) -> tuple[Tensor, Tensor]:
    """What the mention head should say of each span: its label, or ``NO_MENTION``, and its form.

    Args:
        passage: the example.
        start: first words of the spans, as ``litgraph.literary.network.heads.SpanScores`` has them.
        end: where they end.
    """
    table = passage.table
    known = {span: index for index, span in enumerate(zip(table.start.tolist(), table.end.tolist(), strict=True))}
    at = torch.tensor(
        [known.get(span, -1) for span in zip(start.tolist(), end.tolist(), strict=True)], dtype=torch.long
    )
    labels = torch.where(at >= 0, table.label[at] + 1, NO_MENTION)
    return labels, torch.where(at >= 0, table.form[at], _NOT_ASKED)


def cut(passage: TokenPassage, random: Random, *, shortest: int, longest: int) -> Iterator[TokenPassage]:
    """A passage in parts of whole sentences, cut elsewhere each time.

    Args:
        passage: as annotated.
        random: draws the length of each part.
        shortest: in words; the last part may be shorter.
        longest: in words, but for the rest of a sentence.
    """
    begin, size, wanted = 0, 0, random.randint(shortest, longest)
    for index, sentence in enumerate(passage.sentences, start=1):
        size += len(sentence)
        if size >= wanted or index == len(passage.sentences):
            yield _part(passage, begin, index)
            begin, size, wanted = index, 0, random.randint(shortest, longest)


def _part(passage: TokenPassage, begin: int, end: int) -> TokenPassage:
    mentions = tuple(
        replace(mention, sentence=mention.sentence - begin)
        for mention in passage.mentions
        if begin <= mention.sentence < end
    )
    inside = {mention.id for mention in mentions}
    return TokenPassage(
        passage.name,
        passage.sentences[begin:end],
        mentions,
        tuple(found for found in passage.relations if found.head in inside and found.tail in inside),
        tuple(
            replace(found, start=(found.start[0] - begin, found.start[1]), end=(found.end[0] - begin, found.end[1]))
            for found in passage.quotations
            if begin <= found.start[0] and found.end[0] < end
        ),
        passage.paragraphs[begin:end],
    )


@dataclass(frozen=True, slots=True)
class PlaceExamples:
    """Characters and places in their contexts, ready for a step.

    Attributes:
        question: the pairs, as the network takes them.
        valid: 1 where the pair is one.
        spatial: the number of its relation; left out where there is none.
    """

    question: PlaceQuestion
    valid: Tensor
    spatial: Tensor


def place_examples(
    pairs: Sequence[MobilityPair], pieces: WordPieces, random: Random, *, hidden: float
) -> PlaceExamples:
    """Some pairs as examples, each with more or fewer of the words around it, elsewhere cut each time.

    Args:
        pairs: as annotated.
        pieces: the base model's tokeniser.
        random: draws what is cut and hidden.
        hidden: share of the words around a pair that cannot be read, so that no context is learned by heart.
    """
    return PlaceExamples(
        place_question([narrowed(pair.far, random, hidden=hidden) for pair in pairs], pieces),
        valid=torch.tensor([float(pair.valid) for pair in pairs]),
        spatial=torch.tensor([SPATIAL.index(pair.spatial) if pair.spatial else _NOT_ASKED for pair in pairs]),
    )


def narrowed(context: Context, random: Random, *, hidden: float) -> Context:
    """A context with fewer words around its two mentions, some of which are hidden: they are empty."""
    inside = {index for first, last in (context.character, context.place) for index in range(first, last + 1)}
    begin = max(0, min(inside) - random.randint(*_WORDS_ASIDE))
    end = max(inside) + 1 + random.randint(*_WORDS_ASIDE)
    tokens = [
        token if index in inside or random.random() >= hidden else ""
        for index, token in enumerate(context.tokens[begin:end], start=begin)
    ]
    (first, last), (place_first, place_last) = context.character, context.place
    return Context(tuple(tokens), (first - begin, last - begin), (place_first - begin, place_last - begin))


def spatial_weights(pairs: Sequence[MobilityPair]) -> Tensor:
    """Weights of the spatial relations: one over the root of how often each is annotated, on average 1 a pair."""
    times = torch.tensor([1.0 + sum(pair.spatial == relation for pair in pairs) for relation in SPATIAL])
    weights = times.rsqrt()
    return weights * times.sum() / (weights * times).sum()


def _numbers(names: Sequence[str]) -> Tensor:
    numbers: dict[str, int] = {}
    return torch.tensor([numbers.setdefault(name, len(numbers)) for name in names], dtype=torch.long)


def _pairs(earlier: Tensor, later: Tensor, kept: Tensor) -> list[tuple[int, int]]:
    return list(zip(earlier[kept].tolist(), later[kept].tolist(), strict=True))
