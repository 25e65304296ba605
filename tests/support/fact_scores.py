"""Scoring a labeller by the facts that it finds, in the words in which it says them: how the rules were measured.

A fact is *head entity, relation, tail entity* of one passage, written in one way
(:func:`litgraph.ontology.fold`). It
counts once, however often it is stated or labelled: the annotators marked a fact at most three times in a passage, so a
fourth statement of it is no error. A labelled fact is right if the annotation has it anywhere in the passage.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from litgraph.corpora.litbank import ALL_FORMS, Fact, Passage, sentence_pairs
from litgraph.evaluation.scores import Scores, score_sets
from litgraph.ontology import fold
from litgraph.relations.labeller import Labeller
from litgraph.types import MentionForm, Relation

PlacedFact = tuple[str, Fact]
"""Name of the passage and the fact."""


@dataclass(frozen=True, slots=True)
class FactScore:
    """What was annotated and what was found.

    Attributes:
        gold: annotated facts between entities that have a mention of the forms asked for.
        found: the labeller's facts by its own words (``Relation.raw``), the most frequent first.
        pairs: how many pairs the labeller was shown.
    """

    gold: frozenset[PlacedFact]
    found: dict[str, frozenset[PlacedFact]]
    pairs: int

    @property
    def all_found(self) -> frozenset[PlacedFact]:
        """The labeller's facts, whatever it called them."""
        return frozenset().union(*self.found.values())

    @property
    def scores(self) -> Scores:
        """Of all found facts together."""
        return score_sets([(self.gold, self.all_found)])

    @property
    def precision(self) -> float:
        """Share of the found facts that are annotated; 0 if none was found."""
        return self.scores.precision

    @property
    def recall(self) -> float:
        """Share of the annotated facts that were found; 0 if there are none."""
        return self.scores.recall

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return self.scores.f1


def score_facts(
    passages: Iterable[Passage], labeller: Labeller, forms: frozenset[MentionForm] = ALL_FORMS
) -> FactScore:
    """Shows the labeller every pair of mentions of these forms in one sentence and compares what it finds."""
    gold: set[PlacedFact] = set()
    found: dict[str, set[PlacedFact]] = {}
    shown = 0
    for passage in passages:
        entities = {mention.entity for mention in passage.mentions if mention.form in forms}
        gold.update((passage.name, fact) for fact in passage.facts() if fact[0] in entities and fact[2] in entities)
        pairs = list(sentence_pairs(passage, forms))
        shown += len(pairs)
        for relation in labeller.label(pairs):
            if relation is not None and relation.relation:
                found.setdefault(relation.raw, set()).add((passage.name, _fact(relation)))
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return FactScore(frozenset(gold), {raw: frozenset(facts) for raw, facts in ordered}, shown)


def _fact(relation: Relation) -> Fact:
    return fold(relation.head, relation.relation, relation.tail)
