"""Tables: for Gephi and Cytoscape, as DraCor has them, and those of a run.

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
from litgraph.errors import ExportError
from litgraph.files import write_bytes, written_whole
from litgraph.graph import edges_of
from litgraph.progress import Tell, warn

if TYPE_CHECKING:
    import networkx

Tables = Mapping[str, Sequence[Mapping[str, Any]]]
"""Tables by name: rows with one set of columns, of text, numbers and lists of them."""

LIST_SEPARATOR = "; "


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
