"""LitBank's files become litgraph's types, and their tokens running text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from fact_scores import score_facts
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.corpora.litbank import read_passage, read_split, running_text, sentence_pairs
from litgraph.errors import SourceNotFound, UnreadableSource
from litgraph.ontology import RELATIONS
from litgraph.types import Pair, Relation

CONLL = """#begin document (1_x); part 0
1_x\t0\t0\tMr.\t_
1_x\t0\t1\tBennet\t_
1_x\t0\t2\t,\t_
1_x\t0\t3\tEsq.\t_
1_x\t0\t4\t,\t_
1_x\t0\t5\tloved\t_
1_x\t0\t6\this\t_
1_x\t0\t7\twife\t_
1_x\t0\t8\t.\t_

1_x\t0\t0\tShe\t_
1_x\t0\t1\tslept\t_

#end document
"""
ANN = """MENTION\tT9\t0\t6\t0\t7\this wife\tPER\tNOM
MENTION\tT1\t0\t0\t0\t1\tMr. Bennet\tPER\tPROP
MENTION\tT2\t0\t3\t0\t3\tEsq.\tPER\tNOM
MENTION\tT3\t0\t6\t0\t6\this\tPER\tPRON
MENTION\tT4\t1\t0\t1\t0\tShe\tPER\tPRON
COREF\tT1\tMr._Bennet-0
COREF\tT3\tMr._Bennet-0
COREF\tT9\twife-1
COREF\tT4\twife-1
APPOS\tT2\tT1
"""
TSV = "m9\tspouse_of\tm3\tS0\t3\nm1\tspouse_of\tm9\tS0\t2\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    split = tmp_path / "litbank" / "dev"
    for path, text in (("coref/1_x.conll", CONLL), ("coref/1_x.ann", ANN), ("relations/1_x.tsv", TSV)):
        (split / path).parent.mkdir(parents=True, exist_ok=True)
        (split / path).write_text(text, encoding="utf-8", newline="\n")
    return split


def test_reads_a_passage(folder: Path) -> None:
    passage = read_passage(folder, "1_x")
    assert passage.text == "Mr. Bennet, Esq., loved his wife. She slept"
    assert [passage.text[sentence.start : sentence.end] for sentence in passage.sentences] == [
        "Mr. Bennet, Esq., loved his wife.",
        "She slept",
    ]
    assert [(mention.id, mention.text, mention.form) for mention in passage.mentions] == [
        ("m1", "Mr. Bennet", "name"),
        ("m2", "Esq.", "noun"),
        ("m3", "his", "pronoun"),
        ("m9", "his wife", "noun"),
        ("m4", "She", "pronoun"),
    ]
    assert passage.mentions[-1].sentence == 1


def test_an_apposition_is_whom_it_describes(folder: Path) -> None:
    entity_of = {mention.id: mention.entity for mention in read_passage(folder, "1_x").mentions}
    assert entity_of["m2"] == entity_of["m1"] == "Mr._Bennet-0"
    assert entity_of["m9"] == "wife-1"


def test_a_fact_counts_once(folder: Path) -> None:
    passage = read_passage(folder, "1_x")
    assert len(passage.relations) == 2
    assert passage.facts() == {("Mr._Bennet-0", "spouse_of", "wife-1")}


def test_pairs_are_of_different_entities_in_one_sentence(folder: Path) -> None:
    passage = read_passage(folder, "1_x")
    pairs = [(pair.head.id, pair.tail.id) for pair in sentence_pairs(passage)]
    assert pairs == [("m1", "m9"), ("m2", "m9"), ("m3", "m9")]
    for pair in sentence_pairs(passage):
        assert pair.text[pair.head.start - pair.start : pair.head.end - pair.start] == pair.head.text
    assert list(sentence_pairs(passage, frozenset({"name"}))) == []


def test_facts_are_scored_once_and_only_between_the_forms_asked_for(folder: Path) -> None:
    class Everybody:
        name = "everybody"

        def label(self, pairs: Iterable[Pair]) -> Iterator[Relation | None]:
            for pair in pairs:
                words = (pair.head.entity, "spouse_of", pair.tail.entity, 1.0, "always", self.name)
                yield Relation(*words, pair.head.id, pair.tail.id, pair.start, pair.end, 1)

    score = score_facts([read_passage(folder, "1_x")], Everybody())
    assert (score.pairs, score.precision, score.recall, score.f1) == (3, 1.0, 1.0, 1.0)
    assert [(raw, len(facts)) for raw, facts in score.found.items()] == [("always", 1)]
    names = score_facts([read_passage(folder, "1_x")], Everybody(), frozenset({"name"}))
    assert (names.pairs, len(names.gold), names.precision, names.recall) == (0, 0, 0.0, 0.0)


def test_a_passage_without_relations_is_read(folder: Path) -> None:
    assert read_passage(folder, "1_x", layer="relations_second").relations == ()


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("coref/1_x.conll", "1_x\t0\t0\n"),
        ("coref/1_x.ann", "MENTION\tT1\t0\t0\t0\t99\tx\tPER\tPROP\n"),
        ("coref/1_x.ann", "MENTION\tT1\t0\t0\t0\t1\tx\tDOG\tPROP\n"),
        ("coref/1_x.ann", "MENTION\tT1\t0\t0\t0\t1\tx\tPER\tVERB\n"),
        ("relations/1_x.tsv", "m1\tspouse_of\tm9\n"),
        ("relations/1_x.tsv", "m1\tspouse_of\tm77\tS0\t3\n"),
    ],
)
def test_a_damaged_file_is_one_clear_error(folder: Path, file: str, text: str) -> None:
    (folder / file).write_text(text, encoding="utf-8", newline="\n")
    with pytest.raises(UnreadableSource, match="line 1"):
        read_passage(folder, "1_x")


def test_bytes_that_are_no_text_are_one_clear_error(folder: Path) -> None:
    (folder / "coref/1_x.ann").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableSource, match="UTF-8"):
        read_passage(folder, "1_x")


def test_a_missing_passage_or_split_is_one_clear_error(folder: Path) -> None:
    with pytest.raises(SourceNotFound):
        read_passage(folder, "2_y")
    with pytest.raises(SourceNotFound):
        read_split(folder.parent.parent, "train")


def test_quotes_dashes_and_clitics() -> None:
    tokens = '" I do n\'t know , " said Tom \'s aunt -- " ( not I ) ! "'.split()
    text, _ = running_text([tokens, ["“", "No", "!", "”"]])
    assert text == '"I don\'t know," said Tom\'s aunt--"(not I)!" “No!”'


@settings(deadline=None, max_examples=200)
@given(st.lists(st.lists(st.sampled_from(["a", "Tom", ",", '"', "'s", "--", "(", ")", "n't", "“", "”"]), min_size=1)))
def test_running_text_keeps_every_token_in_its_place(sentences: list[list[str]]) -> None:
    text, spans = running_text(sentences)
    assert [[text[span.start : span.end] for span in row] for row in spans] == sentences
    position = 0
    for span in (span for row in spans for span in row):
        assert text[position : span.start] in ("", " ")
        position = span.end
    assert position == len(text)


def test_reads_all_development_data(data_folder: Path) -> None:
    train, dev = list(read_split(data_folder, "train")), list(read_split(data_folder, "dev"))
    assert (len(train), len(dev)) == (80, 10)
    for passage in dev:
        assert {gold.relation for gold in passage.relations} <= RELATIONS.keys()
        assert passage.facts()
    assert sum(len(passage.mentions) for passage in (*train, *dev)) == 26154
