"""A literary reader against LitBank: every head alone and all together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from litgraph.corpora.litbank import Fact, Split, read_split
from litgraph.corpora.mobility import read_mobility
from litgraph.corpora.tokens import GoldMention, Position, gold_clusters, position, token_passage
from litgraph.evaluation.calibration import expected_calibration_error
from litgraph.evaluation.coreference import CoreferenceScores, coreference_scores, positions
from litgraph.evaluation.mentions import mention_scores
from litgraph.evaluation.mobility import MobilityAnswer, MobilityScores, mobility_scores
from litgraph.evaluation.passage_facts import RelationScores, align, entities, found_facts, relation_scores
from litgraph.evaluation.scores import Scores
from litgraph.literary.places import PlaceContext
from litgraph.literary.types import PlaceAnswer, Reading, TokenMention, TokenRelation
from litgraph.progress import Progress, Tell, silent, warn


class MeasuredReader(Protocol):
    """What is measured; :class:`litgraph.literary.reader.LiteraryReader` is one."""

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

    def locate(self, contexts: Sequence[PlaceContext]) -> list[PlaceAnswer]: ...


@dataclass(frozen=True, slots=True)
class LitBankScores:
    """All figures of a reader on one split.

    Attributes:
        mentions: by view (all, names, people, …).
        linked_gold, linked_found: coreference of gold mentions, and of those the reader finds.
        related_gold, related_found: relations of gold mentions and clusters, and end to end.
        mention_calibration: expected calibration error of the found mentions' scores.
        relation_calibration: the same of the relations' confidences, on gold mentions and clusters.
    """

    mentions: dict[str, Scores]
    linked_gold: CoreferenceScores
    linked_found: CoreferenceScores
    related_gold: RelationScores
    related_found: RelationScores
    mention_calibration: float
    relation_calibration: float

    def rows(self) -> Iterator[tuple[str, float]]:
        """(what, figure) for a table; all are F1 but the last two."""
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
        yield "expected calibration error: mentions", self.mention_calibration
        yield "expected calibration error: relations, gold mentions and clusters", self.relation_calibration

    def in_words(self) -> str:
        """The most telling figures on one line."""
        mentions = self.mentions
        return (
            f"mention F1 {mentions['all'].f1:.3f}, names of people {mentions['names of people'].f1:.3f}, "
            f"of places {mentions['names of places'].f1:.3f}, coreference CoNLL {self.linked_gold.conll:.3f} "
            f"(gold mentions) {self.linked_found.conll:.3f} (found), related pairs {self.related_gold.pairs.f1:.3f}, "
            f"facts {self.related_gold.facts.f1:.3f}"
        )


def evaluate_litbank(reader: MeasuredReader, data: Path, split: Split, *, progress: Progress = silent) -> LitBankScores:
    """Measure a reader on LitBank.

    Args:
        reader: what is measured.
        data: the folder that holds ``litbank/``.
        split: "train", "dev" or "test", if it is there.
        progress: told of each passage.

    Raises:
        SourceNotFound: there is no LitBank below ``data``.
    """
    mentions, linked_gold, linked_found, related_gold, related_found = [], [], [], [], []
    sure_mentions: list[tuple[float, bool]] = []
    sure_relations: list[tuple[float, bool]] = []
    for annotated in progress(list(read_split(data, split)), "reading LitBank's passages"):
        passage = token_passage(annotated)
        facts = annotated.facts()
        given = {given_mention(mention): mention for mention in passage.mentions}
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
        sure_mentions += _mentions_right(passage.mentions, reading.mentions)
        sure_relations += _relations_right(facts, relations, entities(passage.mentions))
        related_found.append((facts, found_facts(reading.relations, align(reading.clusters, passage.mentions))))
    return LitBankScores(
        mention_scores(mentions),
        coreference_scores(linked_gold),
        coreference_scores(linked_found),
        relation_scores(related_gold),
        relation_scores(related_found),
        expected_calibration_error(sure_mentions),
        expected_calibration_error(sure_relations),
    )


def _mentions_right(gold: Iterable[GoldMention], found: Iterable[TokenMention]) -> Iterator[tuple[float, bool]]:
    """Each found mention's score, and whether its span and label are right."""
    known = {(position(mention), mention.label) for mention in gold}
    for mention in found:
        yield mention.score, (position(mention), mention.label) in known


def _relations_right(
    facts: Set[Fact], found: Iterable[TokenRelation], entity_at: Mapping[Position, str]
) -> Iterator[tuple[float, bool]]:
    """Each relation's confidence, and whether it is a fact of the passage."""
    for relation in found:
        yield relation.confidence, found_facts([relation], entity_at) <= facts


def given_mention(mention: GoldMention) -> TokenMention:
    """An annotated mention as it is given to a reader."""
    assert mention.form is not None, "LitBank's own passages tell every form"
    return TokenMention(mention.sentence, mention.first, mention.last, mention.label, mention.form)


def evaluate_mobility(
    reader: MeasuredReader, data: Path, split: Split, *, progress: Progress = silent, tell: Tell = warn
) -> MobilityScores:
    """Measure a reader on the characters and places of the mobility data.

    Its answer is the mean of what it says of the nearer and of the wider context.

    Args:
        reader: what is measured.
        data: the folder that holds ``mobility/``.
        split: "train", "dev" or "test", if it is there.
        progress: told when all nearer contexts are read, and all wider ones.
        tell: told of each line that is left out, see :func:`litgraph.corpora.mobility.read_mobility`.

    Raises:
        SourceNotFound: there are no such data below ``data``.
    """
    pairs = read_mobility(data, split, tell=tell)
    contexts = ([pair.near for pair in pairs], [pair.middle for pair in pairs])
    near, middle = map(reader.locate, progress(contexts, "reading characters and places", len(contexts)))
    answers: dict[str, MobilityAnswer] = {}
    for pair, one, other in zip(pairs, near, middle, strict=True):
        spatial = {relation: share + other.spatial[relation] for relation, share in one.spatial.items()}
        answers[pair.id] = MobilityAnswer(one.valid + other.valid > 1, max(spatial, key=lambda name: spatial[name]))
    return mobility_scores(pairs, answers)


@dataclass(frozen=True, slots=True)
class ReaderScores:
    """A reader on all that it was trained for."""

    litbank: LitBankScores
    mobility: MobilityScores

    @property
    def overall(self) -> float:
        """One figure to choose a model by: the mean of mention, coreference, pair, fact and spatial F1."""
        litbank = self.litbank
        figures = (
            litbank.mentions["all"].f1,
            litbank.mentions["names of people"].f1,
            litbank.linked_gold.conll,
            litbank.related_gold.pairs.f1,
            litbank.related_gold.facts.f1,
            self.mobility.spatial_macro_f1,
        )
        return sum(figures) / len(figures)

    def in_words(self) -> str:
        """The most telling figures on one line."""
        return (
            f"{self.litbank.in_words()}, places: valid {self.mobility.validity_accuracy:.3f}, "
            f"spatial macro-F1 {self.mobility.spatial_macro_f1:.3f}"
        )


def evaluate_reader(reader: MeasuredReader, data: Path, split: Split) -> ReaderScores:
    """Measure a reader on LitBank and on the mobility data; see the two functions."""
    return ReaderScores(evaluate_litbank(reader, data, split), evaluate_mobility(reader, data, split))
