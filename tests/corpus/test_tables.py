"""The tables of a corpus: what is in them, and that only what is new is read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pandas
import pyarrow.parquet
import pytest
from small_corpus import Corpus

from litgraph.analysis import measure_book
from litgraph.corpus.tables import update
from litgraph.corpus.tables.columns import COLUMNS, TABLES
from litgraph.corpus.tables.parts import live_parts, tables_folder
from litgraph.corpus.tables.update import Update, update_tables
from litgraph.errors import CorpusError, ExportError
from litgraph.progress import tell_nobody
from litgraph.runs.loading import load_graph


def updated(corpus: Corpus, **how: Any) -> Update:
    return update_tables(corpus.folder, tell=tell_nobody, **how)


def frame(corpus: Corpus, table: str) -> pandas.DataFrame:
    """As a scholar reads it, the folder whole."""
    folder = tables_folder(corpus.folder)
    return pandas.read_parquet(folder / "books.parquet" if table == "books" else folder / table)


def content(corpus: Corpus) -> dict[str, list[Any]]:
    """All rows of all tables, sorted."""
    return {table: sorted(frame(corpus, table).to_json(orient="records", lines=True).splitlines()) for table in TABLES}


def test_every_table_has_its_columns_and_the_books_those_of_the_list(corpus: Corpus) -> None:
    corpus.add("a", "b", year=1813, shelf="Top")
    assert updated(corpus) == Update(books=2, read=2, removed=0, failed={})
    for table in TABLES:
        extra = ["year", "shelf"] if table == "books" else []
        assert list(frame(corpus, table).columns) == [*COLUMNS[table], *extra]
    books = frame(corpus, "books").set_index("book")
    assert list(books.index) == ["a", "b"]
    graph = load_graph(corpus.run("a"))
    for network, prefix in (("co-occurrence", ""), ("speech", "speech_"), ("facts", "facts_")):
        measured = measure_book(graph, network)
        assert books.loc["a", f"{prefix}density"] == measured.density
        assert books.loc["a", f"{prefix}ties"] == measured.ties
    assert books.loc["a", "year"] == 1813
    people = frame(corpus, "characters")
    assert people.groupby("book").size().to_dict() == dict.fromkeys("ab", int(books.loc["a", "people"]))
    facts = frame(corpus, "facts")
    married = facts[(facts.book == "a") & (facts.relation == "spouse_of")]
    assert "Mr. Darcy married Elizabeth Bennet." in set(married.first_sentence)
    assert list(married["first"]) == [chapters[0] for chapters in married.chapters]
    assert len(facts) == books.facts.sum()


def test_conversations(corpus: Corpus) -> None:
    corpus.add("a")
    path = corpus.run("a") / "quotations.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert rows
    hearer = next(node for node in load_graph(corpus.run("a")) if node != rows[0]["speaker"])
    rows[0] |= {"addressees": [hearer]}
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    updated(corpus)
    (talk,) = frame(corpus, "conversations").to_dict("records")
    assert (talk["speaker"], talk["addressee"], talk["speeches"]) == (rows[0]["speaker"], hearer, 1)
    assert talk["words"] > 0
    assert talk["speaker_name"]


def test_only_new_and_changed_books_are_read(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def noting(book: str, run: Path, rows_of: Any = update.rows_of) -> Any:
        read.append(book)
        return rows_of(book, run)

    monkeypatch.setattr(update, "rows_of", noting)
    corpus.add("a", "b", "c")
    assert updated(corpus).read == 3
    assert updated(corpus) == Update(books=3, read=0, removed=0, failed={})
    corpus.add("d")
    corpus.edit_graph("b", labeller="another")
    assert updated(corpus) == Update(books=4, read=2, removed=0, failed={})
    assert read == ["a", "b", "c", "b", "d"]
    labellers = frame(corpus, "books").set_index("book").labeller
    assert labellers["b"] == "another" != labellers["a"]
    corpus.remove("c")
    assert updated(corpus) == Update(books=3, read=0, removed=1, failed={})
    assert set(frame(corpus, "characters").book) == {"a", "b", "d"}


def test_what_comes_bit_by_bit_is_what_comes_at_once(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update, "BOOKS_READ", 2)
    monkeypatch.setattr(update, "BOOKS_A_PART", 6)
    for book in "abcdefghi":
        corpus.add(book, place=book)
        if book in "bdei":
            updated(corpus)
    bit_by_bit = content(corpus)
    parts = live_parts(tables_folder(corpus.folder))
    assert len(parts) < 5
    assert sorted(book for part in parts for book in part.books) == list("abcdefghi")
    update_folder = tables_folder(corpus.folder)
    update_folder.rename(corpus.folder / "old")
    updated(corpus)
    assert content(corpus) == bit_by_bit


def test_the_same_corpus_gives_the_same_bytes(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update, "BOOKS_READ", 1)
    corpus.add("a", "b", year=1)
    folder = tables_folder(corpus.folder)

    def files() -> dict[str, bytes]:
        updated(corpus)
        found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.parquet"))}
        folder.rename(corpus.folder / f"old{len(list(corpus.folder.iterdir()))}")
        return found

    assert files() == files()


@pytest.mark.parametrize("stage", ["write_json", "_remove_part"])
def test_a_killed_update_leaves_nothing_twice(corpus: Corpus, monkeypatch: pytest.MonkeyPatch, stage: str) -> None:
    """Killed just before a part counts, and when it counts but what it replaces is still there."""
    corpus.add("a", "b")
    updated(corpus)
    whole = content(corpus)
    corpus.edit_graph("a", labeller="other")
    updated(corpus)
    assert content(corpus) != whole
    corpus.edit_graph("a", labeller="third")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(f"litgraph.corpus.tables.parts.{stage}", killed)
        with pytest.raises(KeyboardInterrupt):
            updated(corpus)
    updated(corpus)
    assert sorted(frame(corpus, "books").book) == ["a", "b"]
    assert frame(corpus, "books").set_index("book").labeller["a"] == "third"
    people = frame(corpus, "characters")
    assert not people.duplicated(["book", "id"]).any()


def test_a_broken_book_does_not_keep_the_others_out(corpus: Corpus) -> None:
    corpus.add("a", "b", "c", "d")
    (corpus.run("a") / "graph.json").unlink()
    (corpus.run("b") / "graph.json").write_text("{", encoding="utf-8")
    (corpus.run("c") / "graph.json").write_text('{"nodes": [{"id": 1}], "edges": [], "graph": 5}', encoding="utf-8")
    done = updated(corpus)
    assert (done.books, done.read, sorted(done.failed)) == (1, 1, ["a", "b", "c"])
    assert done.failed["a"] == "its graph is missing"
    assert list(frame(corpus, "books").book) == ["d"]


def test_types_of_the_lists_columns(corpus: Corpus) -> None:
    corpus.add("a", "b", "c")
    corpus.say(
        {
            "a": {"year": 1813, "price": 1, "note": 5, "Title": "X", "big": 2**70},
            "b": {"year": 1814, "price": 1.5, "note": "five \udc80", "title": "Y"},
            "c": {},
        }
    )
    told: list[str] = []
    update_tables(corpus.folder, tell=told.append)
    schema = pyarrow.parquet.read_schema(tables_folder(corpus.folder) / "books.parquet")
    types = {name: str(schema.field(name).type) for name in schema.names[len(COLUMNS["books"]) :]}
    assert types == {
        "year": "int64",
        "price": "double",
        "note": "string",
        "list_Title": "string",
        "big": "double",
        "list_title_2": "string",
    }
    assert len(told) == 1
    assert "list_Title, list_title_2" in told[0]


def test_several_processes_write_the_same(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update, "BOOKS_READ", 1)
    corpus.add("a", "b")
    (corpus.run("b") / "graph.json").write_text("{", encoding="utf-8")
    done = updated(corpus, workers=2)
    assert (done.books, list(done.failed)) == (1, ["b"])


def test_refusals_in_words(corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CorpusError, match="is no corpus"):
        update_tables(tmp_path, tell=tell_nobody)
    corpus.add("a")
    updated(corpus)
    part = next((tables_folder(corpus.folder) / "characters").iterdir())
    part.write_bytes(b"PAR1")
    corpus.add("b")
    with pytest.raises(CorpusError, match=re.escape(part.name)) as caught:
        updated(corpus)
    assert "make them anew" in caught.value.hint
    next((tables_folder(corpus.folder) / "parts").iterdir()).write_text("[]", encoding="utf-8")
    with pytest.raises(CorpusError, match="damaged"):
        updated(corpus)


def test_a_full_disk_is_told_and_what_was_there_stays(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus.add("a")
    updated(corpus)
    before = content(corpus)
    corpus.add("b")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("litgraph.files.os.fsync", full)
        with pytest.raises(ExportError, match="No space left on device"):
            updated(corpus)
    assert content(corpus) == before
    assert updated(corpus).books == 2


def test_the_docs_name_every_column() -> None:
    docs = (Path(__file__).parent.parent.parent / "docs" / "corpus-tables.md").read_text(encoding="utf-8")
    names = set(re.findall(r"`([a-z_]+)`", docs))
    for table in TABLES:
        missing = [name for name in COLUMNS[table] if name not in names and not name.startswith(("speech_", "facts_"))]
        assert not missing, (table, missing)
