"""Passages as tokens say the same as the files that they come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from litgraph.corpora.litbank import Split
from litgraph.corpora.tokens import TokenPassage, gold_clusters, position, read_tokens
from litgraph.errors import SourceNotFound

MARKS = {"“", "``", '"', "‘", "'", "`", "--", "—"}


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


def test_quotations_stand_between_their_marks_and_have_the_speaker_of_the_files(data_folder: Path) -> None:
    passages = list(read_tokens(data_folder, "train"))
    emma = next(passage for passage in passages if passage.quotations)
    rows = [
        line.split("\t")
        for line in (data_folder / "litbank" / "train" / "quotations" / f"{emma.name}.ann")
        .read_text(encoding="utf-8")
        .splitlines()
    ]
    speakers = {row[1]: row[2] for row in rows if row[0] == "ATTRIB"}
    expected = {
        ((int(row[2]), int(row[3])), (int(row[4]), int(row[5])), speakers.get(row[1], ""))
        for row in rows
        if row[0] == "QUOTE"
    }
    assert {(one.start, one.end, one.speaker) for one in emma.quotations} == expected
    first = [passage.sentences[one.start[0]][one.start[1]] for passage in passages for one in passage.quotations]
    assert sum(word in MARKS for word in first) > 0.95 * len(first) > 1000
    for passage in passages:
        assert [one.start for one in passage.quotations] == sorted(one.start for one in passage.quotations)
        entities = {mention.entity for mention in passage.mentions}
        for one in passage.quotations:
            assert one.speaker == "" or one.speaker in entities, (passage.name, one)


def test_a_file_that_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound):
        list(read_tokens(tmp_path, "dev"))
