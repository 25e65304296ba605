"""Edges of a graph against what is known of a whole book: a small family in the files of PDNC."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_pdnc import write_novel

from litgraph.cli import main
from litgraph.corpora.book_relations import BookRelation, read_book_relations
from litgraph.corpora.pdnc import Novel, read_corpus
from litgraph.errors import LitgraphError, SourceNotFound
from litgraph.evaluation.book_relations import ClaimedEdge, score_edges
from litgraph.types import Cast, Entity

TEXT = """Chapter 1

Mr. Bennet is the father of Jane Bennet. Mrs. Bennet is the mother of Jane Bennet. Jane Bennet lives in Longbourn.
"""
FACTS = """Mr. Bennet\tparent_father_of\tJane Bennet\tcore\tch. 1
Mrs. Bennet\tparent_mother_of\tJane Bennet\tcore\tch. 1
Mr. Bennet\tspouse_of\tMrs. Bennet\ttrue\t
person:Old Bennet|Grandfather\tparent_father_of\tMr. Bennet\tcore\tdead
Mr. Bingley\tlover_of\tJane Bennet\tcore\t
Jane Bennet\tlives_in\tplace:Longbourn|Longbourn House\tcore\t
Mr. Bennet\tfriend_of\tMr. Bingley\tcore\t
"""


@pytest.fixture()
def corpus(tmp_path: Path) -> Path:
    people = (("Mr. Bennet", "M"), ("Mrs. Bennet", "F"), ("Jane Bennet", "F"), ("Mr. Bingley", "M"))
    rows = [(name, str({name}), "major", gender) for name, gender in people]
    write_novel(tmp_path / "pdnc" / "Pride", TEXT, rows, [])
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "Pride.tsv").write_text(FACTS, encoding="utf-8")
    return tmp_path


@pytest.fixture()
def novel(corpus: Path) -> Novel:
    return next(read_corpus(corpus / "pdnc"))


@pytest.fixture()
def facts(corpus: Path) -> tuple[BookRelation, ...]:
    return read_book_relations(corpus / "facts", "Pride")


CAST = Cast(
    (
        Entity("father", "Mr. Bennet", "character", (("Mr. Bennet", 3), ("Mrs. Bennet", 1))),
        Entity("mother", "Mrs. Bennet", "character", (("Mrs. Bennet", 3),)),
        Entity("jane", "Jane Bennet", "character", (("Jane Bennet", 3),)),
        Entity("bingley", "Mr. Bingley", "character", (("Mr. Bingley", 3),)),
        Entity("longbourn", "Longbourn", "place", (("Longbourn House", 1),)),
        Entity("hill", "Hill", "character", (("Hill", 1),)),
    )
)


def test_edges_are_compared_folded(novel: Novel, facts: tuple[BookRelation, ...]) -> None:
    edges = [
        ClaimedEdge("jane", "child_of", "father", 0.9),
        ClaimedEdge("father", "parent_father_of", "jane", 0.8),  # the same
        ClaimedEdge("mother", "spouse_of", "father", 0.9),
        ClaimedEdge("mother", "parent_father_of", "jane", 0.4),  # she is a woman
        ClaimedEdge("jane", "sibling_of", "bingley", 0.5),  # wrong
        ClaimedEdge("hill", "sibling_of", "jane", 0.5),  # the corpus does not know Hill
        ClaimedEdge("jane", "speaks_to", "bingley", 1.0),
    ]
    scores = score_edges(edges, CAST, novel, facts)
    assert (scores.kin.exact.gold, scores.kin.exact.found, scores.kin.exact.right) == (4, 4, 2)
    assert (scores.kin.core.gold, scores.kin.core.right) == (3, 1)
    assert sorted(scores.kin.judged) == [(0.4, False), (0.5, False), (0.9, True), (0.9, True)]


def test_love_has_a_direction_and_other_relations_a_family(novel: Novel, facts: tuple[BookRelation, ...]) -> None:
    edges = [
        ClaimedEdge("jane", "lover_of", "bingley", 0.9),
        ClaimedEdge("bingley", "companion_of", "father", 0.9),
        ClaimedEdge("bingley", "enemy_of", "father", 0.9),
        ClaimedEdge("jane", "visits", "longbourn", 0.9),
    ]
    scores = score_edges(edges, CAST, novel, facts)
    assert scores.love.exact.right == 0 and scores.love.core.gold == 1
    assert (scores.social.exact.found, scores.social.alike, scores.social.core.right) == (2, 1, 0)
    assert (scores.places.alike, scores.places.exact.right) == (1, 0)
    figures = (scores + score_edges([ClaimedEdge("bingley", "lover_of", "jane", 1.0)], CAST, novel, facts)).figures()
    assert (figures["love P"], figures["love core"], figures["places family"]) == (0.5, 0.5, 1.0)


def test_a_graph_without_edges_finds_nothing(novel: Novel, facts: tuple[BookRelation, ...]) -> None:
    assert set(score_edges([], CAST, novel, facts).figures().values()) == {0.0}


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("Mr. Bennet\tspouse_of\tMrs. Bennet", "3 fields"),
        ("Mr. Bennet\tmarries\tMrs. Bennet\tcore\t", "'marries'"),
        ("Mr. Bennet\tspouse_of\tMrs. Bennet\tsure\t", "'sure'"),
    ],
)
def test_a_line_that_is_no_fact_is_named(line: str, wrong: str, tmp_path: Path) -> None:
    (tmp_path / "Pride.tsv").write_text(FACTS + line + "\n", encoding="utf-8")
    with pytest.raises(LitgraphError, match=f"line 8: .*{wrong}"):
        read_book_relations(tmp_path, "Pride")


def test_a_novel_without_facts_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match=r"Pride\.tsv is missing"):
        read_book_relations(tmp_path, "Pride")


def test_the_command_reads_the_novel_and_prints_its_figures(corpus: Path) -> None:
    printed = CliRunner().invoke(
        main,
        [
            *("evaluate", "book-relations", str(corpus / "facts"), str(corpus / "pdnc"), "--labeller", "rules"),
            *("--mentions", "spacy:en_core_web_sm", "--keep", str(corpus / "kept"), "--json"),
        ],
    )
    assert printed.exit_code == 0, printed.output
    novels = json.loads(printed.stdout)["novels"]
    assert list(novels) == ["Pride", "mean", "all"] and novels["Pride"] == novels["all"]
    assert novels["Pride"]["kin P"] == 1.0 and novels["Pride"]["kin core"] == 0.6667
