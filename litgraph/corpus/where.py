"""Choosing books by what a list says of them: ``year < 1850 and author = 'Austen, Jane'``. Nothing is ever run.

::

    choice     := part ("or" part)*
    part       := term ("and" term)*
    term       := "not" term | "(" choice ")" | column compared value
    compared   := "=" | "!=" | "<" | "<=" | ">" | ">=" | "~"           (~: contains)

A column or a value with spaces or signs stands in quotation marks, single or double. Capitals make no difference. Where
both sides are numbers they are compared as numbers, else as text. A book without the value fits no comparison.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection

from litgraph.corpus.folder import Metadata
from litgraph.errors import CorpusError

Choice = Callable[[Metadata], bool]

_TOKEN = re.compile(
    r"""\s*(?:(?P<sign><=|>=|!=|<>|==|[=<>~()])|'(?P<single>[^']*)'|"(?P<double>[^"]*)"|(?P<bare>[^\s=<>!~()'"]+))"""
)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.ASCII)
_COMPARED: dict[str, Callable[[float | str, float | str], bool]] = {
    "=": operator.eq,
    "==": operator.eq,
    "!=": operator.ne,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "~": lambda one, other: str(other) in str(one),
}
_DEEPEST = 50  # parentheses and nots inside each other
_EXAMPLE = "Write it like: year<1850 and (language=en or title~'love')"


def parse_where(expression: str, columns: Collection[str]) -> Choice:
    """From an expression to what says of a book's metadata whether they fit.

    >>> fits = parse_where("year < 1850 and not author ~ 'scott'", ["year", "author"])
    >>> fits({"year": 1813, "author": "Austen, Jane"}), fits({"year": 1814, "author": "Scott, Walter"}), fits({})
    (True, False, False)

    Args:
        expression: as this module's head says.
        columns: those that the list has.

    Raises:
        CorpusError: it is no such expression, or names no column of the list.
    """
    parser = _Parser(expression, {name.casefold(): name for name in columns})
    choice = parser.choice(0)
    parser.expect_end()
    return choice


class _Parser:
    def __init__(self, expression: str, columns: dict[str, str]) -> None:
        self._expression, self._columns = expression, columns
        self._tokens = self._tokenised()
        self._next = 0

    def choice(self, depth: int) -> Choice:
        parts = [self._part(depth)]
        while self._takes("or"):
            parts.append(self._part(depth))
        return parts[0] if len(parts) == 1 else lambda row: any(part(row) for part in parts)

    def expect_end(self) -> None:
        if self._next < len(self._tokens):
            raise self._wrong(f"has {self._tokens[self._next][1]!r} where it should end, or go on with “and” or “or”")

    def _part(self, depth: int) -> Choice:
        terms = [self._term(depth)]
        while self._takes("and"):
            terms.append(self._term(depth))
        return terms[0] if len(terms) == 1 else lambda row: all(term(row) for term in terms)

    def _term(self, depth: int) -> Choice:
        if depth > _DEEPEST:
            raise self._wrong("is too deeply nested")
        if self._takes("not"):
            denied = self._term(depth + 1)
            return lambda row: not denied(row)
        if self._takes("("):
            inner = self.choice(depth + 1)
            if not self._takes(")"):
                raise self._wrong("lacks a closing parenthesis")
            return inner
        column = self._column()
        kind, sign = self._take("a comparison such as < or =")
        if kind != "sign" or sign not in _COMPARED:
            raise self._wrong(f"has {sign!r} where a comparison such as < or = should stand")
        kind, value = self._take("a value")
        if kind == "sign":
            raise self._wrong(f"has {sign + value!r}, which is no comparison" if value in "=<>~" else "lacks a value")
        return _comparison(column, _COMPARED[sign], value)

    def _column(self) -> str:
        kind, name = self._take("a column")
        if kind == "sign":
            raise self._wrong(f"has {name!r} where a column should stand")
        if name.casefold() not in self._columns:
            known = ", ".join(self._columns.values()) or "none: only tables have columns"
            raise CorpusError(f"The list has no column {name!r}.", f"Its columns: {known}.")
        return self._columns[name.casefold()]

    def _take(self, what: str) -> tuple[str, str]:
        if self._next == len(self._tokens):
            raise self._wrong(f"ends where {what} should stand")
        self._next += 1
        return self._tokens[self._next - 1]

    def _takes(self, word: str) -> bool:
        if self._next < len(self._tokens):
            kind, text = self._tokens[self._next]
            if kind == ("sign" if word in "()" else "bare") and text.casefold() == word:
                self._next += 1
                return True
        return False

    def _tokenised(self) -> list[tuple[str, str]]:
        text, place, tokens = self._expression.rstrip(), 0, []
        while place < len(text):
            match = _TOKEN.match(text, place)
            if match is None:
                raise self._wrong(f"cannot be understood at {text[place : place + 20].strip()!r}")
            tokens.append((str(match.lastgroup), match[str(match.lastgroup)]))
            place = match.end()
        return tokens

    def _wrong(self, how: str) -> CorpusError:
        return CorpusError(f"The expression {self._expression!r} {how}.", _EXAMPLE)


def _comparison(column: str, compared: Callable[[float | str, float | str], bool], text: str) -> Choice:
    number = _number(text)

    def fits(row: Metadata) -> bool:
        value = row.get(column)
        if value is None:
            return False
        own = _number(value)
        if number is not None and own is not None and compared is not _COMPARED["~"]:
            return compared(own, number)
        return compared(str(value).casefold(), text.casefold())

    return fits


def _number(value: str | int | float) -> float | None:
    return float(value) if _NUMBER.fullmatch(str(value)) else None
