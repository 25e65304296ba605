"""Lists of books: folders, patterns, paths, tables; which books are meant, what they are called, what is left out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from litgraph.corpus.folder import ListedBook
from litgraph.corpus.listing import ALL, Selection, merged, read_list
from litgraph.errors import CorpusError


@pytest.fixture()
def books(tmp_path: Path) -> Path:
    folder = tmp_path / "books"
    for name in ("emma.txt", "Emma.epub", "austen/emma.txt", "scott/ivanhoe.html", "scott/notes.pdf", ".hidden.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    (folder / "run").mkdir()
    for name in ("report.json", "text.txt"):
        (folder / "run" / name).write_text("{}", encoding="utf-8")
    return folder


def read(
    named: str | Path, known: list[ListedBook] | None = None, *, column: str = "", selection: Selection = ALL
) -> tuple[dict[str, str], list[str]]:
    """Sources by id, and what was told."""
    told: list[str] = []
    found = read_list(str(named), known or [], column=column, selection=selection, tell=told.append)
    return {book.id: book.source for book in found}, told


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_has_its_texts_without_run_folders_and_hidden_files(books: Path) -> None:
    found, told = read(books)
    assert found == {
        "Emma": str(books / "Emma.epub"),
        "books/emma.txt": str(books / "emma.txt"),
        "austen/emma.txt": str(books / "austen" / "emma.txt"),
        "ivanhoe": str(books / "scott" / "ivanhoe.html"),
    }
    assert told == [f"1 of the files in {books} are no texts, by their endings, and were left out."]


def test_a_pattern_names_files_in_any_depth(books: Path) -> None:
    found, _ = read(books / "**" / "*.html")
    assert found == {"ivanhoe": str(books / "scott" / "ivanhoe.html")}


def test_paths_and_numbers_in_a_text_file_are_meant_from_its_folder(books: Path) -> None:
    whole = books / "scott" / "ivanhoe.html"
    lines = f"# mine\nemma.txt\n\n1342\nPG84\n{whole}\nmissing.txt\n../outside.txt\nscott/../emma.txt\n"
    found, told = read(write(books / "list.txt", lines))
    assert found == {
        "emma": str(books / "emma.txt"),
        "pg1342": "pg1342",
        "pg84": "pg84",
        "ivanhoe": str(whole),
        "missing": str(books / "missing.txt"),  # fails when it is built, with a row of its own
    }
    assert told == [
        "Left out, since it leads out of the folder of the list: line 8 (../outside.txt). "
        "Write the whole path if you mean it.",
        "1 of the rows name a file or number that an earlier one names, and were left out.",
    ]


def test_columns_of_a_table_are_metadata_and_numbers_where_all_are(books: Path) -> None:
    table = (
        '\ufeffid,path,year,price,code,note\nE,emma.txt,1815,2.5,007,"a, b"\nI,scott/ivanhoe.html,1820,3,12,\n'
        ",,1,,,\nE,austen/emma.txt,1816,1,1,\n\n"
    )
    told: list[str] = []
    found = read_list(str(write(books / "list.csv", table)), [], tell=told.append)
    assert [(book.id, dict(book.metadata)) for book in found] == [
        ("E", {"year": 1815, "price": 2.5, "code": "007", "note": "a, b"}),
        ("I", {"year": 1820, "price": 3.0, "code": "12"}),
    ]
    assert told == [
        "Left out, since it names no book: row 3.",
        "Left out, since it has the id of an earlier row: row 4 (E). Give every book an id of its own.",
    ]


@pytest.mark.parametrize(
    ("header", "cell", "column"),
    [("Text#", "1342", ""), ("gutenberg", "pg1342", ""), ("id", "1342", ""), ("Nummer", "pg1342", "nummer")],
)
def test_a_column_of_gutenberg_numbers(tmp_path: Path, header: str, cell: str, column: str) -> None:
    found, _ = read(write(tmp_path / "list.tsv", f"{header}\tTitle\n{cell}\tPride\n"), column=column)
    assert found == {"pg1342": "pg1342"} or found == {"1342": "pg1342"}


def test_parquet_is_read_like_csv(tmp_path: Path, books: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    table = pyarrow.table({"file": ["emma.txt", None], "year": [1815, 1820], "title": ["Emma", None]})
    parquet.write_table(table, books / "list.parquet")
    [found] = read_list(str(books / "list.parquet"), [], tell=lambda _: None)
    assert found == ListedBook("emma", str(books / "emma.txt"), {"year": 1815, "title": "Emma"})


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("novel.txt", b"It was the best of times,\nit was the worst of times.\n", "is no list: none of its first 2"),
        ("list.csv", b"name,year\nEmma,1815\n", "No column of"),
        ("list.csv", "path\nÉmile.txt\n".encode("latin-1"), "not UTF-8"),
        ("list.csv", b'path\n"' + b"x" * 2_000_000, "field larger than field limit"),
        ("list.parquet", b"PAR1nonsense", "is no Parquet file"),
        ("list.txt", b"\n", "There are no books"),
        ("list.csv", b"", "No column of"),
    ],
)
def test_what_is_no_list_is_told(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(CorpusError, match=told):
        read(tmp_path / name)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="There is no list"):
        read(tmp_path / "nowhere")
    with pytest.raises(CorpusError, match="There are no books"):
        read(tmp_path / "*.txt")
    with pytest.raises(CorpusError, match="no column 'titel'"):
        read(write(tmp_path / "list.csv", "path\na.txt\n"), column="titel")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_folders_that_cannot_be_read_are_told(books: Path) -> None:
    (books / "austen").chmod(0)
    try:
        found, told = read(books)
        assert "austen/emma.txt" not in found and "Permission denied" in told[0]
    finally:
        (books / "austen").chmod(0o755)


def test_books_keep_the_ids_that_the_corpus_gave_them(books: Path) -> None:
    first, _ = read(books / "austen")
    assert first == {"emma": str(books / "austen" / "emma.txt")}
    known = [ListedBook(name, source, {}) for name, source in first.items()]
    found, _ = read(books, known)
    assert found["emma"] == first["emma"]
    assert found["emma.txt"] == str(books / "emma.txt")
    moved = [ListedBook("ivanhoe", "/elsewhere/ivanhoe.html", {})]  # that file is gone: the same book, moved
    assert "ivanhoe" in read(books / "scott", moved)[0]


def test_the_corpus_grows_and_what_is_listed_again_is_renewed() -> None:
    old = [ListedBook("a", "/a", {}), ListedBook("b", "/b", {})]
    new = [ListedBook("c", "/c", {}), ListedBook("a", "/a", {"year": 1})]
    assert merged(old, new) == [new[1], old[1], new[0]]


def test_samples_depend_on_the_seed_alone_and_lie_in_larger_ones(tmp_path: Path) -> None:
    lines = [f"{number}" for number in range(1, 101)]
    one, other = (
        write(tmp_path / name, "\n".join(order)) for name, order in (("a.txt", lines), ("b.txt", lines[::-1]))
    )
    ten = set(read(one, selection=Selection(sample=10))[0])
    assert len(ten) == 10
    assert ten == set(read(other, selection=Selection(sample=10))[0])
    assert ten < set(read(one, selection=Selection(sample=20))[0])
    assert ten != set(read(one, selection=Selection(sample=10, seed=1))[0])
    assert list(read(one, selection=Selection(limit=2))[0]) == ["pg1", "pg2"]


def test_where_chooses_by_columns(tmp_path: Path) -> None:
    table = write(tmp_path / "list.csv", "pg,year\n1,1700\n2,1800\n3,1900\n")
    assert list(read(table, selection=Selection(where="year>1750 and year<1850"))[0]) == ["pg2"]
    with pytest.raises(CorpusError, match="No book of"):
        read(table, selection=Selection(where="year>2000"))
