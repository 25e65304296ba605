"""Labelled pairs from litgraph's relation layer on LitBank, with real negatives: pairs that a reader left unrelated.

Every annotated relation is an example in its direction: the head is asked about first. Every two mentions of different
entities in one sentence that no relation joins, there or elsewhere in the passage, are a negative. A negative is asked
about in one of the two orders in which annotated pairs of its types stand, so that the order tells nothing.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from litgraph.corpora.litbank import Passage, Split, read_split, sentence_pairs
from litgraph.examples.labelled import NO_RELATION, Labelled
from litgraph.relations.asking.prompts import TYPE_NAMES, Question, surrounding
from litgraph.types import Mention

DATASET = "litbank"

Orders = dict[frozenset[str], list[tuple[str, bool]]]


def litbank(data: Path, split: Split, *, sentences: int = 1, seed: int = 0) -> tuple[list[Labelled], list[Labelled]]:
    """The annotated pairs of a split, and the unrelated ones.

    Args:
        data: the folder that holds ``litbank``.
        split: "train", "dev" or "test".
        sentences: how many sentences of text each example gets at least; more if the evidence needs them.
        seed: of the order in which the entities of negatives are named.

    Raises:
        SourceNotFound: the data are not there.
        UnreadableSource: a file is not in LitBank's format.
    """
    passages = list(read_split(data, split))
    positives = [example for passage in passages for example in _related(passage, sentences)]
    orders = _orders(passages)
    draw = random.Random(seed)
    negatives = [example for passage in passages for example in _unrelated(passage, sentences, orders, draw)]
    return positives, negatives


def _related(passage: Passage, sentences: int) -> Iterator[Labelled]:
    by_id = {mention.id: mention for mention in passage.mentions}
    for gold in passage.relations:
        head, tail = by_id[gold.head], by_id[gold.tail]
        if head.entity != tail.entity:
            places = (head.sentence, tail.sentence, gold.sentence)
            yield _labelled(passage, head, tail, gold.relation, sentences, places)


def _unrelated(passage: Passage, sentences: int, orders: Orders, draw: random.Random) -> Iterator[Labelled]:
    related = {frozenset((head, tail)) for head, _, tail in passage.facts()}
    for pair in sentence_pairs(passage):
        if frozenset((pair.head.entity, pair.tail.entity)) in related:
            continue
        first, second = pair.head, pair.tail
        if seen := orders.get(frozenset((first.label, second.label))):
            label, forward = draw.choice(seen)
            # Of two types the one that comes first in an annotated pair, of one type the one that stands first
            turned = first.label != label if first.label != second.label else not forward
            first, second = (second, first) if turned else (first, second)
        yield _labelled(passage, first, second, NO_RELATION, sentences, (first.sentence,))


def _orders(passages: Iterable[Passage]) -> Orders:
    """For two types: of every annotated pair the type of its head, and whether the head stands first."""
    orders: Orders = {}
    for passage in passages:
        by_id = {mention.id: mention for mention in passage.mentions}
        for gold in passage.relations:
            head, tail = by_id[gold.head], by_id[gold.tail]
            orders.setdefault(frozenset((head.label, tail.label)), []).append((head.label, head.start <= tail.start))
    return orders


def _labelled(
    passage: Passage, one: Mention, other: Mention, relation: str, sentences: int, places: Sequence[int]
) -> Labelled:
    start, end = surrounding(passage.sentences, min(places), max(places), sentences)
    question = Question(passage.text[start:end], one.text, other.text, TYPE_NAMES[one.label], TYPE_NAMES[other.label])
    return Labelled(question, relation, DATASET)
