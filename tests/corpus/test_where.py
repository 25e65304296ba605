"""Choosing books by an expression: what fits, and what is told of expressions that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litgraph.corpus.where import parse_where
from litgraph.errors import CorpusError

AUSTEN = {"year": 1813, "author": "Austen, Jane", "title": "Pride and Prejudice", "price": 2.5, "Text#": 1342}
COLUMNS = [*AUSTEN, "subject"]


@pytest.mark.parametrize(
    ("expression", "fits"),
    [
        ("year<1850", True),
        ("year >= 1813 and year <= 1813", True),
        ("YEAR != 1813", False),
        ("year <> 1814", True),
        ("price = 2.50", True),
        ("author = 'austen, jane'", True),
        ('title ~ "prejudice" and not title ~ sense', True),
        ("year > 1900 or author ~ austen and year = 1813", True),
        ("(year > 1900 or author ~ austen) and year = 1", False),
        ("not not year = 1813", True),
        ("Text# = 1342", True),
        ("'year' == '1813'", True),
        ("author < B", True),
        ("year ~ 18", True),
        ("subject = fiction", False),  # a book without the value fits nothing …
        ("not subject = fiction", True),  # … and so its contrary
        ("year < abc", True),  # as text
    ],
)
def test_what_fits(expression: str, fits: bool) -> None:
    assert parse_where(expression, COLUMNS)(AUSTEN) is fits


@pytest.mark.parametrize(
    ("expression", "told"),
    [
        ("", "ends where a column should stand"),
        ("year", "ends where a comparison"),
        ("year <", "ends where a value should stand"),
        ("year 1850", "where a comparison such as < or = should stand"),
        ("year <= = 3", "no comparison"),
        ("year < 1850 author = x", "where it should end"),
        ("(year < 1850", "lacks a closing parenthesis"),
        ("year = 'x", "cannot be understood at"),
        ("jahr = 3", "no column 'jahr'"),
        ("not " * 80 + "year = 3", "too deeply nested"),
        ("(" * 5000, "too deeply nested"),
        ("__import__('os').system('true')", "no column '__import__'"),
    ],
)
def test_errors_in_words(expression: str, told: str) -> None:
    with pytest.raises(CorpusError, match=told):
        parse_where(expression, COLUMNS)


@given(st.text(alphabet="year<>=!~()'\" 1notadr#", max_size=40))
def test_any_text_is_an_expression_or_an_error_in_words(expression: str) -> None:
    try:
        assert parse_where(expression, COLUMNS)(AUSTEN) in (True, False)
    except CorpusError as error:
        assert error.what and error.hint
