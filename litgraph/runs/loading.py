"""Reading the files of a run folder back: the public way to what a run has found."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from litgraph.errors import RunFolderError
from litgraph.export import read_node_link
from litgraph.files import numbered_jsonl
from litgraph.runs import formats
from litgraph.types import Book, Cast, Fact, Mention, Quotation, Relation, Sentence, Voice

if TYPE_CHECKING:
    import networkx

BOOK_FILE, TEXT_FILE = "book.json", "text.txt"
SENTENCES_FILE, MENTIONS_FILE, RELATIONS_FILE = "sentences.jsonl", "mentions.jsonl", "relations.jsonl"
VOICES_FILE, QUOTATIONS_FILE = "voices.jsonl", "quotations.jsonl"
FACTS_FILE = "facts.jsonl"
CAST_FILE = "cast.json"
GRAPH_FILE, GRAPHML_FILE = "graph.json", "graph.graphml"

Value = TypeVar("Value")


def load_book(folder: str | os.PathLike[str]) -> Book:
    """The book of a run folder. Raises RunFolderError if it is missing or damaged."""
    try:
        # newline="": a lone carriage return can be no line end here, and offsets must not move
        with Path(folder, TEXT_FILE).open(encoding="utf-8", newline="") as file:
            text = file.read()
    except (OSError, ValueError) as error:
        raise RunFolderError(
            f"{Path(folder, TEXT_FILE)} cannot be read: {error}.", "Run the same `litgraph build` command again."
        ) from error
    return _made(Path(folder, BOOK_FILE), lambda row: formats.book_from_json(row, text))


def load_cast(folder: str | os.PathLike[str]) -> Cast:
    """The cast of a run folder, after a person's edits. Raises RunFolderError if it is missing or damaged."""
    entities = _made(Path(folder, CAST_FILE), formats.entities_from_json)
    meant = [mention for mention in load_mentions(folder) if mention.entity]
    return Cast(
        entities,
        {mention.id: mention.entity for mention in meant},
        {mention.id: mention.certainty for mention in meant if mention.certainty < 1},
    )


def load_graph(folder: str | os.PathLike[str]) -> networkx.MultiDiGraph:
    """The graph of a run folder. Raises RunFolderError if it is missing or damaged."""
    if not Path(folder, GRAPH_FILE).exists():
        raise RunFolderError(f"{folder} holds no graph.", "Make it with: litgraph build BOOK -o FOLDER")
    return read_node_link(Path(folder, GRAPH_FILE))


def load_sentences(folder: str | os.PathLike[str]) -> tuple[Sentence, ...]:
    """The sentences of a run folder. Raises RunFolderError if they are missing or damaged."""
    return _rows(Path(folder, SENTENCES_FILE), formats.sentence_from_row)


def load_mentions(folder: str | os.PathLike[str]) -> tuple[Mention, ...]:
    """The mentions of a run folder, with whom they mean. Raises RunFolderError if they are missing or damaged."""
    return _rows(Path(folder, MENTIONS_FILE), formats.mention_from_row)


def load_found_mentions(folder: str | os.PathLike[str]) -> tuple[Mention, ...]:
    """The mentions of a run folder as they were found: whom they mean is left to the cast.

    Raises:
        RunFolderError: they are missing or damaged.
    """
    path = Path(folder, MENTIONS_FILE)
    return _rows(path, lambda row: formats.mention_from_row(row | {"entity": "", "certainty": 1.0}))


def load_voices(folder: str | os.PathLike[str]) -> tuple[Voice, ...]:
    """What points to the speakers of a run's quotations. Raises RunFolderError if it is missing or damaged."""
    return _rows(Path(folder, VOICES_FILE), formats.voice_from_row)


def load_quotations(
    folder: str | os.PathLike[str], check: Callable[[Quotation], None] = lambda _: None
) -> tuple[Quotation, ...]:
    """What is said in the book of a run folder, by whom and to whom, in text order.

    Args:
        folder: the run folder.
        check: raises RowError for a quotation that cannot be.

    Raises:
        RunFolderError: the quotations are missing or damaged, or one cannot be.
    """

    def checked(row: formats.Row) -> Quotation:
        quotation = formats.quotation_from_row(row)
        check(quotation)
        return quotation

    return tuple(sorted(_rows(Path(folder, QUOTATIONS_FILE), checked), key=lambda one: (one.start, -one.end)))


def load_relations(folder: str | os.PathLike[str]) -> tuple[Relation, ...]:
    """What the labeller said, pair by pair. Raises RunFolderError if it is missing or damaged."""
    return _rows(Path(folder, RELATIONS_FILE), formats.relation_from_row)


def load_facts(folder: str | os.PathLike[str]) -> tuple[Fact, ...]:
    """What the book of a run folder holds. Raises RunFolderError if it is missing or damaged."""
    return _rows(Path(folder, FACTS_FILE), formats.fact_from_row)


def read_json(path: Path) -> Any:
    """A JSON file of a run folder.

    Raises:
        RunFolderError: it is missing or damaged.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RunFolderError(
            f"{path} cannot be read: {error}.", "Run the same `litgraph build` command again."
        ) from error


def _made(path: Path, make: Callable[[formats.Row], Value]) -> Value:
    row = read_json(path)
    try:
        return make(row)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RunFolderError(
            f"{path} is damaged: {error!r}.", "Run the same `litgraph build` command again."
        ) from error


def _rows(path: Path, from_row: Callable[[formats.Row], Value]) -> tuple[Value, ...]:
    """The values of a file with one a line. Raises RunFolderError, which names the line."""
    values = []
    for number, row in numbered_jsonl(path):
        try:
            values.append(from_row(row))
        except formats.RowError as error:
            raise RunFolderError(
                f"Line {number} of {path}: {error}.",
                "Mend the line, or delete the file to have it made anew by the next build.",
            ) from error
    return tuple(values)
