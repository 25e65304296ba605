"""Stages that are kept: what is redone, what survives, what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from litgraph.errors import RunFolderError
from litgraph.runs.folder import RunFolder, Stage, Units, nothing_kept, read_report


def number_stage(name: str = "number") -> Stage[int]:
    return Stage(
        name,
        (f"{name}.txt",),
        lambda folder, value: (folder / f"{name}.txt").write_text(str(value), encoding="utf-8") and None,
        lambda folder: int((folder / f"{name}.txt").read_text(encoding="utf-8")),
        lambda value: {"value": value},
    )


class Counting:
    """A computation that knows how often it was asked."""

    def __init__(self, value: int) -> None:
        self.value = value
        self.calls = 0

    def __call__(self, units: Units) -> int:
        self.calls += 1
        return self.value


def test_a_finished_stage_is_loaded_not_redone(tmp_path: Path) -> None:
    work = Counting(7)
    for _ in range(3):
        assert RunFolder(tmp_path / "run").keep(number_stage(), work, lambda: ["same"]) == 7
    assert work.calls == 1


def test_a_stage_is_redone_when_what_it_depends_on_changes(tmp_path: Path) -> None:
    RunFolder(tmp_path).keep(number_stage(), Counting(7), lambda: ["one"])
    folder = RunFolder(tmp_path)
    assert folder.keep(number_stage(), Counting(8), lambda: ["two"]) == 8
    assert folder.redone == ["number"]


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_text("not a number", encoding="utf-8")])
def test_a_stage_whose_file_is_gone_or_damaged_is_redone(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    RunFolder(tmp_path).keep(number_stage(), Counting(7), lambda: ["same"])
    damage(tmp_path / "number.txt")
    assert RunFolder(tmp_path).keep(number_stage(), Counting(7), lambda: ["same"]) == 7


def test_a_stage_that_writes_what_it_reads_is_finished_after_one_run(tmp_path: Path) -> None:
    work = Counting(7)

    def on() -> list[bool]:
        return [(tmp_path / "number.txt").exists()]

    for _ in range(2):
        RunFolder(tmp_path).keep(number_stage(), work, on)
    assert work.calls == 1


def test_the_report_tells_what_was_done(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    folder.keep(number_stage(), Counting(7), lambda: [])
    folder.finish({"device": "cpu"})
    report = read_report(tmp_path)
    assert report["stages"]["number"]["counts"] == {"value": 7}
    assert report["redone"] == ["number"] and report["device"] == "cpu" and report["format"] == 1
    assert set(report["versions"]) >= {"python", "spacy", "networkx", "litgraph-kg"}


def test_without_a_folder_everything_is_computed() -> None:
    work = Counting(7)
    for _ in range(2):
        nothing_kept(number_stage(), work, lambda: [])
    assert work.calls == 2


def squares(done: list[int], stop_at: int | None = None) -> Callable[[Iterable[int]], Iterator[int]]:
    def work(items: Iterable[int]) -> Iterator[int]:
        for item in items:
            if item == stop_at:
                raise KeyboardInterrupt
            done.append(item)
            yield item * item

    return work


def test_half_a_stage_survives_and_is_taken_up(tmp_path: Path) -> None:
    path, done = tmp_path / "squares.partial", list[int]()
    with pytest.raises(KeyboardInterrupt):
        list(Units(path, "key").resume(range(6), squares(done, stop_at=4)))
    assert done == [0, 1, 2, 3]
    assert list(Units(path, "key").resume(range(6), squares(done))) == [0, 1, 4, 9, 16, 25]
    assert done == [0, 1, 2, 3, 4, 5]


def test_a_line_cut_by_kill_9_is_done_again(tmp_path: Path) -> None:
    path = tmp_path / "squares.partial"
    list(Units(path, "key").resume(range(6), squares([])))
    whole = path.read_bytes()
    for cut in range(len(whole)):
        path.write_bytes(whole[:cut])
        assert list(Units(path, "key").resume(range(6), squares([]))) == [0, 1, 4, 9, 16, 25]
        assert path.read_bytes() == whole


def test_units_of_another_key_are_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "squares.partial"
    list(Units(path, "old").resume(range(3), squares([])))
    done: list[int] = []
    list(Units(path, "new").resume(range(3), squares(done)))
    assert done == [0, 1, 2]


def test_a_folder_with_other_things_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"years of work")
    with pytest.raises(RunFolderError, match=r"not a run folder.*thesis\.docx"):
        RunFolder(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_file_is_no_run_folder(tmp_path: Path) -> None:
    (tmp_path / "novel.txt").write_text("Once", encoding="utf-8")
    with pytest.raises(RunFolderError):
        RunFolder(tmp_path / "novel.txt")


def test_what_a_kill_leaves_of_an_unfinished_file_does_not_block_the_next_run(tmp_path: Path) -> None:
    (tmp_path / ".litgraph-0123.part").write_bytes(b"{")
    assert RunFolder(tmp_path).report["stages"] == {}


def test_a_report_of_a_newer_format_or_no_report_is_told(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(json.dumps({"format": 99}), encoding="utf-8")
    with pytest.raises(RunFolderError, match="format 99"):
        RunFolder(tmp_path)
    (tmp_path / "report.json").write_text("{", encoding="utf-8")
    with pytest.raises(RunFolderError, match="cannot be read"):
        read_report(tmp_path)
    with pytest.raises(RunFolderError, match="no report"):
        read_report(tmp_path / "nowhere")
