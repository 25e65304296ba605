"""Facts between entities: the scorer reproduces the agreement of LitBank's two annotations."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from litgraph.corpora.litbank import Fact, read_passage
from litgraph.corpora.tokens import GoldMention, gold_clusters, read_tokens, token_passage
from litgraph.evaluation.passage_facts import align, entities, found_facts, relation_scores
from litgraph.evaluation.scores import Scores


@dataclass(frozen=True)
class Said:
    head: GoldMention
    label: str
    tail: GoldMention


def mention(first: int, entity: str = "", last: int | None = None) -> GoldMention:
    return GoldMention(f"m{first}", 0, first, first if last is None else last, "PER", "name", entity)


ELIZABETH, SHE, JANE, BENNET = (
    mention(0, "Elizabeth"),
    mention(1, "Elizabeth"),
    mention(2, "Jane"),
    mention(3, "Bennet"),
)
GOLD = [ELIZABETH, SHE, JANE, BENNET]


def test_agreement_of_the_two_annotations(data_folder: Path) -> None:
    """The row "10 development" of the table in the data's ANNOTATION.md."""
    folder = data_folder / "litbank" / "dev"
    names = sorted(path.stem for path in (folder / "relations_second").glob("*.tsv"))
    scores = relation_scores(
        (read_passage(folder, name).facts(), read_passage(folder, name, layer="relations_second").facts())
        for name in names
    )
    assert len(names) == 10
    assert scores.facts.f1 == pytest.approx(0.753, abs=5e-4)
    assert scores.pairs.f1 == pytest.approx(0.860, abs=5e-4)
    assert scores.common_label == pytest.approx(0.882, abs=5e-4)


def test_pairs_forgive_the_label_and_the_direction() -> None:
    gold: set[Fact] = {("a", "lives_in", "b"), ("a", "owns", "b"), ("c", "child_of", "d")}
    found: set[Fact] = {("a", "owns", "b"), ("d", "child_of", "c"), ("e", "friend_of", "f")}
    scores = relation_scores([(gold, found)])
    assert scores.facts == Scores(gold=3, found=3, right=1)
    assert scores.pairs == Scores(gold=2, found=3, right=2)
    assert scores.common_label == 0.5


def test_one_fact_of_two_passages_is_two() -> None:
    fact: set[Fact] = {("a", "friend_of", "b")}
    assert relation_scores([(fact, fact), (fact, set())]).facts == Scores(gold=2, found=1, right=1)


def test_what_is_said_of_mentions_is_folded_between_entities() -> None:
    said = [
        Said(ELIZABETH, "sibling_of", JANE),
        Said(JANE, "sibling_of", SHE),
        Said(BENNET, "parent_father_of", SHE),
        Said(JANE, "child_of", BENNET),
    ]
    assert found_facts(said, entities(GOLD)) == {
        ("Elizabeth", "sibling_of", "Jane"),
        ("Elizabeth", "child_of", "Bennet"),
        ("Jane", "child_of", "Bennet"),
    }


def test_to_relate_an_entity_to_itself_is_wrong() -> None:
    facts = found_facts([Said(ELIZABETH, "friend_of", SHE)], entities(GOLD))
    scores = relation_scores([({("Elizabeth", "sibling_of", "Jane")}, facts)])
    assert scores.facts == scores.pairs == Scores(gold=1, found=1, right=0)


def test_a_cluster_stands_for_the_entity_that_it_shares_most_mentions_with() -> None:
    lizzy = mention(7)
    aligned = align([[mention(2), mention(1), mention(0)], [lizzy], [mention(3)]], GOLD)
    assert [aligned[0, first, first] for first in (0, 1, 2, 3)] == ["Elizabeth", "Elizabeth", "Elizabeth", "Bennet"]
    assert aligned[0, 7, 7] not in {"Elizabeth", "Jane", "Bennet"}


def test_of_equally_many_shared_mentions_the_first_in_the_text_decides() -> None:
    for cluster in ([mention(1), mention(2)], [mention(2), mention(1)]):
        assert set(align([cluster], GOLD).values()) == {"Elizabeth"}


def test_only_an_exact_span_is_shared() -> None:
    (entity,) = set(align([[mention(0, last=1)]], GOLD).values())
    assert entity not in {"Elizabeth", "Jane", "Bennet"}


def test_what_stands_for_nothing_annotated_is_wrong_but_told_apart() -> None:
    stranger, another, unclustered = mention(7), mention(8), mention(9)
    aligned = align([[ELIZABETH], [stranger], [another]], GOLD)
    said = [Said(ELIZABETH, "friend_of", other) for other in (stranger, another, unclustered)]
    assert len(found_facts(said, aligned)) == 3


def test_end_to_end_with_everything_right_is_perfect(data_folder: Path) -> None:
    split = list(read_tokens(data_folder, "dev"))
    both: list[tuple[frozenset[Fact], frozenset[Fact]]] = []
    for passage in split:
        gold = read_passage(data_folder / "litbank" / "dev", passage.name)
        assert token_passage(gold).mentions == passage.mentions
        by_id = {mention.id: mention for mention in passage.mentions}
        said = [Said(by_id[r.head], r.relation, by_id[r.tail]) for r in passage.relations]
        for entity_at in (entities(passage.mentions), align(_joined(passage.mentions), passage.mentions)):
            both.append((gold.facts(), found_facts(said, entity_at)))
        assert align(gold_clusters(passage.mentions), passage.mentions) == entities(passage.mentions)
    scores = relation_scores(both)
    assert scores.facts.f1 == scores.pairs.f1 == scores.common_label == 1.0


def _joined(mentions: tuple[GoldMention, ...]) -> list[list[GoldMention]]:
    chains: dict[str, list[GoldMention]] = {}
    for mention in mentions:
        chains.setdefault(mention.entity, []).append(mention)
    return list(chains.values())
