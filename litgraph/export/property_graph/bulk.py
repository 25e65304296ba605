"""Files for ``neo4j-admin database import``, which fills a new database with a whole library faster than any load.

What is imported equals what `litgraph load` writes, labels, properties and their types; but for empty lists, which the
importer takes for no property. So that each value keeps its type, rows with the same properties of the same types stand
in one file, whose header says them: ``relations-1.csv``, ``relations-2.csv`` … Rows are written as they come, one book
after the other, and none is kept.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from litgraph.attributes import plain_graph
from litgraph.attributes.values import Moment, iso_text
from litgraph.errors import ExportError
from litgraph.files import written_whole
from litgraph.progress import Tell, warn
from litgraph.stores import statements
from litgraph.stores.model import (
    APPEARS_IN,
    BOOK,
    ENTITY,
    Properties,
    book_record,
    entity_records,
    relation_records,
    temporal_type,
)

if TYPE_CHECKING:
    import networkx

ARRAY_DELIMITER = "\x1f"
"""Between the items of a list: a control character, as sentences are full of semicolons."""

ARGUMENTS_FILE, SCHEMA_FILE = "arguments.txt", "schema.cypher"
COMMAND = f"neo4j-admin database import full neo4j --overwrite-destination @{ARGUMENTS_FILE}"
"""What imports the files into the database ``neo4j``, which does not run; to be run in their folder."""

_OPTIONS = (
    "--id-type=string",
    "--multiline-fields=true",
    "--array-delimiter=U+001F",
    "--read-buffer-size=32m",  # one row has to fit; a pair that meets in every chapter has megabytes of evidence
)
_TYPES: list[tuple[type, str]] = [(bool, "boolean"), (int, "long"), (float, "double")]  # a bool is an int, too


def write_bulk(graphs: Iterable[networkx.Graph], folder: str | os.PathLike[str], *, tell: Tell = warn) -> list[Path]:
    """Write the files for one book or for many into a folder, which is made if it is not there.

    Beside the tables there are ``arguments.txt``, with the options of the importer, and ``schema.cypher``, the
    constraints and indexes to create after the import. Values that have no form are left out (see
    :mod:`litgraph.attributes.values`).

    Args:
        graphs: of the books, read one after the other; none twice.
        folder: where the files go.
        tell: told which values have no form.

    Returns:
        the files.

    Raises:
        ExportError: a file cannot be written, two graphs are of the same book, or a relation is not in the vocabulary.
    """
    folder = Path(folder)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise ExportError(f"The folder {folder} cannot be made: {error.strerror}.", "Choose another place.") from error
    seen: set[str] = set()
    with ExitStack() as stack:
        tables = _Tables(folder, stack)
        for any_graph in graphs:
            graph = plain_graph(any_graph, tell, temporal=True)
            book = book_record(graph)
            if book.id in seen:
                raise ExportError(f"Two of the graphs are of the book {book.id}.", "Leave one of them out.")
            seen.add(book.id)
            tables.node("books", BOOK, book.id, [BOOK], book.properties)
            for entity in entity_records(graph):
                labels = [ENTITY, entity.label] if entity.label else [ENTITY]
                tables.node("entities", ENTITY, entity.id, labels, entity.properties)
                tables.relationship("appearances", (ENTITY, BOOK), (entity.id, book.id, APPEARS_IN), entity.appearance)
            for edge in relation_records(graph):
                tables.relationship("relations", (ENTITY, ENTITY), (edge.head, edge.tail, edge.type), edge.properties)
        arguments = [*_OPTIONS, *tables.arguments]
        schema = [f"{statement};" for statement in (*statements.CONSTRAINTS, *statements.INDEXES)]
        for name, lines in ((ARGUMENTS_FILE, arguments), (SCHEMA_FILE, schema)):
            stack.enter_context(written_whole(folder / name)).write("".join(f"{line}\n" for line in lines).encode())
    return [*tables.files, folder / ARGUMENTS_FILE, folder / SCHEMA_FILE]


class _Tables:
    """The tables, one for each header, each opened as its first row comes."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack
        self._files: dict[tuple[str, str], BinaryIO] = {}
        self._counts: dict[str, int] = {}
        self.files: list[Path] = []
        self.arguments: list[str] = []

    def node(self, table: str, space: str, identifier: str, labels: list[str], properties: Properties) -> None:
        """A row for a node, whose id is one of that space."""
        cells = [_quoted(identifier), _quoted(ARRAY_DELIMITER.join(labels))]
        self._write(table, "nodes", [f":ID({space})", ":LABEL"], cells, properties)

    def relationship(
        self, table: str, spaces: tuple[str, str], ends: tuple[str, str, str], properties: Properties
    ) -> None:
        """A row for a relationship: the ids of both ends, in their spaces, and its type."""
        first = [f":START_ID({spaces[0]})", f":END_ID({spaces[1]})", ":TYPE"]
        self._write(table, "relationships", first, list(map(_quoted, ends)), properties)

    def _write(self, table: str, kind: str, first: list[str], cells: list[str], properties: Properties) -> None:
        names = sorted(properties)
        header = ",".join([*first, *(f"{name}:{_type(properties[name])}" for name in names)])
        if (table, header) not in self._files:
            number = self._counts[table] = self._counts.get(table, 0) + 1
            path = self._folder / f"{table}-{number}.csv"
            file = self._files[table, header] = self._stack.enter_context(written_whole(path))
            file.write(header.encode() + b"\n")
            self.files.append(path)
            self.arguments.append(f"--{kind}={path.name}")
        row = ",".join([*cells, *(_cell(properties[name]) for name in names)])
        self._files[table, header].write(row.encode("utf-8") + b"\n")


def _type(value: Any) -> str:
    if isinstance(value, list):
        return f"{_type(value[0])}[]" if value else "string[]"
    if isinstance(value, Moment):
        return temporal_type(value)
    return next((name for kind, name in _TYPES if isinstance(value, kind)), "string")


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return _quoted(ARRAY_DELIMITER.join(_plain(item) for item in value))
    return _quoted(value) if isinstance(value, str) else _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Moment):
        return iso_text(value)
    return repr(value) if isinstance(value, float) else str(value).replace(ARRAY_DELIMITER, "")


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
