"""A build that is killed at any step ends, when it is run again, as one that nobody killed."""

from __future__ import annotations

import shutil

from small_novel import READS, TAGS, Runs, killed_after, killed_everywhere

from litgraph.pipeline import build_graph


def test_a_first_run_killed_at_any_step(runs: Runs) -> None:
    assert killed_everywhere(runs, lambda: None) > 20


def test_a_first_run_of_the_literary_reader_killed_at_any_step(runs: Runs) -> None:
    assert killed_everywhere(runs, lambda: None, mentions=READS.mentions) > 20
    runs.names()
    forms = {row["form"] for row in runs.rows("mentions.jsonl") if row["entity"]}
    assert forms == {"name", "noun", "pronoun"}


def test_a_rerun_after_edits_with_another_tagger_killed_at_any_step(runs: Runs) -> None:
    def prepare() -> None:
        runs.build()
        runs.edit('name = "Mr. Darcy"', 'name = "Fitzwilliam Darcy"')
        runs.edit('id = "victor-lebrun"', 'id = "victor-lebrun"\nmerge_into = "robert-lebrun"')
        runs.overlook("Jane", "Lizzy")

    assert killed_everywhere(runs, prepare) > 15
    assert runs.names()["mr-darcy"] == "Fitzwilliam Darcy"
    assert "victor-lebrun" not in runs.names()


def test_an_edit_undone_after_a_kill_leaves_nothing_of_it(runs: Runs) -> None:
    runs.build()
    before, expected = runs.read("cast.toml"), runs.contents()
    for step in range(100):
        runs.edit('name = "Mr. Darcy"', 'name = "Fitzwilliam Darcy"')
        killed = killed_after(step, lambda: runs.build(window=2))
        runs.write("cast.toml", before)
        runs.build()
        assert runs.contents() == expected, step
        if not killed:
            return


def test_an_edit_after_a_kill_between_the_two_cast_files_is_the_only_edit(runs: Runs) -> None:
    runs.build()
    shutil.copytree(runs.folder, runs.folder.with_name("start"))
    runs.overlook("Lizzy", "Victor Lebrun")
    expected = set(build_graph(runs.source, settings=TAGS))
    for step in range(100):
        shutil.rmtree(runs.folder)
        shutil.copytree(runs.folder.with_name("start"), runs.folder)
        killed = killed_after(step, runs.build)
        runs.edit('name = "Mr. Darcy"', 'name = "Fitzwilliam Darcy"')
        runs.build()
        assert runs.names()["mr-darcy"] == "Fitzwilliam Darcy"
        assert set(runs.names()) == expected, step
        if not killed:
            return
