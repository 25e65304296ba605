"""Tables: for Gephi and Cytoscape, for ``neo4j-admin database import``, as DraCor has them, and those of a run.

Names are written as they are. Spreadsheet programs take a cell that begins with ``=`` for a formula: import the columns
of a file as text there.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from litgraph.attributes import plain_graph
from litgraph.attributes.values import Moment, iso_text
from litgraph.errors import ExportError
from litgraph.files import write_bytes, written_whole
from litgraph.graph import edges_of
from litgraph.progress import Tell, warn
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

Tables = Mapping[str, Sequence[Mapping[str, Any]]]
"""Tables by name: rows with one set of columns, of text, numbers and lists of them."""

LIST_SEPARATOR = "; "
ARRAY_DELIMITER = "\x1f"
"""Between the items of a list for neo4j-admin: a control character, as sentences are full of semicolons."""

BOOKS_FILE, ENTITIES_FILE = "books.csv", "entities.csv"
APPEARANCES_FILE, RELATIONS_FILE = "appearances.csv", "relations.csv"


def write_gephi_tables(graph: networkx.Graph, path: str | os.PathLike[str], *, tell: Tell = warn) -> list[Path]:
    """Write two tables, ``NAME-nodes.csv`` and ``NAME-edges.csv`` for a path ``NAME.csv``, for Gephi and Cytoscape.

    Gephi wants the columns ``Id Label`` and ``Source Target Type Label Weight``; the other attributes follow them.
    Lists of texts and numbers are joined by semicolons, other lists are JSON. Values that have no form are left out
    (see :mod:`litgraph.attributes.values`).

    Args:
        graph: a graph of litgraph, simple or not.
        path: what the files are named after.
        tell: told which values have no form.

    Returns:
        the two files.

    Raises:
        ExportError: a file cannot be written.
    """
    graph = plain_graph(graph, tell)
    stem = Path(path).with_suffix("") if Path(path).suffix.lower() == ".csv" else Path(path)
    files = [stem.with_name(f"{stem.name}-{part}.csv") for part in ("nodes", "edges")]
    node_names = _names((data for _, data in graph.nodes(data=True)), {"name", "label", "Id", "Label"})
    own_columns = {"relation", "weight", "directed", "Source", "Target", "Type", "Label", "Kind", "Weight"}
    edge_names = _names((data for *_, data in edges_of(graph)), own_columns)
    nodes = ([node, data.get("name", node), *_cells(data, node_names)] for node, data in graph.nodes(data=True))
    edges = (
        [
            head,
            tail,
            "Directed" if graph.is_directed() and data.get("directed", True) else "Undirected",
            data.get("relation", key),
            data.get("relation", key),
            data.get("weight", 1),
            *_cells(data, edge_names),
        ]
        for head, tail, key, data in edges_of(graph)
    )
    with _open_together(files) as (nodes_file, edges_file):
        _write(nodes_file, [["Id", "Label", *node_names], *nodes])
        _write(edges_file, [["Source", "Target", "Type", "Label", "Kind", "Weight", *edge_names], *edges])
    return files


def write_dracor_table(graph: networkx.Graph, path: str | os.PathLike[str], *, tell: Tell = warn) -> None:
    """Write the relations as DraCor's API gives those of a play: ``Source,Type,Target,Label``.

    Args:
        graph: a graph of litgraph, simple or not.
        path: the file.
        tell: told which values have no form (see :mod:`litgraph.attributes.values`).

    Raises:
        ExportError: the file cannot be written.
    """
    graph = plain_graph(graph, tell)
    rows = (
        [head, "Directed" if graph.is_directed() and data.get("directed", True) else "Undirected", tail, relation]
        for head, tail, key, data in edges_of(graph)
        for relation in (data.get("relation", key),)
    )
    with written_whole(path) as file:
        _write(file, [["Source", "Type", "Target", "Label"], *rows])


def write_admin_tables(graph: networkx.Graph, folder: str | os.PathLike[str], *, tell: Tell = warn) -> list[Path]:
    """Write the tables of ``neo4j-admin database import`` into a folder, which is made if it is not there.

    Values that have no form are left out (see :mod:`litgraph.attributes.values`).

    Args:
        graph: a graph of litgraph.
        folder: where the tables go.
        tell: told which values have no form.

    Returns:
        the four files.

    Raises:
        ExportError: a file cannot be written, or a relation is not in the vocabulary.
    """
    graph = plain_graph(graph, tell, temporal=True)
    folder = _made_folder(folder)
    book = book_record(graph)
    entities = list(entity_records(graph))
    relations = list(relation_records(graph))
    ends = [f":START_ID({ENTITY})", f":END_ID({ENTITY})", ":TYPE"]
    tables = {
        BOOKS_FILE: _admin_table([([book.id], book.properties, [BOOK])], [f":ID({BOOK})"], [":LABEL"]),
        ENTITIES_FILE: _admin_table(
            [
                ([entity.id], entity.properties, [ARRAY_DELIMITER.join(filter(None, (ENTITY, entity.label)))])
                for entity in entities
            ],
            [f":ID({ENTITY})"],
            [":LABEL"],
        ),
        APPEARANCES_FILE: _admin_table(
            [([entity.id, book.id, APPEARS_IN], entity.appearance, []) for entity in entities],
            [ends[0], f":END_ID({BOOK})", ends[2]],
        ),
        RELATIONS_FILE: _admin_table(
            [([edge.head, edge.tail, edge.type], edge.properties, []) for edge in relations], ends
        ),
    }
    files = [folder / name for name in tables]
    with _open_together(files) as handles:
        for file, lines in zip(handles, tables.values(), strict=True):
            for line in lines:
                file.write(line.encode("utf-8") + b"\n")
    return files


def admin_command() -> str:
    """What imports the tables of `write_admin_tables` into the database ``neo4j``; to be run in their folder."""
    return (
        "neo4j-admin database import full neo4j --overwrite-destination --multiline-fields=true "
        f"--array-delimiter=U+001F --nodes={BOOKS_FILE} --nodes={ENTITIES_FILE} "
        f"--relationships={APPEARANCES_FILE} --relationships={RELATIONS_FILE}"
    )


def write_csv_tables(tables: Tables, folder: str | os.PathLike[str]) -> list[Path]:
    """Write each table as ``NAME.csv`` into a folder, which is made if it is not there; lists are joined by "; ".

    Returns:
        the files.

    Raises:
        ExportError: a file cannot be written.
    """
    files = {_made_folder(folder) / f"{name}.csv": rows for name, rows in tables.items()}
    for path, rows in files.items():
        write_bytes(path, _csv_of(rows))
    return [*files]


def write_parquet_tables(tables: Tables, folder: str | os.PathLike[str]) -> list[Path]:
    """Write each table as ``NAME.parquet`` into a folder, which is made if it is not there; lists stay lists.

    Returns:
        the files.

    Raises:
        ExportError: pyarrow is not installed, or a file cannot be written.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ExportError(
            "pyarrow, which writes Parquet, is not installed.",
            'In the folder of litgraph: pip install ".[notebook]"',
        ) from error
    files: list[Path] = []
    for name, rows in tables.items():
        data = io.BytesIO()
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist([_encodable(row) for row in rows]), data)
        files.append(_made_folder(folder) / f"{name}.parquet")
        write_bytes(files[-1], data.getvalue())
    return files


