"""A mention is right if span and label are; forms and labels only choose the rows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from litgraph.corpora.tokens import GoldMention, read_tokens
from litgraph.evaluation.mentions import mention_scores
from litgraph.evaluation.scores import Scores, score_sets
from litgraph.types import EntityLabel, MentionForm


def mention(first: int, last: int, label: EntityLabel = "PER", form: MentionForm = "name") -> GoldMention:
    return GoldMention("", 0, first, last, label, form)


HIS, WIFE = mention(4, 4, form="pronoun"), mention(4, 5, form="noun")
DARCY, PEMBERLEY = mention(0, 1), mention(8, 8, "FAC")


def test_figures() -> None:
    scores = Scores(gold=4, found=3, right=2)
    assert (scores.precision, scores.recall, scores.f1) == (2 / 3, 0.5, 4 / 7)
    assert Scores() + scores + scores == Scores(8, 6, 4)
    assert (Scores().precision, Scores().recall, Scores().f1) == (0.0, 0.0, 0.0)


def test_passages_are_counted_apart_and_added_up() -> None:
    assert score_sets([({"a", "b"}, {"a"}), ({"c"}, {"a", "c", "d"})]) == Scores(gold=3, found=4, right=2)


def test_nested_mentions_are_mentions() -> None:
    rows = mention_scores([([HIS, WIFE, DARCY], [HIS, WIFE])])
    assert rows["all"] == Scores(gold=3, found=2, right=2)
    assert rows["pronouns"] == rows["nouns"] == Scores(1, 1, 1)
    assert rows["names"] == rows["names of people"] == Scores(1, 0, 0)


def test_span_and_label_must_be_exact() -> None:
    found = [mention(1, 1), replace(WIFE, label="ORG"), replace(HIS, sentence=1)]
    rows = mention_scores([([DARCY, WIFE, HIS], found)])
    assert rows["all"] == Scores(gold=3, found=3, right=0)
    assert (rows["PER"], rows["ORG"]) == (Scores(3, 2, 0), Scores(0, 1, 0))


def test_places_are_one_class_where_the_row_says_so() -> None:
    rows = mention_scores([([PEMBERLEY, DARCY], [replace(PEMBERLEY, label="LOC"), replace(DARCY, label="GPE")])])
    assert rows["names of places"] == rows["places"] == Scores(gold=1, found=2, right=1)
    assert rows["names of places, exact label"] == Scores(gold=1, found=2, right=0)
    assert rows["all"] == Scores(gold=2, found=2, right=0)


def test_the_form_matters_only_for_the_rows_of_forms() -> None:
    rows = mention_scores([([DARCY], [replace(DARCY, form="noun")])])
    assert rows["all"].right == rows["PER"].right == 1
    assert (rows["names"], rows["nouns"]) == (Scores(1, 0, 0), Scores(0, 1, 0))


def test_a_mention_found_twice_counts_once() -> None:
    assert mention_scores([([DARCY], [DARCY, replace(DARCY, id="again")])])["all"] == Scores(1, 1, 1)


def test_litbank_against_itself(data_folder: Path) -> None:
    passages = list(read_tokens(data_folder, "dev"))
    rows = mention_scores((passage.mentions, passage.mentions) for passage in passages)
    assert all(scores.right == scores.gold == scores.found for scores in rows.values())
    assert rows["all"].gold == 2753
    assert [rows[form].gold for form in ("names", "nouns", "pronouns")] == [379, 1021, 1353]
    assert sum(rows[label].gold for label in ("PER", "FAC", "GPE", "LOC", "VEH", "ORG")) == 2753
    assert rows["places"].gold == sum(rows[label].gold for label in ("FAC", "GPE", "LOC"))
