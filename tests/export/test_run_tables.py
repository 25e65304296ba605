"""The tables of a run: in Python, as CSV and as Parquet."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner
from graphs import hostile_text
from hypothesis import HealthCheck, given, settings

import litgraph
from litgraph.cli import main
from litgraph.errors import ExportError, RunFolderError
from litgraph.export.tables import write_csv_tables, write_parquet_tables
from litgraph.runs.tables import table_rows

NAMES = ["characters", "relations", "mentions", "quotations", "chapters"]


def test_the_tables_of_a_run_agree_with_its_files(alice: Path) -> None:
    rows = table_rows(alice)
    assert list(rows) == NAMES
    graph, book = litgraph.load_graph(alice), litgraph.load_book(alice)
    assert len(rows["relations"]) == graph.number_of_edges()
    assert [row["id"] for row in rows["mentions"]] == [one.id for one in litgraph.load_mentions(alice)]
    assert [row["title"] for row in rows["chapters"]] == [chapter.title for chapter in book.chapters]
    assert all(book.text[row["start"] : row["end"]] == row["text"] for row in rows["quotations"])
    assert sum(row["words_spoken"] for row in rows["chapters"]) == sum(row["words"] for row in rows["quotations"])
    first = rows["characters"][0]
    assert first["id"] == "alice" and first["chapters"] == 12
    assert all(set(row) == set(table[0]) for table in rows.values() for row in table)


def test_frames_where_pandas_is_and_lists_elsewhere(alice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("litgraph.runs.tables.find_spec", lambda name: None)
    assert litgraph.tables(alice) == table_rows(alice)
    monkeypatch.undo()
    pandas = pytest.importorskip("pandas")
    frames = litgraph.tables(str(alice))
    assert all(isinstance(frame, pandas.DataFrame) for frame in frames.values())
    assert frames["characters"].set_index("id").loc["alice", "mentions"] > 100


def test_a_folder_of_tables(alice: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["export", str(alice), str(tmp_path / "t"), "--format", "tables-csv", "-q"])
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [str(tmp_path / "t" / f"{name}.csv") for name in NAMES]
    with (tmp_path / "t" / "chapters.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 12 and "alice" in rows[0]["enter"].split("; ")
    refused = CliRunner().invoke(
        main, ["export", str(alice), str(tmp_path / "t"), "--format", "tables-csv", "--chapters", "1"]
    )
    assert refused.exit_code == 2 and "leave it out" in refused.stderr


def test_parquet_keeps_types(alice: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = table_rows(alice)
    files = write_parquet_tables(rows, tmp_path / "t")
    assert [file.name for file in files] == [f"{name}.parquet" for name in NAMES]
    for name, file in zip(NAMES, files, strict=True):
        assert parquet.read_table(file).to_pylist() == rows[name]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hostile_text, hostile_text)
def test_hostile_names_come_back(tmp_path: Path, name: str, other: str) -> None:
    (file,) = write_csv_tables({"people": [{"name": name, "aliases": [other]}]}, tmp_path)
    with file.open(encoding="utf-8", newline="") as handle:
        header, row = list(csv.reader(handle))
    assert header == ["name", "aliases"]
    assert row == [text.encode("utf-8", errors="ignore").decode() for text in (name, other)]


def test_what_cannot_be_written_or_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be made"):
        write_csv_tables({"people": [{"name": "Jane"}]}, tmp_path / "no" / "folder")
    with pytest.raises(RunFolderError):
        table_rows(tmp_path)
