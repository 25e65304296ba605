"""How much of what a labeller says of all the pairs of a text is true: what a graph is made of.

Benchmarks ask about pairs of which most are related. In LitBank's passages 9 of 100 pairs in a sentence are, so that a
labeller that is right where something is to be said may still be wrong nearly always.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from litgraph.corpora.litbank import Fact, Passage, sentence_pairs
from litgraph.evaluation.scores import Scores, score_sets, share
from litgraph.ontology import fold
from litgraph.progress import Progress, silent
from litgraph.relations.labeller import LabellerChoice
from litgraph.types import Relation


@dataclass(frozen=True, slots=True)
class PairScores:
    """What was said of all pairs of some passages.

    Attributes:
        pairs: how many there were.
        said: of how many a relation of the vocabulary was said.
        stated: of how many of these exactly that is annotated between the two entities in the passage.
        related: of how many of these anything is annotated between them.
        facts: each fact once in a passage: annotated, found, right.
        seconds: of the labelling.
    """

    pairs: int
    said: int
    stated: int
    related: int
    facts: Scores
    seconds: float

    @property
    def precision(self) -> float:
        """Share of what was said that is annotated."""
        return share(self.stated, self.said)

    @property
    def pair_precision(self) -> float:
        """Share of what was said that is about two who are related, whatever was said."""
        return share(self.related, self.said)


def measure_pairs(passages: Sequence[Passage], labeller: LabellerChoice, *, progress: Progress = silent) -> PairScores:
    """Let a labeller label every pair of mentions in one sentence.

    Raises:
        ModelError: the labeller's model is not there.
    """
    pairs = said = stated = related = 0
    seconds = 0.0
    both: list[tuple[frozenset[Fact], frozenset[Fact]]] = []
    for passage in progress(passages, "labelling passages", len(passages)):
        loaded = labeller.load(passage.text, passage.sentences)
        in_sentences = list(sentence_pairs(passage))
        begun = time.perf_counter()
        found = list(loaded.label(in_sentences))
        seconds += time.perf_counter() - begun
        pairs += len(in_sentences)
        facts = passage.facts()
        joined = {frozenset((head, tail)) for head, _, tail in facts}
        stating = list(map(_fact, _relations(found)))
        said += len(stating)
        stated += sum(fact in facts for fact in stating)
        related += sum(frozenset((fact[0], fact[2])) in joined for fact in stating)
        both.append((facts, frozenset(stating)))
    return PairScores(pairs, said, stated, related, score_sets(both), seconds)


def _relations(found: Iterable[Relation | None]) -> Iterable[Relation]:
    return (relation for relation in found if relation is not None and relation.relation)


def _fact(relation: Relation) -> Fact:
    return fold(relation.head, relation.relation, relation.tail)
