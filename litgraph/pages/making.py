"""The page of a run folder or of a graph, as HTML."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from litgraph.files import write_text
from litgraph.ontology import FICTION
from litgraph.runs.loading import TEXT_FILE, load_book, load_graph, load_mentions, load_quotations
from litgraph.view.page.contents import PageText, contents
from litgraph.view.page.document import document
from litgraph.view.page.excerpts import page_of

if TYPE_CHECKING:
    import networkx

__all__ = ["page_of", "page_of_run", "write_page"]


def page_of_run(folder: Path, graph: networkx.Graph | None = None, *, served: bool = False) -> str:
    """The page of a run: its graph, the proof and the text; of a folder with a graph alone, what `page_of` gives.

    Args:
        folder: the run folder.
        graph: a part of its graph; by default the whole.
        served: by ``litgraph view``, which takes corrections.

    Raises:
        RunFolderError: a file of the run is missing or damaged.
    """
    graph = load_graph(folder) if graph is None else graph
    if not served and not (folder / TEXT_FILE).exists():
        return page_of(graph)
    book = load_book(folder)
    reading = PageText(book.text, book.divisions, book.paragraphs, load_mentions(folder), load_quotations(folder))
    value = contents(graph, reading, correctable=served)
    if served:
        value["vocabulary"] = sorted(relation.name for relation in FICTION if relation.family != "other")
    return document(value, served=served)


def write_page(folder: Path, path: str | os.PathLike[str], graph: networkx.Graph | None = None) -> None:
    """Write the page of a run as one HTML file, whole or not at all.

    Args:
        folder: the run folder.
        path: the file.
        graph: as for :func:`page_of_run`.

    Raises:
        RunFolderError: a file of the run is missing or damaged.
        ExportError: the page cannot be written.
    """
    write_text(path, page_of_run(folder, graph))
