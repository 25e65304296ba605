"""What litgraph understands of a novel of PDNC: its cast, whom each mention means, and who says what."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from litgraph.cast import understand, with_entities
from litgraph.cast.kin.slots import KinSlot
from litgraph.corpora.book_relations import read_book_relations
from litgraph.corpora.pdnc import Novel
from litgraph.evaluation.book_relations import BookRelationScores, ClaimedEdge, score_edges
from litgraph.evaluation.cast_scores import found_in
from litgraph.evaluation.scores import Scores
from litgraph.evaluation.speech.mentions import mentions_in_speech
from litgraph.evaluation.speech.speakers import Answer, answers
from litgraph.facts.belief import usual_weights
from litgraph.facts.evidence import Evidence, gather
from litgraph.facts.weighing import facts_of, least_confidence
from litgraph.mentions import Finder, choose_finder
from litgraph.names.grammar import slug
from litgraph.pairs import candidate_pairs
from litgraph.progress import Resume, from_the_start
from litgraph.relations.choice import choose_labeller
from litgraph.relations.labeller import LabellerChoice
from litgraph.relations.labelling import Labelling, label_pairs
from litgraph.runs.units import Units
from litgraph.sentences import segment
from litgraph.types import Cast, Mention, Quotation


@dataclass(frozen=True, slots=True)
class Understood:
    """The cast of a novel, the mentions it was made from, the quotations with their speakers, and the kin."""

    cast: Cast
    mentions: tuple[Mention, ...]
    quotations: tuple[Quotation, ...]
    kin: tuple[KinSlot, ...] = ()


def understood(novel: Novel, finder: Finder, *, kept: Path | None = None) -> Understood:
    """What the whole road says of a novel.

    Args:
        novel: of the corpus.
        finder: of the mentions.
        kept: a folder in which the mentions are kept, so that a second measurement is quick.
    """
    found = found_in(novel, finder, kept=kept)
    read = understand(found.mentions, text=novel.book.text, voices=found.voices)
    return Understood(read.cast, found.mentions, read.quotations, read.kin)


def speakers_of(novel: Novel, *, mentions: str, kept: Path | None = None) -> list[Answer]:
    """Read a novel and compare who speaks with the corpus.

    Args:
        novel: of the corpus.
        mentions: who finds them, as for a run.
        kept: as for ``understood``.

    Raises:
        SettingsError: there is no such finder.
        ModelError: the finder is not installed.
    """
    read = understood(novel, choose_finder(mentions), kept=kept)
    return answers(read.cast, read.quotations, novel)


def meant_in_speech(novel: Novel, *, mentions: str, kept: Path | None = None) -> dict[str, Scores]:
    """Read a novel and compare whom the mentions inside its quotations mean with the corpus. As ``speakers_of``."""
    read = understood(novel, choose_finder(mentions), kept=kept)
    return mentions_in_speech(read.cast, read.mentions, novel)


def labelled(novel: Novel, read: Understood, labeller: LabellerChoice, *, kept: Path | None = None) -> Labelling:
    """What a labeller says of the pairs of a novel, each in one sentence.

    Args:
        novel: of the corpus.
        read: what was understood of it.
        labeller: who says how two are related.
        kept: a folder in which the answers are kept, for as long as the same pairs are asked about.
    """
    text, sentences = novel.book.text, segment(novel.book)
    mentions = with_entities(read.mentions, read.cast)
    resume: Resume = from_the_start
    if kept is not None:
        asked = hashlib.sha256(repr((labeller.version, mentions)).encode()).hexdigest()
        resume = Units(kept / f"{novel.name}.relations-{slug(labeller.version)}.jsonl", asked).resume
    return label_pairs(candidate_pairs(text, sentences, mentions), labeller.load(text, sentences), resume=resume)


def evidence_of(novel: Novel, *, mentions: str, labeller: str, kept: Path | None = None) -> tuple[Cast, Evidence]:
    """Read a novel: its cast, and all that bears on how its people and places are related.

    Args:
        novel: of the corpus.
        mentions: who finds them, as for a run.
        labeller: who says how two are related, as for a run.
        kept: as for ``understood``; the labeller's answers are kept there, too.

    Raises:
        SettingsError: there is no such finder or labeller.
        ModelError: one of them is not installed.
    """
    read = understood(novel, choose_finder(mentions), kept=kept)
    relations = labelled(novel, read, choose_labeller(labeller), kept=kept).relations
    sentences = segment(novel.book)
    meaning = with_entities(read.mentions, read.cast)
    return read.cast, gather(novel.book, sentences, meaning, read.cast, read.quotations, read.kin, relations)


def edges_of_book(
    novel: Novel,
    *,
    mentions: str,
    facts: Path,
    labeller: str,
    minimum_confidence: float | None,
    kept: Path | None = None,
) -> BookRelationScores:
    """Read a novel and compare its facts with what is known of the whole book.

    A novel that litgraph's own numbers were fitted on is weighed with those that were fitted on the others.

    Args:
        novel: of the corpus.
        mentions: as for ``evidence_of``.
        facts: the folder with the facts of each novel.
        labeller: as for ``evidence_of``.
        minimum_confidence: of an edge; None for the usual one of its family.
        kept: as for ``evidence_of``.

    Raises:
        SourceNotFound: there are no facts of this novel.
        SettingsError: there is no such finder or labeller.
        ModelError: one of them is not installed.
    """
    known = read_book_relations(facts, novel.name)
    cast, evidence = evidence_of(novel, mentions=mentions, labeller=labeller, kept=kept)
    edges = (
        ClaimedEdge(one.head, one.relation, one.tail, one.confidence)
        for one in facts_of(evidence, usual_weights(without=novel.name))
        if not one.against
        and one.confidence >= (least_confidence(one) if minimum_confidence is None else minimum_confidence)
    )
    return score_edges(edges, cast, novel, known)
