"""The tables of a corpus asked in SQL, by DuckDB (extra ``corpus``): for reading alone, and of the tables alone.

DuckDB is given the tables, then locked up: a statement reads no other file, loads no extension, reaches no network and
sees nothing of this process; it cannot change that. Only one SELECT (or DESCRIBE, SHOW, SUMMARIZE) is taken.
"""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from litgraph.corpus.tables.books import BOOKS_FILE
from litgraph.corpus.tables.columns import BOOKS, TABLES, schema
from litgraph.corpus.tables.parts import damaged, live_parts, part_file, tables_folder
from litgraph.errors import CorpusError, QueryError
from litgraph.stores.values import Answer

if TYPE_CHECKING:
    import duckdb

_LOCKS = (
    "SET temp_directory = ''",
    "SET python_enable_replacements = false",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)
_POSITION = re.compile(r"\n+LINE \d+:.*\Z", re.DOTALL)
_COLUMNS_HINT = f"The tables are {', '.join(TABLES)}; DESCRIBE books (and so on) names the columns of one."


def ask(
    corpus: Path,
    statement: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    timeout: float | None = 60.0,
    most: int | None = None,
) -> Answer:
    """Ask the tables of a corpus: books, characters, facts and conversations.

    Args:
        corpus: its folder.
        statement: one SELECT of DuckDB's SQL.
        parameters: name -> value of its ``$name``.
        timeout: seconds after which the statement is ended; None for no limit.
        most: how many rows are fetched; None for all.

    Raises:
        CorpusError: the tables are not made yet, or damaged, or DuckDB is not installed.
        QueryError: the statement is wrong, does something else than read, or takes too long.
    """
    import_duckdb()
    import duckdb

    with _locked_up(corpus) as connection:
        _check(connection, statement)
        try:
            with _ended_after(timeout, connection):
                found = connection.execute(statement, dict(parameters or {}) or None)
                columns = _unique([column[0] for column in found.description or ()])
                rows = found.fetchall() if most is None else found.fetchmany(most + 1)
        except duckdb.InterruptException as error:
            raise QueryError(
                f"The statement took longer than {timeout:g} seconds.", "Ask for less, or give it more --timeout."
            ) from error
        except (duckdb.Error, RuntimeError) as error:
            raise _in_words(error) from error
    more = most is not None and len(rows) > most
    return Answer(columns, [dict(zip(columns, map(_value, row), strict=True)) for row in rows[:most]], more)


def import_duckdb() -> None:
    """Raises CorpusError if DuckDB or pyarrow is not installed."""
    try:
        import duckdb  # noqa: F401
        import pyarrow.dataset  # noqa: F401
    except ImportError as error:
        raise CorpusError(
            f"{error.name}, which asks the tables, is not installed.",
            'In the folder of litgraph: pip install ".[corpus]"',
        ) from error


@contextmanager
def _locked_up(corpus: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    import duckdb

    tables = _tables(corpus)
    with duckdb.connect(":memory:") as connection:
        for name, table in tables.items():
            connection.register(name, table)
        for lock in _LOCKS:
            connection.execute(lock)
        yield connection


def _tables(corpus: Path) -> dict[str, Any]:
    """The tables as pyarrow's, of which only what is asked for is read."""
    import pyarrow
    import pyarrow.dataset

    folder = tables_folder(corpus)
    if not (folder / BOOKS_FILE).is_file():
        raise CorpusError(f"{corpus} has no tables yet.", f"Make them with: litgraph corpus tables {corpus}")
    numbers = [part.number for part in live_parts(folder)]
    tables: dict[str, Any] = {}
    for table in TABLES:
        files = [folder / BOOKS_FILE] if table == BOOKS else [part_file(folder, table, one) for one in numbers]
        try:
            made = pyarrow.dataset.dataset(list(map(str, files)), format="parquet") if files else None
        except (pyarrow.ArrowException, OSError) as error:
            raise damaged(folder / table, error) from error
        tables[table] = schema(table).empty_table() if made is None else made
    return tables


def _check(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    import duckdb

    try:
        statements = connection.extract_statements(statement)
    except duckdb.Error as error:
        raise _in_words(error) from error
    if len(statements) != 1:
        raise QueryError(f"One statement is expected, and there are {len(statements)}.", "Give one SELECT.")
    if statements[0].type != duckdb.StatementType.SELECT:
        name = statements[0].type.name.replace("_", " ")
        raise QueryError(f"A corpus can only be read, and this is a statement of kind {name}.", "Give one SELECT.")


@contextmanager
def _ended_after(seconds: float | None, connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    if seconds is None:
        yield
        return
    timer = threading.Timer(seconds, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _in_words(error: Exception) -> QueryError:
    """DuckDB's complaint without the picture of where it stands in the statement."""
    lines = _POSITION.sub("", str(error)).strip().splitlines()
    what = " ".join(line.strip() for line in lines if line.strip()) or type(error).__name__
    kind, colon, rest = what.partition(" Error: ")
    if colon and kind == "Permission":
        return QueryError(
            f"A corpus can only be asked for its own tables: {rest}",
            "Other files are for other programs, such as DuckDB.",
        )
    return QueryError(f"The statement cannot be done: {rest or what}", _COLUMNS_HINT)


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """The names, those that were there before with a number: two columns may have one name in SQL."""
    unique: dict[str, None] = {}
    for name in names:
        candidate, number = name, 1
        while candidate in unique:
            number += 1
            candidate = f"{name}_{number}"
        unique[candidate] = None
    return tuple(unique)


def _value(value: Any) -> Any:
    """A value as JSON has it."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {str(name): _value(item) for name, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [_value(item) for item in value]
    if isinstance(value, (date, time)):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else str(value)
