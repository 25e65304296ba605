"""The columns of a corpus's tables, and what is read from a run folder for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any

from litgraph.analysis.choices import NETWORK_NAMES
from litgraph.analysis.measures import BookMeasures, CharacterMeasures

Row = dict[str, Any]
Columns = Mapping[str, str]
"""Name of a column -> its type: text, integer, number, truth, integers."""

BOOKS, CHARACTERS, FACTS, CONVERSATIONS = "books", "characters", "facts", "conversations"
TABLES = (BOOKS, CHARACTERS, FACTS, CONVERSATIONS)

PREFIXES: Mapping[str, str] = MappingProxyType(
    {name: "" if name == NETWORK_NAMES[0] else f"{name}_" for name in NETWORK_NAMES}
)
"""Before the measures of each network: none for co-occurrence, "speech_" and "facts_" for the others."""

CENTRALITIES = ("degree", "strength", "betweenness", "closeness", "pagerank", "clustering", "core", "bridging")
_TYPES = {"str": "text", "int": "integer", "float": "number"}


def _of_fields(kind: type[BookMeasures] | type[CharacterMeasures]) -> dict[str, str]:
    return {field.name: _TYPES[str(field.type)] for field in fields(kind) if str(field.type) in _TYPES}


SIZES: Columns = MappingProxyType(
    {name: kind for name, kind in _of_fields(BookMeasures).items() if name not in ("title", "author", "reciprocity")}
)
"""The measures of a book that differ by network."""


def _book_columns() -> Iterator[tuple[str, str]]:
    yield "book", "text"
    yield from dict.fromkeys("title author language release source labeller litgraph".split(), "text").items()
    yield "play", "truth"
    whole = "words chapters mentions quotations words_spoken facts conversations people families largest_family"
    yield from dict.fromkeys(whole.split(), "integer").items()
    yield from dict.fromkeys("reciprocity talk_female talk_male talk_unknown".split(), "number").items()
    women = "women_speaking speeches_between_women speeches_between_women_without_men"
    yield from dict.fromkeys(women.split(), "integer").items()
    for prefix in PREFIXES.values():
        yield from ((prefix + name, kind) for name, kind in SIZES.items())
        yield f"{prefix}communities", "integer"
        yield f"{prefix}largest_community", "integer"


def _character_columns() -> Iterator[tuple[str, str]]:
    yield "book", "text"
    own = _of_fields(CharacterMeasures)
    yield from own.items()
    for prefix in PREFIXES.values():
        if prefix:
            yield from ((prefix + name, own[name]) for name in (*CENTRALITIES, "community"))


COLUMNS: Mapping[str, Columns] = MappingProxyType(
    {
        BOOKS: MappingProxyType(dict(_book_columns())),
        CHARACTERS: MappingProxyType(dict(_character_columns())),
        FACTS: MappingProxyType(
            {
                **dict.fromkeys(
                    "book head head_name head_kind relation family tail tail_name tail_kind".split(), "text"
                ),
                "directed": "truth",
                "weight": "integer",
                "confidence": "number",
                "basis": "text",
                "first": "integer",
                "last": "integer",
                "chapters": "integers",
                "first_sentence": "text",
            }
        ),
        CONVERSATIONS: MappingProxyType(
            {
                **dict.fromkeys("book speaker speaker_name speaker_gender".split(), "text"),
                **dict.fromkeys("addressee addressee_name addressee_gender".split(), "text"),
                **dict.fromkeys("speeches words".split(), "integer"),
                "certainty": "number",
                "first": "integer",
                "last": "integer",
                "chapters": "integers",
            }
        ),
    }
)
"""The columns of each table; that of the books has those of the corpus's list besides."""


def schema(table: str) -> Any:
    """The ``pyarrow.Schema`` of a table."""
    import pyarrow

    types = {
        "text": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "truth": pyarrow.bool_(),
        "integers": pyarrow.list_(pyarrow.int64()),
    }
    return pyarrow.schema([(name, types[kind]) for name, kind in COLUMNS[table].items()])
