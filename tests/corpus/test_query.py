"""The tables of a corpus asked in SQL."""

from __future__ import annotations

import builtins
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from small_corpus import Corpus

from litgraph.cli import main
from litgraph.corpus.tables.asking import ask
from litgraph.corpus.tables.update import update_tables
from litgraph.errors import CorpusError, QueryError
from litgraph.progress import tell_nobody


@pytest.fixture
def asked(corpus: Corpus) -> Path:
    corpus.add("a", year=1813)
    corpus.add("b", year=1851)
    update_tables(corpus.folder, tell=tell_nobody)
    return corpus.folder


def test_tables_are_joined(asked: Path) -> None:
    answer = ask(
        asked,
        "SELECT b.book, year, name FROM books b JOIN characters c USING (book) WHERE gender = $gender AND year > 1850"
        " ORDER BY c.mentions DESC",
        {"gender": "female"},
        most=1,
    )
    assert answer.columns == ("book", "year", "name")
    assert answer.rows == [{"book": "b", "year": 1851, "name": "Elizabeth Bennet"}]
    assert answer.more


def test_values_are_those_of_json(asked: Path) -> None:
    statement = """SELECT count(*) AS n, sum(year) AS s, 1.50 AS d, 'nan'::DOUBLE AS x, DATE '1813-01-28' AS day,
        NULL AS z, [1, 2] AS l, {'k': TRUE} AS o, 'ab'::BLOB AS b, INTERVAL 2 DAYS AS i, year AS n
        FROM books GROUP BY year LIMIT 1"""
    answer = ask(asked, statement)
    assert list(answer.rows[0].values())[2:10] == [
        1.5, None, "1813-01-28", None, [1, 2], {"k": True}, "6162", "2 days, 0:00:00",
    ]  # fmt: skip
    assert answer.columns[-1] == "n_2"
    json.dumps(answer.rows, allow_nan=False)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("SELECT * FROM '{secret}'", "only be asked for its own tables"),
        ("SELECT * FROM read_text('{secret}')", "only be asked for its own tables"),
        ("SELECT * FROM read_csv('{secret}')", "only be asked for its own tables"),
        ("SELECT * FROM read_parquet('{books}')", "only be asked for its own tables"),
        ("SELECT * FROM glob('/*')", "only be asked for its own tables"),
        ("SELECT * FROM 'https://example.org/a.csv'", "only be asked for its own tables"),
        ("SELECT * FROM secret_frame", "does not exist"),
        ("COPY books TO '{secret}'", "kind COPY"),
        ("ATTACH '{secret}' AS other", "kind ATTACH"),
        ("CREATE TABLE t AS SELECT 1", "kind CREATE"),
        ("DELETE FROM books", "kind DELETE"),
        ("DROP VIEW books", "kind DROP"),
        ("INSTALL httpfs", "kind LOAD"),
        ("SET lock_configuration = false", "kind SET"),
        ("EXPLAIN ANALYZE COPY books TO '{secret}'", "kind EXPLAIN"),
        ("SELECT * FROM query('COPY books TO ''{secret}''')", "single SELECT"),
        ("SELECT 1; DROP VIEW books", "there are 2"),
        ("", "there are 0"),
        ("SELEC 1", 'syntax error at or near "SELEC"'),
        ("SELECT titel FROM books", 'Referenced column "titel" not found'),
        ("SELECT $name", "Values were not provided"),
    ],
)
def test_nothing_else_is_read_or_written(asked: Path, tmp_path: Path, statement: str, words: str) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("kept\n", encoding="utf-8")
    secret_frame = [1, 2]  # of this process: DuckDB's Python would find it
    with pytest.raises(QueryError) as caught:
        ask(asked, statement.format(secret=secret, books=asked / "tables" / "books.parquet"))
    assert words in caught.value.what
    assert "LINE 1" not in str(caught.value)
    assert secret.read_text(encoding="utf-8") == "kept\n"
    assert secret_frame


def test_a_statement_that_takes_too_long_is_ended(asked: Path) -> None:
    with pytest.raises(QueryError, match=r"longer than 0\.2 seconds"):
        ask(asked, "SELECT count(*) FROM range(1000000000000) WHERE sin(range) > 2", timeout=0.2)


def test_without_tables_or_duckdb(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus.add("a")
    with pytest.raises(CorpusError, match="has no tables yet") as caught:
        ask(corpus.folder, "SELECT 1")
    assert "litgraph corpus tables" in caught.value.hint
    given = builtins.__import__

    def without(name: str, *arguments: object) -> object:
        if name == "duckdb":
            raise ImportError("no duckdb", name=name)
        return given(name, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(CorpusError, match="duckdb, which asks the tables, is not installed"):
        ask(corpus.folder, "SELECT 1")


def test_a_corpus_without_people_has_empty_tables(corpus: Corpus) -> None:
    corpus.say()
    update_tables(corpus.folder, tell=tell_nobody)
    assert ask(corpus.folder, "SELECT (SELECT count(*) FROM books) + (SELECT count(*) FROM facts) AS n").rows == [
        {"n": 0}
    ]


def test_the_command_line(corpus: Corpus) -> None:
    corpus.add("a", "b", year=1813)
    (corpus.run("b") / "graph.json").unlink()
    runner = CliRunner()

    def said(*arguments: str) -> tuple[int, str, str]:
        done = runner.invoke(main, ["corpus", *arguments])
        return done.exit_code, done.stdout, done.stderr

    folder = str(corpus.folder)
    code, out, err = said("tables", folder, "--workers", "1")
    assert (code, out) == (0, f"{corpus.folder / 'tables'}: 1 book, 1 read\n")
    assert err == "left out b: its graph is missing\n"
    assert said("query", folder, "SELECT book, year FROM books") == (0, "book  year\na     1813\n", "")
    assert said("query", folder, "SELECT book FROM books", "--csv")[1] == "book\na\n"
    assert json.loads(said("query", folder, "SELECT $n + 1 AS m", "-p", "n=2", "--json")[1]) == [{"m": 3}]
    assert said("query", folder, "SELECT * FROM range(3)", "--limit", "2")[2] == (
        "These are the first 2 rows; --limit gives more.\n"
    )
    code, out, err = said("query", folder, "SELECT nothing FROM books")
    assert (code, out) == (1, "")
    assert err.startswith("litgraph: The statement cannot be done: ")
    assert len(err.splitlines()) == 2


def test_the_questions_of_the_help_are_answered(asked: Path) -> None:
    """Those of --help, as they stand there."""
    text = CliRunner().invoke(main, ["corpus", "query", "--help"]).output
    statements = [" ".join(part.split('"')[1].split()) for part in text.split("victorians ")[1:]]
    assert len(statements) == 3
    for statement in statements:
        assert ask(asked, statement).columns
