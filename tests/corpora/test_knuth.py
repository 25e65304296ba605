"""Knuth's files, and co-occurrence measured against them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from litgraph.cli import main
from litgraph.corpora.knuth import read_network
from litgraph.errors import SourceNotFound, UnreadableSource
from litgraph.evaluation.network_scores import matched_characters, score_network
from litgraph.types import Book, Cast, Chapter, Entity, Mention, Sentence

FILE = """* A file of the kind of the Stanford GraphBase
EB Elizabeth Bennet, sister of JB
JB Jane Bennet, sister of EB
FD Fitzwilliam Darcy
TH Madame Th\\'enardier, from another novel
XX Cato

1.1:EB,JB;EB,FD
1.2
2.1:EB,FD,JB
&:TH,XX
* End of file
"""


@pytest.fixture()
def file(tmp_path: Path) -> Path:
    path = tmp_path / "pride.dat"
    path.write_text(FILE, encoding="latin-1")
    return path


def test_a_file_is_read(file: Path) -> None:
    network = read_network(file)
    assert [character.name for character in network.characters.values()] == [
        "Elizabeth Bennet",
        "Jane Bennet",
        "Fitzwilliam Darcy",
        "Madame Thénardier",
        "Cato",
    ]
    assert network.characters["JB"].description == "sister of EB"
    assert [label for label, _ in network.chapters] == ["1.1", "1.2", "2.1"]
    assert list(network.meetings()) == [
        (0, "EB", "FD"),
        (0, "EB", "JB"),
        (2, "EB", "FD"),
        (2, "EB", "JB"),
        (2, "FD", "JB"),
        (2, "TH", "XX"),
    ]


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (("EB,FD", "EB,QQ"), "line 8: nobody is called QQ"),
        (("1.2", "chapter two"), "line 9: 'chapter two' is neither"),
        ((FILE, "* nothing\n"), "no characters or no chapters"),
    ],
)
def test_other_files_are_told(file: Path, damage: tuple[str, str], told: str) -> None:
    file.write_text(FILE.replace(*damage, 1), encoding="latin-1")
    with pytest.raises(UnreadableSource, match=told):
        read_network(file)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match="no file"):
        read_network(tmp_path / "anna.dat")


def character(id_: str, *aliases: str, mentions: int = 1) -> Entity:
    return Entity(id_, aliases[0], "character", tuple((alias, 1) for alias in aliases), mentions=mentions)


def test_characters_are_matched_by_name(file: Path) -> None:
    cast = Cast(
        (
            character("lizzy", "Lizzy", "Miss Lizzy", mentions=50),
            character("elizabeth", "Miss Elizabeth Bennet", mentions=3),
            character("jane", "Jane", mentions=9),
            character("darcy", "Mr. Darcy", mentions=40),
            character("miss-darcy", "Miss Darcy", mentions=4),
            character("thenardier", "Thenardier", "Monsieur Thénardier", mentions=9),
        ),
        {},
    )
    assert matched_characters(read_network(file), cast) == {
        "EB": "elizabeth",
        "JB": "jane",
        "FD": "darcy",
        "TH": "thenardier",
    }


def test_meetings_are_scored_by_chapter(file: Path) -> None:
    # One sentence a line: Elizabeth and Jane, Elizabeth and Darcy; nobody; Jane, then Darcy; a Mr. Nobody everywhere.
    book = Book(
        "x" * 50,
        divisions=tuple(Chapter(n, "", (n - 1) * 10, n * 10, part) for n, part in ((1, "I"), (2, "I"), (3, "II"))),
    )
    sentences = [Sentence(index, index * 5, index * 5 + 5, chapter, 0) for index, chapter in enumerate((1, 1, 2, 3, 3))]
    entities = ("elizabeth", "jane", "darcy", "nobody")
    who = {0: (0, 1, 3), 1: (0, 2, 3), 2: (3,), 3: (1, 3), 4: (2, 3)}
    mentions = [
        Mention(
            f"m{sentence}{one}",
            sentence * 5,
            sentence * 5 + 1,
            "x",
            "PER",
            "name",
            sentence,
            sentences[sentence].chapter,
            entities[one],
        )
        for sentence, ones in who.items()
        for one in ones
    ]
    cast = Cast(
        (
            character("elizabeth", "Elizabeth Bennet"),
            character("jane", "Jane Bennet"),
            character("darcy", "Mr. Darcy"),
            character("nobody", "Mr. Nobody"),
        ),
        {},
    )
    scores = score_network(read_network(file), book, sentences, mentions, cast)
    assert (scores.characters, len(scores.found)) == (5, 3)
    by_choice = {(curve.window, curve.weight): curve for curve in scores.curve}
    narrow, wide = by_choice[1, 1].meetings, by_choice[2, 1].meetings
    assert (narrow.gold, narrow.found, narrow.right) == (6, 2, 2)
    # With two sentences at once Jane meets Darcy: in the third chapter, where she should, and in the first, where not.
    assert (wide.found, wide.right) == (4, 3)
    assert by_choice[1, 2].meetings.found == 0 and by_choice[1, 2].rank_correlation == 0


def test_another_edition_is_told(file: Path) -> None:
    book = Book("x", divisions=(Chapter(1, "", 0, 1),))
    with pytest.raises(UnreadableSource, match=r"no chapter 1\.2"):
        score_network(read_network(file), book, [], [], Cast((), {}))


def test_the_command(file: Path, tmp_path: Path) -> None:
    novel = tmp_path / "novel.txt"
    novel.write_text(
        "CHAPTER I\n\nJane Bennet saw Mr. Darcy. Elizabeth Bennet saw Jane Bennet.\n\nCHAPTER II\n\nNobody came.\n\n"
        "CHAPTER III\n\nMr. Darcy married Elizabeth Bennet.\n",
        encoding="utf-8",
    )
    file.write_text(FILE.replace("1.1:", "1:").replace("1.2", "2").replace("2.1:", "3:"), encoding="latin-1")
    arguments = ["evaluate", "sgb", str(file), str(novel), "--mentions", "spacy:en_core_web_sm"]
    shown = CliRunner().invoke(main, [*arguments, "--json"])
    assert shown.exit_code == 0, shown.output
    found = json.loads(shown.stdout)
    assert found["characters"] == 5 and set(found["missing"]) >= {"Cato"}
    assert len(found["curve"]) == 20
    table = CliRunner().invoke(main, arguments)
    assert table.exit_code == 0 and "window" in table.stdout and "Cato" in table.stdout
