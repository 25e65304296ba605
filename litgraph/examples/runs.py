"""Labelled pairs from a run folder whose ``relations.jsonl`` a person has reviewed.

Every line with a relation is an example in the line's direction. Two entities that share a sentence and that no line
joins are unrelated by the same person's judgement, so their mentions there are the negatives.
"""

from __future__ import annotations

import random
from pathlib import Path

from litgraph.cast.meanings import with_entities
from litgraph.errors import DatasetError
from litgraph.examples.labelled import NO_RELATION, Labelled
from litgraph.pairs import candidate_pairs
from litgraph.relations.asking.prompts import TYPE_NAMES, Question, surrounding
from litgraph.runs.loading import (
    MENTIONS_FILE,
    RELATIONS_FILE,
    load_book,
    load_cast,
    load_found_mentions,
    load_relations,
    load_sentences,
)
from litgraph.types import Mention


def reviewed(folder: Path, *, sentences: int = 1, seed: int = 0) -> tuple[list[Labelled], list[Labelled]]:
    """The related pairs of a run folder, and the unrelated ones.

    Args:
        folder: a run folder after a person's corrections.
        sentences: how many sentences of text each example gets at least.
        seed: of the order in which the two entities of an unrelated pair are named.

    Raises:
        RunFolderError: a file is missing or damaged.
        DatasetError: a relation names a mention that is not there.
    """
    book = load_book(folder)
    all_sentences = load_sentences(folder)
    mentions = with_entities(load_found_mentions(folder), load_cast(folder))
    relations = load_relations(folder)
    by_id = {mention.id: mention for mention in mentions}
    dataset = book.identifier

    def labelled(one: Mention, other: Mention, relation: str) -> Labelled:
        first, last = sorted((one.sentence, other.sentence))
        start, end = surrounding(all_sentences, first, last, sentences)
        types = TYPE_NAMES[one.label], TYPE_NAMES[other.label]
        return Labelled(Question(book.text[start:end], one.text, other.text, *types), relation, dataset)

    positives, related = [], set()
    for relation in relations:
        if missing := [mention for mention in (relation.head_mention, relation.tail_mention) if mention not in by_id]:
            raise DatasetError(
                f"{folder / RELATIONS_FILE} names the mention {missing[0]!r}, which is not in {MENTIONS_FILE}.",
                "Correct the line, or take it out.",
            )
        head, tail = by_id[relation.head_mention], by_id[relation.tail_mention]
        related.add(frozenset((relation.head, relation.tail)))
        if relation.relation:
            positives.append(labelled(head, tail, relation.relation))
    draw = random.Random(seed)
    negatives = []
    for pair in candidate_pairs(book.text, all_sentences, mentions):
        if frozenset((pair.head.entity, pair.tail.entity)) not in related:
            first, second = draw.sample((pair.head, pair.tail), 2)
            negatives.append(labelled(first, second, NO_RELATION))
    return positives, negatives
