"""Examples from the relation layer: annotated pairs in their direction, and pairs that a reader left unrelated."""

from __future__ import annotations

from pathlib import Path

import pytest

from litgraph.corpora.litbank import read_split
from litgraph.examples.labelled import Labelled
from litgraph.examples.litbank import litbank
from litgraph.relations.asking.marked import places_of


@pytest.fixture(scope="module")
def dev(data_folder: Path) -> tuple[list[Labelled], list[Labelled]]:
    return litbank(data_folder, "dev")


def test_every_annotated_relation_is_an_example(dev: tuple[list[Labelled], list[Labelled]], data_folder: Path) -> None:
    related, unrelated = dev
    assert len(related) == 535 and all(example.relation != "none" for example in related)
    assert {example.relation for example in unrelated} == {"none"}
    # One in eleven pairs of a sentence is related; pairs that are related elsewhere in the passage are not among these
    assert 4 < len(unrelated) / len(related) < 8
    for example in [*related, *unrelated[::20]]:
        asked = example.question
        assert asked.one in asked.text and asked.other in asked.text
        assert asked.one_type in ("PER", "LOC", "FAC", "VEH", "ORG") and asked.other_type


def test_no_negative_is_about_two_who_are_related(data_folder: Path) -> None:
    passage = next(read_split(data_folder, "dev"))
    related, unrelated = litbank(data_folder, "dev")
    names = {mention.id: mention.text for mention in passage.mentions}
    for gold in passage.relations:
        pair = {names[gold.head], names[gold.tail]}
        text = next(e.question.text for e in related if {e.question.one, e.question.other} == pair)
        same = [e for e in unrelated if e.question.text == text and {e.question.one, e.question.other} == pair]
        # The same words may be another mention of somebody else ("he", "she")
        assert not same or any(len(word) <= 4 for word in pair)


def test_the_order_of_the_entities_tells_nothing(dev: tuple[list[Labelled], list[Labelled]]) -> None:
    def turned(examples: list[Labelled]) -> float:
        people = [e.question for e in examples if e.question.one_type == e.question.other_type == "PER"]
        places = [places_of(asked.text, asked.one, asked.other) for asked in people]
        known = [place for place in places if place]
        return sum(one > other for one, other in known) / len(known)

    related, unrelated = dev
    assert turned(unrelated) == pytest.approx(turned(related), abs=0.08)
    assert turned(unrelated) > 0.1


def test_more_sentences_are_more_text(data_folder: Path, dev: tuple[list[Labelled], list[Labelled]]) -> None:
    wide, _ = litbank(data_folder, "dev", sentences=5)
    assert sum(len(e.question.text) for e in wide) > 3 * sum(len(e.question.text) for e in dev[0])
    assert [(e.question.one, e.relation) for e in wide] == [(e.question.one, e.relation) for e in dev[0]]


def test_a_seed_settles_the_negatives(data_folder: Path, dev: tuple[list[Labelled], list[Labelled]]) -> None:
    assert litbank(data_folder, "dev") == dev
    assert litbank(data_folder, "dev", seed=1)[1] != dev[1]
