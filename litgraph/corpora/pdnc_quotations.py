"""The quotations of PDNC: who says each to whom, and whom the mentions inside mean."""

from __future__ import annotations

import ast
import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from litgraph.errors import SourceNotFound, UnreadableSource
from litgraph.types import Span

QuotationKind = Literal["explicit", "anaphoric", "implicit", ""]

_KINDS: dict[str, QuotationKind] = {"explicit": "explicit", "anaphoric": "anaphoric", "implicit": "implicit"}


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A mention inside a quotation: characters of the text, and the main names of all whom it means."""

    start: int
    end: int
    characters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldQuotation:
    """A quotation of the corpus, which may be several pieces around what the narrator says.

    Attributes:
        spans: of the pieces, without the marks.
        speaker: main name of the character; a name that begins with "_" is the corpus's word for somebody who is no
            character (``_group``, ``_unknowable``, ``_narr``).
        addressees: main names of those who are spoken to.
        kind: "explicit" if the speaker's name stands beside it, "anaphoric" if a pronoun or noun phrase does,
            "implicit" if nothing does; "" if the corpus does not say.
        mentions: inside of the pieces.
    """

    spans: tuple[Span, ...]
    speaker: str
    addressees: tuple[str, ...]
    kind: QuotationKind
    mentions: tuple[GoldMention, ...]


def read_quotations(path: Path, main_name: Callable[[str], str]) -> Iterator[GoldQuotation]:
    """The quotations of a ``quotation_info.csv``, in its order.

    Args:
        path: of the table.
        main_name: the main name of a character whom the table calls by another one.

    Raises:
        SourceNotFound, UnreadableSource: as ``read_corpus``.
    """
    columns = ("quoteByteSpans", "speaker", "addressees", "quoteType", "mentionSpansList", "mentionEntitiesList")
    for row, (spans, speaker, addressees, kind, mentions, entities) in table_rows(path, *columns):
        yield GoldQuotation(
            tuple(Span(start, end) for start, end in literal(spans, path, row)),
            main_name(speaker),
            tuple(main_name(name) for name in literal(addressees, path, row)),
            _KINDS.get(kind.casefold(), ""),
            tuple(_mentions(literal(mentions, path, row), literal(entities, path, row), main_name)),
        )


def _mentions(spans: Any, entities: Any, main_name: Callable[[str], str]) -> Iterator[GoldMention]:
    # A few of the corpus's rows list fewer spans than entities.
    for spans_of_piece, entities_of_piece in zip(spans, entities, strict=False):
        for (start, end), names in zip(spans_of_piece, entities_of_piece, strict=False):
            yield GoldMention(start, end, tuple(main_name(name) for name in names))


def table_rows(path: Path, *columns: str) -> Iterator[tuple[int, list[str]]]:
    """The number of each row of a table of the corpus, and its values of some columns.

    Raises:
        SourceNotFound: there is no such file.
        UnreadableSource: it is no such table.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                yield number, [row[column] or "" for column in columns]
    except FileNotFoundError as error:
        raise SourceNotFound(f"{path} is missing.", "Take the novel's folder as the corpus has it.") from error
    except (KeyError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableSource(f"{path} is no table of PDNC: {error}", "Take the file as the corpus has it.") from error


def literal(text: str, path: Path, row: int) -> Any:
    """A Python literal in a row of a table, which is parsed and not run. Raises UnreadableSource if it is none."""
    try:
        return ast.literal_eval(text or "[]")
    except (ValueError, SyntaxError, MemoryError, RecursionError) as error:
        raise UnreadableSource(
            f"{path}, row {row}, is no list: {error}", "Take the file as the corpus has it."
        ) from error
