"""Who says a quotation, corrected by a person: what is written, and that it outlives what is built anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_novel import Runs

from litgraph.errors import RunFolderError
from litgraph.runs.quotation_changes import change_speaker

BROTHER = "“Robert Lebrun is my brother,”"


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    runs = Runs(tmp_path, monkeypatch)
    runs.source.write_text(
        runs.source.read_text(encoding="utf-8").replace(
            "Robert Lebrun knew Lebrun.", "Robert Lebrun knew Lebrun.\n\n“We,” said Jane Bennet, “are late.”"
        ),
        encoding="utf-8",
        newline="\n",
    )
    runs.build()
    return runs


def said(runs: Runs) -> dict[str, str]:
    """Who says each quotation, by its words."""
    text = runs.read("text.txt")
    return {text[row["start"] : row["end"]]: row["speaker"] for row in runs.rows("quotations.jsonl")}


def id_of(runs: Runs, words: str) -> str:
    text = runs.read("text.txt")
    return next(str(row["id"]) for row in runs.rows("quotations.jsonl") if text[row["start"] : row["end"]] == words)


def test_only_the_lines_of_the_speech_are_changed(runs: Runs) -> None:
    runs.edit('{"id": "q0", ', '{ "id":"q0" ,', "quotations.jsonl")
    before = runs.read("quotations.jsonl").splitlines()
    told = change_speaker(runs.folder, id_of(runs, "“are late.”"), "Mr. Darcy")
    assert "mr-darcy" in told and "1 more of the same speech" in told
    after = runs.read("quotations.jsonl").splitlines()
    changed = [index for index, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1]]
    assert len(changed) == 2 and 0 not in changed
    assert said(runs)["“We,”"] == said(runs)["“are late.”"] == "mr-darcy"
    row = json.loads(after[changed[0]])
    assert (row["how"], row["certainty"], row["cue"]) == ("person", 1.0, "")
    assert "speech" not in runs.redone() and said(runs)["“We,”"] == "mr-darcy", "the next build takes it as it is"


def test_nobody_speaks_to_himself_and_nobody_may_be_known(runs: Runs) -> None:
    q0 = id_of(runs, BROTHER)
    runs.edit('"addressees": ["jane-bennet"]', '"addressees": ["mr-darcy", "jane-bennet"]', "quotations.jsonl")
    change_speaker(runs.folder, q0, "mr-darcy")
    assert runs.rows("quotations.jsonl")[0]["addressees"] == ["jane-bennet"]
    assert "nobody who is known" in change_speaker(runs.folder, q0, "")
    assert runs.rows("quotations.jsonl")[0]["certainty"] == 0


def test_a_speaker_outlives_other_corrections(runs: Runs) -> None:
    change_speaker(runs.folder, id_of(runs, BROTHER), "robert-lebrun")
    change_speaker(runs.folder, id_of(runs, "“We,”"), "")
    runs.edit('id = "longbourn"', 'id = "longbourn"\ndrop = true')
    assert "speech" in runs.redone()
    assert said(runs)[BROTHER] == "robert-lebrun" and said(runs)["“We,”"] == ""
    runs.edit('id = "robert-lebrun"', 'id = "robert-lebrun"\nmerge_into = "victor-lebrun"')
    assert "speech" in runs.redone()
    assert said(runs)[BROTHER] == "victor-lebrun", "who was merged speaks as whom he was merged into"
    runs.edit('id = "victor-lebrun"', 'id = "victor-lebrun"\ndrop = true')
    runs.edit('merge_into = "victor-lebrun"', "drop = true")
    runs.build()
    assert said(runs)[BROTHER] == ""
    assert runs.redone() == []


def test_a_file_that_is_deleted_is_made_anew_without_corrections(runs: Runs) -> None:
    before = runs.read("quotations.jsonl")
    change_speaker(runs.folder, id_of(runs, BROTHER), "mr-darcy")
    (runs.folder / "quotations.jsonl").unlink()
    runs.build()
    assert runs.read("quotations.jsonl") == before


def test_what_cannot_be_is_refused(runs: Runs) -> None:
    before = runs.read("quotations.jsonl")
    for quotation, speaker, words in (
        ("q99", "mr-darcy", "no quotation"),
        ("q0", "Mr. Darcey", "mr-darcy"),
        ("q0", "Somebody Else", "Nobody in the cast"),
    ):
        with pytest.raises(RunFolderError) as refused:
            change_speaker(runs.folder, quotation, speaker)
        told = f"{refused.value.what} {refused.value.hint}"
        assert words in told
    assert runs.read("quotations.jsonl") == before
