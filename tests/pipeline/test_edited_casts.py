"""What a person writes into cast.toml, through every later build."""

from __future__ import annotations

import shutil

import pytest
from small_novel import READS, Runs

from litgraph.errors import CastFileError


def test_a_cast_of_names_is_edited_and_then_gets_its_pronouns(runs: Runs) -> None:
    runs.build()
    runs.edit('name = "Mr. Darcy"', 'name = "Fitzwilliam Darcy"')
    runs.build(mentions=READS.mentions)
    assert runs.names()["mr-darcy"] == "Fitzwilliam Darcy"
    assert any(row["form"] == "pronoun" and row["entity"] for row in runs.rows("mentions.jsonl"))
    assert runs.redone(mentions=READS.mentions) == []


def test_a_rename_redoes_cast_and_graph(runs: Runs) -> None:
    runs.build()
    runs.edit('name = "Mr. Darcy"', 'name = "Fitzwilliam Darcy"')
    edited = runs.read("cast.toml")
    assert runs.redone() == ["cast", "graph"]
    assert runs.names()["mr-darcy"] == "Fitzwilliam Darcy"
    assert runs.redone() == []
    assert runs.read("cast.toml") == edited


def test_a_merge_redoes_cast_speech_relations_and_graph(runs: Runs) -> None:
    runs.build()
    runs.edit('id = "victor-lebrun"', 'id = "victor-lebrun"\nmerge_into = "robert-lebrun"')
    assert runs.redone() == ["cast", "speech", "relations", "facts", "graph"]
    assert runs.owner("Victor Lebrun") == {"robert-lebrun"}


def test_what_changes_nothing_leaves_the_persons_file_and_what_follows_alone(runs: Runs) -> None:
    runs.build()
    head, *rows = runs.read("cast.toml").split("\n[[entity]]\n")
    changed = "# mine\n\n" + head + "".join(f"\n[[entity]]  # row\n\n{row}" for row in reversed(rows))
    runs.write("cast.toml", changed)
    assert runs.redone() == ["cast"]
    assert runs.read("cast.toml") == changed
    assert not (runs.folder / "cast.previous.toml").exists()
    assert runs.redone() == []


def test_edits_survive_settings_lost_graphs_and_other_taggers_and_more_edits(runs: Runs) -> None:
    runs.build()
    proposed = runs.names()
    assert runs.owner("Lizzy") == {"elizabeth-bennet"}
    runs.edit('name = "Mr. Darcy"', 'name = "Fitzwilliam Darcy"')
    runs.edit('    "Lizzy",  # 2\n', "")
    runs.write("cast.toml", runs.read("cast.toml") + '[[entity]]\nname = "The Other"\naliases = ["Lizzy"]\n')
    runs.edit('id = "mr-bingley"', 'id = "mr-bingley"\ndrop = true')
    runs.edit('id = "netherfield"', 'id = "netherfield"\nmerge_into = "longbourn"')

    def right() -> bool:
        names = runs.names()
        assert names["mr-darcy"] == "Fitzwilliam Darcy"
        assert runs.owner("Lizzy") <= {"the-other"}
        assert "mr-bingley" not in names and runs.owner("Mr. Bingley") == {""}
        assert runs.owner("Netherfield") <= {"longbourn"}
        return True

    runs.build()
    assert right()
    runs.build(window=3)
    (runs.folder / "graph.json").unlink()
    runs.build(window=3)
    assert right()
    mine = runs.read("cast.toml")
    runs.overlook("Lizzy", "Netherfield", "Mrs. Bennet")  # some of what was edited is not seen at all
    notices = runs.build().notices
    assert right() and runs.owner("Lizzy") == set()
    assert runs.read("cast.previous.toml") == mine
    assert any("“Lizzy”" in notice for notice in notices)
    runs.overlook("Jane")
    runs.build()
    assert right() and runs.owner("Lizzy") == {"the-other"}
    runs.edit('name = "Fitzwilliam Darcy"', 'name = "Mr. Darcy of Pemberley"')  # and the person goes on
    runs.edit("drop = true\n", "")  # Bingley is wanted again
    runs.overlook()
    runs.build()
    assert runs.names() == {
        **{id_: name for id_, name in proposed.items() if id_ != "netherfield"},
        "mr-darcy": "Mr. Darcy of Pemberley",
        "the-other": "The Other",
    }


def test_a_name_marked_ambiguous_by_hand(runs: Runs) -> None:
    runs.build()
    runs.edit('id = "mr-darcy"', 'id = "mr-darcy"\nambiguous = true')
    for overlooked in ((), ("Lizzy",), ("Jane",)):
        runs.overlook(*overlooked)
        graph = runs.build().graph
        assert graph.nodes["mr-darcy"]["ambiguous"]
    assert "ambiguous = true" in runs.read("cast.toml")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('name = "Mr. Darcy"', 'name = "Mr. Darcy', "TOML"),
        ('    "Lizzy",', '    "Lizzie",', "Lizzie"),
        ('id = "mr-darcy"', 'id = "mr-darcy"\nmerge_into = "darcy"', "darcy"),
        ("format = 1\n", 'format = 1\n[[entity]]\nid = "mr-darsy"\ndrop = true\n', "mr-darsy"),
        ('id = "mr-darcy"', 'id = "mr-darcy"\nsometimes = ["Lizzy"]', "Lizzy"),
        ('id = "mr-darcy"', 'id = "mr-darcy"\ndrop = true\nmerge_into = "jane-bennet"', "both"),
    ],
)
def test_an_edit_that_cannot_be_is_told_with_its_line_and_nothing_is_lost(
    runs: Runs, before: str, after: str, words: str
) -> None:
    runs.build()
    good, kept = runs.read("cast.toml"), runs.contents()
    runs.edit(before, after)
    wrong = runs.read("cast.toml")
    with pytest.raises(CastFileError, match=r"cast\.toml, line \d+: ") as caught:
        runs.build()
    assert words in caught.value.what
    assert runs.read("cast.toml") == wrong
    runs.write("cast.toml", good)
    assert runs.redone() == []
    assert runs.contents() == kept


def test_a_cast_file_brought_from_another_run(runs: Runs) -> None:
    runs.build()
    runs.edit('name = "Mr. Darcy"', 'name = "Fitzwilliam Darcy"')
    mine, proposed = runs.read("cast.toml"), runs.read("cast.proposed.toml")
    for brought in ({"cast.toml": mine}, {"cast.toml": mine, "cast.proposed.toml": proposed}):
        shutil.rmtree(runs.folder)
        runs.folder.mkdir()
        for name, text in brought.items():
            runs.write(name, text)
        runs.build()
        assert runs.names()["mr-darcy"] == "Fitzwilliam Darcy"
        assert runs.read("cast.proposed.toml") == proposed


def test_a_cast_file_of_an_editor_that_writes_a_byte_order_mark_and_crlf(runs: Runs) -> None:
    runs.build()
    text = runs.read("cast.toml").replace('name = "Mr. Darcy"', 'name = "Fitzwilliam Darcy"')
    (runs.folder / "cast.toml").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    runs.build()
    assert runs.names()["mr-darcy"] == "Fitzwilliam Darcy"