@contextmanager
def _open_together(paths: list[Path]) -> Iterator[list[BinaryIO]]:
    """Several files, all of them written before the first takes its place."""
    with ExitStack() as stack:
        yield [stack.enter_context(written_whole(path)) for path in paths]


def _write(file: BinaryIO, rows: Iterable[list[Any]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text)  # with RFC 4180's line ends, so that both their characters are quoted in a cell
    for row in rows:
        writer.writerow(row)
        file.write(text.getvalue().encode("utf-8", errors="ignore"))
        text.seek(0)
        text.truncate()


def _names(elements: Iterable[Mapping[str, Any]], exclude: set[str]) -> list[str]:
    return [name for name in dict.fromkeys(name for data in elements for name in data) if name not in exclude]


def _cells(data: Mapping[str, Any], names: list[str]) -> Iterator[Any]:
    for name in names:
        value = data.get(name, "")
        if isinstance(value, bool):
            yield str(value).lower()
        elif isinstance(value, list) and all(isinstance(item, (str, int, float)) for item in value):
            yield LIST_SEPARATOR.join(map(str, value))
        elif isinstance(value, (list, dict)):
            yield json.dumps(value, ensure_ascii=False)
        else:
            yield value


_Row = tuple[list[str], Properties, list[str]]
_ADMIN_TYPES: list[tuple[type, str]] = [(bool, "boolean"), (int, "long"), (float, "double")]


def _admin_table(rows: list[_Row], first: list[str], last: list[str] | None = None) -> Iterator[str]:
    """Lines of a table: the columns ``first``, one for each property with its type, and ``last``."""
    kinds: dict[str, set[str]] = {}
    for _, properties, _ in rows:
        for name, value in properties.items():
            kinds.setdefault(name, set()).add(_admin_type(value))
    types = {name: _admin_union(value_types) for name, value_types in kinds.items()}
    yield ",".join([*first, *(f"{name}:{kind}" for name, kind in types.items()), *(last or [])])
    for start, properties, end in rows:
        cells = [_quote(cell) for cell in start]
        cells += [_admin_cell(properties.get(name), kind) for name, kind in types.items()]
        yield ",".join([*cells, *(_quote(cell) for cell in end)])


def _admin_type(value: Any) -> str:
    if isinstance(value, list):
        return f"{_admin_type(value[0])}[]" if value else "[]"
    if isinstance(value, Moment):
        return temporal_type(value)
    return next((name for kind, name in _ADMIN_TYPES if isinstance(value, kind)), "string")


def _admin_union(kinds: set[str]) -> str:
    """One type for a column: an empty list has any list's, numbers are doubles, and all else is text."""
    kinds = kinds - {"[]"} or {"string[]"}
    if kinds <= {"long", "double"} or kinds <= {"long[]", "double[]"}:
        return next((kind for kind in sorted(kinds) if kind.startswith("double")), next(iter(kinds)))
    return kinds.pop() if len(kinds) == 1 else "string"


def _admin_cell(value: Any, kind: str) -> str:
    if value is None:
        return ""
    if kind.endswith("[]"):
        return _quote(ARRAY_DELIMITER.join(_plain(item) for item in value)) if value else ""
    if kind == "string" and not isinstance(value, str):
        value = (
            iso_text(value) if isinstance(value, Moment) else json.dumps(value, ensure_ascii=False, default=iso_text)
        )
    return _quote(value) if kind == "string" else _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Moment):
        return iso_text(value)
    return repr(value) if isinstance(value, float) else str(value).replace(ARRAY_DELIMITER, "")


def _quote(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _made_folder(folder: str | os.PathLike[str]) -> Path:
    path = Path(folder)
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise ExportError(f"The folder {path} cannot be made: {error.strerror}.", "Choose another place.") from error
    return path


def _csv_of(rows: Sequence[Mapping[str, Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    if rows:
        writer.writerow(rows[0])
    writer.writerows([_joined(value) for value in row.values()] for row in rows)
    return text.getvalue().encode("utf-8", errors="ignore")


def _joined(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return LIST_SEPARATOR.join(map(str, value)) if isinstance(value, list) else value


def _encodable(row: Mapping[str, Any]) -> dict[str, Any]:
    """Without half surrogate pairs, which UTF-8 cannot hold."""

    def clean(value: Any) -> Any:
        if isinstance(value, str):
            return value.encode("utf-8", errors="ignore").decode("utf-8")
        return [clean(item) for item in value] if isinstance(value, list) else value

    return {name: clean(value) for name, value in row.items()}
