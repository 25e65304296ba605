"""The cast against a corpus of characters: a small one in the files of PDNC."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_pdnc import write_novel

from litgraph.cli import main
from litgraph.corpora.pdnc import Novel, read_corpus
from litgraph.corpora.pdnc_quotations import GoldMention
from litgraph.errors import SourceNotFound, UnreadableSource
from litgraph.evaluation.cast_scores import score_cast
from litgraph.evaluation.scores import mean_figures
from litgraph.names.likeness import comparable
from litgraph.types import Cast, Entity, Mention

TEXT = """Chapter 1

Mr. Bennet smiled. “Lizzy has something of quickness,” said Mr. Bennet.

Chapter 2

Miss Elizabeth Bennet laughed. Mrs. Bennet did not.
"""
CHARACTERS = [
    ("Mr. Bennet", "{'Mr. Bennet'}", "intermediate", "M"),
    ("Mrs. Bennet", "{'Mrs. Bennet'}", "major", "F"),
    ("Elizabeth Bennet", "{'Miss Elizabeth Bennet', 'Lizzy'}", "major", "F"),
    ("Hill", "{'Hill'}", "minor", "U"),
    ("_group", "set()", "minor", "U"),
]


@pytest.fixture()
def corpus(tmp_path: Path) -> Path:
    lizzy, said = TEXT.index("Lizzy"), TEXT.index("Lizzy has")
    write_novel(
        tmp_path / "pdnc" / "Pride",
        TEXT,
        CHARACTERS,
        [
            ([[said, said + 30]], "Mr. Bennet", ["Mrs. Bennet"], "Explicit", [[[lizzy, lizzy + 5]]], [[["Lizzy"]]]),
            ([[0, 3]], "_group", [], "nan", [[[0, 3]], [[1, 2]]], [[["_group"]], [["Mr. Bennet", "Mrs. Bennet"]]]),
        ],
    )
    return tmp_path / "pdnc"


@pytest.fixture()
def novel(corpus: Path) -> Novel:
    return next(read_corpus(corpus))


def test_a_novel_is_read(novel: Novel) -> None:
    assert novel.name == "Pride" and len(novel.book.chapters) == 2
    assert [character.name for character in novel.characters] == [
        "Mr. Bennet",
        "Mrs. Bennet",
        "Elizabeth Bennet",
        "Hill",
    ]
    assert [character.main for character in novel.characters] == [True, True, True, False]
    assert (
        novel.characters[2].aliases == {"elizabeth bennet", "miss elizabeth bennet", "lizzy"}
        and novel.characters[2].gender == "female"
    )


def test_quotations_are_read(novel: Novel) -> None:
    one, other = novel.quotations
    assert [novel.book.text[span.start : span.end] for span in one.spans] == ["Lizzy has something of quickne"]
    assert (one.speaker, one.addressees, one.kind) == ("Mr. Bennet", ("Mrs. Bennet",), "explicit")
    (lizzy,) = one.mentions  # whom the table calls by an alias is called by the main name
    assert novel.book.text[lizzy.start : lizzy.end] == "Lizzy" and lizzy.characters == ("Elizabeth Bennet",)
    assert (other.speaker, other.kind) == ("_group", "")
    assert other.mentions == (GoldMention(0, 3, ("_group",)), GoldMention(1, 2, ("Mr. Bennet", "Mrs. Bennet")))


def test_aliases_are_compared_without_what_does_not_tell() -> None:
    assert comparable("my dear Miss Eliza") == comparable("Miss Eliza") == "miss eliza"
    assert comparable("Mr. Darcy") != comparable("Darcy")


def person(id_: str, *aliases: str, gender: str = "unknown") -> Entity:
    return Entity(id_, aliases[0], "character", tuple((alias, 20) for alias in aliases), gender)  # type: ignore[arg-type]


def test_a_right_cast_is_right(novel: Novel) -> None:
    entities = (
        person("mr-bennet", "Mr. Bennet", gender="male"),
        person("mrs-bennet", "Mrs. Bennet", gender="female"),
        person("elizabeth", "Elizabeth Bennet", "Lizzy", gender="female"),
    )
    start = TEXT.index("Lizzy")
    lizzy = Mention("m0", start, start + 5, "Lizzy", "PER", "name", 0, 1)
    scores = score_cast(Cast(entities, {"m0": "elizabeth"}), [lizzy], novel)
    assert scores.found == scores.precision == scores.aliases.f1 == 1
    assert scores.gender.f1 == scores.quoted.f1 == 1 and scores.merged == ()


def test_what_is_wrong_is_told(novel: Novel) -> None:
    entities = (
        person("bennet", "Mr. Bennet", "Mrs. Bennet", gender="male"),
        person("elizabeth", "Elizabeth Bennet", gender="male"),
        person("lizzy", "Lizzy"),
        person("nobody", "Mr. Nobody"),
    )
    scores = score_cast(Cast(entities, {}), [], novel)
    assert scores.found == 1
    assert scores.precision == 0.5  # not "bennet", who is two, and not "nobody"
    assert scores.merged == (("Mr. Bennet", "Mrs. Bennet", True),)
    assert scores.aliases.precision == 0.75 and scores.aliases.recall == 0.75
    assert (scores.gender.gold, scores.gender.found, scores.gender.right) == (2, 1, 0)
    assert scores.quoted.recall == 0
    assert mean_figures([scores.figures(), scores.figures()]) == scores.figures()


def test_the_command_measures_and_keeps_the_mentions(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = tmp_path / "kept"
    arguments = ["evaluate", "pdnc", str(corpus), "--mentions", "spacy:en_core_web_sm", "--keep", str(keep), "--json"]
    first = CliRunner().invoke(main, arguments)
    assert first.exit_code == 0, first.output
    shown = json.loads(first.stdout)
    assert shown["novels"]["mean"]["found"] == 1 and shown["merged"] == {"Pride": []}
    assert list(keep.iterdir())
    monkeypatch.setattr("litgraph.mentions.by_tagger.load_tagger", None)  # the mentions that were kept are enough
    assert CliRunner().invoke(main, arguments).stdout == first.stdout
    table = CliRunner().invoke(main, arguments[:-1])
    assert table.exit_code == 0 and "Pride" in table.stdout and "mean" in table.stdout


def test_novels_that_are_measured_side_by_side_get_the_same_figures(corpus: Path) -> None:
    shutil.copytree(corpus / "Pride", corpus / "Prejudice")
    arguments = ["evaluate", "pdnc", str(corpus), "--mentions", "spacy:en_core_web_sm", "-q", "--workers"]
    one, two = (CliRunner().invoke(main, [*arguments, number]) for number in ("1", "2"))
    assert one.exit_code == 0, one.output
    assert one.stdout == two.stdout and [line.split()[0] for line in one.stdout.splitlines()[1:3]] == [
        "Prejudice",
        "Pride",
    ]


def test_mistakes_are_told(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match="no novel of PDNC"):
        list(read_corpus(tmp_path / "nowhere"))
    with pytest.raises(SourceNotFound, match="no novel 'Emma'"):
        list(read_corpus(corpus, "Emma"))
    table = corpus / "Pride" / "character_info.csv"
    table.write_text("Main Name,Aliases,Category,Gender\nEmma,{'a',major,F\n", encoding="utf-8")
    with pytest.raises(UnreadableSource, match="row 2"):
        list(read_corpus(corpus))
    table.write_text("Name\nEmma\n", encoding="utf-8")
    with pytest.raises(UnreadableSource, match="no table of PDNC"):
        list(read_corpus(corpus))
    (corpus / "Pride" / "novel_text.txt").unlink()
    with pytest.raises(SourceNotFound, match=r"novel_text.txt is missing"):
        list(read_corpus(corpus))
