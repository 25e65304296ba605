"""Passages as tokens say the same as the files that they come from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from litgraph.corpora.litbank import Split
from litgraph.corpora.tokens import TokenPassage, gold_clusters, position, read_later, read_tokens
from litgraph.errors import SourceNotFound, UnreadableSource
from litgraph.ontology import RELATIONS

LATER = {
    "passage": "1_x__1",
    "sentences": [["Mr.", "Bennet", "loved", "his", "wife", "."]],
    "mentions": [["m0", 0, 0, 1, "PER"], ["m1", 0, 3, 4, "PER"]],
    "relations": [["m0", "spouse_of", "m1", 0, 3]],
}


def words(passage: TokenPassage, identifier: str) -> str:
    mention = next(mention for mention in passage.mentions if mention.id == identifier)
    return " ".join(passage.sentences[mention.sentence][mention.first : mention.last + 1])


@pytest.mark.parametrize("split", ["train", "dev"])
def test_litbank_token_by_token(data_folder: Path, split: Split) -> None:
    for passage in read_tokens(data_folder, split):
        path = data_folder / "litbank" / split / "coref" / f"{passage.name}.ann"
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        expected = {
            (f"m{row[1][1:]}", int(row[2]), int(row[3]), int(row[5]), row[7], row[6])
            for row in rows
            if row[0] == "MENTION" and row[2] == row[4]
        }
        assert expected == {
            (m.id, m.sentence, m.first, m.last, m.label, words(passage, m.id)) for m in passage.mentions
        }
        assert sum(row[0] == "MENTION" for row in rows) == len(passage.mentions)


def test_clusters_are_those_of_the_conll_files(data_folder: Path) -> None:
    for passage in read_tokens(data_folder, "dev"):
        path = data_folder / "litbank" / "dev" / "coref" / f"{passage.name}.conll"
        clusters: dict[str, set[tuple[int, int, int]]] = {}
        started: dict[str, list[tuple[int, int]]] = {}
        sentence = token = 0
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                continue
            if not line.strip():
                sentence, token = sentence + (token > 0), 0
                continue
            for mark in line.split("\t")[-1].split("|"):
                name = mark.strip("()")
                if mark.startswith("("):
                    started.setdefault(name, []).append((sentence, token))
                if mark.endswith(")"):
                    clusters.setdefault(name, set()).add((*started[name].pop(), token))
            token += 1
        assert {frozenset(map(position, cluster)) for cluster in gold_clusters(passage.mentions)} == {
            frozenset(cluster) for cluster in clusters.values()
        }


def test_a_description_has_an_entity_and_no_cluster(data_folder: Path) -> None:
    mentions = [mention for passage in read_tokens(data_folder, "dev") for mention in passage.mentions]
    described = [mention for mention in mentions if mention.described]
    assert len(described) == 68
    assert all(mention.entity for mention in mentions)


def test_the_later_passages(data_folder: Path) -> None:
    passages = list(read_later(data_folder))
    assert (len(passages), sum(len(passage.relations) for passage in passages)) == (159, 5127)
    assert {gold.relation for passage in passages for gold in passage.relations} <= RELATIONS.keys()
    first = passages[0]
    said = [(words(first, gold.head), gold.relation, words(first, gold.tail)) for gold in first.relations]
    assert said[3] == ("Captain Wentworth", "visits", "Uppercross")
    assert all(mention.form is None and not mention.entity for mention in first.mentions)


def write_later(folder: Path, text: str) -> Path:
    (folder / "litbank_later").mkdir()
    (folder / "litbank_later" / "passages.jsonl").write_text(text, encoding="utf-8", newline="\n")
    return folder


def test_reads_a_later_passage(tmp_path: Path) -> None:
    (passage,) = read_later(write_later(tmp_path, json.dumps(LATER) + "\n\n"))
    assert [words(passage, mention.id) for mention in passage.mentions] == ["Mr. Bennet", "his wife"]
    assert (passage.relations[0].head, passage.relations[0].tail, passage.relations[0].confidence) == ("m0", "m1", 3)


@pytest.mark.parametrize(
    "row",
    [
        {"passage": "1_x__1"},
        [1, 2],
        LATER | {"mentions": [["m0", 0, 0, 6, "PER"]]},
        LATER | {"mentions": [["m0", 1, 0, 0, "PER"]]},
        LATER | {"mentions": [["m0", 0, 2, 1, "PER"]]},
        LATER | {"mentions": [["m0", 0, 0, 1, "DOG"]]},
        LATER | {"mentions": [["m0", 0, 0]]},
        LATER | {"relations": [["m0", "spouse_of", "m7", 0, 3]]},
    ],
)
def test_a_damaged_line_is_one_clear_error(tmp_path: Path, row: object) -> None:
    folder = write_later(tmp_path, json.dumps(LATER) + "\n" + json.dumps(row) + "\n")
    with pytest.raises(UnreadableSource, match="line 2"):
        list(read_later(folder))


def test_a_file_that_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound):
        list(read_later(tmp_path))
    with pytest.raises(SourceNotFound):
        read_tokens(tmp_path, "dev")
