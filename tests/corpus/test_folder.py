"""Where the books of a corpus lie, and what is remembered of each."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litgraph.corpus.folder import (
    LIST,
    STATES,
    ListedBook,
    alone_in,
    finished_books,
    is_being_built,
    listed_books,
    run_folder_of,
    safe_name,
    write_list,
)
from litgraph.corpus.states import BEGUN, DONE, FAILED, BookState, last_states, states_to_write
from litgraph.errors import CorpusError


@pytest.mark.parametrize(
    "identifier",
    ["..", "/etc/passwd", "a/../../b", "CON", "nul.txt", "x.", " x ", "", "日本", "a" * 400, "a\0b", "Emma"],
)
def test_no_id_leads_out_of_the_corpus_or_to_a_device(identifier: str) -> None:
    name = safe_name(identifier)
    assert name != identifier and name.isascii() and len(name) < 100
    assert not {*name} & set('/\\:*?"<>|\0 ') and name.strip(". ") == name
    assert name.partition(".")[0] not in ("con", "nul")
    assert run_folder_of(Path("corpus"), identifier).parent.parent == Path("corpus/books")


@given(st.text(), st.text())
def test_two_ids_have_two_folders_whatever_the_system_thinks_of_capitals(one: str, other: str) -> None:
    assert (safe_name(one).casefold() == safe_name(other).casefold()) == (one == other)


def test_a_list_is_read_as_it_was_written(tmp_path: Path) -> None:
    books = [ListedBook("a/b", "/x/Émile \ud8ff.txt", {"year": 1762, "price": 1.5, "title": "“É”\n"})]
    write_list(tmp_path, books)
    assert listed_books(tmp_path) == books


@pytest.mark.parametrize("line", ["{}", "[]", "nonsense", '{"id": "a", "source": "b", "metadata": 3}'])
def test_a_damaged_list_is_told(tmp_path: Path, line: str) -> None:
    (tmp_path / LIST).write_text(line + "\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"[Ll]ine 1 of .*list\.jsonl") as told:
        listed_books(tmp_path)
    assert type(told.value).__module__ == "litgraph.errors"


def test_the_last_state_counts_and_a_line_without_its_end_is_none(tmp_path: Path) -> None:
    path = tmp_path / STATES
    assert last_states(path) == {}
    with states_to_write(path, [BookState("b", DONE, 1.0)]) as writer:
        for what in (BEGUN, FAILED, BEGUN, DONE):
            writer.write(BookState("a", what, 2.0, notices=("“note”",)))
    with path.open("ab") as file:
        file.write(b'{"id": "b", "what": "fai')
    assert {name: state.what for name, state in last_states(path).items()} == {"b": DONE, "a": DONE}
    assert last_states(path)["a"].notices == ("“note”",)
    with states_to_write(path, last_states(path).values()):
        pass
    assert path.read_bytes().count(b"\n") == 2


def test_finished_books_are_those_that_are_done(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="is no corpus"):
        list(finished_books(tmp_path))
    write_list(tmp_path, [ListedBook(name, f"/{name}.txt", {"year": 1800}) for name in "cab"])
    with states_to_write(tmp_path / STATES, []) as writer:
        for name, what in zip("abc", (DONE, FAILED, DONE), strict=True):
            writer.write(BookState(name, what, 3.0))
    found = list(finished_books(tmp_path))
    assert [(book.id, book.metadata, book.finished) for book in found] == [
        ("c", {"year": 1800}, 3.0),
        ("a", {"year": 1800}, 3.0),
    ]
    assert found[0].run == run_folder_of(tmp_path, "c")


def test_one_build_at_a_time_and_never_in_a_folder_of_other_things(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    with alone_in(corpus):
        assert is_being_built(corpus)
        with pytest.raises(CorpusError, match="Another litgraph is building"), alone_in(corpus):
            pass
    assert not is_being_built(corpus)
    (tmp_path / "diary.txt").write_text("Dear diary", encoding="utf-8")
    with pytest.raises(CorpusError, match="holds other files"), alone_in(tmp_path):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus", "diary.txt"]
