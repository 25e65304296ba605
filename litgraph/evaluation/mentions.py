"""Scoring mentions by exact span and label: precision, recall and F1, by form and label.

A mention is right if the annotation has one with the same first and last token and the same label, as LitBank's
authors score nested mentions (Bamman, Popat & Shen, NAACL 2019). The form decides only in which rows a mention counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from litgraph.corpora.litbank import ALL_FORMS
from litgraph.corpora.tokens import Labelled, Position, position
from litgraph.evaluation.scores import Scores, score_sets
from litgraph.types import ENTITY_LABELS, PLACE_LABELS, EntityLabel, MentionForm


@dataclass(frozen=True, slots=True)
class View:
    """Which mentions a row counts.

    Attributes:
        forms, labels: only mentions of these.
        as_one: the labels count as one class, so that to call a town (GPE) a region (LOC) is no error.
    """

    forms: frozenset[MentionForm] = ALL_FORMS
    labels: frozenset[EntityLabel] = frozenset(ENTITY_LABELS)
    as_one: bool = False

    def items(self, mentions: Iterable[Labelled]) -> Set[tuple[Position, str]]:
        """What the view compares of these mentions."""
        return {
            (position(mention), "" if self.as_one else mention.label)
            for mention in mentions
            if mention.form in self.forms and mention.label in self.labels
        }


PEOPLE: frozenset[EntityLabel] = frozenset({"PER"})
NAMES: frozenset[MentionForm] = frozenset({"name"})
NOUNS: frozenset[MentionForm] = frozenset({"noun"})
PRONOUNS: frozenset[MentionForm] = frozenset({"pronoun"})

VIEWS: Mapping[str, View] = {
    "all": View(),
    "names": View(NAMES),
    "nouns": View(NOUNS),
    "pronouns": View(PRONOUNS),
    **{label: View(labels=frozenset({label})) for label in ENTITY_LABELS},
    "people": View(labels=PEOPLE),
    "places": View(labels=PLACE_LABELS, as_one=True),
    "names of people": View(NAMES, PEOPLE),
    "names of places": View(NAMES, PLACE_LABELS, as_one=True),
    "names of places, exact label": View(NAMES, PLACE_LABELS),
}
"""The rows of a table of mention scores. Places are FAC, GPE and LOC."""


def mention_scores(
    passages: Iterable[tuple[Iterable[Labelled], Iterable[Labelled]]], views: Mapping[str, View] = VIEWS
) -> dict[str, Scores]:
    """Micro averages over passages, by view.

    Args:
        passages: annotated and found mentions of each passage.
        views: the rows wanted, by name.
    """
    both = [(list(gold), list(found)) for gold, found in passages]
    return {
        name: score_sets((view.items(gold), view.items(found)) for gold, found in both) for name, view in views.items()
    }
