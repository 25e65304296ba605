from __future__ import annotations

import json
import math
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litgraph.errors import ExportError, RunFolderError
from litgraph.files import numbered_jsonl, write_bytes, write_json, write_jsonl, write_text, written_whole

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def test_text_is_utf8_with_the_line_ends_it_came_with(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", "Brontë\n“Reader, I married him.”\n")
    assert (tmp_path / "a.txt").read_bytes() == "Brontë\n“Reader, I married him.”\n".encode()


def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "graph.json"
    write_text(target, "old")
    with pytest.raises(KeyError), written_whole(target) as file:
        file.write(b"half of the new")
        raise KeyError("the merge failed")
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_the_new_file_is_not_there_before_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "graph.json"
    with written_whole(target) as file:
        file.write(b"x" * 100_000)
        assert not target.exists()
    assert target.read_bytes() == b"x" * 100_000


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    try:
        (tmp_path / "link").symlink_to(tmp_path / "real")
    except OSError:
        pytest.skip("no symbolic links here")
    write_text(tmp_path / "link", "through")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text(encoding="utf-8") == "through"


@pytest.mark.skipif(os.name == "nt", reason="modes are Unix")
def test_others_may_read_the_file_as_the_umask_says(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        write_text(tmp_path / "a", "")
    finally:
        os.umask(old)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o644


def test_a_missing_folder_and_a_folder_of_that_name(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="there is no folder") as missing:
        write_text(tmp_path / "nowhere" / "a.txt", "text")
    assert missing.value.hint
    (tmp_path / "taken").mkdir()
    with pytest.raises(ExportError, match="was not written"):
        write_bytes(tmp_path / "taken", b"text")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    target = tmp_path / "big"
    write_text(target, "old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, hard))
    try:
        with pytest.raises(ExportError, match="big was not written"):
            write_bytes(target, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_target_that_is_held_open_for_a_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replace, refusals = Path.replace, iter([True, True, False])

    def busy(self: Path, target: Path) -> Path:
        if next(refusals):
            raise PermissionError(13, "another program holds the file")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", busy)
    write_text(tmp_path / "a", "new")
    assert (tmp_path / "a").read_text(encoding="utf-8") == "new"


def test_a_target_that_is_held_open_for_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(self: Path, target: Path) -> Path:
        raise PermissionError(13, "another program holds the file")

    monkeypatch.setattr(Path, "replace", busy)
    monkeypatch.setattr("litgraph.files.time.sleep", lambda seconds: None)
    with pytest.raises(ExportError, match="another program holds the file"):
        write_text(tmp_path / "a", "new")
    assert not list(tmp_path.iterdir())


def test_an_error_of_the_one_who_computes_the_rows_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    def rows():  # type: ignore[no-untyped-def]
        yield {"a": 1}
        raise ConnectionError("the model's server is gone")

    with pytest.raises(ConnectionError):
        write_jsonl(tmp_path / "relations.jsonl", rows())
    assert not list(tmp_path.iterdir())


@given(value=json_values)
@settings(deadline=None, max_examples=50)
def test_json_reads_back(value: object, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / "value.json"
    write_json(path, value)
    assert json.loads(path.read_bytes()) == value


@given(rows=st.lists(st.dictionaries(st.text(), json_values, max_size=3), max_size=4))
@settings(deadline=None, max_examples=50)
def test_jsonl_reads_back_whatever_line_ends_the_values_hold(
    rows: list[dict[str, object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "rows.jsonl"
    write_jsonl(path, rows)
    assert [row for _, row in numbered_jsonl(path)] == rows
    assert path.read_bytes().count(b"\n") == len(rows)


def test_half_a_surrogate_pair_survives_json_but_not_text(tmp_path: Path) -> None:
    write_json(tmp_path / "a.json", ["\udc80"])
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == ["\udc80"]
    with pytest.raises(ExportError, match="surrogate"):
        write_text(tmp_path / "a.txt", "\udc80")


@pytest.mark.parametrize("value", [{"a", "b"}, math.nan, math.inf, object(), {("a", "b"): 1}])
def test_what_json_cannot_hold_is_refused_before_the_target_is_touched(tmp_path: Path, value: object) -> None:
    target = tmp_path / "a.json"
    write_json(target, "old")
    with pytest.raises(ExportError):
        write_json(target, {"value": value})
    assert json.loads(target.read_text(encoding="utf-8")) == "old"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"a": 1}\n{"a": ', "Line 2"),
        (b"[1]\n", "Line 1"),
        (b'{"a": "\xff"}\n', "not UTF-8"),
        (None, "cannot be read"),
    ],
)
def test_a_damaged_jsonl_says_where(tmp_path: Path, content: bytes | None, message: str) -> None:
    path = tmp_path / "mentions.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(RunFolderError, match=message) as caught:
        list(numbered_jsonl(path))
    assert caught.value.hint
