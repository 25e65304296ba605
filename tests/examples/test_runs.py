"""A corrected run folder becomes examples."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from litgraph.errors import DatasetError, RunFolderError
from litgraph.examples.runs import reviewed


@pytest.fixture()
def run(alice: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(alice, tmp_path / "alice"))


def test_lines_are_examples_and_what_no_line_joins_is_unrelated(run: Path) -> None:
    lines = [json.loads(line) for line in (run / "relations.jsonl").read_text(encoding="utf-8").splitlines()]
    related, unrelated = reviewed(run)
    assert [example.relation for example in related] == [row["relation"] for row in lines if row["relation"]]
    assert related and unrelated and {example.dataset for example in related} == {"pg11"}
    first = related[0].question
    assert first.one in first.text and first.other in first.text


def test_a_correction_is_what_is_learned(run: Path) -> None:
    path = run / "relations.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    row = next(json.loads(line) for line in lines if json.loads(line)["relation"])
    path.write_text(json.dumps(row | {"relation": "enemy_of"}) + "\n", encoding="utf-8")
    related, unrelated = reviewed(run)
    assert [example.relation for example in related] == ["enemy_of"]
    assert len(unrelated) > len(reviewed(run.parent / "alice", seed=1)[0])


def test_a_line_about_nobody_is_told(run: Path) -> None:
    path = run / "relations.jsonl"
    row = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
    path.write_text(json.dumps(row | {"head_mention": "m999999"}) + "\n", encoding="utf-8")
    with pytest.raises(DatasetError, match="m999999"):
        reviewed(run)


def test_a_folder_without_a_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunFolderError):
        reviewed(tmp_path)
