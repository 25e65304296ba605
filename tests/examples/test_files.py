"""Examples in files: what is written is read again, and what is wrong is told with its place."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from litgraph.errors import DatasetError
from litgraph.examples import files
from litgraph.examples.files import read_records, write_records
from litgraph.examples.record import Record
from litgraph.relations.asking.prompts import Question

RECORDS = [
    Record("Who?\nAnswer:", "spouse_of", "one"),
    Record("How?", "none", "two", Question("Jane met Lizzy.", "Jane", "Lizzy", "PER", "PER")),
]


@pytest.mark.parametrize("ending", [".jsonl", ".parquet"])
def test_what_is_written_is_read(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"some{ending}"
    assert write_records(path, RECORDS) == 2
    assert read_records(str(path)) == RECORDS


def test_a_folder_has_a_file_or_several_for_each_split(tmp_path: Path) -> None:
    write_records(tmp_path / "train_0.jsonl", RECORDS)
    (tmp_path / "data").mkdir()
    for part, record in enumerate(RECORDS):
        write_records(tmp_path / "data" / f"test_0-0000{part}-of-00002.parquet", [record])
    assert read_records(str(tmp_path), "train_0") == RECORDS
    assert read_records(str(tmp_path), "test_0") == RECORDS
    with pytest.raises(DatasetError, match=r"no split 'eval_0'; there are: test_0, train_0"):
        read_records(str(tmp_path), "eval_0")
    with pytest.raises(DatasetError, match="several splits"):
        read_records(str(tmp_path))


def test_the_columns_of_the_paper_are_enough(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(
        '{"prompt": "Given the following context:\\n\\"Jane met Lizzy.\\"\\nHow is \\"Jane [PER]\\" related to '
        '\\"Lizzy [PER]\\"?\\nAnswer: ", "relation": null, "dataset": "pg_fiction", "more": 1}\n\n',
        encoding="utf-8",
    )
    (record,) = read_records(str(path))
    assert record.relation == "none" and record.dataset == "pg_fiction"
    assert record.question == Question("Jane met Lizzy.", "Jane", "Lizzy", "PER", "PER")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "line 1: not JSON"),
        ("[1]", "not a JSON object"),
        ("[" * 100_000, "not JSON"),
        ('{"relation": "x"}', "row 1: the row has no prompt"),
        ('{"prompt": " ", "relation": "x"}', "no prompt"),
        ('{"prompt": "x"}', "no relation"),
        ('{"prompt": "x", "relation": 5}', "no relation"),
        ('{"prompt": "' + "x" * (1 << 20) + '", "relation": "y"}', "longer than"),
        ("", "holds no examples"),
    ],
)
def test_what_is_no_example_is_told(line: str, what: str, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(DatasetError, match=what):
        read_records(str(path))


def test_what_is_no_file_of_examples_is_told(tmp_path: Path) -> None:
    (tmp_path / "some.parquet").write_bytes(b"PAR1 but not really")
    (tmp_path / "some.txt").write_bytes(b"x")
    (tmp_path / "latin.jsonl").write_bytes(b'{"prompt": "caf\xe9", "relation": "x"}\n')
    for name, what in (
        ("some.parquet", "Parquet"),
        ("some.txt", "neither .jsonl nor .parquet"),
        ("latin.jsonl", "cannot be read"),
        ("missing.jsonl", "neither a file nor a folder"),
    ):
        with pytest.raises(DatasetError, match=what):
            read_records(str(tmp_path / name))
    with pytest.raises(DatasetError, match="neither"):
        write_records(tmp_path / "some.csv", RECORDS)


def test_a_hub_data_set_is_fetched_by_name_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub

    (tmp_path / "data").mkdir()
    for split in ("test_0", "train_0"):
        write_records(tmp_path / "data" / f"{split}-00000-of-00001.parquet", RECORDS)
    asked: list[str] = []

    def download(name: str, repo_type: str, allow_patterns: list[str]) -> str:
        asked.append(f"{repo_type} {name}")
        files = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.parquet")]
        matching = [file for file in files if any(fnmatch(file, pattern) for pattern in allow_patterns)]
        assert matching == ["data/test_0-00000-of-00001.parquet"]
        return str(tmp_path)

    monkeypatch.setattr(huggingface_hub, "snapshot_download", download)
    assert read_records("hub:Despina/re_littune", "test_0") == RECORDS
    assert asked == ["dataset Despina/re_littune"]
    with pytest.raises(DatasetError, match="Which part"):
        read_records("hub:Despina/re_littune")


def test_a_hub_that_cannot_be_reached_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub
    from huggingface_hub.errors import LocalEntryNotFoundError

    def download(name: str, **_: object) -> str:
        raise LocalEntryNotFoundError("no network\nand more")

    monkeypatch.setattr(huggingface_hub, "snapshot_download", download)
    with pytest.raises(DatasetError, match="could not be fetched from the Hugging Face hub: no network"):
        read_records("hub:Despina/re_littune", "test_0")


def test_parquet_without_its_package_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Any:
        raise DatasetError("Parquet files need the package pyarrow.", "")

    monkeypatch.setattr(files, "_pyarrow", missing)
    with pytest.raises(DatasetError, match="pyarrow"):
        write_records(tmp_path / "some.parquet", RECORDS)
