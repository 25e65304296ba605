"""A literary reader against LitBank: every head alone and all together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from litgraph.evaluation.coreference import CoreferenceScores, coreference_scores, positions
from litgraph.evaluation.litbank import Split, read_split
from litgraph.evaluation.mentions import mention_scores
from litgraph.evaluation.relations import RelationScores, align, entities, found_facts, relation_scores
from litgraph.evaluation.scores import Scores
from litgraph.evaluation.tokens import GoldMention, gold_clusters, token_passage
from litgraph.literary.types import Reading, TokenMention, TokenRelation


class Reader(Protocol):
    """What is measured; ``litgraph.literary.LiteraryReader`` is one."""

    def read_tokens(self, sentences: Sequence[Sequence[str]]) -> Reading: ...

    def link(
        self, sentences: Sequence[Sequence[str]], mentions: Sequence[TokenMention]
    ) -> list[list[TokenMention]]: ...

    def relate(
        self,
        sentences: Sequence[Sequence[str]],
        mentions: Sequence[TokenMention],
        clusters: Iterable[Iterable[TokenMention]] | None = None,
    ) -> list[TokenRelation]: ...


@dataclass(frozen=True, slots=True)
class LitBankScores:
    """All figures of a reader on one split.

    Attributes:
        mentions: by view (all, names, people, …).
        linked_gold, linked_found: coreference of gold mentions, and of those the reader finds.
        related_gold, related_found: relations of gold mentions and clusters, and end to end.
    """

    mentions: dict[str, Scores]
    linked_gold: CoreferenceScores
    linked_found: CoreferenceScores
    related_gold: RelationScores
    related_found: RelationScores

    @property
    def overall(self) -> float:
        """One figure to choose a model by: the mean of mention F1, CoNLL F1 on gold mentions and fact F1."""
        return (self.mentions["all"].f1 + self.linked_gold.conll + self.related_gold.facts.f1) / 3

    def rows(self) -> Iterator[tuple[str, float]]:
        """(what, F1) for a table."""
        for view, scores in self.mentions.items():
            yield f"mentions: {view}", scores.f1
        for what, linked in (("gold mentions", self.linked_gold), ("end to end", self.linked_found)):
            yield f"coreference, {what}: MUC", linked.muc.f1
            yield f"coreference, {what}: B³", linked.b_cubed.f1
            yield f"coreference, {what}: CEAFe", linked.ceaf_e.f1
            yield f"coreference, {what}: CoNLL", linked.conll
        for what, related in (("gold mentions and clusters", self.related_gold), ("end to end", self.related_found)):
            yield f"relations, {what}: related pairs", related.pairs.f1
            yield f"relations, {what}: labelled facts", related.facts.f1

    def in_words(self) -> str:
        """The most telling figures on one line."""
        return (
            f"mention F1 {self.mentions['all'].f1:.3f}, coreference CoNLL {self.linked_gold.conll:.3f} (gold mentions) "
            f"{self.linked_found.conll:.3f} (found), related pairs {self.related_gold.pairs.f1:.3f}, "
            f"facts {self.related_gold.facts.f1:.3f}"
        )


def evaluate_litbank(reader: Reader, data: Path, split: Split) -> LitBankScores:
    """Measure a reader on LitBank.

    Args:
        reader: what is measured.
        data: the folder that holds ``litbank/``.
        split: "train" or "dev".

    Raises:
        SourceNotFound: there is no LitBank below ``data``.
    """
    mentions, linked_gold, linked_found, related_gold, related_found = [], [], [], [], []
    for annotated in read_split(data, split):
        passage = token_passage(annotated)
        facts = annotated.facts()
        given = {_given(mention): mention for mention in passage.mentions}
        chains = positions(gold_clusters(passage.mentions))
        reading = reader.read_tokens(passage.sentences)
        mentions.append((passage.mentions, reading.mentions))
        linked_gold.append((chains, positions(reader.link(passage.sentences, list(given)))))
        linked_found.append((chains, positions(reading.clusters)))
        known: dict[str, list[TokenMention]] = {}
        for mention, gold in given.items():
            known.setdefault(gold.entity, []).append(mention)
        relations = reader.relate(passage.sentences, list(given), known.values())
        related_gold.append((facts, found_facts(relations, entities(passage.mentions))))
        related_found.append((facts, found_facts(reading.relations, align(reading.clusters, passage.mentions))))
    return LitBankScores(
        mention_scores(mentions),
        coreference_scores(linked_gold),
        coreference_scores(linked_found),
        relation_scores(related_gold),
        relation_scores(related_found),
    )


def _given(mention: GoldMention) -> TokenMention:
    assert mention.form is not None, "LitBank's own passages tell every form"
    return TokenMention(mention.sentence, mention.first, mention.last, mention.label, mention.form)
