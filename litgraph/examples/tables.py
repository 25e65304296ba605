"""Converters of other people's tables: each row of a file gives one example, or several.

- :func:`pairs`: a sentence and two entities a row, as Biographical (Plum et al., SIGIR 2022) and the paper's own data
  sets have it. The columns seen there are ``text``, ``entity1``, ``entity2``, ``entity1Type``, ``entity2Type``,
  ``relation``; of Biographical's original TSV only the labels were seen, so that its column names are taken in the
  writings that are usual, and entities marked in the sentence (``<e1>…</e1>``) are understood, too.
- :func:`arf`: a chunk of a book a row with all its relations in one column, a Python literal (ARF, Christou &
  Tsoumakas, LaTeCH-CLfL 2025, ``Despina/project_gutenberg``).
"""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from litgraph.errors import DatasetError
from litgraph.examples.files import LONGEST_LINE, read_rows
from litgraph.examples.labelled import Labelled
from litgraph.relations.asking.prompts import Question

LONGEST_LITERAL = 200_000
"""Characters of a ``relations`` column: some thousand relations; more is not of a chunk of five sentences."""

_TEXT = ("text", "sentence", "sent", "text_chunk", "chunk", "context")
_ONE = ("entity1", "entity_1", "e1", "head", "subject", "ent1")
_OTHER = ("entity2", "entity_2", "e2", "tail", "object", "ent2")
_RELATION = ("relation", "label", "relation_label", "rel")
_NOBODY = ("None", "nan")  # how tables write what is not there
_MARKED = {
    1: re.compile(r"[<\[]e1[>\]]\s*(.*?)\s*[<\[]/e1[>\]]", re.IGNORECASE | re.DOTALL),
    2: re.compile(r"[<\[]e2[>\]]\s*(.*?)\s*[<\[]/e2[>\]]", re.IGNORECASE | re.DOTALL),
}


def pairs(path: Path, dataset: str) -> Iterator[Labelled]:
    """The examples of a table with one pair of entities a row: .tsv, .csv, .jsonl or .parquet.

    Rows whose entities are empty (in PG-Fiction they say that a chunk has no relation) are left out: they are about
    nobody.

    Raises:
        DatasetError: a column is missing, a row is broken, or the file cannot be read.
    """
    for number, row in _numbered(path):
        text, relation = _column(row, _TEXT, path, number), _column(row, _RELATION, path, number)
        if _MARKED[1].search(text) and _MARKED[2].search(text):
            one, other = (_MARKED[which].search(text)[1] for which in (1, 2))  # type: ignore[index]
            text = re.sub(r"[<\[]/?e[12][>\]]\s?", "", text, flags=re.IGNORECASE).strip()
        else:
            one, other = _column(row, _ONE, path, number), _column(row, _OTHER, path, number)
        if not one or not other:
            continue
        types = (_type(row.get("entity1Type")), _type(row.get("entity2Type")))
        yield Labelled(Question(text, one, other, *types), relation or "none", dataset)


def arf(path: Path, dataset: str) -> Iterator[Labelled]:
    """The relations of a table with a chunk of text and a list of relations a row.

    Relations whose entities are empty (they say that a chunk has none) are left out: they are about nobody.

    Raises:
        DatasetError: a column is missing, a list cannot be read or is too long, or the file cannot be read.
    """
    for number, row in _numbered(path):
        text = _column(row, _TEXT, path, number)
        for relation in _literal(row.get("relations"), f"{path}, row {number}"):
            one, other, label = (relation.get(name) for name in ("entity1", "entity2", "relation"))
            if isinstance(one, str) and isinstance(other, str) and isinstance(label, str) and one and other and label:
                types = (_type(relation.get("entity1Type")), _type(relation.get("entity2Type")))
                yield Labelled(Question(text, one, other, *types), label, dataset)


def _literal(value: object, where: str) -> list[Mapping[str, Any]]:
    """A column of relations: a list, or one written as a Python literal. Nothing is ever evaluated."""
    if value is None or value == "":
        return []
    if isinstance(value, str):
        if len(value) > LONGEST_LITERAL:
            raise DatasetError(f"{where}: its relations have more than {LONGEST_LITERAL:,} characters.", "Shorten it.")
        try:
            value = ast.literal_eval(value.strip())
        except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError) as error:
            raise DatasetError(f"{where}: its relations are no Python list ({error}).", "Mend that row.") from error
    if not isinstance(value, list) or not all(isinstance(relation, dict) for relation in value):
        raise DatasetError(f"{where}: its relations are no list of relations.", "Mend that row.")
    return value


def _numbered(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if path.suffix in (".tsv", ".csv"):
        yield from enumerate(_delimited(path), start=1)
    else:
        yield from enumerate(read_rows(path), start=1)


def _delimited(path: Path) -> Iterator[Mapping[str, Any]]:
    """Rows of a TSV or CSV file with a header."""
    csv.field_size_limit(LONGEST_LINE)
    tabs = path.suffix == ".tsv"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            # In TSV a quotation mark is text: novels and encyclopaedias are full of single ones
            if tabs:
                yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            else:
                yield from csv.DictReader(file)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DatasetError(f"{path} cannot be read: {error}.", "Check the file.") from error


def _column(row: Mapping[str, Any], names: tuple[str, ...], path: Path, number: int) -> str:
    by_name = {str(name).strip().lower(): value for name, value in row.items()}
    for name in names:
        if name in by_name:
            value = by_name[name]
            return value.strip() if isinstance(value, str) and value.strip() not in _NOBODY else ""
    raise DatasetError(
        f"{path}, row {number}: no column {names[0]!r}; there are {', '.join(sorted(by_name))}.",
        f"Name it one of {', '.join(names)}.",
    )


def _type(value: object) -> str:
    return value.strip() if isinstance(value, str) and value.strip() not in _NOBODY else ""
